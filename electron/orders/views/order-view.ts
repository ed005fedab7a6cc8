import { unreachable } from '../../../shared/result.ts';
import type { Action, OrderView, PhaseView, RefundedPart, Verdict } from '../../../shared/order/order.ts';
import { decidesOnMoney, type Role } from '../../../shared/role.ts';
import { DOCUMENTED_WINDOW_MS, ESCALATE_AFTER_MS } from '../../../shared/timing.ts';
import type { Timestamp } from '../../base/clock.ts';
import { isSurelyUnpaid } from '../../wechat/error-codes.ts';
import { hasRefund } from '../machine/refund-events.ts';
import { isNeverReversed } from '../machine/user-events.ts';
import { NEVER_SENT } from '../machine/transitions.ts';
import { awaitsRefund, outcomeOf, standingOf, type Order } from '../machine/order.ts';
import { mayTake } from '../machine/refund.ts';
import { refundView } from './refund-view.ts';
import { createdMs, rebasedOrder, sinceFirstReverseMs, windowLeftMs } from '../machine/order-time.ts';

/**
 * What a person with `role` may see of an order and do with it. It cannot contain a secret, because an order holds
 * none.
 */
export function viewOf(stored: Order, version: number, role: Role, now: Timestamp): OrderView {
  const order = rebasedOrder(stored, now);
  const createdAtMs = createdMs(order, now);
  return {
    orderId: order.orderId,
    version,
    outTradeNo: order.outTradeNo,
    transactionId: order.transactionId,
    amountFen: order.amountFen,
    origin: order.origin,
    createdAtMs,
    ageMs: Math.max(0, Math.round(now.wallMs - createdAtMs)),
    verdict: verdictOf(order),
    standing: standingOf(order),
    phase: phaseView(order, now),
    actions: actionsFor(order, role),
    lastAnswer: order.lastSeen,
    unknownState: order.unknownState?.name ?? null,
    refunds: elsewhere(order),
    ourRefunds: order.ourRefunds.map(refundView),
    attemptCount: order.reverse.count,
  };
}

/** What went back by refunds, unless our own explain it. */
function elsewhere({ refunds, ourRefunds }: Order): RefundedPart | null {
  const ours = ourRefunds.filter(mayTake).reduce((sum, { fen }) => sum + fen, 0);
  if (refunds === null || refunds.refundedFen <= ours) return null;
  return { refundedFen: refunds.refundedFen, totalFen: refunds.totalFen };
}

/** "May I charge this customer again?" Only a proof allows "yes". */
function verdictOf(order: Order): Verdict {
  switch (order.phase.name) {
    case 'paid':
      return 'paid';
    case 'cancelled':
    case 'failed':
      return 'charge-again';
    default:
      return 'do-not-charge';
  }
}

function phaseView(order: Order, now: Timestamp): PhaseView {
  const { phase, reverse, query } = order;
  switch (phase.name) {
    case 'paying':
      return { name: 'paying', windowEndsInMs: countdownMs(order, now), ...declineOf(order) };
    case 'armed': {
      const firesInMs = countdownMs(order, now);
      return { name: 'armed', firesInMs, lastLook: firesInMs === 0 };
    }
    case 'reversing':
      return {
        name: 'reversing',
        activity: reverse.out !== null ? 'calling' : query.out !== null ? 'asking' : 'waiting',
        attempt: reverse.count,
        nextInMs: reverse.out === null ? untilMs(phase.dueMonoMs, now) : null,
        recall: reverse.recall,
        lastResult: reverse.lastResult,
        escalated: sinceFirstReverseMs(order, now) >= ESCALATE_AFTER_MS,
      };
    case 'confirming':
      return {
        name: 'confirming',
        attempt: reverse.count,
        nextInMs: query.dueMonoMs === null ? null : untilMs(query.dueMonoMs, now),
      };
    case 'choosing':
      return { name: 'choosing' };
    case 'paid':
    case 'failed':
    case 'not-found':
    case 'settled':
      return phase;
    case 'attention':
      return { ...phase, handedOver: awaitsRefund(order) };
    case 'cancelled':
      return { ...phase, outcome: outcomeOf(phase) };
    default:
      return unreachable(phase);
  }
}

/**
 * What WeChat said against the payment, in the pay call's answer or a query's, and whether the customer may have been
 * charged all the same.
 */
function declineOf({ declined, lastSeen }: Order): Pick<PhaseView & { name: 'paying' }, 'declined' | 'cancelFirst'> {
  if (declined !== null) return { declined, cancelFirst: !isSurelyUnpaid(declined) || lastSeen === 'PAYERROR' };
  return lastSeen === 'PAYERROR' ? { declined: lastSeen, cancelFirst: true } : { declined, cancelFirst: false };
}

/** People count 15 s. Only the machine uses the margin on top of it. */
const countdownMs = (order: Order, now: Timestamp): number =>
  Math.min(DOCUMENTED_WINDOW_MS, Math.ceil(windowLeftMs(order, now)));

const untilMs = (monoMs: number, now: Timestamp): number => Math.max(0, Math.ceil(monoMs - now.monoMs));

function actionsFor(order: Order, role: Role): Action[] {
  switch (order.phase.name) {
    case 'paying':
    case 'not-found':
      return order.knownPaid && !decidesOnMoney(role) ? ['ask'] : ['cancel', 'ask'];
    case 'failed':
      return order.phase.cause === NEVER_SENT ? [] : ['cancel'];
    case 'paid':
      return decidesOnMoney(role) && !hasRefund(order) ? ['ask', 'cancel'] : ['ask'];
    case 'armed':
      return ['withdraw'];
    case 'choosing':
      return ['keep', 'refund'];
    case 'reversing':
    case 'confirming':
      return awaitsRefund(order) ? [] : ['try-now'];
    case 'attention':
      return decidesOnMoney(role) && !awaitsRefund(order) && !isNeverReversed(order) ? ['ask', 'try-now'] : ['ask'];
    case 'cancelled':
    case 'settled':
      return [];
  }
}
