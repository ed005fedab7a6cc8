/** The till: every stage of a payment, every phase of an order, and the dialogs over it. */
import { withViews, type HeldOrders } from '../../renderer/state/held-order.ts';
import type { KioskState } from '../../renderer/state/store.ts';
import type { ShiftSheet } from '../../shared/contract/shift-sheet.ts';
import { exerciseIds, type OwnTraining } from '../../shared/contract/training.ts';
import { paymentStageSchema, type Notice } from '../../shared/ipc.ts';
import type { PracticeCode } from '../../shared/practice/codes.ts';
import type { OrderView } from '../../shared/order/order.ts';
import { orders, timeline, tray } from '../support/screen/fake-orders.ts';
import type { StuckRow } from '../../shared/contract/stuck.ts';
import type { StaffView } from '../../shared/contract/staff.ts';
import type { PinEntry } from '../../renderer/state/staff.ts';
import type { GalleryEntry } from './entry.ts';
import { FROZEN_PAGE_MS } from './frozen.ts';
import { pinEntry, crew, staffView, staffWithPin, terminal } from './people.ts';
import { stuckRow } from './stuck-row.ts';

export const held = (views: readonly OrderView[]): HeldOrders => withViews(new Map(), views, FROZEN_PAGE_MS);

/** Main brings the keypad before each exercise of the course. */
const atKeypad = { 'training.tidy': null, 'payment.clear': null };

/** A till in practice, with a cashier who serves. */
const till = (id: string, kiosk: Partial<KioskState>, more: Omit<GalleryEntry, 'id' | 'kiosk'> = {}): GalleryEntry => ({
  id: `till-${id}`,
  kiosk: { terminal: terminal(), scenario: 'paid', paySource: 'face', ...kiosk },
  staff: { view: staffView() },
  answers: {
    'order.timeline': [...timeline],
    'staff.state': staffView(),
    'shift.state': { ...crew, left: null, orders: [], payingNow: false },
  },
  ...more,
});

const said = (code: Notice['code'], detail: string | null = null): Notice => ({ code, on: true, detail });

const withOrder = (view: OrderView, others: readonly OrderView[] = []): Partial<KioskState> => ({
  orders: held([...others, view]),
  viewing: view.orderId,
});

/** Of each kind that practice offers. */
export const practiceCodes: readonly PracticeCode[] = [
  { kind: 'usual', code: '130000011234567890' },
  { kind: 'needs-password', code: '130000021234567890' },
  { kind: 'spent', code: '130000031234567890' },
  { kind: 'other-wallet', code: '280000011234567890' },
];

const stopped = paymentStageSchema.options[5].shape.code.options;

const stages: readonly GalleryEntry[] = [
  till('keypad', {}),
  till('keypad-typed', { amount: '128.5' }),
  till('keypad-sum', { amount: '1200+35.5' }),
  till('keypad-too-large', { amount: '60000' }),
  till('keypad-sign', { amount: '20*5' }),
  till('keypad-unusual', { amount: '12345', asking: { amount: '12345', atMs: 0 } }),
  till('keypad-tray', { orders: held(tray) }),
  till('keypad-scenario', { scenario: 'charged-silently' }),
  till('scenarios', { scenario: 'recall-twice' }, { press: ['scenario'] }),
  till('course', {}, { answers: { 'training.state': null, ...atKeypad }, press: ['course-start'] }),
  till('keypad-last-paid', { orders: held([orders['paid'] ?? raise()]) }),
  till('paid-returns', {
    orders: held([orders['paid'] ?? raise()]),
    stage: { name: 'order', amountFen: 12_800, orderId: orders['paid']?.orderId ?? '' },
  }),
  till('keypad-live', { terminal: terminal('cashier', 'live'), scenario: null }),
  till('keypad-problem', { problem: { place: 'till', code: 'too-large', field: 'amountFen' }, amount: '99999999' }),
  till('notices', {
    notices: [
      { code: 'offline', on: true, detail: null },
      { code: 'journal-failing', on: true, detail: null },
    ],
    orders: held(tray),
  }),
  till('notices-clock', {
    notices: [
      { code: 'clock-before-build', on: true, detail: '2000-01-01' },
      { code: 'server-not-trusted', on: true, detail: null },
    ],
    orders: held(tray),
  }),
  till('settings-restored', { notices: [{ code: 'settings-restored', on: true, detail: null }], orders: held(tray) }),
  till('notices-files', {
    notices: [
      said('pins-unreadable', 'pins.json'),
      said('pos-settings-unreadable', 'pos-api.json'),
      said('crew-unreadable', 'crew.json'),
    ],
  }),
  till('notices-crew-aside', {
    terminal: terminal('manager'),
    notices: [said('crew-set-aside', 'crew.json')],
    orders: held(tray),
  }),
  till('notices-gone', {
    terminal: terminal('manager'),
    notices: [said('files-gone', 'crew.json, pos-api.json')],
    orders: held(tray),
  }),
  till('nobody-drives', {
    notices: [
      {
        code: 'nobody-drives',
        on: true,
        detail: 'PID 4711, command, since 2026-01-05 10:00:00, last alive 2026-01-05 10:01:00',
      },
    ],
    orders: held(tray),
  }),
  till('notices-damaged', {
    terminal: terminal('manager'),
    notices: [said('journal-newest-lost', '37'), said('journal-orders-lost', '20261124103000001, 20261124103000417')],
    orders: held(tray),
  }),
  till('notices-damaged-cashier', {
    notices: [said('journal-was-damaged', 'journal.sqlite.damaged-1732420800000')],
    orders: held(tray),
  }),
  till('notices-records-lost', { terminal: terminal('manager'), notices: [said('journal-entries-lost', '12')] }),
  till('notices-end-unknown', { notices: [said('journal-end-unknown', 'journal.sqlite.damaged-1732420800000')] }),
  till('notices-missing', {
    terminal: terminal('manager'),
    notices: [said('journal-was-missing', 'journal.sqlite.damaged-1732420800000')],
  }),
  till('notices-cut-off', {
    terminal: terminal('manager'),
    notices: [
      said('journal-cut-off', 'the head stands at 300, the end at 263'),
      said('journal-rows-unreadable', '20261124103000001'),
    ],
  }),
  till('notices-later', { terminal: terminal('technician'), notices: [said('journal-of-later-version')] }),
  till('preparing', { stage: { name: 'preparing', amountFen: 12_800 } }),
  till('look', { stage: { name: 'look', amountFen: 12_800 } }),
  till(
    'code',
    { paySource: 'code', stage: { name: 'code', amountFen: 12_800 } },
    { answers: { 'practice.codes': [...practiceCodes] } },
  ),
  till('code-live', {
    paySource: 'code',
    terminal: terminal('cashier', 'live'),
    scenario: null,
    stage: { name: 'code', amountFen: 12_800 },
  }),
  till('code-no-scanner', {
    paySource: 'code',
    terminal: terminal('cashier', 'live'),
    scenario: null,
    stage: { name: 'code', amountFen: 12_800 },
    notices: [said('scanner-not-connected', 'gone')],
  }),
  till('notices-scanner-held', { paySource: 'code', notices: [said('scanner-not-connected', 'held')] }),
  till('notices-scanner-denied', { paySource: 'code', notices: [said('scanner-not-connected', 'denied')] }),
  ...(['no-payment', 'second-code', 'other-scan', 'alipay', 'unionpay', 'only-codes'] as const).map((what) =>
    till(`scan-${what}`, { paySource: 'code', scanNote: { what } }),
  ),
  till('sending', { stage: { name: 'order', amountFen: 12_800, orderId: 'none' } }),
  ...stopped.map((code) =>
    till(`stopped-${code}`, {
      paySource: code === 'no-code' ? 'code' : 'face',
      stage: { name: 'stopped', amountFen: 12_800, code },
    }),
  ),
  till('stopped-above-face', { stage: { name: 'stopped', amountFen: 250_000, code: 'no-face' } }),
];

const offered = { done: [], wholeAtMs: null, offered: true };
const halfway = { done: exerciseIds.slice(0, 3), wholeAtMs: null, offered: true };
const training = (
  id: string,
  own: OwnTraining,
  press: readonly string[] = [],
  kiosk: Partial<KioskState> = {},
  then?: Partial<KioskState>,
): GalleryEntry =>
  till(`training-${id}`, kiosk, {
    answers: { 'staff.state': staffView(), 'training.state': own, 'training.begin-anew': own, ...atKeypad },
    press,
    ...(then === undefined ? {} : { then }),
  });

const practice: readonly GalleryEntry[] = [
  training('offer', offered),
  training('offer-halfway', halfway),
  training('offer-tray', offered, [], { orders: held(tray) }),
  training('exercise', offered, ['offer-begin']),
  training('exercise-done', offered, ['offer-begin'], {}, withOrder(orders['paid'] ?? raise())),
  training('exercise-pointed', halfway, ['course-start', 'course-go-on'], {}, withOrder(orders['paying'] ?? raise())),
  training('exercise-missed', halfway, ['course-start', 'course-go-on'], {}, withOrder(orders['paid'] ?? raise())),
  training('closing', halfway, ['course-start', 'course-go-on', ...Array.from({ length: 4 }, () => 'course-skip')]),
  training('resume', halfway, ['course-start']),
  training('whole', { done: [...exerciseIds], wholeAtMs: Date.UTC(2026, 10, 20, 4), offered: false }, ['course-start']),
];

const phases: readonly GalleryEntry[] = Object.entries(orders).map(([name, view]) =>
  till(`order-${name}`, withOrder(view)),
);

const shiftList = {
  ...crew,
  left: { by: '王芳', atMs: Date.now() - 300_000, sheetId: 7 },
  orders: [...tray.slice(0, 3)],
  payingNow: false,
};
const counted = (count: number, fen: number): { count: number; fen: number } => ({ count, fen });
const outcomes = {
  paid: counted(212, 1_234_550),
  cancelled: counted(3, 8_800),
  refunded: counted(2, 25_600),
  settled: counted(0, 0),
};
/** A shift over midnight, with orders left. */
export const shiftSheet: ShiftSheet = {
  id: 7,
  by: '王芳',
  handedOverAs: 'cashier',
  fromMs: Date.UTC(2026, 10, 23, 14),
  toMs: Date.UTC(2026, 10, 23, 22, 4),
  open: {
    count: 43,
    fen: 128_000,
    orders: ['20261123152408008821', '20261123152408008822'].map((number) => ({ number, amountFen: 12_800 })),
  },
  figures: {
    ...outcomes,
    people: [
      { who: 'cashier:王芳', ...outcomes },
      { ...outcomes, who: 'screen', paid: counted(1, 100) },
    ],
  },
  environment: 'practice',
  storeName: '江边便利店 一号店',
  deviceId: 'kiosk-1',
  kept: true,
};
/** More than the tray draws at first. */
const crowd = Array.from({ length: 60 }, (_, n) => ({
  ...(tray[n % tray.length] ?? raise()),
  orderId: `crowd-${String(n)}`,
  outTradeNo: `2026112315240800${String(1_000 + n)}`,
}));

const nobody = staffView('cashier', { crew: { ...crew, on: null } });

const refundable: OrderView = { ...(orders['paid'] ?? raise()), actions: ['ask', 'cancel'] };

const stuckOne: OrderView = orders['attention-signature'] ?? raise();
const endedOne: OrderView = orders['refunded'] ?? raise();

/** A manager was called to an order on the till, and types the PIN. */
const called = (id: string, order: OrderView, entry: Partial<PinEntry>, view: StaffView): GalleryEntry =>
  till(`called${id}`, withOrder(order), {
    staff: { view, open: true, entry: pinEntry(entry), calledTo: order.orderId },
  });

/** The decision about an order over the till, by a manager who came for it alone. */
const decided = (id: string, row: StuckRow, press: readonly string[] = []): GalleryEntry =>
  till(
    `decision-${id}`,
    {
      ...withOrder(row.order),
      terminal: terminal('manager'),
      deciding: { orderId: row.order.orderId, action: null, leaves: true },
    },
    {
      staff: { view: staffView('manager') },
      answers: { 'staff.state': staffView('manager'), 'manager.order': row },
      press,
    },
  );

/** From the red screen to the decision, and what may have become of the order on the way. */
const redScreen: readonly GalleryEntry[] = [
  till(
    'order-attention-manager',
    { ...withOrder(stuckOne), terminal: terminal('manager') },
    {
      staff: { view: staffView('manager') },
    },
  ),
  called('', stuckOne, { digits: '1234' }, staffView()),
  called('-wrong', stuckOne, { problem: 'pin-wrong' }, staffWithPin({ triesLeft: 2 })),
  called('-locked', stuckOne, { problem: 'pin-locked' }, staffWithPin({ triesLeft: 0, lockedForMs: 60_000 })),
  called('-for-nothing', endedOne, {}, staffView()),
  decided(
    'red',
    stuckRow({
      order: stuckOne,
      money: 'unknown',
      deadlineInMs: 6.5 * 86_400_000,
      lastResult: 'SIGNERROR',
      acts: ['try-now', 'query', 'settle', 'hand-over'],
      advised: 'try-now',
    }),
  ),
  decided('over', stuckRow({ order: endedOne, money: 'taken', deadlineInMs: 6.5 * 86_400_000, acts: [] })),
  decided('too-old', stuckRow({ order: refundable, money: 'taken', deadlineInMs: -86_400_000, acts: ['query'] })),
];

const around: readonly GalleryEntry[] = [
  till('order-with-tray', withOrder(orders['armed'] ?? tray[0] ?? raise(), tray)),
  // Opened from a list long after its end: it says what it was.
  ...(['closed', 'failed'] as const).map((name) =>
    till(`order-${name}-later`, withOrder({ ...(orders[name] ?? raise()), ageMs: 10_800_000 }, tray)),
  ),
  // What stands over the till must leave room for the order and its button, on the lowest screen too.
  ...(['armed', 'recall', 'failed', 'paying', 'attention-signature'] as const).map((name) =>
    till(`order-${name}-notices`, {
      ...withOrder(orders[name] ?? raise(), tray),
      notices: [
        { code: 'offline', on: true, detail: null },
        { code: 'server-not-trusted', on: true, detail: null },
      ],
    }),
  ),
  // A manager's notices have a button beside them, and more than two stand behind their number.
  ...(['armed', 'attention-signature'] as const).map((name) =>
    till(`order-${name}-notices-manager`, {
      ...withOrder(orders[name] ?? raise(), tray),
      terminal: terminal('manager'),
      notices: [
        said('files-gone', 'crew.json'),
        { code: 'offline', on: true, detail: null },
        said('journal-cut-off', 'the head stands at 300, the end at 263'),
      ],
    }),
  ),
  till('tray-crowded', { orders: held(crowd) }),
  till('order-timeline', { ...withOrder(orders['recall'] ?? raise(), tray), timelineOpen: true }),
  till(
    'order-timeline-technical',
    { ...withOrder(orders['recall'] ?? raise()), timelineOpen: true },
    { press: ['technical'] },
  ),
  till('order-problem', {
    ...withOrder(orders['paying'] ?? raise()),
    problem: { place: 'till', code: 'too-late', field: null },
  }),
  till(
    'refund-decision',
    {
      ...withOrder(refundable),
      terminal: terminal('manager'),
      deciding: { orderId: refundable.orderId, action: 'cancel', leaves: false },
    },
    {
      staff: { view: staffView('manager') },
      answers: {
        'staff.state': staffView('manager'),
        'manager.order': stuckRow({
          order: refundable,
          money: 'taken',
          deadlineInMs: 6.5 * 86_400_000,
          acts: ['query', 'cancel'],
          advised: 'cancel',
        }),
      },
      press: ['why-wrong-amount'],
    },
  ),
  ...redScreen,
  till('number-dialog', { number: '20261123152408008821' }),
  till('number-dialog-short', { number: '104207', scannedNumber: '104207' }),
  till('number-dialog-which', {
    number: '4200000272201902213633768503',
    problem: { place: 'number', code: 'which-number', field: null },
  }),
  till('number-dialog-payment-code', { number: '134567890123456789' }),
  till('number-dialog-payment-code-scanned', {
    number: '',
    problem: { place: 'number', code: 'payment-code', field: null, held: '134567890123456789' },
  }),
  till('scan-payment-code', { scanNote: { what: 'payment-code' } }),
  till('scan-no-number', { scanNote: { what: 'no-number' } }),
  till(
    'scan-no-badge',
    {},
    // Somebody scans when the dialog is there.
    { staff: { view: staffView(), open: true, entry: pinEntry() }, then: { scanNote: { what: 'no-badge' } } },
  ),
  till('number-dialog-refused', {
    number: '2026',
    problem: { place: 'number', code: 'order-not-found', field: 'number' },
  }),
  till('about', { about: true, orders: held(tray) }),
  till('about-technical', { about: true }, { press: ['technical'] }),
  // The second press does nothing but wait for the text.
  till('about-licences', { about: true }, { press: ['licences', 'licences-text'] }),
  till('help', { help: 'cashier', orders: held(tray) }),
  till(
    'help-manager',
    { terminal: terminal('manager'), backOfficePage: 'stuck', help: 'manager' },
    { staff: { view: staffView('manager') } },
  ),
  till(
    'help-technician',
    { terminal: terminal('technician'), backOfficePage: 'setup', help: 'technician' },
    { staff: { view: staffView('technician') } },
  ),
  till('shift-nobody', {}, { staff: { view: nobody }, shift: { view: { ...shiftList, on: null } } }),
  till('shift-serving', { orders: held(tray) }, { answers: { 'shift.state': shiftList } }),
  till('shift-hand-over', { orders: held(tray) }, { shift: { view: shiftList, leaving: true } }),
  till(
    'shift-sheet',
    {},
    {
      staff: { view: nobody },
      shift: { view: { ...shiftList, on: null }, sheet: 7 },
      answers: { 'shift.sheet': shiftSheet },
    },
  ),
  till('sign-in', {}, { staff: { view: staffView(), open: true, entry: pinEntry({ digits: '1234' }) } }),
  till(
    'sign-in-wrong',
    {},
    { staff: { view: staffWithPin({ triesLeft: 2 }), open: true, entry: pinEntry({ problem: 'pin-wrong' }) } },
  ),
  till(
    'sign-in-locked',
    {},
    {
      staff: {
        view: staffWithPin({ triesLeft: 0, lockedForMs: 60_000 }),
        open: true,
        entry: pinEntry({ problem: 'pin-locked' }),
      },
    },
  ),
  till(
    'sign-in-new',
    {},
    {
      staff: {
        view: staffWithPin({ set: false, maySet: 'yes' }),
        open: true,
        entry: pinEntry({ step: { name: 'new', currentPin: undefined } }),
      },
    },
  ),
  till('signed-in', { terminal: terminal('manager') }, { staff: { view: staffView('manager'), open: true } }),
  till(
    'idle-warning',
    { terminal: terminal('manager') },
    { staff: { view: staffView('manager', { idle: { warnsInMs: 0, endsInMs: 20_000 } }) } },
  ),
  { id: 'starting' },
  { id: 'not-connected', kiosk: { startTrouble: { code: 'bug', field: null } }, staff: { view: staffView() } },
  {
    id: 'not-started-trying',
    kiosk: { startTrouble: { code: 'not-started', field: 'journal:busy' } },
    staff: { view: staffView() },
  },
  {
    id: 'not-started',
    kiosk: { startTrouble: { code: 'not-started', field: 'journal:newer-file' } },
    staff: { view: staffView() },
  },
];

function raise(): never {
  throw new Error('the made-up orders have lost one that the gallery shows');
}

export const tillEntries: readonly GalleryEntry[] = [...stages, ...practice, ...phases, ...around];
