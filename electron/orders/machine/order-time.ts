/** What time means to an order: the window, its age, the pace of asking. Pure. */
import {
  BACKOFF_HOURLY_MS,
  CALL_TIMEOUT_MS,
  EARLIEST_WALL_MS,
  LAST_LOOK_BEFORE_MS,
  NEWS_FRESH_MS,
  PASSWORD_QUERY_INTERVAL_MS,
  QUERY_INTERVAL_MS,
  QUICK_QUERY_SPAN_MS,
  REVERSE_AGE_MAX_MS,
  REVERSE_WINDOW_MS,
} from '../../../shared/timing.ts';
import { isSameUptime, rebased, type Reading } from '../../base/clock.ts';
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

/**
 * Ms of the 15 s still to run. See [Note: Fifteen seconds]. A pay request of which nobody has said that it left may leave up
 * to its own deadline, and whether the process that made it still lives is nothing that another one can know: until it is
 * said to have left, the window counts from that deadline. `order` must be rebased to `now`.
 */
export function windowLeftMs(order: Order, now: Reading): number {
  const { state, leavesWithinMs } = order.payCall;
  const leavesLaterMs = state === 'leaving' ? leavesWithinMs : 0;
  return Math.max(0, leavesLaterMs + REVERSE_WINDOW_MS - sincePayMs(order, now));
}

/** Whether the pay call may still be under way: one whose end nobody saw is over with its window. `order` must be rebased to `now`. */
export const payCallMayRun = (order: Order, now: Reading): boolean =>
  order.payCall.state !== 'over' && windowLeftMs(order, now) > 0;

/** Ms since the pay call, by the monotonic clock. `order` must be rebased to `now`. */
export const sincePayMs = (order: Order, now: Reading): number => now.monoMs - order.payCall.at.monoMs;

/** Ms since the order was made, where the machine has been up ever since; `null` where that is not known. */
function upSinceMs({ createdOn }: Order, now: Reading): number | null {
  const isKnown = createdOn !== null && isSameUptime(createdOn, now) && now.monoMs >= createdOn.monoMs;
  return isKnown ? now.monoMs - createdOn.monoMs : null;
}

/**
 * Ms since the pay call. How long the machine has been up since outranks the wall clock, which anybody can set; that one
 * counts where the machine was started again meanwhile. A time from before this code was written is an empty battery's and
 * says nothing: then what is proved to have passed is all that is known. `order` must be rebased to `now`.
 */
export function ageMs(order: Order, now: Reading): number {
  const upMs = upSinceMs(order, now);
  const paidMs = order.payCall.at.wallMs + order.wallBehindMs;
  if (upMs !== null) return upMs + saidAgeMs(order);
  return isPossible(paidMs) && isPossible(now.wallMs) ? Math.max(0, now.wallMs - paidMs) : sincePayMs(order, now);
}

/** How old an order that was paid elsewhere was said to be as it was entered. */
const saidAgeMs = ({ origin, createdAtMs, payCall }: Order): number =>
  origin === 'entered' ? Math.max(0, createdAtMs - payCall.at.wallMs) : 0;

const isPossible = (wallMs: number): boolean => wallMs >= EARLIEST_WALL_MS;

/**
 * When the order was made, UTC ms: corrected where the wall clock was still that of an empty battery, and has been set
 * right while the machine was up.
 */
export function createdMs(order: Order, now: Reading): number {
  return order.createdAtMs + (order.wallBehindMs || foundBehindMs(order, now));
}

function foundBehindMs(order: Order, now: Reading): number {
  const upMs = isPossible(order.createdAtMs) || !isPossible(now.wallMs) ? null : upSinceMs(order, now);
  return upMs === null ? 0 : now.wallMs - upMs - order.createdAtMs;
}

/** The order with what is found of the clock that it was made by: once the machine has been off, it cannot be found any more. */
export function datedOrder(order: Order, now: Reading): Order {
  const behindMs = order.wallBehindMs === 0 ? foundBehindMs(order, now) : 0;
  return behindMs === 0 ? order : { ...order, wallBehindMs: behindMs };
}

/** Ms left of the 7 days in which WeChat reverses at all; below zero once they are over. `order` must be rebased to `now`. */
export const ageLeftMs = (order: Order, now: Reading): number => REVERSE_AGE_MAX_MS - ageMs(order, now);

/** Whether the 7 days in which WeChat reverses at all seem to be over. `order` must be rebased to `now`. */
export const looksTooOld = (order: Order, now: Reading): boolean => ageLeftMs(order, now) < 0;

/**
 * Whether the 7 days are over for certain, by both clocks. Where only the wall clock says so, the gateway is asked: a
 * clock set forward must not take a cancel away from anybody, and REVERSE_EXPIRE costs one call. `order` must be
 * rebased to `now`. What somebody claimed of an order paid elsewhere counts from when it was entered.
 */
export function isTooOld(order: Order, now: Reading): boolean {
  const claimedMs = Math.max(0, saidAgeMs(order) - REVERSE_WINDOW_MS);
  return looksTooOld(order, now) && claimedMs + sincePayMs(order, now) > REVERSE_AGE_MAX_MS;
}

/** Ms since the first reverse left, at the very least; 0 before it did. `order` must be rebased to `now`. */
export const sinceFirstReverseMs = ({ reverse }: Order, now: Reading): number =>
  reverse.firstAt === null ? 0 : now.monoMs - reverse.firstAt.monoMs;

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
