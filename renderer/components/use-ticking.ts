/** Text that follows the clock, and moments that pass, without a React render for every second. */
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

const SECOND_MS = 1_000;

/**
 * Writes `words(now)` into an element at once and at each full second since `originMs` on this page's clock, so that a
 * figure changes exactly when its second is over.
 */
export function useTickingText<Element extends HTMLElement>(
  words: (nowMs: number) => string,
  originMs: number,
): RefObject<Element | null> {
  const ref = useRef<Element>(null);
  useLayoutEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = (): void => {
      const now = performance.now();
      const text = words(now);
      if (ref.current !== null && ref.current.textContent !== text) ref.current.textContent = text;
      timer = setTimeout(tick, untilNextSecond(originMs - now));
    };
    tick();
    return () => clearTimeout(timer);
  }, [words, originMs]);
  return ref;
}

const MINUTE_MS = 60_000;

/**
 * Writes `words()` into an element at once, and again when a minute of the day begins. A page at rest wakes for nothing
 * else.
 */
export function useMinuteText<Element extends HTMLElement>(words: () => string): RefObject<Element | null> {
  const ref = useRef<Element>(null);
  useLayoutEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = (): void => {
      if (ref.current !== null) ref.current.textContent = words();
      timer = setTimeout(tick, MINUTE_MS - (Date.now() % MINUTE_MS) + 2);
    };
    tick();
    return () => clearTimeout(timer);
  }, [words]);
  return ref;
}

/**
 * The time from `leftMs` before the origin (or after it, if below zero) to the next whole second, and a little more.
 */
const untilNextSecond = (leftMs: number): number => (((leftMs % SECOND_MS) + SECOND_MS) % SECOND_MS) + 2;

/**
 * Whether a moment on this page's clock has passed, from the first drawing on; renders once again when it passes. `null`
 * never passes.
 */
export function usePassed(atMs: number | null): boolean {
  const [passedAtMs, setPassedAtMs] = useState(() => (atMs !== null && atMs <= performance.now() ? atMs : null));
  useEffect(() => {
    if (atMs === null) return undefined;
    const timer = setTimeout(() => setPassedAtMs(atMs), Math.max(0, atMs - performance.now()));
    return () => clearTimeout(timer);
  }, [atMs]);
  return atMs !== null && passedAtMs === atMs;
}
