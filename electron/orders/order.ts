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
  tradeStateSchema,
  transactionIdSchema,
  type Family,
} from '../../shared/order.ts';
import { sameAsOf } from '../../shared/reason.ts';
import { roleSchema } from '../../shared/roles.ts';
import { FIRST_QUERY_MS, REVERSE_WINDOW_MS } from '../../shared/timing.ts';
import type { Reading } from '../base/clock.ts';
import { parseKeeping } from './kept-fields.ts';

const readingSchema = z.strictObject({ wallMs: z.number(), monoMs: z.number(), run: z.string() });
const count = z.number().int().nonnegative();

/** A call that has been journaled and has no outcome yet. */
const outSchema = z.strictObject({ n: count, sinceMonoMs: z.number() });

/** Where an order was before the cancel was armed, so that taking the cancel back restores it. */
const beforeCancelSchema = z.enum(['paying', 'paid', 'failed', 'not-found']);

export const phaseSchema = z.discriminatedUnion('name', [
  // The pay call left or is leaving. Charged or not: nobody knows.
  z.strictObject({ name: z.literal('paying') }),
  // A verified answer said SUCCESS and no cancel is under way.
  z.strictObject({ name: z.literal('paid') }),
  // Verified not charged, or the pay call never left. `cause`: WeChat's err_code, or `never-sent`.
  z.strictObject({ name: z.literal('failed'), cause: z.string() }),
  // Entered by hand; WeChat does not know the number. No cancel was asked for.
  z.strictObject({ name: z.literal('not-found') }),
  // Cancel asked for and on disk. Nothing was sent, so taking it back is free. Fires by itself when the window ends.
  z.strictObject({
    name: z.literal('armed'),
    by: roleSchema,
    evenIfPaid: z.boolean(),
    from: beforeCancelSchema,
  }),
  // The cancel was armed, then the customer turned out to have paid. Nothing was sent; a person decides.
  z.strictObject({ name: z.literal('choosing'), by: roleSchema, sinceMonoMs: z.number() }),
  // At least one reverse may have reached WeChat. Taking back is over for good. `dueMonoMs` is the next attempt's.
  z.strictObject({ name: z.literal('reversing'), dueMonoMs: z.number() }),
  // A verified reply accepted the reverse. That is weak evidence; `asks` queries have failed to prove it so far.
  z.strictObject({ name: z.literal('confirming'), asks: count }),
  // A verified query proved it.
  z.strictObject({
    name: z.literal('cancelled'),
    outcome: z.enum(['closed', 'refunded']),
    proof: tradeStateSchema,
  }),
  // Retrying cannot mend it. Stays until somebody decides, or a verified query proves the cancel after all.
  z.strictObject({ name: z.literal('attention'), cause: causeSchema, errCode: z.string().nullable() }),
  // A manager's word, or the journal's that this is another entry's order under its other number.
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
  run: z.string(),
  payCall: z.strictObject({
    /** When the pay request left (or, not knowing, when this terminal learned of the order). The window counts from it. */
    at: readingSchema,
    /** `leaving`: journaled, and no byte is known to have left yet. */
    state: z.enum(['leaving', 'left', 'over']),
    /** The call's own deadline: after it nothing more of it can leave. */
    leavesWithinMs: count,
  }),
  /** The err_code of a verified reply that said this payment failed. */
  declined: z.string().nullable(),
  /** A verified answer has said SUCCESS at some time. */
  knownPaid: z.boolean(),
  lastSeen: z.union([tradeStateSchema, z.literal('NOTFOUND')]).nullable(),
  /** Calls in a row that brought no answer while the wall clock said that the 7 days were over. */
  pastAge: count,
  query: z.strictObject({
    count,
    out: outSchema.nullable(),
    dueMonoMs: z.number().nullable(),
    endedMonoMs: z.number().nullable(),
    /** In a row. */
    silences: count,
    notFound: count,
  }),
  reverse: z.strictObject({
    count,
    out: outSchema.nullable(),
    /** When the first one left. */
    firstAt: readingSchema.nullable(),
    /** Answers in a row that blame us: the certificate, the key, the request. */
    refusals: count,
    contradictions: count,
    recall: recallSchema.nullable(),
    lastResult: z.string().nullable(),
  }),
  /** When a manager took it to the merchant platform to refund it there. Rows from before there was that have none. */
  refundHandedOverAtMs: z.number().nullable().default(null),
  phase: phaseSchema,
});
export type Order = z.infer<typeof orderSchema>;

/** An order as any version of this generation may have written it; `null` where this one may not act on it. */
export const orderFrom = (value: unknown): Order | null => parseKeeping(orderSchema, value);

interface NewOrder {
  readonly orderId: string;
  readonly outTradeNo: string | null;
  readonly transactionId: string | null;
  readonly family: Family;
  readonly amountFen: number | null;
}

/** An order whose pay call is about to leave this terminal. It is journaled before the first byte does. */
export function orderToPay(order: NewOrder, callTimeoutMs: number, now: Reading): Order {
  const payCall = { at: now, state: 'leaving' as const, leavesWithinMs: callTimeoutMs };
  return { ...blank(order, now), origin: 'taken', payCall };
}

/**
 * An order that was paid elsewhere. `paidAtMs` (UTC) is when its pay call was made; `null` where nobody knows, and then
 * the window starts now. A time in the future counts as now.
 */
export function orderEntered(order: NewOrder, paidAtMs: number | null, now: Reading): Order {
  const wallMs = Math.min(paidAtMs ?? now.wallMs, now.wallMs);
  const monoMs = now.monoMs - Math.min(now.wallMs - wallMs, REVERSE_WINDOW_MS);
  const entered = blank(order, now);
  return {
    ...entered,
    origin: 'entered',
    payCall: { at: { wallMs, monoMs, run: now.run }, state: 'over', leavesWithinMs: 0 },
    query: { ...entered.query, dueMonoMs: now.monoMs },
  };
}

function blank(order: NewOrder, now: Reading): Omit<Order, 'origin' | 'payCall'> {
  return {
    ...order,
    createdAtMs: now.wallMs,
    run: now.run,
    declined: null,
    knownPaid: false,
    lastSeen: null,
    pastAge: 0,
    query: {
      count: 0,
      out: null,
      dueMonoMs: now.monoMs + FIRST_QUERY_MS,
      endedMonoMs: null,
      silences: 0,
      notFound: 0,
    },
    reverse: {
      count: 0,
      out: null,
      firstAt: null,
      refusals: 0,
      contradictions: 0,
      recall: null,
      lastResult: null,
    },
    refundHandedOverAtMs: null,
    phase: { name: 'paying' },
  };
}

/** The entry that goes on in this one's place; `null` where this one is no other order's double. */
export const restsAs = ({ phase }: Order): string | null =>
  phase.name === 'settled' ? sameAsOf(phase.reason) : null;

/** A cancel was asked for and has come to no end: taken back, proved or settled. */
export const isCancelling = (order: Order): boolean => standingOf(order) !== 'done' && order.phase.name !== 'paying';

/** `open` orders are driven by the engine, `attention` waits for a manager, `done` needs nobody. */
export function standingOf(order: Order): 'open' | 'attention' | 'done' {
  switch (order.phase.name) {
    case 'paying':
      // One that was only looked up is nobody's duty here until somebody cancels it.
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
