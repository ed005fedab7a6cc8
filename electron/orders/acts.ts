/** What people do to an order, and what they are refused. Pure; the roles are invariant 9 of the design. */
import type { RefusedAct } from '../../shared/order.ts';
import { refundMadeReason, sameAsReason } from '../../shared/reason.ts';
import { decidesOnMoney, type Role } from '../../shared/roles.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { PAST_AGE_MAX, REFUND_NEAR_MS } from '../../shared/timing.ts';
import type { Reading } from '../base/clock.ts';
import { askNow, attention, NEVER_SENT } from './moves.ts';
import { standingOf, type Order, type Phase } from './order.ts';
import { ageLeftMs, isTooOld, newsIsFresh } from './order-time.ts';

type Act = Result<Order, RefusedAct>;

/**
 * "Cancel order". Twice is the same as once. A cashier cancels what is unresolved or failed; what is known to be paid
 * is a refund, and that is a manager's.
 */
export function cancelTapped(order: Order, by: Role, now: Reading): Act {
  const { phase } = order;
  switch (phase.name) {
    case 'failed':
      // Nothing ever reached WeChat, so there is nothing there to cancel.
      return phase.cause === NEVER_SENT ? fail('already-settled') : armed(order, by, 'failed', now);
    case 'paying':
    case 'not-found':
      return armed(order, by, phase.name, now);
    case 'paid':
      return decidesOnMoney(by) ? armed(order, by, 'paid', now) : fail('paid-needs-manager');
    case 'choosing':
      return decidesOnMoney(by) ? refundChosen(order) : ok(order);
    case 'attention':
      return tried(order, by, now);
    case 'armed':
    case 'reversing':
    case 'confirming':
    case 'cancelled':
      return ok(order);
    case 'settled':
      return fail('already-settled');
  }
}

/**
 * The cancel of another entry that turned out to be this order. It was promised there, so it can't be refused here: what
 * `by` may not cancel goes before a manager.
 */
export function cancelHandedOver(order: Order, by: Role, now: Reading): Order {
  const taken = cancelTapped(order, by, now);
  if (taken.ok) return taken.value;
  if (taken.error === 'paid-needs-manager') return attention(order, 'undecided', null, now);
  return taken.error === 'order-too-old' ? attention(order, 'expired', null, now) : order;
}

function armed(order: Order, by: Role, from: 'paying' | 'paid' | 'failed' | 'not-found', now: Reading): Act {
  if (isTooOld(order, now)) return fail('order-too-old');
  const phase: Phase = { name: 'armed', by, evenIfPaid: decidesOnMoney(by), from };
  const armedOrder = { ...order, phase };
  return ok(newsIsFresh(order, now) || order.query.out !== null ? armedOrder : askNow(armedOrder, now));
}

/** Takes an armed cancel back. Refused once a reverse may have left. */
export function cancelWithdrawn(order: Order, now: Reading): Act {
  const { phase } = order;
  if (phase.name === 'armed') {
    const from = order.knownPaid ? 'paid' : phase.from;
    return ok(from === 'paying' ? askNow(restored(order, from), now) : restored(order, from));
  }
  return phase.name === 'reversing' || phase.name === 'confirming' || phase.name === 'cancelled'
    ? fail('too-late')
    : ok(order);
}

function restored(order: Order, from: 'paying' | 'paid' | 'failed' | 'not-found'): Order {
  const phase: Phase = from === 'failed' ? { name: from, cause: order.declined ?? order.lastSeen ?? 'other' } : { name: from };
  return { ...order, phase, query: { ...order.query, dueMonoMs: null } };
}

/** "Keep the payment" of a customer who paid after the cancel was armed. */
export function keepChosen(order: Order): Act {
  return order.phase.name === 'choosing' ? ok(restored(order, 'paid')) : fail('nothing-to-choose');
}

/** "Cancel and refund": the armed cancel goes on, paid or not. */
export function refundChosen(order: Order): Act {
  if (order.phase.name !== 'choosing') return fail('nothing-to-choose');
  return ok({ ...order, phase: { name: 'armed', by: order.phase.by, evenIfPaid: true, from: 'paid' } });
}

/** "Ask now": one query as soon as it can leave, whatever the order's state. */
export const asked = (order: Order, now: Reading): Act =>
  order.phase.name === 'settled' ? fail('already-settled') : ok(askNow(order, now));

/** "Try now": the next reverse without waiting; a manager's word takes a stuck order up again from the start. */
export function tried(order: Order, by: Role, now: Reading): Act {
  const { phase, reverse } = order;
  switch (phase.name) {
    case 'reversing':
      return ok({ ...order, phase: { ...phase, dueMonoMs: now.monoMs } });
    case 'confirming':
      return ok(askNow(order, now));
    case 'attention':
      if (!decidesOnMoney(by)) return fail('manager-only');
      if (isNeverReversed(order)) return fail('never-reversed');
      return ok({
        ...order,
        pastAge: 0,
        refundHandedOverAtMs: null,
        phase: { name: 'reversing', dueMonoMs: now.monoMs },
        query: { ...order.query, notFound: 0, silences: 0 },
        unknownState: null,
        reverse: { ...reverse, refusals: 0, blamedSince: null, contradictions: 0 },
      });
    default:
      return ok(order);
  }
}

/** Somebody else's order, or one with a refund: what is to be done about it is done in the merchant platform. */
export const isNeverReversed = ({ phase, refunds, query }: Order): boolean =>
  phase.name === 'attention' && (phase.cause === 'other-order' || refunds !== null || query.refundAsks > 0);

/**
 * A manager takes the order to the merchant platform, to refund it there. It is a note and no more: the order stays on the
 * list, and one that is still being cancelled goes on, until the refund is proved or a manager says that it was made.
 */
export function refundHandedOver(order: Order, by: Role, now: Reading): Act {
  if (!decidesOnMoney(by)) return fail('manager-only');
  const { name } = order.phase;
  const goesOn = name === 'reversing' || name === 'confirming';
  if (name !== 'attention' && !goesOn) return fail(standingOf(order) === 'done' ? 'already-settled' : 'refund-too-early');
  if (goesOn && ageLeftMs(order, now) > REFUND_NEAR_MS) return fail('refund-too-early');
  return ok({ ...order, refundHandedOverAtMs: order.refundHandedOverAtMs ?? now.wallMs });
}

/** A manager's word that the refund was made there. It takes the order off the list, and is never told as a proof. */
export function refundMade(order: Order, by: Role, refundNumber: string | null): Act {
  if (!decidesOnMoney(by)) return fail('manager-only');
  if (order.phase.name !== 'attention') return fail(standingOf(order) === 'done' ? 'already-settled' : 'still-cancelling');
  if (order.refundHandedOverAtMs === null) return fail('not-handed-over');
  return ok(settled(order, refundMadeReason(refundNumber)));
}

/** A manager's decision that the money was put right outside this terminal. */
export function managerSettled(order: Order, by: Role, reason: string): Act {
  if (!decidesOnMoney(by)) return fail('manager-only');
  if (order.phase.name !== 'attention') return fail('already-settled');
  return ok(settled(order, reason));
}

const settled = (order: Order, reason: string): Order => ({
  ...order,
  phase: { name: 'settled', reason },
  query: { ...order.query, dueMonoMs: null },
});

/** This entry is another entry's order: that one goes on, this one rests. */
export const sameAs = (order: Order, orderId: string): Order => ({
  ...order,
  phase: { name: 'settled', reason: sameAsReason(orderId) },
  query: { ...order.query, dueMonoMs: null, out: null },
});

/** Nobody chose, or the 7 days are over: what waiting cannot mend any more goes to a manager. */
export function ranOut(order: Order, now: Reading, choiceOver: boolean): Order {
  if (choiceOver) return attention(order, 'undecided', null, now);
  return isOver(order, now) ? attention(order, 'expired', null, now) : order;
}

/** An armed cancel leaves whatever its age, and a choice is a person's; the others end with their 7 days. */
function isOver(order: Order, now: Reading): boolean {
  switch (order.phase.name) {
    case 'paying':
      return standingOf(order) === 'open' && isTooOld(order, now);
    case 'reversing':
    case 'confirming':
      return order.reverse.out === null && order.pastAge >= PAST_AGE_MAX;
    default:
      return false;
  }
}
