/** The window on the second display. There is no Electron here; its screen and windows are made up. */
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { BrowserWindow } from 'electron';
import type { CustomerShown } from '../../../shared/contract/customer.ts';
import { CUSTOMER_CHANNEL } from '../../../shared/ipc-channels.ts';
import { FakeClock } from '../../support/fake-clock.ts';

class Contents extends EventEmitter {
  readonly sent: unknown[] = [];
  reloads = 0;
  send(...args: readonly unknown[]): void {
    this.sent.push(args);
  }
  reload(): void {
    this.reloads += 1;
  }
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }
}

class Window extends EventEmitter {
  readonly webContents = new Contents();
  readonly options: Readonly<Record<string, unknown>>;
  url = '';
  shows: string[] = [];
  gone = false;
  constructor(options: Readonly<Record<string, unknown>>) {
    super();
    this.options = options;
    opened.push(this);
  }
  loadURL(url: string): Promise<void> {
    this.url = url;
    return Promise.resolve();
  }
  getBounds(): typeof first {
    return first;
  }
  showInactive(): void {
    this.shows.push('inactive');
  }
  isDestroyed(): boolean {
    return this.gone;
  }
  destroy(): void {
    this.gone = true;
    this.emit('closed');
  }
}

const electron = vi.hoisted((): { screen: EventEmitter | null; BrowserWindow: unknown } => ({
  screen: null,
  BrowserWindow: null,
}));
vi.mock('electron', () => ({
  get screen() {
    return electron.screen;
  },
  get BrowserWindow() {
    return electron.BrowserWindow;
  },
  protocol: {},
}));
const { freeDisplay, keepCustomerScreen } = await import('../../../electron/shell/windows/customer-window.ts');

const first = { x: 0, y: 0, width: 1_280, height: 800 };
const second = { x: 1_280, y: 0, width: 1_024, height: 600 };
const welcome: CustomerShown = { practice: false, view: { name: 'welcome' } };
const paid: CustomerShown = { practice: false, view: { name: 'paid', amountFen: 100 } };

let opened: Window[] = [];
let displays: { id: number; bounds: typeof first }[] = [];
let clock: FakeClock;
let now: CustomerShown;
let till: Window;

beforeEach(() => {
  displays = [{ id: 1, bounds: first }];
  electron.screen = Object.assign(new EventEmitter(), { getAllDisplays: () => displays });
  electron.BrowserWindow = Window;
  clock = new FakeClock();
  now = welcome;
  till = new Window({});
  opened = [];
});

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const keep = (windowed = false, isUsed = true): ReturnType<typeof keepCustomerScreen> =>
  keepCustomerScreen({
    till: till as unknown as BrowserWindow,
    bundleFolder: '/app/out',
    isUsed,
    windowed,
    shownNow: () => now,
    clock,
    log: quiet,
  });
const plugIn = (bounds = second): void => {
  displays = [
    { id: 1, bounds: first },
    { id: 2, bounds },
  ];
  electron.screen?.emit('display-added');
};
const theWindow = (): Window => {
  const window = opened.at(-1);
  if (window === undefined) throw new Error('no window was opened');
  return window;
};

describe('the customer’s window', () => {
  test('is there while a second display is', () => {
    keep();
    expect(opened).toHaveLength(0);
    plugIn();
    expect(opened).toHaveLength(1);
    expect(theWindow()).toMatchObject({
      url: 'app://kiosk/customer/index.html',
      options: { ...second, fullscreen: true, frame: false, focusable: false },
    });
    displays = [{ id: 1, bounds: first }];
    electron.screen?.emit('display-removed');
    expect(theWindow().gone).toBe(true);
    plugIn();
    expect(opened).toHaveLength(2);
  });

  test('is opened at the start where the display is there already, and shown without taking the focus', () => {
    displays.push({ id: 2, bounds: second });
    keep();
    theWindow().emit('ready-to-show');
    expect(theWindow().shows).toEqual(['inactive']);
  });

  test('is placed again on a display that was turned, and left alone if nothing changed', () => {
    keep();
    plugIn();
    electron.screen?.emit('display-metrics-changed');
    expect(opened).toHaveLength(1);
    displays = [
      { id: 1, bounds: first },
      { id: 2, bounds: { ...second, width: 600, height: 1_024 } },
    ];
    electron.screen?.emit('display-metrics-changed');
    expect(opened.map(({ gone }) => gone)).toEqual([true, false]);
    expect(theWindow().options).toMatchObject({ width: 600, height: 1_024 });
  });

  test('gets the present state with each load, then each change; a window that does not exist gets nothing', () => {
    const customer = keep();
    customer.show(paid);
    plugIn();
    now = paid;
    theWindow().webContents.emit('did-finish-load');
    customer.show(welcome);
    expect(theWindow().webContents.sent).toEqual([
      [CUSTOMER_CHANNEL, paid],
      [CUSTOMER_CHANNEL, welcome],
    ]);
  });

  test('is loaded again a while after its page was lost, unless it is gone by then', async () => {
    keep();
    plugIn();
    const window = theWindow();
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(window.webContents.reloads).toBe(0);
    await clock.advance(5_000);
    expect(window.webContents.reloads).toBe(1);
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    window.destroy();
    await clock.advance(5_000);
    expect(window.webContents.reloads).toBe(1);
  });

  test('goes with the till', () => {
    keep();
    plugIn();
    till.emit('closed');
    expect(theWindow().gone).toBe(true);
    plugIn({ ...second, width: 800 });
    expect(opened).toHaveLength(1);
  });

  test('is not opened while its display is turned off, closes and opens as it is turned, and the display is found all the same', () => {
    const customer = keep(false, false);
    expect(customer.found()).toBeNull();
    plugIn();
    expect([opened.length, customer.found()]).toEqual([0, { width: 1_024, height: 600 }]);
    customer.turn(true);
    expect(theWindow().gone).toBe(false);
    customer.turn(false);
    electron.screen?.emit('display-metrics-changed');
    expect([opened.length, theWindow().gone]).toEqual([1, true]);
  });

  test('on a developer’s desk is an ordinary window', () => {
    keep(true);
    plugIn();
    expect(theWindow().options).toMatchObject({ fullscreen: false, frame: true });
  });
});

describe('the display for the customer', () => {
  test.each([
    ['one beside the till’s', [first, second], second],
    ['one to the left of it', [{ ...second, x: -1_024 }, first], { ...second, x: -1_024 }],
    ['none where the second only repeats the first', [first, { ...first }], null],
    ['none where there is one', [first], null],
  ])('is %s', (_name, all, expected) => {
    expect(
      freeDisplay(
        all.map((bounds, id) => ({ id, bounds })),
        first,
      )?.bounds ?? null,
    ).toEqual(expected);
  });
});
