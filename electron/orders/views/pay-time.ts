/** When a payment was made elsewhere, as people and till software write it down. */
import { fail, ok, type Result } from '../../../shared/result.ts';
import { REVERSE_AGE_MAX_MS } from '../../../shared/timing.ts';
import type { WallSpan } from '../../base/watched-clock.ts';

export type PayTimeProblem = 'not-a-time' | 'in-the-future' | 'order-too-old';

/** The moments that a written time may mean, both UTC ms. The window counts from the last of them: never short. */
export interface PayTime {
  readonly fromMs: number;
  readonly toMs: number;
}

/** With a zone: "yesterday at ten" in whose time would be a guess. */
const ISO_TIME =
  /^(?<day>\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?<seconds>:\d{2}(?:\.(?<fraction>\d{1,9}))?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** `2026-11-24T10:30:00+08:00`; written to the second it means any moment within that second. `wall`: see `checkedPayTime`. */
export function payTimeOf(text: string, wall: WallSpan): Result<PayTime, PayTimeProblem> {
  const { day = '', seconds, fraction } = ISO_TIME.exec(text)?.groups ?? {};
  const fromMs = isDay(day) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(fromMs)) return fail('not-a-time');
  const spanMs = seconds === undefined ? 60_000 : 10 ** Math.max(0, 3 - (fraction?.length ?? 0));
  return checkedPayTime({ fromMs, toMs: fromMs + spanMs - 1 }, wall);
}

/**
 * A time that the window may count from. What is older than the 7 days cannot be reversed any more, and seconds that were
 * taken for milliseconds lie in 1970: the window would be over before it began. `wall` is now, as the clock showed it of late:
 * what was written down before somebody set it was right when it was written.
 */
export function checkedPayTime(time: PayTime, wall: WallSpan): Result<PayTime, Exclude<PayTimeProblem, 'not-a-time'>> {
  if (time.fromMs > wall.highMs) return fail('in-the-future');
  return wall.lowMs - time.fromMs > REVERSE_AGE_MAX_MS ? fail('order-too-old') : ok(time);
}

/** `Date.parse` makes March 2 of February 30. */
const isDay = (day: string): boolean => Number.isFinite(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
