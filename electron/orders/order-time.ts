/** What time means to an order: the window, its age, the pace of asking. Pure. */
import {
  BACKOFF_HOURLY_MS,
  CALL_TIMEOUT_MS,
  LAST_LOOK_BEFORE_MS,
  NEWS_FRESH_MS,
  PASSWORD_QUERY_INTERVAL_MS,
  QUERY_INTERVAL_MS,
  QUICK_QUERY_SPAN_MS,
  REVERSE_AGE_MAX_MS,
  REVERSE_WINDOW_MS,
} from '../../shared/timing.ts';
import { rebased, type Reading } from '../base/clock.ts';
import { backoffMs } from './backoff.ts';
import type { Order } from './order.ts';

/**
 * The order in terms of the clock of the process that reads `now`. The window keeps what is proved to have passed of it.
 * What was due in the other process stays due when it was, for that clock is the machine's; after a reboot, when it
 * no longer is, taking over makes everything due anyway (`started-again`), and no wait is longer than the longest.
 */
export function rebasedOrder(order: Order, now: Reading): Order {
  if (order.run === now.run) return order;
  const { query, reverse, phase, payCall } = order;
  const sinceNow = { sinceMonoMs: now.monoMs };
  const due = (monoMs: number): number => Math.min(monoMs, now.monoMs + BACKOFF_HOURLY_MS);
  return {
    ...order,
    run: now.run,
    payCall: { ...payCall, at: rebased(payCall.at, now) },
    unknownState: order.unknownState && { ...order.unknownState, since: rebased(order.unknownState.since, now) },
    query: {
      ...query,
      out: query.out && { ...query.out, ...sinceNow },
      dueMonoMs: query.dueMonoMs === null ? null : due(query.dueMonoMs),
      endedMonoMs: null,
    },
    reverse: {
      ...reverse,
      out: reverse.out && { ...reverse.out, ...sinceNow },
      firstAt: reverse.firstAt && rebased(reverse.firstAt, now),
      blamedSince: reverse.blamedSince && rebased(reverse.blamedSince, now),
    },
    phase:
      phase.name === 'reversing'
        ? { ...phase, dueMonoMs: due(phase.dueMonoMs) }
        : phase.name === 'choosing'
          ? { ...phase, ...sinceNow }
          : phase,
  };
}

/** Ms of the 15 s still to run; the whole of it while the pay request has not left. See [Note: Fifteen seconds]. */
export function windowLeftMs(order: Order, now: Reading): number {
  if (order.payCall.state === 'leaving') return REVERSE_WINDOW_MS;
  return Math.max(0, REVERSE_WINDOW_MS - sincePayMs(order, now));
}

/** Ms since the pay call, by the monotonic clock. `order` must be rebased to `now`. */
export const sincePayMs = (order: Order, now: Reading): number => now.monoMs - order.payCall.at.monoMs;

/** Ms left of the 7 days in which WeChat reverses at all, by the wall clock; below zero once they are over. */
export const ageLeftMs = (order: Order, now: Reading): number => order.payCall.at.wallMs + REVERSE_AGE_MAX_MS - now.wallMs;

/** Whether the 7 days in which WeChat reverses at all are over by the wall clock, which anybody can set. */
export const looksTooOld = (order: Order, now: Reading): boolean => ageLeftMs(order, now) < 0;

/**
 * Whether the 7 days are over for certain, by both clocks. Where only the wall clock says so, the gateway is asked: a
 * clock set forward must not take a cancel away from anybody, and REVERSE_EXPIRE costs one call. `order` must be
 * rebased to `now`. What somebody claimed of an order paid elsewhere counts from when it was entered.
 */
export function isTooOld(order: Order, now: Reading): boolean {
  const { origin, createdAtMs, payCall } = order;
  const claimedMs = origin === 'entered' ? Math.max(0, createdAtMs - payCall.at.wallMs - REVERSE_WINDOW_MS) : 0;
  return looksTooOld(order, now) && claimedMs + sincePayMs(order, now) > REVERSE_AGE_MAX_MS;
}

/** Ms since the first reverse left, at the very least; 0 before it did. `order` must be rebased to `now`. */
export const sinceFirstReverseMs = ({ reverse }: Order, now: Reading): number =>
  reverse.firstAt === null ? 0 : now.monoMs - reverse.firstAt.monoMs;

/**
 * The pay call of a process that died is over, and whatever of it had not left by its deadline, or by now, never will:
 * the window counts from the earlier of the two if we do not know better. `order` must be rebased to `now`.
 */
export function payCallInterrupted(order: Order, now: Reading): Order['payCall'] {
  const { at, state, leavesWithinMs } = order.payCall;
  const lateMs = state === 'leaving' ? Math.min(leavesWithinMs, sincePayMs(order, now)) : 0;
  return { at: { ...at, wallMs: at.wallMs + lateMs, monoMs: at.monoMs + lateMs }, state: 'over', leavesWithinMs: 0 };
}

/**
 * A pay call of which nobody has heard for its own deadline and a whole window on top of it: whoever made it is gone, also
 * where the order was at rest meanwhile and nothing was taken over. `order` must be rebased to `now`.
 */
export function payCallGone(order: Order, now: Reading): Order {
  const { state, leavesWithinMs } = order.payCall;
  const isGone = state === 'leaving' && sincePayMs(order, now) >= leavesWithinMs + REVERSE_WINDOW_MS;
  return isGone ? { ...order, payCall: payCallInterrupted(order, now) } : order;
}

/** Whether the last question ended a moment ago, answered or not. `order` must be rebased to `now`. */
export const newsIsFresh = ({ query }: Order, now: Reading): boolean =>
  query.endedMonoMs !== null && now.monoMs - query.endedMonoMs <= NEWS_FRESH_MS;

/** When to ask next while nobody knows the result: quickly at first, then ever more seldom, for as long as it takes. */
export function nextQueryMonoMs(order: Order, now: Reading): number {
  const typing = order.lastSeen === 'USERPAYING';
  const quick = typing ? PASSWORD_QUERY_INTERVAL_MS : QUERY_INTERVAL_MS;
  const since = sincePayMs(order, now);
  if (since >= QUICK_QUERY_SPAN_MS) return now.monoMs + backoffMs(slowTries(since), since, order.orderId);
  const usual = now.monoMs + quick;
  // A last look sooner than the password's pace is not needed: the answer that just came is news until then.
  if (order.phase.name !== 'armed' || typing) return usual;
  const lastLook = now.monoMs + windowLeftMs(order, now) - LAST_LOOK_BEFORE_MS;
  return lastLook > now.monoMs ? Math.min(usual, lastLook) : usual;
}

/** Counts the minutes of doubt, so that the pace slows with age and not with the number of questions asked. */
const slowTries = (sinceMs: number): number => 3 + Math.floor(sinceMs / (6 * CALL_TIMEOUT_MS));
