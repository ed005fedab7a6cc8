/** What managers do about refunds, and why an act is refused. Pure. A reverse and a refund never meet on one order. */
import type { RefusedAct } from '../../../shared/order/order.ts';
import type { RefundFailure } from '../../../shared/order/refund.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { REFUND_AGE_MAX_MS, REFUNDS_OF_ORDER_MAX } from '../../../shared/timing.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { OrderEvent } from './event.ts';
import { awaitsRefund, type Order } from './order.ts';
import { ageMs, looksTooOld } from './order-time.ts';
import { mayTake, refundStandingOf, type Refund } from './refund.ts';
import { askNow } from './transitions.ts';

type Asked = Extract<OrderEvent, { type: 'refund-asked' }>;
type EventResult = Result<Order, RefusedAct>;

/** Whether a refund of ours took money from the order, or may still do so: then no reverse may ever touch it. */
export const hasRefund = ({ ourRefunds }: Order): boolean => ourRefunds.some(mayTake);

/** Whether nothing of it can still change what the customer has: it arrived, or took nothing. */
export const hasArrived = (refund: Refund): boolean => !mayTake(refund) || refund.phase.name === 'paid';

/** What our refunds and those made elsewhere leave of the order, as far as is known, in fen; `null` without an amount. */
export function restFen({ amountFen, refunds, ourRefunds }: Order): number | null {
  const ours = ourRefunds.filter(mayTake).reduce((sum, { fen }) => sum + fen, 0);
  // What was seen at WeChat may hold ours already.
  return amountFen === null ? null : amountFen - Math.max(ours, refunds?.takenFen ?? refunds?.refundedFen ?? 0);
}

/**
 * "Refund". The intent is on disk with a number of its own; whether it may be sent is decided by a query that begins
 * now.
 */
export function refundAsked(order: Order, { outRefundNo, fen, account, by }: Asked, now: Timestamp): EventResult {
  const { amountFen } = order;
  const same = order.ourRefunds.find((refund) => refund.outRefundNo === outRefundNo);
  // The same intent again, from a person or a program that did not hear the answer.
  if (same !== undefined) return same.fen === fen ? ok(order) : fail('refund-under-way');
  if (!isRefundable(order) || amountFen === null) return fail('refund-impossible');
  const isLast = order.ourRefunds.length >= REFUNDS_OF_ORDER_MAX;
  if (isLast || order.ourRefunds.some((refund) => !isOver(refund))) return fail('refund-under-way');
  if (fen > (restFen(order) ?? 0)) return fail('refund-too-much');
  if (ageMs(order, now) > REFUND_AGE_MAX_MS) return fail('refund-too-old');
  if (fen === amountFen && canBeReversed(order, now)) return fail('reverse-instead');
  const refund: Refund = {
    ...{ outRefundNo, fen, totalFen: amountFen, account, by, askedAtMs: now.wallMs },
    phase: { name: 'asked', afterQuery: order.query.count },
    request: { count: 0, out: null, lastAt: null, inDoubt: false },
    look: { count: 0, out: null, dueMonoMs: null, silences: 0 },
    ...{ refundId: null, customerFen: null, arrivedAt: null, arrivedTo: null },
  };
  return ok(askNow({ ...order, ourRefunds: [...order.ourRefunds, refund] }, now));
}

/** WeChat has said what became of it, or a manager has; only then may the order have another one. */
const isOver = (refund: Refund): boolean =>
  !mayTake(refund) || refund.phase.name === 'paid' || refund.phase.name === 'accepted';

/**
 * Known to be paid, and not being cancelled. Of the orders before a manager only those that no reverse can reach any
 * more, or that were refunded in part.
 */
export function isRefundable(order: Order): boolean {
  const { phase, reverse, knownPaid } = order;
  if (!knownPaid || reverse.out !== null || reverse.accepted || awaitsRefund(order)) return false;
  return phase.name === 'paid' || (phase.name === 'attention' && isBeyondReverse(phase.cause));
}

const isBeyondReverse = (cause: string): boolean => cause === 'expired' || cause === 'partly-refunded';

const canBeReversed = (order: Order, now: Timestamp): boolean =>
  order.phase.name === 'paid' && order.refunds === null && !hasRefund(order) && !looksTooOld(order, now);

/** "Try again": the very same request, or the next look at what became of it. */
export function refundRetried(order: Order, outRefundNo: string, now: Timestamp): EventResult {
  return ofRefund(order, outRefundNo, (refund) => {
    const { phase, request } = refund;
    switch (phase.name) {
      case 'attention':
        // What may have been accepted is asked about before it is sent once more.
        return ok(
          request.inDoubt
            ? lookingNow({ ...refund, phase: { name: 'sending', dueMonoMs: null, refused: null } }, now)
            : { ...refund, phase: { name: 'sending', dueMonoMs: now.monoMs, refused: null } },
        );
      case 'stuck':
      case 'accepted':
        return ok(lookingNow(refund, now));
      case 'asked':
      case 'sending':
        return ok(refund);
      default:
        return fail('already-settled');
    }
  });
}

/** A manager has put it right in another way, or has taken note that it failed. */
export function refundSettled(order: Order, outRefundNo: string, now: Timestamp): EventResult {
  return ofRefund(order, outRefundNo, (refund) => {
    const { phase } = refund;
    if (phase.name === 'failed')
      return ok(phase.notedAtMs === null ? { ...refund, phase: { ...phase, notedAtMs: now.wallMs } } : refund);
    if (refundStandingOf(refund) !== 'attention')
      return fail(refundStandingOf(refund) === 'done' ? 'already-settled' : 'refund-under-way');
    return ok({ ...refund, phase: { name: 'settled' }, look: { ...refund.look, dueMonoMs: null } });
  });
}

function ofRefund(order: Order, outRefundNo: string, act: (refund: Refund) => Result<Refund, RefusedAct>): EventResult {
  const refund = order.ourRefunds.find((each) => each.outRefundNo === outRefundNo);
  if (refund === undefined) return fail('no-such-refund');
  const acted = act(refund);
  return acted.ok ? ok(acted.value === refund ? order : withRefund(order, acted.value)) : acted;
}

/** The order with this refund in place of the one with its number. */
export const withRefund = (order: Order, refund: Refund): Order => ({
  ...order,
  ourRefunds: order.ourRefunds.map((each) => (each.outRefundNo === refund.outRefundNo ? refund : each)),
});

/** "Ask WeChat" about the order also asks about the refunds that are on their way. */
export const refundsAskedAbout = (order: Order, now: Timestamp): Order => ({
  ...order,
  ourRefunds: order.ourRefunds.map((refund) =>
    refund.phase.name === 'accepted' || refund.phase.name === 'stuck' ? lookingNow(refund, now) : refund,
  ),
});

export const lookingNow = (refund: Refund, now: Timestamp): Refund => ({
  ...refund,
  look: { ...refund.look, dueMonoMs: refund.look.out === null ? now.monoMs : refund.look.dueMonoMs },
});

export const failedRefund = (refund: Refund, why: RefundFailure, errCode: string | null): Refund => ({
  ...refund,
  phase: { name: 'failed', why, errCode, notedAtMs: null },
  look: { ...refund.look, dueMonoMs: null },
});
