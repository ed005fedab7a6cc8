// Runs in the stand-in's main process. Why it exists: tests share a Chromium. The app gets a browser context of its own
// there, with the same look that Playwright would give it in a Chromium of its own.
import { settings, type Size } from '../base/settings.ts';
import type { BrowserPage, DevTools, PageEvents, RunningBrowser } from './browser-page.ts';
import { DevToolsConnection } from './devtools.ts';

/** How each new page begins. */
export interface Look {
  readonly viewport: Size;
  readonly locale: string;
}

/** A page registers none, as in the kiosk, whose scheme allows none. */
const NO_SERVICE_WORKERS = `if (navigator.serviceWorker) navigator.serviceWorker.register = () => new Promise(() => undefined);`;

/**
 * Joins the Chromium at `endpoint`. When this process has ended, in whatever way, Chromium removes the context and
 * everything in it.
 */
export async function joinBrowser(endpoint: string, look: Look): Promise<RunningBrowser> {
  const connection = await DevToolsConnection.open(endpoint);
  const { browser } = connection;
  const { browserContextId } = await browser.send('Target.createBrowserContext', { disposeOnDetach: true });
  await Promise.all([
    browser.send('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId }),
    browser.send('Target.setDiscoverTargets', { discover: true }),
  ]);
  const pages = followPages(connection);
  const blankPage = async (): Promise<BrowserPage> => {
    const page = await openPage(connection, browserContextId, look);
    pages.set(page.targetId, page);
    return page;
  };
  return {
    cdp: browser,
    pid: null,
    contextId: browserContextId,
    endpoint: settings.control ? endpoint : null,
    blankPage,
    personPage: () => Promise.reject(new Error('nobody sits before a Chromium that tests share')),
    onGone: (gone) => connection.onGone(gone),
    async close() {
      await browser.send('Target.disposeBrowserContext', { browserContextId });
      connection.close();
    },
  };
}

/** The pages by their targets. They are told what Chromium says of them, and what they open is closed. */
function followPages(connection: DevToolsConnection): Map<string, JoinedPage> {
  const browser: DevTools = connection.browser;
  const pages = new Map<string, JoinedPage>();
  browser.on('Target.targetDestroyed', ({ targetId }) => {
    pages.get(targetId)?.hasClosed();
    pages.delete(targetId);
  });
  browser.on('Target.targetCrashed', ({ targetId }) => pages.get(targetId)?.hasCrashed());
  browser.on('Target.targetCreated', ({ targetInfo: { targetId, openerId } }) => {
    // It may have closed itself.
    if (openerId !== undefined && pages.has(openerId)) closeOpened(connection, targetId).catch(() => undefined);
  });
  return pages;
}

/** A window that is closed while a test's debugger holds its start can leave the call that opened it without an answer. */
async function closeOpened(connection: DevToolsConnection, targetId: string): Promise<void> {
  const opened = await connection.attach(targetId);
  await opened.send('Runtime.runIfWaitingForDebugger');
  await connection.browser.send('Target.closeTarget', { targetId });
}

async function openPage(connection: DevToolsConnection, browserContextId: string, look: Look): Promise<JoinedPage> {
  const { browser } = connection;
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank', browserContextId });
  const cdp = await connection.attach(targetId);
  const page = new JoinedPage(browser, cdp, targetId);
  await Promise.all([
    page.setViewport(look.viewport),
    page.setColorScheme(settings.colorScheme),
    cdp.send('Emulation.setLocaleOverride', { locale: look.locale }),
    cdp.send('Emulation.setUserAgentOverride', { userAgent: '', acceptLanguage: look.locale }),
    // Several apps share the Chromium, and each is the one that is looked at.
    cdp.send('Emulation.setFocusEmulationEnabled', { enabled: true }),
    cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: NO_SERVICE_WORKERS }),
  ]);
  return page;
}

class JoinedPage implements BrowserPage {
  readonly cdp: DevTools;
  readonly targetId: string;
  readonly #browser: DevTools;
  #closed = false;
  #events: PageEvents | null = null;

  constructor(browser: DevTools, cdp: DevTools, targetId: string) {
    this.cdp = cdp;
    this.#browser = browser;
    this.targetId = targetId;
    // As Playwright does where a test handles no dialog.
    cdp.on('Page.javascriptDialogOpening', ({ type }) => {
      cdp.send('Page.handleJavaScriptDialog', { accept: type === 'beforeunload' }).catch(() => undefined);
    });
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  follow(events: PageEvents): void {
    this.#events = events;
  }

  hasClosed(): void {
    this.#closed = true;
    this.#events?.closed();
  }

  hasCrashed(): void {
    this.#events?.crashed();
  }

  async setViewport({ width, height }: Size): Promise<void> {
    const type = width > height ? 'landscapePrimary' : 'portraitPrimary';
    await this.cdp.send('Emulation.setDeviceMetricsOverride', {
      ...{ width, height, screenWidth: width, screenHeight: height, deviceScaleFactor: 1, mobile: false },
      screenOrientation: { type, angle: width > height ? 90 : 0 },
    });
  }

  async setColorScheme(colorScheme: 'light' | 'dark'): Promise<void> {
    await this.cdp.send('Emulation.setEmulatedMedia', {
      features: [
        { name: 'prefers-color-scheme', value: colorScheme },
        { name: 'prefers-reduced-motion', value: settings.reducedMotion ? 'reduce' : 'no-preference' },
      ],
    });
  }

  async close(): Promise<void> {
    this.#events = null;
    if (!this.#closed) await this.#browser.send('Target.closeTarget', { targetId: this.targetId });
  }
}
