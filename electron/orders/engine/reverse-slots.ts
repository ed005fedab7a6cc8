/**
 * The reverses that may be in flight at once, and the queue of orders that wait for one to come back. An order takes
 * its slot in the same commit that marks its reverse as out. While it waits, nothing has left, and the cancel may be
 * taken back.
 *
 * The order with the fewest attempts goes first; among equals, the one that came first. So a customer who stands there
 * does not wait behind the cancels of an hour ago. Those are not passed over for ever: an order that overtakes them
 * falls back with each of its own attempts.
 */
import { CALL_TIMEOUT_MS, QUERY_PATIENCE_MS } from '../../../shared/timing.ts';

export interface ReverseSlots {
  /** Whether the next reverse of this order, with `attempts` attempts so far, may leave now. */
  isFree(orderId: string, attempts: number, nowMonoMs: number): boolean;
  take(): void;
  giveBack(): void;
  /** The order waits for a slot. If it waits already, it keeps its place in the queue. */
  wait(orderId: string, attempts: number): void;
  /**
   * The order's first attempt may leave from `monoMs` on. From one call's length before that time a slot is reserved
   * for it.
   */
  keepFor(orderId: string, monoMs: number): void;
  /** The order leaves the queue, and no slot is reserved for it. */
  forget(orderId: string): void;
  /** Who goes next, not counting `others`; `null` where no order waits or no slot is free. */
  next(others: ReadonlySet<string>, nowMonoMs: number): string | null;
}

export function reverseSlots(atOnceMax: number): ReverseSlots {
  const waiting = new Map<string, number>();
  const firstAttempts = new Map<string, number>();
  let taken = 0;

  const keptFor = (nowMonoMs: number): number =>
    [...firstAttempts.values()].filter((monoMs) => monoMs - nowMonoMs <= CALL_TIMEOUT_MS).length;

  /** First attempts whose window ended before this one's, and which only wait for their last query. */
  const keptForEarlier = (orderId: string, nowMonoMs: number): number => {
    const own = firstAttempts.get(orderId) ?? nowMonoMs;
    return [...firstAttempts].filter(
      ([id, monoMs]) => id !== orderId && monoMs < own && monoMs >= nowMonoMs - QUERY_PATIENCE_MS,
    ).length;
  };

  const isFree = (orderId: string, attempts: number, nowMonoMs: number): boolean =>
    taken + (attempts === 0 ? keptForEarlier(orderId, nowMonoMs) : keptFor(nowMonoMs)) < atOnceMax;

  return {
    isFree,
    take() {
      taken += 1;
    },
    giveBack() {
      taken -= 1;
    },
    wait(orderId, attempts) {
      if (waiting.get(orderId) === attempts) return;
      waiting.delete(orderId);
      waiting.set(orderId, attempts);
    },
    keepFor(orderId, monoMs) {
      firstAttempts.set(orderId, monoMs);
    },
    forget(orderId) {
      waiting.delete(orderId);
      firstAttempts.delete(orderId);
    },
    next(others, nowMonoMs) {
      if (taken >= atOnceMax) return null;
      // A Map keeps the order of arrival. Among orders with the same number of attempts the first one found stays.
      let first: readonly [string, number] | null = null;
      for (const entry of waiting) {
        // A first attempt that must let an earlier one pass: that one may be waiting behind it.
        const letsPass = entry[1] === 0 && !isFree(...entry, nowMonoMs);
        if (!letsPass && !others.has(entry[0]) && (first === null || entry[1] < first[1])) first = entry;
      }
      return first !== null && isFree(...first, nowMonoMs) ? first[0] : null;
    },
  };
}
