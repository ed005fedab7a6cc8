/**
 * How many wrong PINs may be typed. Pure. Its result is on disk before the outcome of a try is reported.
 *
 * [Note: Locks and clocks] A lock is stored as the time that was left of it, and when that was. `elapsedSince` counts
 * what has passed since. It is never more than the truth, so a clock set forward, or a restart, shortens no lock. It
 * can be less than the truth (the clock was set back before a restart). Then each process starts from what was left for
 * the one before it and counts by the monotonic clock alone. So the lock gets longer by the part of it that had passed,
 * and never again without another restart.
 */
import { PIN_LOCKS_MS, PIN_TRIES } from '../../shared/timing.ts';
import { elapsedSince, type Timestamp } from '../base/clock.ts';

export interface Tries {
  /** Wrong ones in a row since the last lock. */
  readonly wrong: number;
  /** Locks since the PIN was last right. */
  readonly locks: number;
  readonly lock: { readonly leftMs: number; readonly at: Timestamp } | null;
}

export const noTries: Tries = { wrong: 0, locks: 0, lock: null };

export const triesLeft = ({ wrong }: Tries): number => PIN_TRIES - wrong;

/** Ms during which no PIN is checked; 0 while there is no lock. */
export const lockLeftMs = ({ lock }: Tries, now: Timestamp): number =>
  lock === null ? 0 : Math.max(0, lock.leftMs - elapsedSince(lock.at, now));

/** One more wrong try. */
export function afterWrong(tries: Tries, now: Timestamp): Tries {
  const wrong = tries.wrong + 1;
  if (wrong < PIN_TRIES) return { ...tries, wrong, lock: null };
  const [first, second, later] = PIN_LOCKS_MS;
  const leftMs = tries.locks === 0 ? first : tries.locks === 1 ? second : later;
  return { wrong: 0, locks: tries.locks + 1, lock: { leftMs, at: now } };
}

/** The same in terms of the process that reads `now`. See [Note: Locks and clocks]. */
export function rebasedTries(tries: Tries, now: Timestamp): Tries {
  const { lock } = tries;
  if (lock === null || lock.at.run === now.run) return tries;
  return { ...tries, lock: { leftMs: lockLeftMs(tries, now), at: now } };
}
