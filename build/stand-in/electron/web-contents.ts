// Runs in the stand-in's main process. Why it exists: Electron's `webContents`: it survives its page, which
// may crash and be replaced, and tells the app what happens in it.
import type * as Electron from 'electron';
import { toAppAddress, toPageAddress } from '../base/addresses.ts';
import { app } from './app.ts';
import type { FrameDocument } from '../page/frames.ts';
import { encodeArgs, ipcMain } from './ipc-main.ts';
import { Loading } from '../page/loading.ts';
import { ipcEvent } from '../page/page-events.ts';
import { verdictFor } from './page-verdict.ts';
import type { ConsoleLine } from '../page/page-console.ts';
import { PageLink } from '../page/page-link.ts';
import type { PageOwner } from '../page/page-link.ts';
import type { FromPage, ToPage } from '../page/page-preload.ts';
import type { PageRequest, Verdict } from '../page/page-requests.ts';
import { settlePermissions } from './permissions.ts';
import { isStandardScheme } from './protocol.ts';
import { preloadScripts } from '../page/preload-script.ts';
import type { PreloadScripts } from '../page/preload-script.ts';
import { checkPrintOptions, pdfParams } from '../page/printing.ts';
import { record, say } from '../base/records.ts';
import { runningBrowser } from '../browser/running-browser.ts';
import { defaultSession } from './session.ts';
import { settings } from '../base/settings.ts';
import { markDestroyed, StandInEvent, StrictEmitter, seenAs } from '../base/strict.ts';
import { STAND_IN_VERSIONS } from '../launcher/versions.ts';

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

/** What a window passes to its contents. */
export interface ContentsHost {
  readonly preload: string | null;
  readonly inSubFrames: boolean;
  /** Opens a page and gives it the window's shape. */
  openPage(equip: (page: Parameters<typeof PageLink.open>[0]) => Promise<PageLink>): Promise<PageLink>;
  /** The page exists, and others may see it. */
  pageLoaded(): void;
  /** The page was closed from outside: by a person, with the window's own button. */
  pageClosed(): void;
}

/** The members that Electron no longer allows when the contents are destroyed. */
const AFTER_DESTRUCTION = [
  'id',
  'session',
  'mainFrame',
  'loadURL',
  'send',
  'setWindowOpenHandler',
  'getURL',
  'isLoading',
  'isCrashed',
  'reload',
  'forcefullyCrashRenderer',
  'setVisualZoomLevelLimits',
  'print',
  'getPrintersAsync',
  'printToPDF',
];

let lastId = 0;

/** The contents of one window. */
export class StandInWebContents
  extends StrictEmitter
  implements
    PageOwner,
    Pick<
      Electron.WebContents,
      | 'id'
      | 'loadURL'
      | 'send'
      | 'setWindowOpenHandler'
      | 'getURL'
      | 'reload'
      | 'isDestroyed'
      | 'isCrashed'
      | 'isLoading'
      | 'forcefullyCrashRenderer'
      | 'setVisualZoomLevelLimits'
      | 'mainFrame'
      | 'print'
      | 'getPrintersAsync'
      | 'printToPDF'
    >
{
  readonly id = ++lastId;
  readonly session = defaultSession;
  readonly #host: ContentsHost;
  readonly #scripts: PreloadScripts;
  readonly #preloadFailure: Error | null = null;
  #link: PageLink | null = null;
  #opening: Promise<PageLink> | null = null;
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  readonly #loading = new Loading();
  /** True from the moment when main starts a load until its request arrives: the page did not make that request. */
  #ownNavigation = false;
  #destroyed = false;

  constructor(host: ContentsHost) {
    super('webContents', [
      'will-navigate',
      'will-frame-navigate',
      'will-redirect',
      'did-finish-load',
      'did-fail-load',
      'render-process-gone',
      'before-input-event',
      'will-attach-webview',
      'console-message',
      'preload-error',
      'destroyed',
    ]);
    this.#host = host;
    try {
      this.#scripts = preloadScripts(host.preload, host.inSubFrames, STAND_IN_VERSIONS);
    } catch (error) {
      // As in Electron the page then runs without a preload, and each load says so.
      this.#preloadFailure = error instanceof Error ? error : new Error(String(error));
      this.#scripts = preloadScripts(null, host.inSubFrames, STAND_IN_VERSIONS);
    }
  }

  get mainFrame(): Electron.WebFrameMain {
    const main = this.#link?.frames.main;
    if (main === undefined || main === null)
      throw new Error('the stand-in has a mainFrame only once loadURL has begun');
    return main.view;
  }

  async loadURL(url: string): Promise<void> {
    const scheme = new URL(url).protocol.slice(0, -1);
    if (scheme !== 'about' && !isStandardScheme(scheme)) {
      throw new Error(
        `ERR_UNKNOWN_URL_SCHEME (-302) loading '${url}': "${scheme}" was not declared by protocol.registerSchemesAsPrivileged`,
      );
    }
    if (this.#preloadFailure !== null) this.#reportPreload(this.#preloadFailure);
    const link = await this.#open();
    const { cdp, contextId } = runningBrowser.get();
    if (scheme !== 'about')
      await settlePermissions(cdp, contextId, url, defaultSession.permissionsFor(this.#view, url));
    this.#ownNavigation = scheme !== 'about';
    await this.#loading.run(url, () => link.navigate(toPageAddress(url)));
  }

  send(channel: string, ...args: unknown[]): void {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    try {
      this.#link?.send({ kind: 'message', channel, args: encodeArgs(args) });
    } catch (error) {
      // Electron prints this and goes on.
      console.error('Error sending from webFrameMain: ', error);
    }
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  getURL(): string {
    const main = this.#link?.frames.main;
    return main === undefined || main === null ? '' : main.view.url;
  }

  isLoading(): boolean {
    return this.#loading.isUnderWay;
  }

  isCrashed(): boolean {
    return this.#link?.isCrashed ?? false;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  reload(): void {
    void this.#reload().catch((error: unknown) => {
      if (!this.#destroyed) say(`reload failed: ${String(error)}`);
    });
  }

  forcefullyCrashRenderer(): void {
    this.#link?.crash();
  }

  setVisualZoomLevelLimits(minimumLevel: number, maximumLevel: number): Promise<void> {
    record('webContents.setVisualZoomLevelLimits', minimumLevel, maximumLevel);
    return Promise.resolve();
  }

  /**
   * There is no printer here: after the checks that Electron makes, the system's answer comes from a setting
   * (STANDIN_PRINTERS).
   */
  print(
    options: Electron.WebContentsPrintOptions = {},
    callback: (success: boolean, failureReason: string) => void = () => undefined,
  ): void {
    checkPrintOptions(options);
    record('webContents.print', options);
    const { deviceName = '' } = options;
    const fault =
      deviceName !== '' && !settings.printers.includes(deviceName)
        ? 'Invalid deviceName provided'
        : settings.printers.length === 0
          ? 'Print job failed'
          : '';
    // Never within the call, as in Electron.
    setImmediate(() => callback(fault === '', fault));
  }

  getPrintersAsync(): Promise<Electron.PrinterInfo[]> {
    record('webContents.getPrintersAsync');
    return Promise.resolve(
      settings.printers.map((name) => ({ name, displayName: name, description: '', options: {} })),
    );
  }

  async printToPDF(options: Electron.PrintToPDFOptions): Promise<Buffer> {
    record('webContents.printToPDF', options);
    const params = pdfParams(options);
    if (this.#link === null) throw new Error('Failed to generate PDF: the page is not there');
    return this.#link.pdf(params);
  }

  /** Not Electron's: the connection to the page, for the window that owns these contents. */
  get link(): PageLink | null {
    return this.#link;
  }

  /** Not Electron's: the window is gone, and the page with it. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#loading.fail('ERR_FAILED (-2): the window was destroyed while it loaded');
    // A page that never opened needs no closing; its caller got the error.
    this.#opening?.then((link) => link.close()).catch(() => undefined);
    markDestroyed(this, AFTER_DESTRUCTION);
    this.emit('destroyed');
  }

  requested(request: PageRequest): Promise<Verdict> {
    // The page has a moment left after its window is gone.
    if (this.#destroyed) return Promise.resolve({ kind: 'refuse', reason: 'Aborted' });
    const own = this.#ownNavigation && request.isNavigation && request.isMainFrame;
    if (own && !request.isRedirect) this.#ownNavigation = false;
    return verdictFor(this.#view, request, own);
  }

  heard(frame: FrameDocument, message: FromPage, answer: (message: ToPage) => void): void {
    // Called outside Playwright's own call stack: an error of a listener is then the app's uncaught exception.
    process.nextTick(() => this.#handle(frame, message, answer));
  }

  logged({ level, message, line, source }: ConsoleLine): void {
    const details = {
      level,
      message,
      lineNumber: line,
      sourceId: toAppAddress(source),
      frame: this.#link?.frames.main?.view,
    };
    this.emit('console-message', Object.assign(new StandInEvent(), details));
  }

  loaded(): void {
    this.#loading.succeed();
    if (this.#link?.frames.showsError !== true) this.emit('did-finish-load');
    this.#host.pageLoaded();
  }

  crashed(): void {
    this.#loading.fail('ERR_FAILED (-2): the renderer is gone');
    const details: Electron.RenderProcessGoneDetails = { reason: 'crashed', exitCode: 5 };
    this.emit('render-process-gone', new StandInEvent(), details);
    app.emit('render-process-gone', new StandInEvent(), this, details);
  }

  closed(): void {
    if (!this.#destroyed) this.#host.pageClosed();
  }

  windowWanted(url: string, frameName: string, disposition: 'new-window' | 'foreground-tab'): void {
    const { action } = this.#openHandler({
      url: toAppAddress(url),
      frameName,
      features: '',
      disposition,
      referrer: { url: this.getURL(), policy: 'default' },
    });
    record('window.open', toAppAddress(url), action);
    // Chromium opens it before anybody is asked; the page's connection closes it at once.
    if (action === 'allow')
      say(`the stand-in has no child windows; ${toAppAddress(url)} was closed although the app allows it`);
  }

  get #view(): Electron.WebContents {
    return seenAs<Electron.WebContents>(this);
  }

  #open(): Promise<PageLink> {
    this.#opening ??= this.#host
      .openPage((page) => PageLink.open(page, this, this.#scripts))
      .then((link) => {
        this.#link = link;
        return link;
      });
    return this.#opening;
  }

  async #reload(): Promise<void> {
    const before = await this.#open();
    const url = this.getURL();
    if (!before.isCrashed) {
      this.#ownNavigation = true;
      await before.reload();
      return;
    }
    this.#opening = null;
    await this.#open();
    // After the new page exists, because Chromium ends with its last page.
    await before.close();
    await this.loadURL(url);
  }

  #handle(frame: FrameDocument, message: FromPage, answer: (message: ToPage) => void): void {
    if (this.#destroyed) return;
    if (message.kind === 'preload-error') {
      const error = new Error(message.message);
      error.stack = message.stack;
      this.#reportPreload(error);
    } else if (message.kind === 'send') {
      ipcMain.receive(message.channel, ipcEvent(this.#view, frame), message.args);
    } else {
      void ipcMain.call(message.id, message.channel, ipcEvent(this.#view, frame), message.args).then(answer);
    }
  }

  #reportPreload(error: Error): void {
    console.error(`Unable to load preload script: ${String(this.#host.preload)}\n`, error);
    this.emit('preload-error', new StandInEvent(), this.#host.preload, error);
  }
}
