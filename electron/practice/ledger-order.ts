/** One order in the practice gateway's ledger, and what may happen to it: data and pure functions. */
import { z } from 'zod';
import {
  familySchema,
  looksLikeTransactionId,
  outTradeNoSchema,
  tradeStateSchema,
  transactionIdSchema,
} from '../../shared/order/order.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { scenarioSchema } from '../../shared/practice/scenarios.ts';
import { elapsedSince, type Timestamp } from '../base/clock.ts';
import { refundedElsewhereFen, voidedAs, type RefundCourse } from './scenarios.ts';

const timestampSchema = z.object({ wallMs: z.number(), monoMs: z.number(), run: z.string() });

const historySchema = z.object({
  /** Wall clock, ms. */
  atMs: z.number(),
  what: z.enum(['seeded', 'pay', 'charged', 'reverse', 'reverse-too-early', 'closed', 'refunded', 'refund-repeated']),
  note: z.string(),
});
export type HistoryEntry = z.infer<typeof historySchema>;

const refundStatusSchema = z.enum(['SUCCESS', 'PROCESSING', 'CHANGE', 'REFUNDCLOSE']);

/** A refund by number: made by a till's call, or in the merchant platform. A reverse makes none. */
const refundSchema = z.object({
  refundId: z.string(),
  outRefundNo: z.string(),
  fen: z.number().int().positive(),
  status: refundStatusSchema,
  /** What it turns into, `afterMs` after `since`; left out when nothing is to come. */
  becomes: z.object({ since: timestampSchema, afterMs: z.number(), status: refundStatusSchema }).optional(),
  /** When the money was with the customer: wall clock, ms. */
  arrivedAtMs: z.number().optional(),
  /** How often the same request came again. Each time it was answered like the first, and paid nothing. */
  repeats: z.number().int().optional(),
});
export type PracticeRefund = z.infer<typeof refundSchema>;

export const ledgerOrderSchema = z.object({
  outTradeNo: outTradeNoSchema,
  /** 28 digits beginning with 4. */
  transactionId: transactionIdSchema,
  appid: z.string(),
  mchId: z.string(),
  subMchId: z.string().nullable(),
  family: familySchema,
  amountFen: z.number().int().positive(),
  state: tradeStateSchema,
  paidFen: z.number().int().nonnegative(),
  refundedFen: z.number().int().nonnegative(),
  /** Ledgers from before refunds existed have none. */
  refunds: z.array(refundSchema).default([]),
  /** The last request for a refund that was not too soon after another; `null`: there was none. */
  refundAskedAt: timestampSchema.nullable().default(null),
  /** Requests for a refund that reached the scenario: new numbers, with a sum that the order has left. */
  refundAsks: z.number().int().default(0),
  /** When the pay request arrived; the 15 s and the 7 days count from here. */
  payReceivedAt: timestampSchema,
  /** The customer will be charged this long (ms) after `payReceivedAt`; `null`: no charge is due. */
  chargeDueMs: z.number().nullable(),
  /** Wall clock, ms: for `time_end`. */
  paidAtMs: z.number().nullable(),
  reversed: z.boolean(),
  /** Reverses that reached the scenario; those sent too early are not counted. */
  reverses: z.number().int(),
  queries: z.number().int(),
  scenario: scenarioSchema,
  /** A digest of the used face_code or auth_code; `null` for orders paid elsewhere. */
  codeDigest: z.string().nullable(),
  /** The fields of the pay request that the replies repeat: device_info, attach. */
  echoed: z.record(z.string(), z.string()),
  history: z.array(historySchema),
});
export type LedgerOrder = z.infer<typeof ledgerOrderSchema>;

export function noted(order: LedgerOrder, atMs: number, what: HistoryEntry['what'], note = ''): LedgerOrder {
  return { ...order, history: [...order.history, { atMs, what, note }] };
}

/** The customer's money is taken. */
export function charged(order: LedgerOrder, atMs: number): LedgerOrder {
  const paid: LedgerOrder = {
    ...order,
    state: 'SUCCESS',
    paidFen: order.amountFen,
    paidAtMs: atMs,
    chargeDueMs: null,
  };
  return noted(paid, atMs, 'charged');
}

/**
 * The order with the charge and the refunds that have become due by `now`, if any. It is computed, not timed, so it
 * survives a restart.
 */
export const settled = (order: LedgerOrder, now: Timestamp): LedgerOrder =>
  withRefundsDue(withChargeDue(order, now), now);

function withChargeDue(order: LedgerOrder, now: Timestamp): LedgerOrder {
  const { chargeDueMs, payReceivedAt } = order;
  if (chargeDueMs === null || elapsedSince(payReceivedAt, now) < chargeDueMs) return order;
  const atMs = payReceivedAt.wallMs + chargeDueMs;
  const paid = charged(order, atMs);
  const backFen = refundedElsewhereFen(order.scenario, order.amountFen);
  return backFen === 0 ? paid : refundedElsewhere(paid, [refundOf(paid, backFen)], atMs);
}

function withRefundsDue(order: LedgerOrder, now: Timestamp): LedgerOrder {
  const refunds = order.refunds.map((refund) => {
    const { becomes, ...rest } = refund;
    if (becomes === undefined || elapsedSince(becomes.since, now) < becomes.afterMs) return refund;
    const arrival = becomes.status === 'SUCCESS' ? { arrivedAtMs: becomes.since.wallMs + becomes.afterMs } : {};
    return { ...rest, status: becomes.status, ...arrival };
  });
  if (refunds.every((refund, n) => refund === order.refunds[n])) return order;
  return { ...order, refunds, refundedFen: order.refundedFen - backFen(order.refunds) + backFen(refunds) };
}

/** Fen that are back or certainly on their way. */
const backFen = (refunds: readonly PracticeRefund[]): number =>
  refunds.reduce((sum, { fen, status }) => sum + (status === 'SUCCESS' || status === 'PROCESSING' ? fen : 0), 0);

/** Fen that no further refund may give back: all refunds that did not fail. */
export const takenFen = ({ refunds }: LedgerOrder): number =>
  refunds.reduce((sum, { fen, status }) => sum + (status === 'REFUNDCLOSE' ? 0 : fen), 0);

/**
 * A refund that a till asked for, accepted at `now`: on its way until `course` ends it. trade_state is REFUND from the
 * first part on. Whether it goes back when a refund fails is not known; here it stays.
 */
export function refundAccepted(
  order: LedgerOrder,
  asked: Pick<PracticeRefund, 'refundId' | 'outRefundNo' | 'fen'>,
  { afterMs, status }: RefundCourse,
  now: Timestamp,
): LedgerOrder {
  const refund: PracticeRefund = { ...asked, status: 'PROCESSING', becomes: { since: now, afterMs, status } };
  const next: LedgerOrder = {
    ...order,
    state: 'REFUND',
    refunds: [...order.refunds, refund],
    refundedFen: order.refundedFen + asked.fen,
  };
  return noted(next, now.wallMs, 'refunded', `${asked.outRefundNo}: ${String(asked.fen)} fen`);
}

/** The request for a refund that the order has came again. It is paid once. */
export function refundRepeated(order: LedgerOrder, outRefundNo: string, atMs: number): LedgerOrder {
  const refunds = order.refunds.map((refund) =>
    refund.outRefundNo === outRefundNo ? { ...refund, repeats: (refund.repeats ?? 0) + 1 } : refund,
  );
  return noted({ ...order, refunds }, atMs, 'refund-repeated', outRefundNo);
}

/** A completed refund of `fen`, with numbers made from the order's. */
export const refundOf = ({ outTradeNo, transactionId }: LedgerOrder, fen: number): PracticeRefund => ({
  refundId: `50${transactionId.slice(2)}`,
  outRefundNo: `refund-${outTradeNo}`,
  fen,
  status: 'SUCCESS',
});

/**
 * Voided. What was paid goes back (REFUND). What was not paid can no longer be paid: CLOSED for a face order, REVOKED
 * for a code order. The documents allow either, and REVOKED for both. Repeating it changes nothing.
 */
export function reversed(order: LedgerOrder, atMs: number): LedgerOrder {
  if (order.reversed) return order;
  if (order.paidFen > 0) {
    const refunded: LedgerOrder = {
      ...order,
      reversed: true,
      state: voidedAs(order.scenario) ?? 'REFUND',
      refundedFen: order.paidFen,
    };
    return noted(refunded, atMs, 'refunded');
  }
  const state = voidedAs(order.scenario) ?? (order.family === 'facepay' ? 'CLOSED' : 'REVOKED');
  return noted({ ...order, reversed: true, state, chargeDueMs: null }, atMs, 'closed');
}

/** Refunded in the merchant platform: `state` is REFUND from the first partial refund on, as at WeChat Pay. */
export function refundedElsewhere(order: LedgerOrder, refunds: readonly PracticeRefund[], atMs: number): LedgerOrder {
  const next: LedgerOrder = {
    ...order,
    state: 'REFUND',
    refunds: [...order.refunds, ...refunds],
    refundedFen: order.refundedFen + backFen(refunds),
  };
  return noted(next, atMs, 'refunded', 'in the merchant platform');
}

const seedSchema = z.strictObject({
  outTradeNo: outTradeNoSchema,
  transactionId: z.string().refine(looksLikeTransactionId, { error: 'must be 28 digits that begin with 4' }).optional(),
  amountFen: z.number().int().positive().default(100),
  family: familySchema.default('facepay'),
  state: tradeStateSchema.default('SUCCESS'),
  /** When its pay call was made: ISO 8601 with an offset. Now, if it is left out. */
  paidAt: z.iso.datetime({ offset: true }).optional(),
  /** How its reverses and queries are answered. */
  scenario: scenarioSchema.default('paid'),
});
/** An order that was paid elsewhere. Fields that are left out get made-up values. */
export type Seed = z.input<typeof seedSchema>;
export type CheckedSeed = z.output<typeof seedSchema>;

/** The error names the field and what was wrong with it. */
export function readSeed(seed: unknown): Result<CheckedSeed, string> {
  const parsed = seedSchema.safeParse(seed);
  return parsed.success ? ok(parsed.data) : fail(z.prettifyError(parsed.error));
}
