/**
 * An order as the journal keeps it: plain data, parsed by the same schema that types it. Fields ending in `MonoMs` are
 * on the monotonic clock of the process named by `run`; see [Note: Two clocks].
 */
import { z } from 'zod';
import {
  causeSchema,
  familySchema,
  orderIdSchema,
  outTradeNoSchema,
  recallSchema,
  refundedPartSchema,
  tradeStateSchema,
  transactionIdSchema,
  type CancelOutcome,
  type Family,
} from '../../../shared/order/order.ts';
import { sameAsOf } from '../../../shared/order/reason.ts';
import { roleSchema } from '../../../shared/role.ts';
import { FIRST_QUERY_MS, REVERSE_WINDOW_MS } from '../../../shared/timing.ts';
import type { Timestamp } from '../../base/clock.ts';
import { isSteady, type WallSpan } from '../../base/watched-clock.ts';
import { parseKeeping } from './kept-fields.ts';
import { outSchema, refundSchema, timestampSchema } from './refund.ts';

const count = z.number().int().nonnegative();

/** The phase before the cancel was armed. Taking the cancel back restores it. */
const beforeCancelSchema = z.enum(['paying', 'paid', 'failed', 'not-found']);

export const phaseSchema = z.discriminatedUnion('name', [
  // The pay call left or is leaving. Charged or not: unknown.
  z.strictObject({ name: z.literal('paying') }),
  // A verified answer said SUCCESS and no cancel is under way.
  z.strictObject({ name: z.literal('paid') }),
  // Verified not charged, or the pay call never left. `cause`: WeChat's err_code, or `never-sent`.
  z.strictObject({ name: z.literal('failed'), cause: z.string() }),
  // Entered by hand; WeChat does not know the number. No cancel was asked for.
  z.strictObject({ name: z.literal('not-found') }),
  // Cancel asked for and on disk. Nothing was sent, so it can be taken back without cost. It goes on by itself when the
  // window ends.
  z.strictObject({
    name: z.literal('armed'),
    by: roleSchema,
    evenIfPaid: z.boolean(),
    from: beforeCancelSchema,
  }),
  // The cancel was armed, then WeChat showed that the customer had paid. Nothing was sent; a person decides.
  z.strictObject({ name: z.literal('choosing'), by: roleSchema, sinceMonoMs: z.number() }),
  // At least one reverse may have reached WeChat. The cancel can no longer be taken back. `dueMonoMs` is the next
  // attempt's.
  z.strictObject({ name: z.literal('reversing'), dueMonoMs: z.number() }),
  // A verified reply accepted the reverse. That is weak evidence; `asks` queries have failed to prove it so far.
  z.strictObject({ name: z.literal('confirming'), asks: count }),
  // A verified query proved it. `outcomeOf` says what it means: old rows, from before the word for it existed, say
  // `closed` of REVOKED.
  z.strictObject({
    name: z.literal('cancelled'),
    outcome: z.enum(['closed', 'refunded']),
    proof: tradeStateSchema,
  }),
  // Retrying cannot help. The order stays here until a person decides, or until a verified query proves the cancel
  // after all.
  z.strictObject({ name: z.literal('attention'), cause: causeSchema, errCode: z.string().nullable() }),
  // A manager decided, or the journal found that this is another entry's order under its other number.
  z.strictObject({ name: z.literal('settled'), reason: z.string() }),
]);
export type Phase = z.infer<typeof phaseSchema>;

export const orderSchema = z.strictObject({
  orderId: orderIdSchema,
  outTradeNo: outTradeNoSchema.nullable(),
  transactionId: transactionIdSchema.nullable(),
  family: familySchema,
  origin: z.enum(['taken', 'entered']),
  amountFen: z.number().int().nullable(),
  createdAtMs: z.number(),
  /** Both clocks when the order was made, never rebased. Rows from before this field existed have none. */
  createdOn: timestampSchema.nullable().default(null),
  /** What to add to wall-clock times from when the order was made: the clock was found to have been that far behind. */
  wallBehindMs: z.number().default(0),
  run: z.string(),
  payCall: z.strictObject({
    /**
     * When the pay request left, or, if that is not known, when this terminal learned of the order. The window counts
     * from it.
     */
    at: timestampSchema,
    /** `leaving`: journaled, and no byte is known to have left yet. */
    state: z.enum(['leaving', 'left', 'over']),
    /** The call's own deadline: after it no byte of the call can leave. */
    leavesWithinMs: count,
  }),
  /** The err_code of a verified reply that said this payment failed. */
  declined: z.string().nullable(),
  /** A verified answer has said SUCCESS at least once. */
  knownPaid: z.boolean(),
  lastSeen: z.union([tradeStateSchema, z.literal('NOTFOUND')]).nullable(),
  /**
   * Whether `lastSeen` was queried after the end of the pay call and of the last reverse. Only then can "not paid" be
   * final. Rows from before this field existed do not know it.
   */
  seenSinceLastCall: z.boolean().default(false),
  /**
   * The state that WeChat named last, if this app does not know it, and since when WeChat has named only unknown
   * states.
   */
  unknownState: z.strictObject({ name: z.string(), since: timestampSchema }).nullable().default(null),
  /** What went back by refunds, where pay/refundquery said so and it was not the whole amount. */
  refunds: refundedPartSchema.nullable().default(null),
  /** Calls in a row that got no answer while the wall clock said that the 7 days were over. */
  pastAge: count,
  query: z.strictObject({
    count,
    out: outSchema.nullable(),
    dueMonoMs: z.number().nullable(),
    endedMonoMs: z.number().nullable(),
    /** In a row. */
    silences: count,
    notFound: count,
    /** The query that is out was sent while a pay call or a reverse was under way. Its answer may be out of date. */
    overtaken: z.boolean().default(false),
    /** REFUND answers in a row without a known sum. While there are any, no reverse leaves. */
    refundAsks: count.default(0),
  }),
  reverse: z.strictObject({
    count,
    out: outSchema.nullable(),
    /** When the first one left. */
    firstAt: timestampSchema.nullable(),
    /** Answers in a row that blame us: the certificate, the key, the request. */
    refusals: count,
    /** When the first of them came. */
    blamedSince: timestampSchema.nullable().default(null),
    /** A verified reply to one of them said SUCCESS. */
    accepted: z.boolean().default(false),
    contradictions: count,
    recall: recallSchema.nullable(),
    lastResult: z.string().nullable(),
  }),
  /**
   * When a manager took it to the merchant platform to refund it there. Rows from before this field existed have none.
   */
  refundHandedOverAtMs: z.number().nullable().default(null),
  /** When a manager stated that it was not refunded there. The hand-over stays noted beside it. */
  refundNotMadeAtMs: z.number().nullable().default(null),
  /** The refunds that were asked for here, oldest first. Rows from before this field existed have none. */
  ourRefunds: z.array(refundSchema).default([]),
  phase: phaseSchema,
});
export type Order = z.infer<typeof orderSchema>;

/** An order as any version of this generation may have written it; `null` if this version must not act on it. */
export const orderFrom = (value: unknown): Order | null => parseKeeping(orderSchema, value);

interface NewOrder {
  readonly orderId: string;
  readonly outTradeNo: string | null;
  readonly transactionId: string | null;
  readonly family: Family;
  readonly amountFen: number | null;
}

/** An order whose pay call is about to leave this terminal. It is journaled before the first byte does. */
export function orderToPay(order: NewOrder, callTimeoutMs: number, now: Timestamp): Order {
  const payCall = { at: now, state: 'leaving' as const, leavesWithinMs: callTimeoutMs };
  return { ...blank(order, now), origin: 'taken', payCall };
}

/**
 * An order that was paid elsewhere. `paidAtMs` (UTC) is when its pay call was made, stated by a person who read this
 * machine's wall clock. `null` if that is not known; then the window starts now. A time in the future counts as now.
 *
 * `wall` is the range that the clock showed during the last window, `null` if this process does not know it. The window
 * counts from the stated time only if the clock is known not to have been set meanwhile, and by its lowest reading.
 * Otherwise the window counts from now. If the clock was set, the order's age is unknown as well.
 */
export function orderEntered(
  order: NewOrder,
  paidAtMs: number | null,
  now: Timestamp,
  wall: WallSpan | null = null,
): Order {
  const saidMs = wall === null || isSteady(wall) ? (paidAtMs ?? now.wallMs) : now.wallMs;
  const wallMs = Math.min(saidMs, now.wallMs);
  const sinceMs = wall === null ? 0 : wall.lowMs - saidMs;
  const monoMs = now.monoMs - Math.min(Math.max(0, sinceMs), REVERSE_WINDOW_MS);
  const entered = blank(order, now);
  return {
    ...entered,
    origin: 'entered',
    payCall: { at: { wallMs, monoMs, run: now.run }, state: 'over', leavesWithinMs: 0 },
    query: { ...entered.query, dueMonoMs: now.monoMs },
  };
}

function blank(order: NewOrder, now: Timestamp): Omit<Order, 'origin' | 'payCall'> {
  return {
    ...order,
    createdAtMs: now.wallMs,
    createdOn: now,
    wallBehindMs: 0,
    run: now.run,
    declined: null,
    knownPaid: false,
    lastSeen: null,
    seenSinceLastCall: false,
    unknownState: null,
    refunds: null,
    pastAge: 0,
    query: {
      count: 0,
      out: null,
      dueMonoMs: now.monoMs + FIRST_QUERY_MS,
      endedMonoMs: null,
      silences: 0,
      notFound: 0,
      overtaken: false,
      refundAsks: 0,
    },
    reverse: {
      count: 0,
      out: null,
      firstAt: null,
      refusals: 0,
      blamedSince: null,
      accepted: false,
      contradictions: 0,
      recall: null,
      lastResult: null,
    },
    refundHandedOverAtMs: null,
    refundNotMadeAtMs: null,
    ourRefunds: [],
    phase: { name: 'paying' },
  };
}

/**
 * What a proved cancel comes to. REVOKED of an order that was never seen paid proves that the cancel was accepted. It
 * does not prove that nothing was deducted (electron/wechat/README.md, "Query"). The result is derived from the proof,
 * so that old rows also tell the truth.
 */
export const outcomeOf = ({ outcome, proof }: Extract<Phase, { name: 'cancelled' }>): CancelOutcome =>
  outcome === 'closed' && proof === 'REVOKED' ? 'revoked' : outcome;

/** The entry that goes on in place of this one; `null` if this one is not another order's duplicate. */
export const restsAs = ({ phase }: Order): string | null => (phase.name === 'settled' ? sameAsOf(phase.reason) : null);

/** A cancel was asked for and has not ended: it was not taken back, proved or settled. */
export const isCancelling = (order: Order): boolean => standingOf(order) !== 'done' && order.phase.name !== 'paying';

/** A manager took it to the merchant platform, and no manager has stated that it was not refunded there. */
export const awaitsRefund = ({ refundHandedOverAtMs, refundNotMadeAtMs }: Order): boolean =>
  refundHandedOverAtMs !== null && refundNotMadeAtMs === null;

/** `open` orders are driven by the engine, `attention` waits for a manager, `done` needs no one. */
export function standingOf(order: Order): 'open' | 'attention' | 'done' {
  switch (order.phase.name) {
    case 'paying':
      // An order that was only looked up needs no work here until somebody cancels it.
      return order.origin === 'taken' ? 'open' : 'done';
    case 'armed':
    case 'choosing':
    case 'reversing':
    case 'confirming':
      return 'open';
    case 'attention':
      return 'attention';
    case 'paid':
    case 'failed':
    case 'not-found':
    case 'cancelled':
    case 'settled':
      return 'done';
  }
}
