// Runs in the stand-in's main process. Why it exists: Electron's BrowserWindow over a page of Chromium. What a
// window manager would do (focus, stacking, minimising) is only kept as state.
import type * as Electron from 'electron';
import type { BrowserPage } from '../browser/browser-page.ts';
import { app } from './app.ts';
import { tellLauncher } from '../base/control.ts';
import { displays } from './display.ts';
import type { PageLink } from '../page/page-link.ts';
import { readiness } from '../base/readiness.ts';
import { record } from '../base/records.ts';
import { runningBrowser } from '../browser/running-browser.ts';
import { markDestroyed, StandInEvent, StrictEmitter, seenAs, strict } from '../base/strict.ts';
import { onThemeChange } from './theme.ts';
import { StandInWebContents } from './web-contents.ts';
import { checkPreferences } from './web-preferences.ts';
import { windowList } from './window-list.ts';
import { dressPage, shapePage } from './window-shape.ts';

const windows: StandInBrowserWindow[] = [];
let focused: StandInBrowserWindow | null = null;
let lastId = 0;

/** The members that Electron no longer allows when the window is destroyed: all but isDestroyed and the listeners. */
const AFTER_DESTRUCTION = [
  'id',
  'webContents',
  'loadURL',
  'show',
  'showInactive',
  'hide',
  'isVisible',
  'focus',
  'isFocused',
  'isMinimized',
  'restore',
  'close',
  'destroy',
  'setKiosk',
  'isKiosk',
  'setFullScreen',
  'isFullScreen',
  'setBounds',
  'getBounds',
  'setMenuBarVisibility',
  'removeMenu',
  'setTitle',
  'getTitle',
];

function setFocused(window: StandInBrowserWindow): void {
  focused = window;
}

class StandInBrowserWindow
  extends StrictEmitter
  implements
    Pick<
      Electron.BrowserWindow,
      | 'id'
      | 'loadURL'
      | 'show'
      | 'showInactive'
      | 'hide'
      | 'isVisible'
      | 'focus'
      | 'isFocused'
      | 'isMinimized'
      | 'restore'
      | 'close'
      | 'destroy'
      | 'isDestroyed'
      | 'setKiosk'
      | 'isKiosk'
      | 'setFullScreen'
      | 'isFullScreen'
      | 'setBounds'
      | 'getBounds'
      | 'setMenuBarVisibility'
      | 'removeMenu'
      | 'setTitle'
      | 'getTitle'
    >
{
  readonly id = ++lastId;
  readonly webContents: StandInWebContents;
  #bounds: Electron.Rectangle;
  #kiosk: boolean;
  #fullScreen: boolean;
  #visible: boolean;
  #title: string;
  #shown = false;
  #closing = false;
  #destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    readiness.require('Cannot create BrowserWindow before app is ready');
    super('BrowserWindow', ['ready-to-show', 'closed', 'close', 'show', 'hide', 'focus', 'unresponsive', 'responsive']);
    const {
      width = 800,
      height = 600,
      x = 0,
      y = 0,
      kiosk = false,
      fullscreen = false,
      show = true,
      title = 'Electron',
    } = options;
    this.#bounds = { x, y, width, height };
    this.#kiosk = kiosk;
    this.#fullScreen = fullscreen;
    this.#visible = show;
    this.#title = title;
    const { preload, inSubFrames } = checkPreferences(options.webPreferences ?? {});
    this.webContents = new StandInWebContents({
      preload,
      inSubFrames,
      openPage: (equip) => this.#openPage(equip),
      pageLoaded: () => this.#pageLoaded(),
      pageClosed: () => this.#destroyNow(),
    });
    windows.push(this);
    windowList.add(this);
    if (show) setFocused(this);
    onThemeChange(() => void this.#change((link) => dressPage(link)));
    app.emit('web-contents-created', new StandInEvent(), this.webContents);
  }

  static getAllWindows(): Electron.BrowserWindow[] {
    return windows.map((window) => seenAs<Electron.BrowserWindow>(window));
  }

  static fromWebContents(webContents: Electron.WebContents): Electron.BrowserWindow | null {
    return this.getAllWindows().find((window) => window.webContents === webContents) ?? null;
  }

  static getFocusedWindow(): Electron.BrowserWindow | null {
    return focused === null ? null : seenAs<Electron.BrowserWindow>(focused);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    const before = this.#visible;
    this.#visible = true;
    if (!before) this.emit('show');
    this.focus();
  }

  showInactive(): void {
    const before = this.#visible;
    this.#visible = true;
    if (!before) this.emit('show');
  }

  hide(): void {
    const before = this.#visible;
    this.#visible = false;
    if (focused === this) focused = null;
    if (before) this.emit('hide');
  }

  isVisible(): boolean {
    return this.#visible;
  }

  focus(): void {
    if (focused === this) return;
    setFocused(this);
    this.emit('focus');
  }

  isFocused(): boolean {
    return focused === this;
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {
    record('BrowserWindow.restore');
  }

  close(): void {
    if (this.#destroyed || this.#closing) return;
    const event = new StandInEvent();
    this.emit('close', event);
    if (event.defaultPrevented) {
      app.quitWasRefused();
      return;
    }
    this.#closing = true;
    // Electron lets the page unload first; `closed` never comes within close().
    setImmediate(() => this.#destroyNow());
  }

  destroy(): void {
    this.#destroyNow();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  setKiosk(flag: boolean): void {
    this.#kiosk = flag;
    void this.#change((link) => this.#shape(link));
  }

  isKiosk(): boolean {
    return this.#kiosk;
  }

  setFullScreen(flag: boolean): void {
    this.#fullScreen = flag;
    void this.#change((link) => this.#shape(link));
  }

  isFullScreen(): boolean {
    return this.#fullScreen || this.#kiosk;
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    void this.#change((link) => this.#shape(link));
  }

  getBounds(): Electron.Rectangle {
    return this.isFullScreen() ? this.#displayBounds() : { ...this.#bounds };
  }

  /** The display that the window's corner lies on. */
  #displayBounds(): Electron.Rectangle {
    const all = displays().map(({ bounds }) => bounds);
    const under = all.findLast(({ x }) => x <= this.#bounds.x) ?? all[0];
    if (under === undefined) throw new Error('the stand-in has no display');
    return under;
  }

  setMenuBarVisibility(visible: boolean): void {
    record('BrowserWindow.setMenuBarVisibility', visible);
  }

  removeMenu(): void {
    record('BrowserWindow.removeMenu');
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  #destroyNow(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    if (focused === this) focused = null;
    windows.splice(windows.indexOf(this), 1);
    this.webContents.destroy();
    markDestroyed(this, AFTER_DESTRUCTION);
    this.emit('closed');
    windowList.remove(this);
  }

  async #openPage(equip: (page: BrowserPage) => Promise<PageLink>): Promise<PageLink> {
    const link = await equip(await runningBrowser.get().blankPage());
    await this.#shape(link);
    await dressPage(link);
    tellLauncher({ kind: 'page', window: this.id, targetId: await link.targetId() });
    return link;
  }

  #pageLoaded(): void {
    tellLauncher({ kind: 'loaded', window: this.id });
    if (this.#shown) return;
    this.#shown = true;
    this.emit('ready-to-show');
  }

  /** Changes the present page, if there is one; the next page gets the change when it is opened. */
  async #change(change: (link: PageLink) => Promise<void>): Promise<void> {
    if (this.#destroyed) return;
    const { link } = this.webContents;
    if (link === null) return;
    try {
      await change(link);
    } catch (error) {
      // A page that crashed or closed meanwhile cannot be shaped any more.
      if (!link.isGone) throw error;
    }
  }

  #shape(link: PageLink): Promise<void> {
    return shapePage(link, this.getBounds(), this.isFullScreen());
  }
}

/** `BrowserWindow`. */
export const BrowserWindow = strict('BrowserWindow', StandInBrowserWindow);
