// Runs in the test process. Why it exists: it starts the app on the stand-in and attaches to the page that main
// drives, over the loopback DevTools port of the same Chromium.
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import type { ToLauncher } from '../base/control.ts';
import { HOST_PATIENCE_MS, KioskExited, PAGE_PATIENCE_MS } from './kiosk-host.ts';
import type { KioskHost, LaunchOptions } from './kiosk-host.ts';
import { MainProcess } from './main-process.ts';
import { standInCommand } from './stand-in-command.ts';

/** Launches `options.mainBundle`; resolves when its first window has loaded its page. */
export async function launchOnStandIn(options: LaunchOptions): Promise<KioskHost> {
  const args = [`--user-data-dir=${options.userData}`, ...(options.args ?? [])];
  const firstLoad = Promise.withResolvers<undefined>();
  const env = environment(options);
  const pages = new FirstWindow();
  const main = new MainProcess(standInCommand(options.mainBundle, args), env, (message) => {
    pages.heard(message);
    if (message.kind === 'loaded' && message.window === pages.window) firstLoad.resolve(undefined);
  });
  const tooLong = setTimeout(() => {
    firstLoad.reject(new Error(`no page after ${String(HOST_PATIENCE_MS)} ms\n${main.output()}`));
  }, HOST_PATIENCE_MS);
  try {
    const ended = main.ended().then((code) => {
      throw new KioskExited(code, main.output());
    });
    await Promise.race([firstLoad.promise, ended]);
    await Promise.race([pages.settled(), ended]);
    // Main knows that the page exists; this side learns it over its own connection, perhaps later.
    await Promise.race([pages.page.waitForURL(({ href }) => href !== 'about:blank'), ended]);
  } catch (error) {
    await main.kill();
    throw error;
  } finally {
    clearTimeout(tooLong);
  }
  return {
    kind: 'stand-in',
    get page() {
      return pages.page;
    },
    get pid() {
      return main.pid;
    },
    async kill() {
      await main.kill();
      await pages.cleared();
      await pages.detach();
    },
    async quit() {
      main.tell({ kind: 'quit' });
      const code = await within(HOST_PATIENCE_MS, main.ended(), () => `main did not quit\n${main.output()}`);
      await pages.detach();
      return code;
    },
    exited: () => main.ended(),
    output: () => main.output(),
    openUrl(url) {
      main.tell({ kind: 'open-url', url });
      return Promise.resolve();
    },
    answerDialog(answer) {
      main.tell({ kind: 'dialog', answer });
      return Promise.resolve();
    },
  };
}

function environment({ env, viewport, colorScheme, ownChromium = false }: LaunchOptions): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...(viewport === undefined ? {} : { STANDIN_VIEWPORT: `${String(viewport.width)}x${String(viewport.height)}` }),
    ...(colorScheme === undefined ? {} : { STANDIN_COLOR_SCHEME: colorScheme }),
    STANDIN_CONTROL: '1',
    ...(ownChromium ? { STANDIN_SHARED_CHROMIUM: '' } : {}),
    // The test runner's own settings for Node are not for the app.
    NODE_OPTIONS: '',
    ...env,
  };
}

/** Follows the first window's page through crashes, by the DevTools targets that main reports. */
class FirstWindow {
  readonly #targetIds = new WeakMap<Page, string>();
  #browser: Promise<Browser> | null = null;
  #contextId: string | null = null;
  #page: Page | null = null;
  #window: number | null = null;
  #following: Promise<void> = Promise.resolve();

  get page(): Page {
    if (this.#page === null) throw new Error('the first window has no page yet');
    return this.#page;
  }

  get window(): number | null {
    return this.#window;
  }

  heard(message: ToLauncher): void {
    if (message.kind === 'browser') {
      // Main dresses its pages; this side's defaults, light among them, would lie over that on each new page.
      this.#browser = chromium.connectOverCDP(message.endpoint, { noDefaults: true });
      this.#contextId = message.contextId;
    }
    if (message.kind === 'page') {
      this.#window ??= message.window;
      if (message.window === this.#window) this.#following = this.#following.then(() => this.#attach(message.targetId));
    }
    // Main may be killed at any moment. Code that waits for these promises gets the error; nobody else needs it.
    this.#browser?.catch(() => undefined);
    this.#following.catch(() => undefined);
  }

  /** Resolves when the page reported last is available. */
  settled(): Promise<void> {
    return this.#following;
  }

  /**
   * In a shared Chromium: resolves when nothing of a dead main is left there. It removes the rest itself if that takes
   * too long.
   */
  async cleared(): Promise<void> {
    const browserContextId = this.#contextId;
    if (this.#browser === null || browserContextId === null) return;
    const cdp = await (await this.#browser).newBrowserCDPSession();
    const deadline = Date.now() + 5000;
    while ((await cdp.send('Target.getBrowserContexts')).browserContextIds.includes(browserContextId)) {
      if (Date.now() > deadline) await cdp.send('Target.disposeBrowserContext', { browserContextId });
      await sleep(25);
    }
  }

  async detach(): Promise<void> {
    const browser = this.#browser;
    this.#browser = null;
    await (await browser)?.close();
  }

  async #attach(targetId: string): Promise<void> {
    const context = (await this.#browser)?.contexts()[0];
    if (context === undefined) throw new Error('Chromium has no context to attach to');
    const deadline = Date.now() + HOST_PATIENCE_MS;
    while (Date.now() < deadline) {
      for (const page of context.pages()) {
        if ((await this.#targetIdOf(page)) !== targetId) continue;
        page.setDefaultTimeout(PAGE_PATIENCE_MS);
        this.#page = page;
        return;
      }
      // Main has created it, but this side has not been notified yet.
      await sleep(20);
    }
    throw new Error('the page that main reported never appeared');
  }

  /** Remembered, because a page that has crashed no longer answers. */
  async #targetIdOf(page: Page): Promise<string> {
    const known = this.#targetIds.get(page);
    if (known !== undefined) return known;
    const cdp = await page.context().newCDPSession(page);
    const { targetInfo } = await cdp.send('Target.getTargetInfo');
    await cdp.detach();
    this.#targetIds.set(page, targetInfo.targetId);
    return targetInfo.targetId;
  }
}

async function within<Value>(limit: number, promise: Promise<Value>, complaint: () => string): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(complaint())), limit);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
