/** On which day, in Beijing, an order of another till was paid, as people know it. Pure. */
import { beijingDay, dayStartMs } from '../../../../shared/beijing-day.ts';

/** WeChat reverses 7 days back. */
export const PAID_DAYS_MAX = 7;

/**
 * When it was paid at the latest, UTC ms: the last moment of that day. "Today" may be a second ago, and then the 15 s must
 * count from now, so nothing is claimed of it.
 */
export function paidAtOf(daysAgo: number, wallMs: number): number | null {
  if (daysAgo < 1) return null;
  return dayStartMs(beijingDay(wallMs) - daysAgo + 1) - 1;
}
