/** Days in Beijing as numbers, to count and compare by day. beijing.ts has them as people write them. */
import { BEIJING_MS, DAY_MS } from './beijing.ts';

/** The day of a moment (UTC ms) in Beijing, counted from 1970-01-01. */
export const beijingDay = (wallMs: number): number => Math.floor((wallMs + BEIJING_MS) / DAY_MS);

/** `20780` -> `2026-11-23`. */
export const dayToIso = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** `2026-11-23` -> `20780`; `null` if the calendar has no such day. */
export function dayFromIso(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(ms) && dayToIso(ms / DAY_MS) === text ? ms / DAY_MS : null;
}

/** The first moment (UTC ms) of a day in Beijing. */
export const dayStartMs = (day: number): number => day * DAY_MS - BEIJING_MS;
