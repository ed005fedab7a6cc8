/**
 * Distinguishes taps on purpose from accidental ones: a worn touch panel reports one touch twice, and the second tap of
 * a double tap hits whatever has slid under the finger. Pure: taps and their times go in.
 */

/** Longer than a double tap (Windows allows 500 ms, people need about 250), shorter than the time for a decision. */
export const DOUBLE_TAP_MS = 400;
/**
 * No finger lifts and lands again within this time; a bouncing panel does. Keys for fast typing have only this guard.
 */
export const BOUNCE_MS = 60;
/** The second tap of the same finger lands within this distance of the first, in CSS pixels. */
export const SAME_SPOT_PX = 64;

export interface Tap<Target> {
  readonly target: Target;
  /** A key, a switch, a button of the back office: it may be tapped as fast as possible. */
  readonly fast: boolean;
  readonly atMs: number;
  /** `null` for Enter or Space on the focused button. */
  readonly at: { readonly x: number; readonly y: number } | null;
}

/** Whether `tap` follows `last`, which had an effect, too soon to be on purpose. */
export function isBounce<Target>(last: Tap<Target> | null, tap: Tap<Target>): boolean {
  if (last === null) return false;
  const gapMs = tap.atMs - last.atMs;
  if (last.target === tap.target) return gapMs < (tap.fast ? BOUNCE_MS : DOUBLE_TAP_MS);
  // Two keys tapped one after the other are two digits.
  if (gapMs >= DOUBLE_TAP_MS || (last.fast && tap.fast)) return false;
  return last.at === null || tap.at === null ? last.at === tap.at : isNear(last.at, tap.at);
}

const isNear = (a: { x: number; y: number }, b: { x: number; y: number }): boolean =>
  Math.hypot(a.x - b.x, a.y - b.y) < SAME_SPOT_PX;

/**
 * Swallows such clicks on every button for the life of the page. A second tap by hand is swallowed on the till and on
 * dialogs over it, where a button acts at once. It is not swallowed in the back office: acts on money are held there,
 * and a technician taps "next" as fast as they read. Returns a function that stops it.
 */
export function guardTaps(): () => void {
  let last: Tap<Element> | null = null;
  const onClick = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || !event.isTrusted) return;
    const button = event.target.closest('button');
    const fast = button !== null && (!button.matches('.button') || button.closest('.back-office') !== null);
    const at = event.detail === 0 ? null : { x: event.clientX, y: event.clientY };
    const tap = { target: button ?? event.target, fast, atMs: event.timeStamp, at };
    if (button !== null && isBounce(last, tap)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (button !== null || at !== null) {
      // An arrow key that chooses an option also causes a click: no finger, so it cannot bounce.
      last = tap;
    }
  };
  window.addEventListener('click', onClick, true);
  return () => window.removeEventListener('click', onClick, true);
}
