/** The days of a month as a calendar shows them, and a day as it is typed. Days are numbers (beijing-day.ts). Pure. */
import { DAY_MS } from '../../../shared/beijing.ts';
import { dayFromIso, dayToIso } from '../../../shared/beijing-day.ts';

const WEEK = 7;
/** 1970-01-01 was a Thursday, and weeks begin on Monday. */
const WEEKDAY_OF_DAY_0 = 3;

const weekday = (day: number): number => (((day + WEEKDAY_OF_DAY_0) % WEEK) + WEEK) % WEEK;

/** The first day of the day's month. */
export const firstOfMonth = (day: number): number => day - Number(dayToIso(day).slice(8)) + 1;

/** The same day of a later or earlier month; the month's last where it has none. */
export function monthsOn(day: number, months: number): number {
  const [year = 0, month = 1, date = 1] = dayToIso(day).split('-').map(Number);
  const ofMonth = (date: number): number => Date.UTC(year, month - 1 + months, date) / DAY_MS;
  return Math.min(ofMonth(date), firstOfMonth(ofMonth(1)) + lengthOf(ofMonth(1)) - 1);
}

function lengthOf(first: number): number {
  const [year = 0, month = 1] = dayToIso(first).split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The weeks that hold the month of `day`, from Monday; `null` where another month's day would stand. */
export function weeksOf(day: number): readonly (readonly (number | null)[])[] {
  const first = firstOfMonth(day);
  const lead = weekday(first);
  const count = Math.ceil((lead + lengthOf(first)) / WEEK);
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: WEEK }, (_unused, column) => {
      const date = week * WEEK + column - lead;
      return date >= 0 && date < lengthOf(first) ? first + date : null;
    }),
  );
}

/** Where a key of the calendar leads; `null` for every other key. */
export function dayByKey(key: string, day: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return day - 1;
    case 'ArrowRight':
      return day + 1;
    case 'ArrowUp':
      return day - WEEK;
    case 'ArrowDown':
      return day + WEEK;
    case 'Home':
      return day - weekday(day);
    case 'End':
      return day - weekday(day) + WEEK - 1;
    case 'PageUp':
      return monthsOn(day, -1);
    case 'PageDown':
      return monthsOn(day, 1);
    default:
      return null;
  }
}

/** What has been typed of a day, as `2026-11-23`: digits alone are enough, and any separators may be pasted. */
export function dayText(typed: string): string {
  const parts = /^\s*(\d{4})\D+(\d{1,2})(?:\D+(\d{1,2}))?(\D*)$/.exec(typed);
  const [, year = '', month = '', date, after = ''] = parts ?? [];
  if (parts !== null && (date !== undefined || after.trim() !== ''))
    return [year, month.padStart(2, '0'), ...(date === undefined ? [] : [date.padStart(2, '0').slice(-2)])].join('-');
  const digits = typed.replace(/\D/g, '');
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].filter((part) => part !== '').join('-');
}

export type DayProblem = 'wrong' | 'late';

/** What is wrong with a day that was typed, or `null`. `max`: the last day that may be given. */
export function dayProblem(text: string, max: string): DayProblem | null {
  const day = dayFromIso(text);
  if (day === null) return 'wrong';
  return text > max ? 'late' : null;
}
