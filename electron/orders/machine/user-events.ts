/**
 * What people do to an order, and why an act is refused. Pure.
 *
 * The roles are promise 9: see test/README.md, "What is promised".
 */
import type { RefusedAct } from '../../../shared/order/order.ts';
import { refundMadeReason, sameAsReason, type ReasonCode } from '../../../shared/order/reason.ts';
import { decidesOnMoney, type Role } from '../../../shared/role.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { PAST_AGE_MAX, REFUND_NEAR_MS } from '../../../shared/timing.ts';
import type { Timestamp } from '../../base/clock.ts';
import { askNow, attention, NEVER_SENT } from './transitions.ts';
import { awaitsRefund, standingOf, type Order, type Phase } from './order.ts';
import { ageLeftMs, isTooOld, lastQueryIsFresh } from './order-time.ts';
import { hasRefund, refundsAskedAbout } from './refund-events.ts';

type EventResult = Result<Order, RefusedAct>;

/** Who acted, and why. Only an act that has passed the gate in main (electron/app/stuck/money-gate.ts) has a reason. */
export interface Given {
  readonly by: Role;
  readonly code?: ReasonCode | undefined;
}

/** A manager's plain tap has a cashier's rights: a decision on money needs a reason. */
const decides = ({ by, code }: Given): boolean => decidesOnMoney(by) && code !== undefined;

/** An act on money: only with a manager's reason. */
export const managed = (given: Given, act: () => EventResult): EventResult =>
  decides(given) ? act() : undecided(given);

const undecided = ({ by }: Given, other: RefusedAct = 'manager-only'): Result<never, RefusedAct> =>
  fail(decidesOnMoney(by) ? 'reason-needed' : other);

/**
 * "Cancel order". Twice is the same as once. Anyone may cancel an order that is unresolved or failed. An order that is
 * known to be paid takes a refund, which only a manager may start, with a reason.
 */
export const cancelTapped = (order: Order, given: Given, now: Timestamp): EventResult =>
  cancelled(order, given, decides(given), now);

function cancelled(order: Order, given: Given, evenIfPaid: boolean, now: Timestamp): EventResult {
  const { phase } = order;
  switch (phase.name) {
    case 'failed':
      // Nothing ever reached WeChat, so there is nothing there to cancel.
      return phase.cause === NEVER_SENT ? fail('already-settled') : armed(order, given.by, evenIfPaid, 'failed', now);
    case 'paying':
    case 'not-found':
      // Paid, and a query has seen a refund whose sums are not known yet: it ends by them, or by a manager.
      if (order.knownPaid && !evenIfPaid) return undecided(given, 'paid-needs-manager');
      return armed(order, given.by, evenIfPaid, phase.name, now);
    case 'paid':
      if (!evenIfPaid) return undecided(given, 'paid-needs-manager');
      if (hasRefund(order)) return fail('has-refund');
      // A part went back already. One order never gets both a reverse and a refund, so the rest is for a person.
      return order.refunds === null
        ? armed(order, given.by, true, 'paid', now)
        : ok(attention(order, 'partly-refunded', null, now));
    case 'choosing':
      return ok(evenIfPaid ? goneOn(order, phase.by) : order);
    case 'attention':
      return evenIfPaid ? takenUp(order, now) : undecided(given);
    case 'armed':
      // Written again: if taking it back was refused because of the disk, that write may still turn up after a crash.
      // The writer keeps such orders in mind, but only for its own process; this tap may be another's.
      return ok({ ...order });
    case 'reversing':
    case 'confirming':
    case 'cancelled':
      return ok(order);
    case 'settled':
      return fail('already-settled');
  }
}

/**
 * The cancel of another entry that turned out to be this order. It was promised there, so it cannot be refused here: an
 * order that may not be cancelled goes before a manager. `evenIfPaid`: whether cancelling a paid order was already
 * decided there.
 */
export function cancelHandedOver(order: Order, by: Role, evenIfPaid: boolean, now: Timestamp): Order {
  const taken = cancelled(order, { by }, evenIfPaid, now);
  if (taken.ok) return taken.value;
  if (taken.error === 'paid-needs-manager' || taken.error === 'reason-needed')
    return attention(order, 'undecided', null, now);
  if (taken.error === 'has-refund') return attention(order, 'partly-refunded', null, now);
  return taken.error === 'order-too-old' ? attention(order, 'expired', null, now) : order;
}

function armed(
  order: Order,
  by: Role,
  evenIfPaid: boolean,
  from: 'paying' | 'paid' | 'failed' | 'not-found',
  now: Timestamp,
): EventResult {
  if (isTooOld(order, now)) return fail('order-too-old');
  const phase: Phase = { name: 'armed', by, evenIfPaid, from };
  const armedOrder = { ...order, phase };
  return ok(lastQueryIsFresh(order, now) || order.query.out !== null ? armedOrder : askNow(armedOrder, now));
}

/** Takes an armed cancel back. Refused once a reverse may have left. */
export function cancelWithdrawn(order: Order, now: Timestamp): EventResult {
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
  const phase: Phase =
    from === 'failed' ? { name: from, cause: order.declined ?? order.lastSeen ?? 'other' } : { name: from };
  return { ...order, phase, query: { ...order.query, dueMonoMs: null } };
}

/** "Keep the payment": the customer paid after the cancel was armed. */
export function keepChosen(order: Order): EventResult {
  return order.phase.name === 'choosing' ? ok(restored(order, 'paid')) : fail('nothing-to-choose');
}

/**
 * "Cancel and refund": the armed cancel goes on, paid or not. Old entries, from before managers gave reasons, do not
 * name who chose.
 */
export function refundChosen(order: Order, given: Given): EventResult {
  if (order.phase.name !== 'choosing') return fail('nothing-to-choose');
  return decidesOnMoney(given.by) && !decides(given) ? fail('reason-needed') : ok(goneOn(order, order.phase.by));
}

const goneOn = (order: Order, by: Role): Order => ({
  ...order,
  phase: { name: 'armed', by, evenIfPaid: true, from: 'paid' },
});

/** "Ask now": one query as soon as it can leave, whatever the order's state. */
export const asked = (order: Order, now: Timestamp): EventResult =>
  order.phase.name === 'settled' ? fail('already-settled') : ok(askNow(refundsAskedAbout(order, now), now));

/**
 * "Try now": the next reverse leaves without waiting. A manager's act starts a stuck order again from the beginning.
 */
export function tried(order: Order, given: Given, now: Timestamp): EventResult {
  const { phase } = order;
  switch (phase.name) {
    case 'reversing':
      return awaitsRefund(order) ? fail('handed-over') : ok({ ...order, phase: { ...phase, dueMonoMs: now.monoMs } });
    case 'confirming':
      return awaitsRefund(order) ? fail('handed-over') : ok(askNow(order, now));
    case 'attention':
      return decides(given) ? takenUp(order, now) : undecided(given);
    default:
      return ok(order);
  }
}

/**
 * Starts the cancel from the beginning. Never for an order that somebody is refunding in the merchant platform: the
 * customer would get the money twice.
 */
function takenUp(order: Order, now: Timestamp): EventResult {
  if (awaitsRefund(order)) return fail('handed-over');
  if (isNeverReversed(order)) return fail('never-reversed');
  return ok({
    ...order,
    pastAge: 0,
    phase: { name: 'reversing', dueMonoMs: now.monoMs },
    query: { ...order.query, notFound: 0, silences: 0 },
    unknownState: null,
    reverse: { ...order.reverse, refusals: 0, blamedSince: null, contradictions: 0 },
  });
}

/** Another terminal's order, or one with a refund: it must be resolved in the merchant platform. */
export const isNeverReversed = (order: Order): boolean =>
  order.phase.name === 'attention' &&
  (order.phase.cause === 'other-order' || order.refunds !== null || order.query.refundAsks > 0 || hasRefund(order));

/**
 * A manager takes the order to the merchant platform, to refund it there. This is only a note. The order stays on the
 * list, and a cancel that is still running goes on. Both end when the refund is proved or a manager states that it was
 * made.
 */
export function refundHandedOver(order: Order, given: Given, now: Timestamp): EventResult {
  if (!decides(given)) return undecided(given);
  const { name } = order.phase;
  const goesOn = name === 'reversing' || name === 'confirming';
  if (name !== 'attention' && !goesOn)
    return fail(standingOf(order) === 'done' ? 'already-settled' : 'refund-too-early');
  if (goesOn && ageLeftMs(order, now) > REFUND_NEAR_MS) return fail('refund-too-early');
  return ok(awaitsRefund(order) ? order : { ...order, refundHandedOverAtMs: now.wallMs, refundNotMadeAtMs: null });
}

/**
 * A manager states that the refund was not made there, so the order is cancelled after all. The hand-over stays noted.
 */
export function refundNotMade(order: Order, given: Given, now: Timestamp): EventResult {
  if (!decides(given)) return undecided(given);
  if (order.phase.name !== 'attention')
    return fail(standingOf(order) === 'done' ? 'already-settled' : 'still-cancelling');
  if (!awaitsRefund(order)) return fail('not-handed-over');
  return takenUp({ ...order, refundNotMadeAtMs: now.wallMs }, now);
}

/**
 * A manager states that the refund was made there. This takes the order off the list, but it is never shown as proof.
 */
export function refundMade(order: Order, given: Given, refundNumber: string | null): EventResult {
  if (!decides(given)) return undecided(given);
  if (order.phase.name !== 'attention')
    return fail(standingOf(order) === 'done' ? 'already-settled' : 'still-cancelling');
  if (!awaitsRefund(order)) return fail('not-handed-over');
  return ok(settled(order, refundMadeReason(refundNumber)));
}

/** A manager's decision that the money was put right outside this terminal. */
export function managerSettled(order: Order, given: Given, reason: string): EventResult {
  if (!decides(given)) return undecided(given);
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

/** No choice was made, or the 7 days are over. Waiting cannot help any more, so the order goes to a manager. */
export function ranOut(order: Order, now: Timestamp, choiceOver: boolean): Order {
  if (choiceOver) return attention(order, 'undecided', null, now);
  return isOver(order, now) ? attention(order, 'expired', null, now) : order;
}

/** An armed cancel leaves at any age, and a choice belongs to a person. All other phases end with their 7 days. */
function isOver(order: Order, now: Timestamp): boolean {
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
