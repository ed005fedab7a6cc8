import type { Clock } from '../base/clock.ts';

export interface Pace {
  readonly burst: number;
  readonly perSecond: number;
}

/** Takes one from a token bucket. Returns 0 if there was one, otherwise the time in ms until there is one. */
export type Take = () => number;

/** A bucket that starts full. It counts on the monotonic clock, so setting the time does not fill it. */
export function bucket(clock: Clock, { burst, perSecond }: Pace): Take {
  let left = burst;
  let atMs = clock.read().monoMs;
  return () => {
    const nowMs = clock.read().monoMs;
    left = Math.min(burst, left + ((nowMs - atMs) / 1_000) * perSecond);
    atMs = nowMs;
    if (left < 1) return Math.ceil(((1 - left) / perSecond) * 1_000);
    left -= 1;
    return 0;
  };
}
