/** Beijing's days and times. WeChat Pay's bills use them, and so do people in the shop. */
import { z } from 'zod';

/** Ms between UTC and Beijing. China has no daylight saving. */
export const BEIJING_MS = 8 * 60 * 60 * 1_000;
export const DAY_MS = 24 * 60 * 60 * 1_000;

const isDay = (day: string): boolean => Number.isFinite(Date.parse(day)) && new Date(day).toISOString().startsWith(day);

/** `2026-11-23`, a day that exists: `Date.parse` alone turns February 30 into March 2. */
export const daySchema = z
  .string({ error: 'missing' })
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'not-a-day', abort: true })
  .refine(isDay, { error: 'not-a-day' });

/** When the day begins in Beijing, in UTC ms. It ends `DAY_MS` later. */
export const dayStartMs = (day: string): number => Date.parse(day) - BEIJING_MS;

/** The Beijing day that holds the moment (UTC ms). */
export const beijingDay = (atMs: number): string => new Date(atMs + BEIJING_MS).toISOString().slice(0, 10);

/** `2026-11-23T14:05:00+08:00`: ISO 8601 in Beijing time, to the second. */
export const beijingIso = (atMs: number): string => `${new Date(atMs + BEIJING_MS).toISOString().slice(0, 19)}+08:00`;

/** `2026-11-23 14:05:00`, as WeChat's bill has it. */
export const beijingTime = (atMs: number): string => beijingIso(atMs).slice(0, 19).replace('T', ' ');

/** WeChat's `2026-11-23 14:05:00` in UTC ms; `null` if it is no such time. */
export function fromBeijing(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2}) {1,2}([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/.exec(text);
  const [, day = '', hours, minutes, seconds] = match ?? [];
  if (match === null || !isDay(day)) return null;
  return dayStartMs(day) + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
}
