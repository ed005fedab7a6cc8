/** The back office: each page in its usual state, when it is empty, and when something is wrong. */
import { beijingDay, DAY_MS, dayStartMs } from '../../shared/beijing.ts';
import type { BillCalendar, BillDay } from '../../shared/contract/bill.ts';
import type { HistoryListRow } from '../../shared/contract/history.ts';
import type { ActResult, StuckRow } from '../../shared/contract/stuck.ts';
import { POS_PORT } from '../../shared/contract/pos.ts';
import {
  type CashierTraining,
  type ExerciseId,
  exerciseIds,
  type TrainingResults,
} from '../../shared/contract/training.ts';
import { finding } from '../../shared/self-test/self-test.ts';
import { orders, timeline, tray } from '../support/screen/fake-orders.ts';
import { backOfficePage } from './back-office-entry.ts';
import type { Answers, GalleryEntry } from './entry.ts';
import { crew } from './people.ts';
import { stuckRow } from './stuck-row.ts';

const [expired, recalled, armed] = tray;
const rows: readonly StuckRow[] = [
  ...(expired === undefined
    ? []
    : [
        stuckRow({
          order: expired,
          money: 'taken',
          deadlineInMs: -0.2 * DAY_MS,
          acts: ['query', 'settle', 'hand-over'],
          advised: 'hand-over',
        }),
      ]),
  ...(recalled === undefined
    ? []
    : [
        stuckRow({
          order: recalled,
          money: 'unknown',
          deadlineInMs: 6.9 * DAY_MS,
          lastResult: 'SYSTEMERROR',
          nextTryInMs: 42_000,
          acts: ['try-now', 'query'],
          advised: 'try-now',
        }),
      ]),
  ...(armed === undefined
    ? []
    : [
        stuckRow({
          order: {
            ...armed,
            phase: { name: 'attention', cause: 'signature', errCode: 'SIGNERROR', handedOver: false },
            standing: 'attention',
          },
          money: 'not-taken',
          deadlineInMs: 0.8 * DAY_MS,
          acts: ['query', 'cancel', 'settle', 'hand-over'],
          advised: 'hand-over',
        }),
      ]),
];

const found: HistoryListRow[] = (
  ['paid', 'closed', 'refunded', 'attention', 'reversing', 'failed', 'settled'] as const
).map((state, index) => ({
  place: 7 - index,
  orderId: index === 2 ? 'tray-4' : `found-${String(index)}`,
  outTradeNo: `2026112315240800${String(8821 - index)}`,
  transactionId: index % 2 === 0 ? '4200000272201902213633768503' : null,
  amountFen: index === 5 ? null : 12_800 - index * 777,
  state,
  createdAtMs: Date.now() - index * 3_700_000,
  cashier: index % 2 === 0 ? '王芳' : '李强',
}));

const history: Answers = {
  'history.page': { upTo: 7, rows: found, total: found.length, counted: true, newer: 0 },
  'history.totals': { total: found.length, capped: false, paidFen: 128_000, refundedFen: 11_246 },
  'history.cashiers': ['王芳', '李强'],
  ...(found[0] === undefined
    ? {}
    : {
        'history.order': {
          row: found[0],
          view: orders['refunded'] ?? null,
          timeline: [...timeline],
          audit: [
            {
              seq: 5,
              atMs: Date.now(),
              who: 'screen',
              role: 'cashier',
              act: 'cancel-tapped',
              outcome: 'armed',
              refused: false,
              about: null,
            },
          ],
          unreadableEntries: 0,
        },
      }),
};
const [foundFirst] = found;
const stuckInHistory: Answers = {
  ...history,
  ...(foundFirst === undefined
    ? {}
    : {
        'history.order': {
          row: { ...foundFirst, state: 'attention' },
          view: orders['attention-expired'] ?? null,
          timeline: [...timeline],
          audit: [],
          unreadableEntries: 0,
        },
      }),
};
const nothingFound: Answers = {
  ...history,
  'history.page': { upTo: 0, rows: [], total: 0, counted: true, newer: 0 },
  'history.totals': { total: 0, capped: false, paidFen: 0, refundedFen: 0 },
};

export const report = {
  atMs: Date.now(),
  tookMs: 2_100,
  version: '0.1.0',
  terminal: { environment: 'practice' as const, storeName: '江边便利店', deviceId: 'kiosk-1', merchant: '0109' },
  lines: [
    finding('settings', 'practising'),
    finding('key', 'loads'),
    finding('certificate', 'expired'),
    finding('primary', 'unreachable'),
    finding('backup', 'in-the-app'),
  ],
};
/** A live terminal with nothing else to say: this version drives no face device. */
const reportWithoutDevice = {
  ...report,
  terminal: { ...report.terminal, environment: 'live' as const },
  lines: [
    finding('key', 'loads'),
    finding('certificate', 'in-force', { days: 212, until: '2027-06-30' }),
    finding('face-device', 'absent'),
  ],
};

const token = { id: 'a1b2', madeAtMs: Date.now() - DAY_MS };
const pos = { enabled: true, port: POS_PORT, running: true, problem: null, token };

const compared = {
  day: '20261122',
  rows: 214,
  otherDays: 3,
  odd: {
    count: 2,
    shown: [
      { line: 88, field: 'outTradeNo' as const, text: 'A#20261122/7' },
      { line: 131, field: 'amount' as const, text: '-1.00' },
    ],
  },
  matched: 212,
  paidFen: 1_283_000,
  refundedFen: 12_800,
  sums: {
    paid: { count: 213, fen: 1_283_000 },
    cancelled: { count: 1, fen: 12_800 },
    refunded: { count: 0, fen: 0 },
    inDoubt: { count: 1, fen: 12_800 },
  },
  others: { rows: 40, paidFen: 300_000 },
  counts: [
    { kind: 'cancelled-here-paid-in-bill' as const, count: 1 },
    { kind: 'row-not-read' as const, count: 1 },
  ],
  differences: (['cancelled-here-paid-in-bill', 'row-not-read'] as const).map((kind, index) => ({
    kind,
    orderId: `bill-${String(index)}`,
    outTradeNo: `2026112215240800882${String(index)}`,
    transactionId: '4200000272201902213633768503',
    here: 'closed' as const,
    hereFen: 12_800,
    billFen: 12_800,
    refundedFen: null,
    line: 17 + index,
    atMs: Date.now() - DAY_MS,
  })),
};

/** A month in which a day differs, one differs by money, one has no bill, and the shop was not there yet in the first week. */
const calendarDay = (day: string): BillDay => {
  const n = Number(day.slice(8));
  if (day < '2026-11-05') return { day, state: 'before', record: null, miss: null };
  if (day > '2026-11-23') return { day, state: 'to-come', record: null, miss: null };
  if (n === 20) return { day, state: 'missing', record: null, miss: { day, why: 'creating', atMs: 0 } };
  const doubt = n === 17 ? 1 : 0;
  const differing = n === 17 || n === 11 ? 2 : 0;
  return {
    day,
    state: differing === 0 ? 'closed' : 'differs',
    record: {
      ...{ day, from: 'wechat', atMs: 0, rows: 200 + n, matched: 198 + n, differing, seenAtMs: null },
      sums: {
        paid: { count: 190 + n, fen: 900_000 + 31_700 * ((n * 7) % 13) },
        cancelled: { count: n % 4, fen: 3_300 * (n % 4) },
        refunded: { count: n === 9 ? 1 : 0, fen: n === 9 ? 12_800 : 0 },
        inDoubt: { count: doubt, fen: doubt * 12_800 },
      },
    },
    miss: null,
  };
};
const daysFrom = (day: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => beijingDay(dayStartMs(day) + index * DAY_MS));
const calendar: BillCalendar = {
  month: '2026-11',
  days: daysFrom('2026-11-01', 30).map(calendarDay),
  latest: daysFrom('2026-10-25', 30).map(calendarDay),
  firstDay: '2026-11-05',
  today: '2026-11-24',
};
const newCalendar: BillCalendar = {
  ...calendar,
  days: daysFrom('2026-11-01', 30).map((day) => ({ day, state: 'to-come', record: null, miss: null })),
  latest: daysFrom('2026-10-25', 30).map((day) => ({ day, state: 'before', record: null, miss: null })),
  firstDay: null,
};

const didAt = (exercise: ExerciseId, index: number): CashierTraining['done'][number] => ({
  exercise,
  atMs: Date.UTC(2026, 10, 20, 4, index),
  tookMs: 30_000,
});
const whole = { atMs: Date.UTC(2026, 10, 20, 4, 7), tookMs: 280_000 };
/** One cashier who has done the course, one who has done half of it, one who has done nothing. */
const results = (trouble: TrainingResults['trouble']): TrainingResults => ({
  cashiers: crew.names.map((name, index) => ({
    name,
    done: index === 2 ? [] : exerciseIds.slice(0, index === 0 ? exerciseIds.length : 3).map(didAt),
    whole: index === 0 ? whole : null,
  })),
  trouble,
});
const nothingStuck: Answers = { 'manager.stuck': { rows: [], total: 0, unreadable: [] } };
const stuck: Answers = { 'manager.stuck': { rows: [...rows], total: rows.length, unreadable: [] } };

const handedOver: Answers = {
  'manager.stuck': {
    rows: rows
      .slice(0, 1)
      .map((row) => ({ ...row, handedOverMs: 600_000, acts: ['query', 'settle', 'refund-made', 'refund-not-made'] })),
    total: 1,
    unreadable: [],
  },
};
/** One of them was taken to the merchant platform, so it is not tried again. */
const oneHandedOver: Answers = {
  'manager.stuck': {
    rows: rows.map((row, index) =>
      index === 0
        ? { ...row, handedOverMs: 600_000, acts: ['query', 'settle', 'refund-made', 'refund-not-made'] }
        : { ...row, acts: ['try-now', 'query'] },
    ),
    total: rows.length,
    unreadable: [],
  },
};
/** The result of each: one is over, the others are not. */
const acted: readonly ActResult[] = rows.map(({ order }, index) =>
  index === 1
    ? { ok: false, orderId: order.orderId, code: 'still-cancelling' }
    : { ok: true, orderId: order.orderId, order },
);

/** A day with everything in it, and a new terminal in practice. */
const overview: Answers = {
  'overview.read': {
    day: '2026-11-23',
    paid: { count: 212, fen: 1_234_550 },
    cancelled: { count: 3, fen: 8_800 },
    refunded: { count: 2, fen: 25_600 },
    inDoubt: { count: 4, fen: 38_400 },
    waiting: 2,
    lastBill: { day: '2026-11-22', differing: 1 },
    bills: { days: ['2026-11-22'], inDoubt: { count: 1, fen: 12_800 } },
    certificateDays: 12,
  },
  'shift.sheets': {
    sheets: [
      {
        id: 8,
        by: '王芳',
        fromMs: Date.UTC(2026, 10, 22, 22),
        toMs: Date.UTC(2026, 10, 23, 6),
        paid: { count: 212, fen: 1_234_550 },
        open: 2,
      },
      {
        id: 7,
        by: null,
        fromMs: Date.UTC(2026, 10, 22, 14),
        toMs: Date.UTC(2026, 10, 22, 22),
        paid: { count: 9, fen: 5_000 },
        open: 0,
      },
      { id: 1, by: 'Maria', fromMs: null, toMs: Date.UTC(2026, 10, 20, 2), paid: { count: 0, fen: 0 }, open: 0 },
    ],
    more: true,
  },
};
const nothing = { count: 0, fen: 0 };
const quiet: Answers = {
  'overview.read': {
    day: '2026-11-23',
    paid: nothing,
    cancelled: nothing,
    refunded: nothing,
    inDoubt: nothing,
    waiting: 0,
    lastBill: null,
    bills: { days: [], inDoubt: { count: 0, fen: 0 } },
    certificateDays: null,
  },
  'shift.sheets': { sheets: [], more: false },
};

export const backOfficeEntries: readonly GalleryEntry[] = [
  backOfficePage('overview', 'manager', 'overview', overview),
  backOfficePage('overview-quiet', 'manager', 'overview', quiet),
  backOfficePage('setup-not-yours', 'manager', 'setup', quiet),
  backOfficePage('bill-none', 'manager', 'bill', { 'bill.calendar': newCalendar }),
  backOfficePage('bill-days-of-month', 'manager', 'bill', { 'bill.calendar': calendar }),
  backOfficePage('bill-latest-table', 'manager', 'bill', { 'bill.calendar': calendar }, ['bill-latest-table']),
  backOfficePage(
    'bill-day',
    'manager',
    'bill',
    { 'bill.calendar': calendar, 'bill.day': { kind: 'compared', comparison: compared, from: 'wechat' } },
    ['bill-calendar-2026-11-17'],
  ),
  backOfficePage(
    'bill-missing',
    'manager',
    'bill',
    { 'bill.calendar': calendar, 'bill.day': { kind: 'missing', why: 'creating' } },
    ['bill-calendar-2026-11-20'],
  ),
  backOfficePage('stuck', 'manager', 'stuck', stuck),
  backOfficePage('stuck-empty', 'manager', 'stuck', nothingStuck),
  backOfficePage('stuck-chosen', 'manager', 'stuck', stuck, ['stuck-all']),
  backOfficePage('stuck-act', 'manager', 'stuck', stuck, ['stuck-pick', 'act-settle', 'why-wrong-amount']),
  backOfficePage('stuck-act-many', 'manager', 'stuck', stuck, ['stuck-all', 'act-cancel', 'why-other']),
  backOfficePage('stuck-refund', 'manager', 'stuck', stuck, ['stuck-pick', 'act-hand-over']),
  backOfficePage('stuck-refund-made', 'manager', 'stuck', handedOver, ['stuck-pick', 'act-refund-made']),
  backOfficePage('stuck-refund-not-made', 'manager', 'stuck', handedOver, [
    'stuck-pick',
    'act-refund-not-made',
    'why-other',
  ]),
  backOfficePage('stuck-act-handed-over', 'manager', 'stuck', oneHandedOver, ['stuck-all', 'act-try-now']),
  backOfficePage('stuck-results', 'manager', 'stuck', { ...stuck, 'manager.act': [...acted] }, [
    'stuck-all',
    'act-query',
  ]),
  backOfficePage('stuck-number', 'manager', 'stuck', stuck, ['stuck-by-number']),
  backOfficePage('stuck-details', 'manager', 'stuck', stuck, ['stuck-details']),
  backOfficePage('stuck-decide', 'manager', 'stuck', { ...stuck, ...(rows[0] && { 'manager.order': rows[0] }) }, [
    'stuck-details',
    'details-decide',
  ]),
  backOfficePage('history', 'manager', 'history', history),
  backOfficePage('history-empty', 'manager', 'history', nothingFound),
  backOfficePage('history-order', 'manager', 'history', history, ['history-row']),
  backOfficePage('history-export', 'manager', 'history', history, ['history-export']),
  backOfficePage(
    'history-exported',
    'manager',
    'history',
    { ...history, 'export.orders': { fileName: 'orders-20261123.csv', count: 214 } },
    ['history-export', 'save-orders'],
  ),
  backOfficePage('history-month', 'manager', 'history', history, ['history-export', 'orders-from-open']),
  backOfficePage('history-order-stuck', 'manager', 'history', stuckInHistory, ['history-row']),
  backOfficePage('staff', 'manager', 'staff', { 'cashier.add': crew, 'training.results': results(null) }),
  backOfficePage('staff-pinyin', 'manager', 'staff', { 'cashier.add': crew, 'training.results': results(null) }, [
    'cashier-name',
    ...Array.from('wangx', (letter) => `touch-key-${letter}`),
  ]),
  backOfficePage('staff-results-trouble', 'manager', 'staff', { 'training.results': results('set-aside') }),
  backOfficePage('bill', 'manager', 'bill', { 'bill.compare': { kind: 'compared', comparison: compared } }, [
    'bill-choose',
  ]),
  backOfficePage(
    'bill-refused',
    'manager',
    'bill',
    { 'bill.compare': { kind: 'refused', problem: 'totals-differ', line: 12, days: [] } },
    ['bill-choose'],
  ),
  backOfficePage(
    'bill-days',
    'manager',
    'bill',
    {
      'bill.compare': {
        kind: 'refused',
        problem: 'several-days',
        line: null,
        days: Array.from({ length: 23 }, (_, n) => ({
          day: `2026-11-${String(n + 1).padStart(2, '0')}`,
          rows: 180 + 17 * n,
        })),
      },
    },
    ['bill-choose'],
  ),
  backOfficePage(
    'bill-empty',
    'manager',
    'bill',
    { 'bill.compare': { kind: 'refused', problem: 'no-orders', line: null, days: [] } },
    ['bill-choose'],
  ),
  backOfficePage('self-test', 'technician', 'self-test', { 'self-test.last': report }),
  backOfficePage('self-test-no-device', 'technician', 'self-test', { 'self-test.last': reportWithoutDevice }),
  backOfficePage('self-test-code', 'technician', 'self-test', { 'self-test.last': report }, ['code-try-open']),
  backOfficePage('self-test-none', 'technician', 'self-test', { 'self-test.last': null }),
  backOfficePage('pos', 'technician', 'pos', { 'pos.status': pos }),
  backOfficePage('pos-off', 'technician', 'pos', {
    'pos.status': { ...pos, enabled: false, running: false, token: null },
  }),
];
