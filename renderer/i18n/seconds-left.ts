import { TRANSIT_MARGIN_MS } from '../../shared/timing.ts';

/**
 * The seconds a countdown shows, rounded up: the last second is shown until it is over. The margin that the window has
 * beyond WeChat's 15 s is left out: people were told 15, and 16 for a tenth of a second is a flicker.
 */
export const secondsLeft = (leftMs: number): number => Math.max(0, Math.ceil((leftMs - TRANSIT_MARGIN_MS) / 1_000));

/** When the figure of a countdown that ends at `atMs` reaches zero; it changes at whole seconds before that moment. */
export const figureZeroAtMs = (atMs: number): number => atMs - TRANSIT_MARGIN_MS;

const SECONDS_SHOWN_MAX = 99;

/** The length of a wait, in the unit that a person would use; minutes and hours are rounded. */
export interface WaitLeft {
  readonly count: number;
  readonly unit: 'seconds' | 'minutes' | 'hours';
}

/** `leftMs` until the next automatic step; moments in the past count as 0 s. */
export function waitLeft(leftMs: number): WaitLeft {
  const seconds = secondsLeft(leftMs);
  if (seconds <= SECONDS_SHOWN_MAX) return { count: seconds, unit: 'seconds' };
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? { count: minutes, unit: 'minutes' } : { count: Math.round(minutes / 60), unit: 'hours' };
}
