// Runs in the stand-in's main process. Why it exists: what the stand-in needs of Chromium and its pages, whether
// Playwright started that Chromium or tests share it.
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

/** A running Chromium. */
export interface RunningBrowser {
  /** A connection to Chromium itself, for its whole life: settings made over it end with it. */
  readonly cdp: DevTools;
  /** The process, which leads the process group of everything it starts; null if it is shared. */
  readonly pid: number | null;
  /** The app's browser context; null if the app has its own Chromium and uses its first context. */
  readonly contextId: string | null;
  /** Where another process may attach, on loopback; null unless a launcher asked for it. */
  readonly endpoint: string | null;
  /** A blank page: first the one that Chromium starts with, then new ones. */
  blankPage(): Promise<BrowserPage>;
  /** A window that asks the person before the screen; throws where nobody is. */
  personPage(): Promise<Page>;
  /** `gone` is called when it has ended or was closed. */
  onGone(gone: () => void): void;
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
