/** The hours in which an update may be installed, in Beijing time like every other time on the screen. Pure. */
import { BEIJING_MS } from '../../shared/beijing.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** Minutes after midnight, 0 up to 1439. The end is not included; two equal times mean the whole day. */
export interface Hours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

const lengthOf = ({ fromMinute, toMinute }: Hours): number =>
  (toMinute - fromMinute + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;

/** How far a minute of the day is after the start of the hours, also if they go past midnight. */
const intoHours = ({ fromMinute }: Hours, minute: number): number => (minute - fromMinute + DAY_MINUTES) % DAY_MINUTES;

export const isWithin = (hours: Hours, minute: number): boolean => intoHours(hours, minute) < lengthOf(hours);

/** The window that is open now, or the next one. UTC ms. */
export function nextWindow(
  hours: Hours,
  nowMs: number,
  minute: number,
): { readonly fromMs: number; readonly toMs: number } {
  const thisMinuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
  const into = intoHours(hours, minute);
  const startsIn = into < lengthOf(hours) ? -into : DAY_MINUTES - into;
  const fromMs = thisMinuteMs + startsIn * MINUTE_MS;
  return { fromMs, toMs: fromMs + lengthOf(hours) * MINUTE_MS };
}

/** The minute of the day in Beijing, in whatever zone this machine is set to. */
export const beijingMinute = (wallMs: number): number => Math.floor((wallMs + BEIJING_MS) / MINUTE_MS) % DAY_MINUTES;
