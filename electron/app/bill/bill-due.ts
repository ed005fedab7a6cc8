/** Which day's bill is due now. Pure; the clock that asks is in bill-service.ts. */
import { beijingDay, DAY_MS, dayStartMs } from '../../../shared/beijing.ts';
import type { BillMissing, DayMiss, DayRecord } from '../../../shared/contract/bill.ts';
import { BILL_AGAIN_MS, BILL_DAYS_BACK, BILL_FROM_MS, BILL_NONE_DAYS, BILL_UNTIL_MS } from '../../../shared/timing.ts';
import type { DaysKnown } from './day-records.ts';

export interface DueParts extends DaysKnown {
  readonly nowMs: number;
  /** The first day with an order here; `null` if there is none: then no bill has anything to say. */
  readonly firstDay: string | null;
  /** This terminal's own part of the wait after 10:00. */
  readonly jitterMs: number;
}

/** The newest day that is due; `null` if none is. */
export function dueDay({ nowMs, firstDay, jitterMs, records, misses }: DueParts): string | null {
  if (firstDay === null || !isFetchingTime(nowMs, jitterMs)) return null;
  // What keeps one day's bill away keeps away the others too.
  if (misses.some((miss) => isOfAll(miss.why) && nowMs < againMs(miss, jitterMs))) return null;
  return (
    daysBack(nowMs, firstDay).find((day) => {
      const record = records.find((one) => one.day === day);
      const miss = misses.find((one) => one.day === day);
      return !isSettled(record, miss, nowMs) && (miss === undefined || nowMs >= againMs(miss, jitterMs));
    }) ?? null
  );
}

/** Yesterday first, then ever older, as far as WeChat keeps bills and this terminal has orders. */
export function daysBack(nowMs: number, firstDay: string): string[] {
  const today = dayStartMs(beijingDay(nowMs));
  return Array.from({ length: BILL_DAYS_BACK }, (_, back) => beijingDay(today - (back + 1) * DAY_MS)).filter(
    (day) => day >= firstDay,
  );
}

/** From 10:00 and this terminal's own wait to the evening. */
function isFetchingTime(nowMs: number, jitterMs: number): boolean {
  const ofDayMs = nowMs - dayStartMs(beijingDay(nowMs));
  return ofDayMs >= BILL_FROM_MS + jitterMs && ofDayMs < BILL_UNTIL_MS;
}

/**
 * WeChat's own bill is final. "There is none" is asked again on the next days. A chosen file does not stand in for
 * WeChat's bill, which anyone could have edited, unless WeChat has none.
 */
function isSettled(record: DayRecord | undefined, miss: DayMiss | undefined, nowMs: number): boolean {
  if (record === undefined) return false;
  if (record.from === 'wechat') return true;
  if (record.from === 'file' && miss?.why !== 'no-bill') return false;
  const isYoung = nowMs < dayStartMs(record.day) + (BILL_NONE_DAYS + 1) * DAY_MS;
  const askedMs = record.from === 'none' ? record.atMs : (miss?.atMs ?? 0);
  return !isYoung || beijingDay(askedMs) === beijingDay(nowMs);
}

/** These are about the line, the merchant or the disk, and not about one day. */
const OF_ONE_DAY: ReadonlySet<BillMissing> = new Set(['creating', 'no-bill', 'too-large', 'not-whole']);
const isOfAll = (why: BillMissing): boolean => !OF_ONE_DAY.has(why);

/** Those that time may mend soon. What a person must mend is tried once a day. */
const SOON: ReadonlySet<BillMissing> = new Set(['creating', 'busy', 'too-often', 'no-answer', 'disk']);

/** When the day may be tried again. A bill of an older day that is "being made" will hardly come: once a day. */
function againMs({ day, why, atMs }: DayMiss, jitterMs: number): number {
  const nextMorningMs = dayStartMs(beijingDay(atMs)) + DAY_MS + BILL_FROM_MS + jitterMs;
  const isOld = why === 'creating' && dayStartMs(day) + 2 * DAY_MS <= dayStartMs(beijingDay(atMs));
  return SOON.has(why) && !isOld ? atMs + BILL_AGAIN_MS : nextMorningMs;
}
