// Runs in the stand-in's main process. Why it exists: what the stand-in needs of a page in Chromium, whether
// Playwright started that Chromium or the page belongs to one that tests share.
import type { CDPSession, Page } from 'playwright-core';
import type { Size } from '../base/settings.ts';

/** One DevTools session. */
export type DevTools = CDPSession;

/** What can happen to a page. */
export interface PageEvents {
  crashed(): void;
  closed(): void;
}

/** A page of the app. Pages that it opens are closed at once: the app has been notified by then, and a kiosk has one window. */
export interface BrowserPage {
  readonly cdp: DevTools;
  readonly isClosed: boolean;
  /** Reports what happens from now on, until `close`. */
  follow(events: PageEvents): void;
  /** Its size in CSS pixels. */
  setViewport(size: Size): Promise<void>;
  setColorScheme(colorScheme: 'light' | 'dark'): Promise<void>;
  /** Closes it and reports nothing. */
  close(): Promise<void>;
}

/** A page of a Chromium that Playwright started. */
export async function playwrightPage(page: Page): Promise<BrowserPage> {
  const cdp = await page.context().newCDPSession(page);
  return {
    cdp,
    get isClosed() {
      return page.isClosed();
    },
    follow(events) {
      page.on('crash', () => events.crashed());
      page.on('close', () => events.closed());
      page.on('popup', (popup) => void popup.close());
    },
    setViewport: (size) => page.setViewportSize(size),
    setColorScheme: (colorScheme) => page.emulateMedia({ colorScheme }),
    async close() {
      page.removeAllListeners('close');
      page.removeAllListeners('crash');
      await page.close();
    },
  };
}
