// Runs in the stand-in's main process. Why it exists: it is the connection to one page in Chromium: it adds the
// preload, carries messages both ways, stops every request until it is decided, and reports what happens to the page.
import type { BrowserPage, DevTools } from '../browser/browser-page.ts';
import { FrameTree } from './frames.ts';
import type { FrameDocument } from './frames.ts';
import { followConsole } from './page-console.ts';
import type { ConsoleLine } from './page-console.ts';
import { judge } from './page-requests.ts';
import type { PageRequest, Verdict } from './page-requests.ts';
import { ISOLATED_WORLD } from './preload-script.ts';
import type { PreloadScripts } from './preload-script.ts';
import type { FromPage, ToPage } from './page-preload.ts';
import type { PdfParams } from './printing.ts';

/** The owner that is notified about the page. */
export interface PageOwner {
  requested(request: PageRequest): Promise<Verdict>;
  heard(frame: FrameDocument, message: FromPage, answer: (message: ToPage) => void): void;
  logged(line: ConsoleLine): void;
  loaded(): void;
  crashed(): void;
  closed(): void;
  windowWanted(url: string, name: string, disposition: 'new-window' | 'foreground-tab'): void;
}

/** One page, from its preparation until it is closed. */
export class PageLink {
  readonly page: BrowserPage;
  readonly frames = new FrameTree();
  readonly #cdp: DevTools;
  readonly #owner: PageOwner;
  readonly #scripts: PreloadScripts;
  /** Isolated worlds by frame, and frames' documents by isolated world. */
  readonly #worlds = new Map<string, number>();
  readonly #documents = new Map<number, FrameDocument>();
  #crashed = false;

  private constructor(page: BrowserPage, owner: PageOwner, scripts: PreloadScripts) {
    this.page = page;
    this.#cdp = page.cdp;
    this.#owner = owner;
    this.#scripts = scripts;
  }

  /** Prepares a blank page; nothing of the app has run in it yet. */
  static async open(page: BrowserPage, owner: PageOwner, scripts: PreloadScripts): Promise<PageLink> {
    const link = new PageLink(page, owner, scripts);
    await link.#equip();
    return link;
  }

  /** Ends the page's process. Chromium sends no answer, because the process that would is gone. */
  crash(): void {
    this.#cdp.send('Page.crash').catch(() => undefined);
  }

  get isCrashed(): boolean {
    return this.#crashed;
  }

  /** Crashed or closed: the page cannot be used any more. */
  get isGone(): boolean {
    return this.#crashed || this.page.isClosed;
  }

  /** The DevTools target, by which the test process finds the same page. */
  async targetId(): Promise<string> {
    return (await this.#cdp.send('Target.getTargetInfo')).targetInfo.targetId;
  }

  /** Begins a load; returns Chromium's error text if it failed at once. */
  async navigate(url: string): Promise<string | null> {
    return (await this.#cdp.send('Page.navigate', { url })).errorText ?? null;
  }

  async reload(): Promise<void> {
    await this.#cdp.send('Page.reload');
  }

  /** The page as it looks on paper. */
  async pdf(params: PdfParams): Promise<Buffer> {
    return Buffer.from((await this.#cdp.send('Page.printToPDF', { ...params })).data, 'base64');
  }

  /** Sends a message to the preload of the main frame; a page without a preload does not listen, as in Electron. */
  send(message: ToPage): void {
    const main = this.frames.main;
    const world = main === null ? undefined : this.#worlds.get(main.frameId);
    if (world !== undefined) this.#sendTo(world, message);
  }

  /** Closes the page without telling the owner. */
  close(): Promise<void> {
    return this.page.close();
  }

  /** Sets the window's outer state; only a visible Chromium has one. */
  async setWindow(bounds: { windowState: 'normal' | 'fullscreen' } | { width: number; height: number }): Promise<void> {
    const { windowId } = await this.#cdp.send('Browser.getWindowForTarget');
    await this.#cdp.send('Browser.setWindowBounds', { windowId, bounds });
  }

  async #equip(): Promise<void> {
    const cdp = this.#cdp;
    this.#follow();
    this.page.follow({
      crashed: () => {
        this.#crashed = true;
        this.#owner.crashed();
      },
      closed: () => this.#owner.closed(),
    });
    await cdp.send('Page.enable');
    await cdp.send('Runtime.enable');
    await cdp.send('Log.enable');
    await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] });
    await cdp.send('Runtime.addBinding', { name: this.#scripts.wires.toMain, executionContextName: ISOLATED_WORLD });
    // The main world's half comes first: the isolated half calls it as soon as the preload exposes something.
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: this.#scripts.mainWorld });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: this.#scripts.isolatedWorld,
      worldName: ISOLATED_WORLD,
    });
    this.frames.committed((await cdp.send('Page.getFrameTree')).frameTree.frame);
  }

  #follow(): void {
    const { frames } = this;
    const cdp = this.#cdp;
    cdp.on('Page.frameAttached', ({ frameId, parentFrameId }) => frames.attached(frameId, parentFrameId));
    cdp.on('Page.frameNavigated', ({ frame }) => void frames.committed(frame));
    cdp.on('Page.frameDetached', ({ frameId, reason }) => {
      // "swap" only moves the frame to another process.
      if (reason === 'remove') frames.detached(frameId);
    });
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => frames.moved(frameId, url));
    cdp.on('Page.loadEventFired', () => this.#owner.loaded());
    cdp.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      this.#owner.windowWanted(url, windowName, windowFeatures.length > 0 ? 'new-window' : 'foreground-tab');
    });
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name !== ISOLATED_WORLD) return;
      const frameId: unknown = context.auxData === undefined ? undefined : Reflect.get(context.auxData, 'frameId');
      const document = typeof frameId === 'string' ? frames.get(frameId) : null;
      if (document === null) return;
      this.#worlds.set(document.frameId, context.id);
      this.#documents.set(context.id, document);
    });
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => this.#forget(executionContextId));
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      const document = this.#documents.get(executionContextId);
      if (name !== this.#scripts.wires.toMain || document === undefined) return;
      this.#owner.heard(document, JSON.parse(payload) as FromPage, (answer) =>
        this.#sendTo(executionContextId, answer),
      );
    });
    followConsole(cdp, (line) => this.#owner.logged(line));
    cdp.on('Fetch.requestPaused', (paused) => {
      void judge(
        cdp,
        paused,
        frames,
        (request) => this.#owner.requested(request),
        () => this.isGone,
      );
    });
  }

  #forget(world: number): void {
    const document = this.#documents.get(world);
    this.#documents.delete(world);
    if (document !== undefined && this.#worlds.get(document.frameId) === world) this.#worlds.delete(document.frameId);
  }

  #sendTo(contextId: number, message: ToPage): void {
    const expression = `globalThis[${JSON.stringify(this.#scripts.wires.fromMain)}](${JSON.stringify(JSON.stringify(message))})`;
    // It fails only if that document is gone: Electron drops such a message too.
    this.#cdp.send('Runtime.evaluate', { contextId, expression }).catch(() => undefined);
  }
}
