/**
 * Times as the screen shows them: Beijing time, as in WeChat's bill and on slips, whatever time zone this machine has.
 */
import type { Language } from '../../shared/settings.ts';

const timeZone = 'Asia/Shanghai';
const hour = { hour: '2-digit', minute: '2-digit', hour12: false } as const;
const day = { month: '2-digit', day: '2-digit' } as const;

const minutes = new Intl.DateTimeFormat('zh-CN', { ...hour, timeZone });
const seconds = new Intl.DateTimeFormat('zh-CN', { ...hour, second: '2-digit', timeZone });
const shortDay = new Intl.DateTimeFormat('zh-CN', { ...day, timeZone });
const longDay = new Intl.DateTimeFormat('zh-CN', { year: 'numeric', ...day, timeZone });

/** `15:24`. */
export const hourAndMinute = (atMs: number): string => minutes.format(atMs);
/** `15:24:08`. */
export const timeOfDay = (atMs: number): string => seconds.format(atMs);
/** `2026-11-23`. */
export const dateText = (atMs: number): string => longDay.format(atMs).replaceAll('/', '-');
/** `2026-11-23 15:24:08`. */
export const momentText = (atMs: number): string => `${dateText(atMs)} ${timeOfDay(atMs)}`;
/** Only the time if it is today, otherwise also the day: `11/22 15:24:08`. */
export const timeSince = (atMs: number, nowMs: number): string =>
  dateText(atMs) === dateText(nowMs) ? timeOfDay(atMs) : `${shortDay.format(atMs)} ${timeOfDay(atMs)}`;

/** The same to the minute: `11/22 15:24`. */
export const minuteSince = (atMs: number, nowMs: number): string =>
  dateText(atMs) === dateText(nowMs) ? hourAndMinute(atMs) : `${shortDay.format(atMs)} ${hourAndMinute(atMs)}`;

/** A date as the language of the screen writes it. */
export const inLanguage = (language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(language, { ...options, timeZone });
