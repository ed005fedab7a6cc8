/** The back office: each page as it mostly is, and as it is when there is nothing or something is wrong. */
import type { HistoryListRow } from '../../shared/contract/history.ts';
import type { StuckRow } from '../../shared/contract/manager.ts';
import { POS_PORT } from '../../shared/contract/pos.ts';
import type { Role } from '../../shared/roles.ts';
import { finding } from '../../shared/self-test.ts';
import { orders, timeline, tray } from '../support/fake-orders.ts';
import { emptyDraft, freshState } from '../support/setup-fields.ts';
import type { Answers, GalleryEntry } from './entry.ts';
import { crew, staffView, terminal } from './people.ts';
import { held } from './till-entries.ts';

const desk = (id: string, role: Role, page: string, answers: Answers, press: readonly string[] = []): GalleryEntry => ({
  id: `desk-${id}`,
  kiosk: { terminal: terminal(role), scenario: 'paid', desk: page, orders: held(tray) },
  staff: { view: staffView(role) },
  answers: { 'staff.state': staffView(role), 'order.timeline': [...timeline], ...answers },
  press,
});

const DAY_MS = 86_400_000;
const [expired, recalled, armed] = tray;
const rows: readonly StuckRow[] = [
  ...(expired === undefined ? [] : [stuckRow({ order: expired, money: 'taken', deadlineInMs: -0.2 * DAY_MS, acts: ['query', 'settle', 'hand-over'] })]),
  ...(recalled === undefined ? [] : [stuckRow({ order: recalled, money: 'unknown', deadlineInMs: 6.9 * DAY_MS, lastResult: 'SYSTEMERROR', nextTryInMs: 42_000, acts: ['try-now', 'query'] })]),
  ...(armed === undefined ? [] : [stuckRow({ order: { ...armed, phase: { name: 'attention', cause: 'signature', errCode: 'SIGNERROR' }, standing: 'attention' }, money: 'not-taken', deadlineInMs: 0.8 * DAY_MS, acts: ['query', 'cancel', 'settle'] })]),
];

function stuckRow(row: Pick<StuckRow, 'order' | 'money' | 'deadlineInMs' | 'acts'> & Partial<StuckRow>): StuckRow {
  return { ageMs: row.order.ageMs, deadlineIsAtMost: false, lastResult: null, nextTryInMs: null, handedOverMs: null, ...row };
}

const found: HistoryListRow[] = (['paid', 'closed', 'refunded', 'attention', 'reversing', 'failed', 'settled'] as const).map((state, index) => ({
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
    : { 'history.order': { row: found[0], view: orders['refunded'] ?? null, timeline: [...timeline], audit: [{ seq: 5, atMs: Date.now(), who: 'screen', role: 'cashier', act: 'cancel-tapped', outcome: 'armed', refused: false, about: null }], unreadableEntries: 0 } }),
};
const nothingFound: Answers = { ...history, 'history.page': { upTo: 0, rows: [], total: 0, counted: true, newer: 0 }, 'history.totals': { total: 0, capped: false, paidFen: 0, refundedFen: 0 } };

const report = {
  atMs: Date.now(),
  tookMs: 2_100,
  version: '0.1.0',
  terminal: { environment: 'practice' as const, storeName: '江边便利店', deviceId: 'kiosk-1', merchant: '0109' },
  lines: [finding('settings', 'practising'), finding('key', 'loads'), finding('certificate', 'expired'), finding('primary', 'unreachable'), finding('backup', 'in-the-app')],
};

const token = { id: 'a1b2', madeAtMs: Date.now() - DAY_MS };
const pos = { enabled: true, port: POS_PORT, running: true, problem: null, token };

const facts = { subject: 'O=江边便利店, CN=1900000109', serial: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1', notBeforeMs: Date.now() - 300 * DAY_MS, notAfterMs: Date.now() + 65 * DAY_MS, fingerprint: Array.from({ length: 32 }, () => 'A7').join(':') };
const setUp = { ...freshState, fresh: false, technicianPin: true, merchantSet: true, secrets: 'stored', apiKeyStored: true, certificate: facts };
const setup = (state: typeof freshState): Answers => ({
  'setup.state': state,
  'setup.begin': emptyDraft,
  'setup.check': { environment: 'practice', problems: [{ field: 'apiKey', code: 'missing' }] },
  'setup.find-provision': [],
});

const compared = {
  day: '20261122',
  rows: 214,
  matched: 212,
  paidFen: 1_283_000,
  refundedFen: 12_800,
  others: { rows: 40, paidFen: 300_000 },
  counts: [{ kind: 'cancelled-here-paid-in-bill' as const, count: 1 }, { kind: 'wrong-day' as const, count: 1 }],
  differences: (['cancelled-here-paid-in-bill', 'wrong-day'] as const).map((kind, index) => ({
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

const trail = { entries: 100_000, beforeChain: 0, fromMs: Date.now() - 60 * DAY_MS, toMs: Date.now(), findings: [] };
const nothingStuck: Answers = { 'manager.stuck': { rows: [], total: 0, unreadable: [] } };
const stuck: Answers = { 'manager.stuck': { rows: [...rows], total: rows.length, unreadable: [] } };

export const deskEntries: readonly GalleryEntry[] = [
  desk('stuck', 'manager', 'stuck', stuck),
  desk('stuck-empty', 'manager', 'stuck', nothingStuck),
  desk('stuck-chosen', 'manager', 'stuck', stuck, ['stuck-all']),
  desk('stuck-number', 'manager', 'stuck', stuck, ['stuck-by-number']),
  desk('stuck-details', 'manager', 'stuck', stuck, ['stuck-details']),
  desk('history', 'manager', 'history', history),
  desk('history-empty', 'manager', 'history', nothingFound),
  desk('history-order', 'manager', 'history', history, ['history-row']),
  desk('staff', 'manager', 'staff', { 'cashier.add': crew }),
  desk('bill', 'manager', 'bill', { 'bill.compare': { kind: 'compared', comparison: compared } }, ['bill-choose']),
  desk('bill-refused', 'manager', 'bill', { 'bill.compare': { kind: 'refused', problem: 'totals-differ', line: 12 } }, ['bill-choose']),
  desk('self-test', 'technician', 'self-test', { 'self-test.last': report }),
  desk('self-test-none', 'technician', 'self-test', { 'self-test.last': null }),
  desk('pos', 'technician', 'pos', { 'pos.status': pos }),
  desk('pos-off', 'technician', 'pos', { 'pos.status': { ...pos, enabled: false, running: false, token: null } }),
  desk('support', 'manager', 'support', { 'audit.verify': trail }, ['audit-verify']),
  desk('setup-start', 'technician', 'setup', setup(freshState)),
  desk('setup-overview', 'technician', 'setup', setup(setUp)),
  desk('setup-mode', 'technician', 'setup', setup(setUp), ['setup-whole']),
];
