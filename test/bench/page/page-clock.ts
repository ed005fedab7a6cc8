/**
 * Moments of the page, converted to this process's clock: each has its own zero, and both read the machine's wall
 * clock.
 */
import type { Page } from 'playwright-core';

/** Turns the page's `performance.now()` into this process's. */
export type FromPage = (pageMs: number) => number;

/**
 * The wall clock's time when `performance.now()` is 0. The wall clock ticks in whole ms, so the moment of a tick is
 * read. A delay between the two readings can only make the value smaller.
 */
function wallAtZero(): number {
  const readings = Array.from({ length: 15 }, () => {
    const before = Date.now();
    let tick = before;
    while (tick === before) tick = Date.now();
    return tick - performance.now();
  });
  return Math.max(...readings);
}

/** Correct to some tenths of a ms; throws if the page's clock proves not to be the machine's. */
export async function fromPageClock(page: Page): Promise<FromPage> {
  const here = wallAtZero();
  const there = await page.evaluate(wallAtZero);
  const fromPage = (pageMs: number): number => pageMs + there - here;
  const beforeMs = performance.now();
  const readMs = fromPage(await page.evaluate(() => performance.now()));
  const afterMs = performance.now();
  if (readMs < beforeMs - 1 || readMs > afterMs + 1)
    throw new Error(
      `the page's clock is off: ${String(readMs)} is not between ${String(beforeMs)} and ${String(afterMs)}`,
    );
  return fromPage;
}
