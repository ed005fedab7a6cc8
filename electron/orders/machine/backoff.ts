import {
  BACKOFF_HOURLY_MS,
  BACKOFF_MINUTELY_MS,
  BACKOFF_MINUTELY_UNTIL_MS,
  BACKOFF_STEPS_MS,
  BACKOFF_TEN_MINUTELY_MS,
  BACKOFF_TEN_MINUTELY_UNTIL_MS,
} from '../../../shared/timing.ts';

/**
 * The wait in ms before the try after the `tries`-th (1, 2, ...), for a job that has been going on for `sinceMs`. The
 * waits are 2, 4, 8, 15, 30, 60 s, then a minute for an hour, 10 min for a day, and an hour after that. Each wait is
 * cut to 50-100 % by a jitter drawn from `seed`, so that a thousand orders do not call in step. The same history always
 * gives the same wait.
 */
export function backoffMs(tries: number, sinceMs: number, seed: string): number {
  return Math.round(baseMs(tries, sinceMs) * (0.5 + 0.5 * fraction(`${seed}#${String(tries)}`)));
}

function baseMs(tries: number, sinceMs: number): number {
  if (sinceMs >= BACKOFF_TEN_MINUTELY_UNTIL_MS) return BACKOFF_HOURLY_MS;
  if (sinceMs >= BACKOFF_MINUTELY_UNTIL_MS) return BACKOFF_TEN_MINUTELY_MS;
  return BACKOFF_STEPS_MS[Math.max(1, tries) - 1] ?? BACKOFF_MINUTELY_MS;
}

/** FNV-1a, spread over [0, 1). Not for secrets: it only has to differ between orders. */
export function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash ^= hash >>> 15;
  return (Math.imul(hash, 0x2c1b3c6d) >>> 0) / 2 ** 32;
}
