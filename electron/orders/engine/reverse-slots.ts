/**
 * The reverses that may be out at once, and the line of orders that wait for one to come back. An order takes its slot in
 * the very commit that says "out": as long as it waits nothing has left, and it may be taken back.
 *
 * The fewest attempts go first, then whoever came first: a customer who stands there is not kept waiting by the cancels of
 * an hour ago, and none of those is passed over for ever, since whoever passes it falls behind with each attempt.
 */
import { CALL_TIMEOUT_MS } from '../../../shared/timing.ts';

export interface ReverseSlots {
  /** Whether the next reverse of an order that has tried `attempts` times may leave now. */
  isFree(attempts: number, nowMonoMs: number): boolean;
  take(): void;
  giveBack(): void;
  /** The order waits for a slot; said again, it keeps its place. */
  wait(orderId: string, attempts: number): void;
  /** The order's first attempt may leave from `monoMs` on. A slot is kept for it from one call's length before. */
  keepFor(orderId: string, monoMs: number): void;
  /** The order is off the line, and no slot is kept for it. */
  forget(orderId: string): void;
  /** Who goes next, apart from `others`; `null` where nobody waits, or nothing is free. */
  next(others: ReadonlySet<string>, nowMonoMs: number): string | null;
}

export function reverseSlots(atOnceMax: number): ReverseSlots {
  const waiting = new Map<string, number>();
  const firstAttempts = new Map<string, number>();
  let taken = 0;

  const keptFor = (nowMonoMs: number): number =>
    [...firstAttempts.values()].filter((monoMs) => monoMs - nowMonoMs <= CALL_TIMEOUT_MS).length;

  const isFree = (attempts: number, nowMonoMs: number): boolean =>
    taken < atOnceMax && (attempts === 0 || taken + keptFor(nowMonoMs) < atOnceMax);

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
      // A Map keeps the order of arrival, and of the same number of attempts the first found stays.
      let first: readonly [string, number] | null = null;
      for (const entry of waiting) {
        if (!others.has(entry[0]) && (first === null || entry[1] < first[1])) first = entry;
      }
      return first !== null && isFree(first[1], nowMonoMs) ? first[0] : null;
    },
  };
}
