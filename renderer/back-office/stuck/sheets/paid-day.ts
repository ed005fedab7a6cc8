/** The day in Beijing on which an order of another till was paid, as far as people know it. Pure. */
import { beijingDay, dayStartMs } from '../../../../shared/beijing-day.ts';

/** WeChat reverses orders up to 7 days old. */
export const PAID_DAYS_MAX = 7;

/**
 * The latest possible time of payment, UTC ms: the last moment of that day. "Today" may be a second ago. Then the 15 s
 * must count from now, so no time is given.
 */
export function paidAtOf(daysAgo: number, wallMs: number): number | null {
  if (daysAgo < 1) return null;
  return dayStartMs(beijingDay(wallMs) - daysAgo + 1) - 1;
}
