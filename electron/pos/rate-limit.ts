import type { Clock } from '../base/clock.ts';

export interface Pace {
  readonly burst: number;
  readonly perSecond: number;
}

/** Takes one from a token bucket: 0 where there was one, otherwise after how many ms there will be. */
export type Take = () => number;

/** A bucket that begins full. It counts on the monotonic clock: setting the time fills nothing. */
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
