/** When a payment was made elsewhere, as people and till software write it down. */
import { fail, ok, type Result } from '../../../shared/result.ts';
import { REVERSE_AGE_MAX_MS } from '../../../shared/timing.ts';
import type { WallSpan } from '../../base/watched-clock.ts';

export type PayTimeProblem = 'not-a-time' | 'in-the-future' | 'order-too-old';

/**
 * The range of moments that a written time may mean, both UTC ms. The window counts from the last one, so it is never
 * too short.
 */
export interface PayTime {
  readonly fromMs: number;
  readonly toMs: number;
}

/** With a time zone: without one, "yesterday at ten" would be a guess. */
const ISO_TIME =
  /^(?<day>\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?<seconds>:\d{2}(?:\.(?<fraction>\d{1,9}))?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/**
 * `2026-11-24T10:30:00+08:00`. A time written to the second means any moment within that second. `wall`: see
 * `checkedPayTime`.
 */
export function payTimeOf(text: string, wall: WallSpan, ageMaxMs?: number): Result<PayTime, PayTimeProblem> {
  const { day = '', seconds, fraction } = ISO_TIME.exec(text)?.groups ?? {};
  const fromMs = isDay(day) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(fromMs)) return fail('not-a-time');
  const spanMs = seconds === undefined ? 60_000 : 10 ** Math.max(0, 3 - (fraction?.length ?? 0));
  return checkedPayTime({ fromMs, toMs: fromMs + spanMs - 1 }, wall, ageMaxMs);
}

/**
 * A time from which the window may count. A time more than `ageMaxMs` ago, by default 7 days, cannot be reversed any more. Seconds given as
 * milliseconds would lie in 1970, and the window would be over before it began. `wall` is the present time as the clock
 * showed it recently: a time written down before the clock was set was right when it was written.
 */
export function checkedPayTime(
  time: PayTime,
  wall: WallSpan,
  ageMaxMs = REVERSE_AGE_MAX_MS,
): Result<PayTime, Exclude<PayTimeProblem, 'not-a-time'>> {
  if (time.fromMs > wall.highMs) return fail('in-the-future');
  return wall.lowMs - time.fromMs > ageMaxMs ? fail('order-too-old') : ok(time);
}

/** `Date.parse` turns February 30 into March 2. */
const isDay = (day: string): boolean => Number.isFinite(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
