/**
 * Runs in the page: records when it was touched, when its button reacted to the finger, and when each state of an order
 * was on the screen.
 */
import type { Page } from 'playwright-core';

/** All in ms of the page's `performance.now()`. */
export interface Seen {
  readonly downMs: number;
  /**
   * The first frame in which the button looks pressed: how many frames after the touch, and when that frame was done.
   */
  readonly pressedFrame: number;
  readonly pressedMs: number;
  readonly upMs: number;
  /** When the page's scripts got the event of the finger leaving. */
  readonly upHeardMs: number;
  /** When the page's scripts got the click that Chromium makes from it. */
  readonly clickMs: number;
  readonly phases: readonly { readonly name: string; readonly changedMs: number; readonly shownMs: number }[];
}

interface Watched {
  downMs: number;
  pressedFrame: number;
  pressedMs: number;
  upMs: number;
  upHeardMs: number;
  clickMs: number;
  phases: { name: string; changedMs: number; shownMs: number }[];
}
declare const benchSeen: Watched;

/** Once for the life of the page. */
export async function watchPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Watched = { downMs: 0, pressedFrame: 0, pressedMs: 0, upMs: 0, upHeardMs: 0, clickMs: 0, phases: [] };
    Object.assign(window, { benchSeen: seen });
    // A message is the first thing that runs after the frame has been drawn.
    const afterFrame = (then: (frameMs: number) => void): void => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => then(performance.now());
        port2.postMessage(null);
      });
    };
    window.addEventListener(
      'pointerdown',
      (event) => {
        seen.downMs = event.timeStamp;
        const button = event.target instanceof Element ? event.target.closest('button') : null;
        const look = (frame: number): void => {
          requestAnimationFrame(() => {
            const pressed = button !== null && getComputedStyle(button).filter !== 'none';
            if (!pressed) {
              if (frame < 60) look(frame + 1);
              return;
            }
            seen.pressedFrame = frame;
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => (seen.pressedMs = performance.now());
            port2.postMessage(null);
          });
        };
        look(1);
      },
      true,
    );
    window.addEventListener(
      'pointerup',
      (event) => {
        seen.upMs = event.timeStamp;
        seen.upHeardMs = performance.now();
      },
      true,
    );
    window.addEventListener('click', () => (seen.clickMs = performance.now()), true);
    let last = '';
    new MutationObserver(() => {
      const name = document.querySelector('[data-testid^="phase-"]')?.getAttribute('data-testid') ?? '';
      if (name === last) return;
      last = name;
      const phase = { name: name.replace('phase-', ''), changedMs: performance.now(), shownMs: 0 };
      seen.phases.push(phase);
      afterFrame((atMs) => (phase.shownMs = atMs));
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-testid'] });
  });
}

/** The records since the last call. */
export const lookBack = (page: Page): Promise<Seen> =>
  page.evaluate(() => {
    const { phases, ...touches } = benchSeen;
    return { ...touches, phases: phases.splice(0) };
  });

/** Resolves once the order on the till is in `phase`, with the frame drawn that shows it. */
export async function untilShown(page: Page, phase: string): Promise<void> {
  await page.waitForFunction((name) => benchSeen.phases.some((one) => one.name === name && one.shownMs > 0), phase, {
    timeout: 30_000,
    polling: 50,
  });
}
