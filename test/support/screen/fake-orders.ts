/** Made-up orders in every phase, to show the screen without main. */
import { causeSchema, type OrderView, type PhaseView, type TimelineRow } from '../../../shared/order/order.ts';

const MINUTE_MS = 60_000;

const base: OrderView = {
  orderId: 'fake-1',
  version: 1,
  outTradeNo: '20261123152408008821',
  transactionId: null,
  amountFen: 12_800,
  origin: 'taken',
  createdAtMs: Date.now() - 8_000,
  ageMs: 8_000,
  verdict: 'do-not-charge',
  standing: 'open',
  phase: { name: 'paying', windowEndsInMs: 7_200, declined: null, cancelFirst: false },
  actions: ['cancel', 'ask'],
  lastAnswer: null,
  unknownState: null,
  refunds: null,
  ourRefunds: [],
  attemptCount: 0,
};

/** One order in `phase`, as main would send it. */
export const order = (phase: PhaseView, more: Partial<OrderView> = {}): OrderView => ({ ...base, ...more, phase });

const reversing = {
  name: 'reversing',
  activity: 'waiting',
  attempt: 3,
  nextInMs: 8_000,
  recall: 'Y',
  lastResult: 'SYSTEMERROR',
  escalated: false,
} as const;

const done: Partial<OrderView> = { standing: 'done', actions: [], attemptCount: 1 };
const charge: Partial<OrderView> = { ...done, verdict: 'charge-again' };

/** By name: the values of `?show=`. */
export const orders: Readonly<Record<string, OrderView>> = {
  paying: order(
    { name: 'paying', windowEndsInMs: 12_000, declined: null, cancelFirst: false },
    { lastAnswer: 'USERPAYING' },
  ),
  ready: order(
    { name: 'paying', windowEndsInMs: 0, declined: null, cancelFirst: false },
    { lastAnswer: 'NOTPAY', ageMs: 19_000 },
  ),
  declined: order({ name: 'paying', windowEndsInMs: 12_000, declined: 'NOTENOUGH', cancelFirst: true }),
  armed: order({ name: 'armed', firesInMs: 9_400, lastLook: false }, { actions: ['withdraw'], lastAnswer: 'NOTPAY' }),
  'last-look': order({ name: 'armed', firesInMs: 0, lastLook: true }, { actions: ['withdraw'], lastAnswer: 'NOTPAY' }),
  choosing: order({ name: 'choosing' }, { actions: ['keep', 'refund'], lastAnswer: 'SUCCESS' }),
  calling: order(
    { ...reversing, activity: 'calling', attempt: 1, nextInMs: null, recall: null, lastResult: null },
    { actions: ['try-now'] },
  ),
  asking: order({ ...reversing, activity: 'asking', nextInMs: null, lastResult: 'timeout' }, { actions: ['try-now'] }),
  recall: order(reversing, { actions: ['try-now'], ageMs: 48_000 }),
  unknown: order(
    { ...reversing, recall: null, lastResult: 'timeout', nextInMs: 600_000, escalated: true },
    { actions: ['try-now'], ageMs: 14 * MINUTE_MS },
  ),
  confirming: order({ name: 'confirming', attempt: 1, nextInMs: 2_000 }, { actions: ['try-now'] }),
  closed: order({ name: 'cancelled', outcome: 'closed', proof: 'CLOSED' }, charge),
  revoked: order({ name: 'cancelled', outcome: 'revoked', proof: 'REVOKED' }, charge),
  refunded: order({ name: 'cancelled', outcome: 'refunded', proof: 'REFUND' }, charge),
  paid: order({ name: 'paid' }, { ...done, verdict: 'paid', actions: ['ask'] }),
  failed: order({ name: 'failed', cause: 'NOTSUPORTCARD' }, { ...charge, actions: ['cancel'] }),
  'not-found': order(
    { name: 'not-found' },
    { origin: 'entered', amountFen: null, outTradeNo: null, transactionId: '4200000272201902213633768503' },
  ),
  'handed-over': order(
    { name: 'attention', cause: 'expired', errCode: 'REVERSE_EXPIRE', handedOver: true },
    { standing: 'attention', actions: ['ask'], ageMs: 50 * MINUTE_MS },
  ),
  settled: order({ name: 'settled', reason: '已在商户平台退款' }, done),
  ...Object.fromEntries(
    causeSchema.options.map((cause) => [
      `attention-${cause}`,
      order(
        { name: 'attention', cause, errCode: 'SIGNERROR', handedOver: false },
        {
          standing: 'attention',
          actions: ['ask'],
          ageMs: 40 * MINUTE_MS,
          ...(cause === 'partly-refunded' ? { refunds: { refundedFen: 3_000, totalFen: 12_800 } } : {}),
        },
      ),
    ]),
  ),
};

/** A tray as on a bad day. */
export const tray: readonly OrderView[] = [
  order(
    { name: 'attention', cause: 'expired', errCode: 'REVERSE_EXPIRE', handedOver: false },
    {
      orderId: 'tray-1',
      outTradeNo: '20261116093011004417',
      amountFen: 5_990,
      standing: 'attention',
      ageMs: 7.2 * 24 * 60 * MINUTE_MS,
    },
  ),
  order(
    { ...reversing, nextInMs: 42_000 },
    { orderId: 'tray-2', outTradeNo: '20261123151901002306', amountFen: 128_800, ageMs: 6 * MINUTE_MS },
  ),
  order(
    { name: 'armed', firesInMs: 11_000, lastLook: false },
    { orderId: 'tray-3', outTradeNo: '20261123152356007754', amountFen: 860, ageMs: 9_000 },
  ),
  order(
    { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' },
    { ...charge, orderId: 'tray-4', outTradeNo: '20261123150010001109', amountFen: 3_350, ageMs: 24 * MINUTE_MS },
  ),
];

const row = (seq: number, what: TimelineRow['what'], more: Partial<TimelineRow> = {}): TimelineRow => ({
  seq,
  atMs: Date.now() - (30 - seq) * 2_100,
  what,
  attempt: null,
  host: null,
  latencyMs: null,
  result: null,
  errCode: null,
  recall: null,
  reason: null,
  note: null,
  ...more,
});

const host = 'api.mch.weixin.qq.com';

/** A timeline with one row of each kind that has details. */
export const timeline: readonly TimelineRow[] = [
  row(1, 'registered'),
  row(2, 'pay-left', { host }),
  row(3, 'query-answered', { host, latencyMs: 84, result: 'USERPAYING' }),
  row(4, 'pay-answered', { host, latencyMs: 10_002, result: 'timeout' }),
  row(5, 'cancel-armed'),
  row(6, 'reverse-left', { attempt: 1, host }),
  row(7, 'reverse-answered', { attempt: 1, host, latencyMs: 121, result: 'FAIL', errCode: 'SYSTEMERROR', recall: 'Y' }),
  row(8, 'reverse-left', { attempt: 2, host }),
  row(9, 'reverse-answered', { attempt: 2, host, latencyMs: 98, result: 'SUCCESS', recall: 'N' }),
  row(10, 'query-answered', { host, latencyMs: 80, result: 'REVOKED' }),
  row(11, 'cancelled', { result: 'closed' }),
];
