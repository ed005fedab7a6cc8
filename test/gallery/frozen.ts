/**
 * Time stands still in the gallery, so that a picture is the same on every machine. Imported before anything that reads
 * a clock. The short pause of a button that has just appeared ends at once; later timers never fire.
 */
export const FROZEN_WALL_MS = Date.UTC(2026, 10, 23, 7, 24, 8);
export const FROZEN_PAGE_MS = 100_000;

/** Longer than the pause of a button and the pause after typing, shorter than any counted second. */
const AT_ONCE_MAX_MS = 500;
/** A tick that is due at once would repeat for ever. */
const TICK_MAX_MS = 10;

const setTimeoutForReal = window.setTimeout.bind(window);

Date.now = () => FROZEN_WALL_MS;
performance.now = () => FROZEN_PAGE_MS;
Object.defineProperty(window, 'setTimeout', {
  value: (work: () => void, delayMs = 0): number => {
    const isDue = delayMs === 0 || (delayMs > TICK_MAX_MS && delayMs <= AT_ONCE_MAX_MS);
    return isDue ? setTimeoutForReal(work, 0) : 0;
  },
});
