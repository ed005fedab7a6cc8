/** The calendar of days, from what is stored of each. Pure: it looks at no order. */
import { beijingDay, DAY_MS, dayStartMs } from '../../../shared/beijing.ts';
import type { BillCalendar, BillDay } from '../../../shared/contract/bill.ts';
import { BILL_FROM_MS } from '../../../shared/timing.ts';
import type { DaysKnown } from './day-records.ts';

/** How many days the picture of the last days has. */
const LATEST_DAYS = 30;

export interface CalendarParts extends DaysKnown {
  readonly month: string;
  readonly nowMs: number;
  readonly firstDay: string | null;
}

/** A day without a record is missing, unless its bill is still to come or it is from before the first order here. */
export function billCalendar({ month, nowMs, firstDay, records, misses }: CalendarParts): BillCalendar {
  const byDay = new Map(records.map((record) => [record.day, record]));
  const missOf = new Map(misses.map((miss) => [miss.day, miss]));
  const dayOf = (day: string): BillDay => {
    const record = byDay.get(day) ?? null;
    return { day, state: stateOf(day), record, miss: missOf.get(day) ?? null };
  };
  const stateOf = (day: string): BillDay['state'] => {
    const record = byDay.get(day);
    if (record !== undefined) return record.differing === 0 ? 'closed' : 'differs';
    if (firstDay === null || day < firstDay) return day >= beijingDay(nowMs) ? 'to-come' : 'before';
    return isThere(day, nowMs) ? 'missing' : 'to-come';
  };
  const newest = lastThere(nowMs);
  return {
    month,
    days: daysOf(month).map(dayOf),
    latest: Array.from({ length: LATEST_DAYS }, (_, index) =>
      dayOf(beijingDay(dayStartMs(newest) - (LATEST_DAYS - 1 - index) * DAY_MS)),
    ),
    firstDay,
    today: beijingDay(nowMs),
  };
}

/** Whether the day's bill can be there: from 10:00 of the next morning. */
export const isThere = (day: string, nowMs: number): boolean => nowMs >= dayStartMs(day) + DAY_MS + BILL_FROM_MS;

const lastThere = (nowMs: number): string => beijingDay(nowMs - DAY_MS - BILL_FROM_MS);

function daysOf(month: string): string[] {
  const firstMs = dayStartMs(`${month}-01`);
  return Array.from({ length: 31 }, (_, index) => beijingDay(firstMs + index * DAY_MS)).filter((day) =>
    day.startsWith(month),
  );
}
