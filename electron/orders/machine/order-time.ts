/** What time means to an order: the window, its age, how often it is queried. Pure. */
import {
  BACKOFF_HOURLY_MS,
  CALL_TIMEOUT_MS,
  EARLIEST_WALL_MS,
  LAST_LOOK_BEFORE_MS,
  LAST_QUERY_FRESH_MS,
  PASSWORD_QUERY_INTERVAL_MS,
  QUERY_INTERVAL_MS,
  QUICK_QUERY_SPAN_MS,
  REFUND_SELDOM_MS,
  REVERSE_AGE_MAX_MS,
  REVERSE_WINDOW_MS,
} from '../../../shared/timing.ts';
import { isSameUptime, rebased, type Timestamp } from '../../base/clock.ts';
import { backoffMs } from './backoff.ts';
import type { Order } from './order.ts';
import { rebasedRefund } from './refund.ts';

/**
 * The order in terms of the clock of the process that reads `now`. The window keeps the time that is proved to have
 * passed. What was due in the other process stays due at the same time, because the monotonic clock belongs to the
 * machine. After a reboot that clock starts again, but then taking over makes everything due anyway (`started-again`),
 * and no wait is longer than the longest backoff.
 */
export function rebasedOrder(order: Order, now: Timestamp): Order {
  if (order.run === now.run) return order;
  const { query, reverse, phase, payCall } = order;
  const sinceNow = { sinceMonoMs: now.monoMs };
  const due = (monoMs: number): number => Math.min(monoMs, now.monoMs + BACKOFF_HOURLY_MS);
  const seldomDue = (monoMs: number): number => Math.min(monoMs, now.monoMs + REFUND_SELDOM_MS);
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
    ourRefunds: order.ourRefunds.map((refund) => rebasedRefund(refund, now, seldomDue)),
    phase:
      phase.name === 'reversing'
        ? { ...phase, dueMonoMs: due(phase.dueMonoMs) }
        : phase.name === 'choosing'
          ? { ...phase, ...sinceNow }
          : phase,
  };
}

/**
 * Ms of the 15 s still to run. See [Note: Fifteen seconds]. If no process has reported that the pay request left, it
 * may still leave until its own deadline. No other process can know whether the process that made it still lives. So
 * until it is reported to have left, the window counts from that deadline. `order` must be rebased to `now`.
 */
export function windowLeftMs(order: Order, now: Timestamp): number {
  const { state, leavesWithinMs } = order.payCall;
  const leavesLaterMs = state === 'leaving' ? leavesWithinMs : 0;
  return Math.max(0, leavesLaterMs + REVERSE_WINDOW_MS - sincePayMs(order, now));
}

/**
 * Whether the pay call may still be under way. If its end was never seen, it counts as over when its window ends.
 * `order` must be rebased to `now`.
 */
export const payCallMayRun = (order: Order, now: Timestamp): boolean =>
  order.payCall.state !== 'over' && windowLeftMs(order, now) > 0;

/** Ms since the pay call, by the monotonic clock. `order` must be rebased to `now`. */
export const sincePayMs = (order: Order, now: Timestamp): number => now.monoMs - order.payCall.at.monoMs;

/** Ms since the order was made, if the machine has been up ever since; `null` if that is not known. */
function upSinceMs({ createdOn }: Order, now: Timestamp): number | null {
  const isKnown = createdOn !== null && isSameUptime(createdOn, now) && now.monoMs >= createdOn.monoMs;
  return isKnown ? now.monoMs - createdOn.monoMs : null;
}

/**
 * Ms since the pay call. How long the machine has been up since then outranks the wall clock, which anybody can set.
 * The wall clock counts if the machine was restarted meanwhile. A time before this code was written comes from an empty
 * battery and tells nothing. Then only the time that is proved to have passed is known. `order` must be rebased to
 * `now`.
 */
export function ageMs(order: Order, now: Timestamp): number {
  const upMs = upSinceMs(order, now);
  const paidMs = order.payCall.at.wallMs + order.wallBehindMs;
  if (upMs !== null) return upMs + saidAgeMs(order);
  return isPossible(paidMs) && isPossible(now.wallMs) ? Math.max(0, now.wallMs - paidMs) : sincePayMs(order, now);
}

/** How old an order that was paid elsewhere was said to be when it was entered. */
const saidAgeMs = ({ origin, createdAtMs, payCall }: Order): number =>
  origin === 'entered' ? Math.max(0, createdAtMs - payCall.at.wallMs) : 0;

const isPossible = (wallMs: number): boolean => wallMs >= EARLIEST_WALL_MS;

/**
 * When the order was made, UTC ms. It is corrected if the wall clock showed an empty battery's time at first, and was
 * set right while the machine stayed up.
 */
export function createdMs(order: Order, now: Timestamp): number {
  return order.createdAtMs + (order.wallBehindMs || foundBehindMs(order, now));
}

function foundBehindMs(order: Order, now: Timestamp): number {
  const upMs = isPossible(order.createdAtMs) || !isPossible(now.wallMs) ? null : upSinceMs(order, now);
  return upMs === null ? 0 : now.wallMs - upMs - order.createdAtMs;
}

/**
 * The order with the correction of the clock that dated it. It is stored now because it cannot be found once the
 * machine has been off.
 */
export function datedOrder(order: Order, now: Timestamp): Order {
  const behindMs = order.wallBehindMs === 0 ? foundBehindMs(order, now) : 0;
  return behindMs === 0 ? order : { ...order, wallBehindMs: behindMs };
}

/**
 * Ms left of the 7 days within which WeChat accepts a reverse; below zero once they are over. `order` must be rebased
 * to `now`.
 */
export const ageLeftMs = (order: Order, now: Timestamp): number => REVERSE_AGE_MAX_MS - ageMs(order, now);

/** Whether the 7 days within which WeChat accepts a reverse seem to be over. `order` must be rebased to `now`. */
export const looksTooOld = (order: Order, now: Timestamp): boolean => ageLeftMs(order, now) < 0;

/**
 * Whether the 7 days are certainly over, by both clocks. Where only the wall clock says so, the gateway is asked. A
 * clock that was set forward must not take a cancel away from anybody, and REVERSE_EXPIRE costs one call. `order` must
 * be rebased to `now`. For an order paid elsewhere, the age that a person stated is not proof: the 7 days count from
 * when it was entered.
 */
export function isTooOld(order: Order, now: Timestamp): boolean {
  const claimedMs = Math.max(0, saidAgeMs(order) - REVERSE_WINDOW_MS);
  return looksTooOld(order, now) && claimedMs + sincePayMs(order, now) > REVERSE_AGE_MAX_MS;
}

/** Ms since the first reverse left, at least; 0 before it left. `order` must be rebased to `now`. */
export const sinceFirstReverseMs = ({ reverse }: Order, now: Timestamp): number =>
  reverse.firstAt === null ? 0 : now.monoMs - reverse.firstAt.monoMs;

/** Whether the last query ended a moment ago, answered or not. `order` must be rebased to `now`. */
export const lastQueryIsFresh = ({ query }: Order, now: Timestamp): boolean =>
  query.endedMonoMs !== null && now.monoMs - query.endedMonoMs <= LAST_QUERY_FRESH_MS;

/**
 * When to query next while the result is unknown: quickly at first, then less and less often, for as long as it takes.
 */
export function nextQueryMonoMs(order: Order, now: Timestamp): number {
  const typing = order.lastSeen === 'USERPAYING';
  const quick = typing ? PASSWORD_QUERY_INTERVAL_MS : QUERY_INTERVAL_MS;
  const since = sincePayMs(order, now);
  if (since >= QUICK_QUERY_SPAN_MS) return now.monoMs + backoffMs(slowTries(since), since, order.orderId);
  const usual = now.monoMs + quick;
  // A last look sooner than the password's interval is not needed: the last query result stays fresh until then.
  if (order.phase.name !== 'armed' || typing) return usual;
  const lastLook = now.monoMs + windowLeftMs(order, now) - LAST_LOOK_BEFORE_MS;
  return lastLook > now.monoMs ? Math.min(usual, lastLook) : usual;
}

/** Counts the minutes of doubt, so that the interval grows with age and not with the number of queries. */
const slowTries = (sinceMs: number): number => 3 + Math.floor(sinceMs / (6 * CALL_TIMEOUT_MS));
