/**
 * A refund that a manager asked for at this terminal, as the journal keeps it inside its order. It has a machine of its own
 * beside the order's (refund-events.ts, refund-answers.ts, refund-steps.ts):
 *
 *   asked -- a fresh query shows the order paid, and enough of it left --> sending
 *   sending -- WeChat Pay holds it --> accepted -> paid | stuck | failed
 *   sending -- refused, and not held --> attention -- a manager --> sending | settled
 *
 * `outRefundNo` stands for one intent. It is on disk before anything is sent, never changes when the request is repeated,
 * and no other intent ever gets it (electron/wechat/README.md, "Refund").
 */
import { z } from 'zod';
import { refundFailureSchema, refundCauseSchema } from '../../../shared/order/refund.ts';
import { roleSchema } from '../../../shared/role.ts';
import { rebased, type Timestamp } from '../../base/clock.ts';

export const timestampSchema = z.strictObject({ wallMs: z.number(), monoMs: z.number(), run: z.string() });
const count = z.number().int().nonnegative();
const fen = z.number().int().positive();

/** A call that has been journaled and has no outcome yet. */
export const outSchema = z.strictObject({ n: count, sinceMonoMs: z.number() });

export const refundPhaseSchema = z.discriminatedUnion('name', [
  // On disk, and nothing was sent. A query of the order that begins after query `afterQuery` decides whether it may be.
  z.strictObject({ name: z.literal('asked'), afterQuery: count }),
  // At least one request may reach WeChat. `dueMonoMs` is the next request's; `null` while it is asked about first.
  // `refused`: what a request was refused for, as long as it is not sure that no request was accepted.
  z.strictObject({
    name: z.literal('sending'),
    dueMonoMs: z.number().nullable(),
    refused: z.strictObject({ cause: refundCauseSchema, errCode: z.string().nullable() }).nullable(),
  }),
  // WeChat holds it, and the money is on its way. `asks`: queries since then that did not change that.
  z.strictObject({ name: z.literal('accepted'), at: timestampSchema, asks: count }),
  // refundquery says SUCCESS.
  z.strictObject({ name: z.literal('paid') }),
  // WeChat holds it and it does not arrive: CHANGE, or under way for more than a week. Proof may still come.
  z.strictObject({ name: z.literal('stuck'), status: z.enum(['CHANGE', 'PROCESSING']), asks: count }),
  // The money certainly stays with the merchant. `notedAtMs`: when a manager took note of it.
  z.strictObject({
    name: z.literal('failed'),
    why: refundFailureSchema,
    errCode: z.string().nullable(),
    notedAtMs: z.number().nullable(),
  }),
  // Sending it again without a person cannot help.
  z.strictObject({ name: z.literal('attention'), cause: refundCauseSchema, errCode: z.string().nullable() }),
  // A manager put it right in another way.
  z.strictObject({ name: z.literal('settled') }),
]);
export type RefundPhase = z.infer<typeof refundPhaseSchema>;

export const refundSchema = z.strictObject({
  outRefundNo: z.string().min(1).max(64),
  /** What is to go back, and the order's whole amount; both are part of each request. */
  fen,
  totalFen: fen,
  /** Which of the merchant's accounts pays; `null` leaves it to WeChat. */
  account: z.enum(['unsettled', 'recharge']).nullable(),
  by: roleSchema,
  askedAtMs: z.number(),
  phase: refundPhaseSchema,
  request: z.strictObject({
    count,
    out: outSchema.nullable(),
    lastAt: timestampSchema.nullable(),
    /** A request may have been accepted without our knowing it. */
    inDoubt: z.boolean(),
  }),
  look: z.strictObject({
    count,
    out: outSchema.nullable(),
    dueMonoMs: z.number().nullable(),
    /** Queries in a row without an answer that counts. */
    silences: count,
  }),
  /** WeChat's own number of it. */
  refundId: z.string().nullable(),
  /** What the customer gets in cash, if WeChat said so: coupons are no cash. */
  customerFen: z.number().int().nullable(),
  /** When and where it arrived, in WeChat's words (Beijing time). */
  arrivedAt: z.string().nullable(),
  arrivedTo: z.string().nullable(),
});
export type Refund = z.infer<typeof refundSchema>;

/** `open`: the engine sends it. `waiting`: WeChat holds it, and is asked. `attention`: a manager must look. */
export function refundStandingOf({ phase }: Refund): 'open' | 'waiting' | 'attention' | 'done' {
  switch (phase.name) {
    case 'asked':
    case 'sending':
      return 'open';
    case 'accepted':
      return 'waiting';
    case 'stuck':
    case 'attention':
      return 'attention';
    case 'failed':
      return phase.notedAtMs === null ? 'attention' : 'done';
    case 'paid':
    case 'settled':
      return 'done';
  }
}

/** Whether the engine still has to send it, or to find out what became of that. */
export const isOpenRefund = (refund: Refund): boolean => refundStandingOf(refund) === 'open';

/** Whether it may have taken money from the order, or may still do so. */
export const mayTake = (refund: Refund): boolean => refund.phase.name !== 'failed' && !isSettledUnsent(refund);

/** Settled by a manager after a refusal, and no request can have been accepted. */
const isSettledUnsent = ({ phase, request, refundId }: Refund): boolean =>
  phase.name === 'settled' && !request.inDoubt && refundId === null;

/** The refund in terms of the clock of the process that reads `now`. `due`: when something due then is due now. */
export function rebasedRefund(refund: Refund, now: Timestamp, due: (monoMs: number) => number): Refund {
  const { request, look, phase } = refund;
  const sinceNow = { sinceMonoMs: now.monoMs };
  const dueOrNull = (monoMs: number | null): number | null => (monoMs === null ? null : due(monoMs));
  return {
    ...refund,
    phase:
      phase.name === 'sending'
        ? { ...phase, dueMonoMs: dueOrNull(phase.dueMonoMs) }
        : phase.name === 'accepted'
          ? { ...phase, at: rebased(phase.at, now) }
          : phase,
    request: {
      ...request,
      out: request.out && { ...request.out, ...sinceNow },
      lastAt: request.lastAt && rebased(request.lastAt, now),
    },
    look: { ...look, out: look.out && { ...look.out, ...sinceNow }, dueMonoMs: dueOrNull(look.dueMonoMs) },
  };
}
