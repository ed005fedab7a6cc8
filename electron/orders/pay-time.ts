/** When a payment was made elsewhere, as people and till software write it down. */
import { fail, ok, type Result } from '../../shared/result.ts';
import { REVERSE_AGE_MAX_MS } from '../../shared/timing.ts';

export type PayTimeProblem = 'not-a-time' | 'in-the-future' | 'order-too-old';

/** With a zone: "yesterday at ten" in whose time would be a guess. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** `2026-11-24T10:30:00+08:00` as UTC ms. `wallMs` is now. */
export function payTimeOf(text: string, wallMs: number): Result<number, PayTimeProblem> {
  const paidAtMs = ISO_TIME.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(paidAtMs) ? fail('not-a-time') : checkedPayTime(paidAtMs, wallMs);
}

/**
 * A time that the window may count from. What is older than the 7 days cannot be reversed any more, and seconds that were
 * taken for milliseconds lie in 1970: the window would be over before it began.
 */
export function checkedPayTime(paidAtMs: number, wallMs: number): Result<number, PayTimeProblem> {
  if (paidAtMs > wallMs) return fail('in-the-future');
  return wallMs - paidAtMs > REVERSE_AGE_MAX_MS ? fail('order-too-old') : ok(paidAtMs);
}

/** `Date.parse` makes March 2 of February 30. */
const isDay = (day: string): boolean => Number.isFinite(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
