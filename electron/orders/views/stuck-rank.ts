/** What the manager's list needs to know of an order, and which order comes first on it. Pure. */
import type { ManagerAction, MoneyDoubt } from '../../../shared/contract/stuck.ts';
import { REFUND_NEAR_MS, RESULT_OVERDUE_MS } from '../../../shared/timing.ts';
import type { Timestamp } from '../../base/clock.ts';
import { NEVER_SENT } from '../machine/transitions.ts';
import { isNeverReversed } from '../machine/user-events.ts';
import { awaitsRefund, standingOf, type Order } from '../machine/order.ts';
import { ageLeftMs, ageMs, isTooOld, rebasedOrder, sincePayMs } from '../machine/order-time.ts';

/** Whether the order belongs on the list: a cancel that has not ended, or a payment whose result is long overdue. */
export function isStuck(stored: Order, now: Timestamp): boolean {
  if (standingOf(stored) === 'done') return false;
  return stored.phase.name !== 'paying' || sincePayMs(rebasedOrder(stored, now), now) >= RESULT_OVERDUE_MS;
}

export interface Rank {
  readonly orderId: string;
  readonly money: MoneyDoubt;
  /** Ms left of the 7 days; below zero once they are over. */
  readonly deadlineInMs: number;
  /** Ms since its pay call, or since this terminal learned of the order if the pay call's time is not known. */
  readonly ageMs: number;
}

export function rankOf(stored: Order, now: Timestamp): Rank {
  const order = rebasedOrder(stored, now);
  return {
    orderId: order.orderId,
    money: moneyDoubt(order),
    deadlineInMs: saidExpired(order)
      ? Math.min(0, Math.round(ageLeftMs(order, now)))
      : Math.round(ageLeftMs(order, now)),
    ageMs: Math.round(ageMs(order, now)),
  };
}

/** WeChat's word that it is too old outweighs our own count, which begins late where the time of payment is not known. */
const saidExpired = (order: Order): boolean =>
  (order.phase.name === 'attention' && order.phase.cause === 'expired') || wasRefusedAsOld(order);

const wasRefusedAsOld = ({ reverse }: Order): boolean => reverse.lastResult === 'REVERSE_EXPIRE';

/**
 * What is known of the customer's money. No order on the list is proved refunded, so an order that was ever seen paid
 * counts as "taken". Only an answer that says so makes it "not taken", and only if nothing has happened since that may
 * have changed it (`seenSinceLastCall`). No response, an unknown state and PAYERROR leave it unknown.
 */
export function moneyDoubt({ knownPaid, lastSeen, seenSinceLastCall, unknownState, phase }: Order): MoneyDoubt {
  if (knownPaid) return 'taken';
  if (unknownState !== null || (phase.name === 'attention' && phase.cause === 'other-order')) return 'unknown';
  switch (lastSeen) {
    case 'SUCCESS':
    case 'REFUND':
      return 'taken';
    case 'CLOSED':
      return 'not-taken';
    case 'NOTPAY':
    case 'NOTFOUND':
      return seenSinceLastCall ? 'not-taken' : 'unknown';
    case 'REVOKED':
    case 'PAYERROR':
    case 'USERPAYING':
    case 'ACCEPT':
    case null:
      return 'unknown';
  }
}

/** Whether the last answer said "not paid" and something that may have changed it has happened since. */
export const answerIsOld = ({ lastSeen, seenSinceLastCall }: Order): boolean =>
  (lastSeen === 'NOTPAY' || lastSeen === 'NOTFOUND') && !seenSinceLastCall;

/** Worst first: money in doubt, then the end of the 7 days, then age. The id keeps the order of the list stable. */
export function worstFirst(a: Rank, b: Rank): number {
  return (
    doubtOf(a) - doubtOf(b) || a.deadlineInMs - b.deadlineInMs || b.ageMs - a.ageMs || (a.orderId < b.orderId ? -1 : 1)
  );
}

const doubtOf = ({ money }: Rank): number => (money === 'not-taken' ? 1 : 0);

/** What a manager may do with the order, stuck or not. The machine decides in the end. */
export function managerActions(stored: Order, now: Timestamp): ManagerAction[] {
  const order = rebasedOrder(stored, now);
  const near = ageLeftMs(order, now) <= REFUND_NEAR_MS;
  switch (order.phase.name) {
    case 'failed':
      return order.phase.cause === NEVER_SENT ? [] : askOrCancel(order, now);
    case 'paying':
    case 'paid':
    case 'not-found':
      return askOrCancel(order, now);
    case 'choosing':
      return ['query', 'cancel'];
    case 'armed':
      return ['query'];
    case 'reversing':
    case 'confirming':
      return awaitsRefund(order) ? ['query'] : ['try-now', 'query', ...(near ? (['hand-over'] as const) : [])];
    case 'attention':
      if (awaitsRefund(order))
        return ['query', 'settle', 'refund-made', ...(isNeverReversed(order) ? [] : (['refund-not-made'] as const))];
      // If it is too old only by a clock that was set right since, the cancel may start again.
      if (isNeverReversed(order) || wasRefusedAsOld(order) || isTooOld(order, now))
        return ['query', 'settle', 'hand-over'];
      return [order.reverse.count === 0 ? 'cancel' : 'try-now', 'query', 'settle', 'hand-over'];
    case 'cancelled':
    case 'settled':
      return [];
  }
}

/** A cancel of what is too old would only be refused. */
const askOrCancel = (order: Order, now: Timestamp): ManagerAction[] =>
  isTooOld(order, now) ? ['query'] : ['query', 'cancel'];
