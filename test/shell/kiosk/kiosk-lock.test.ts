/** The lock around the window. There is no Electron here; its app, screen and window are made up. */
import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import type { BrowserWindow } from 'electron';

interface MadeUp {
  app: EventEmitter | null;
  screen: (EventEmitter & { getAllDisplays(): unknown; getPrimaryDisplay(): unknown }) | null;
}
const electron = vi.hoisted((): MadeUp => ({ app: null, screen: null }));
vi.mock('electron', () => ({
  get app() {
    return electron.app;
  },
  get screen() {
    return electron.screen;
  },
}));
const { lockWindow } = await import('../../../electron/shell/kiosk/kiosk-lock.ts');

const first = { x: 0, y: 0, width: 1280, height: 800 };
const turned = { x: 0, y: 0, width: 800, height: 1280 };
let displays = [first];

class Window extends EventEmitter {
  readonly webContents = new EventEmitter();
  readonly did: unknown[] = [];
  kiosk = true;
  bounds = first;
  isDestroyed = (): boolean => false;
  isKiosk = (): boolean => this.kiosk;
  getBounds = (): typeof first => this.bounds;
  setBounds(bounds: typeof first): void {
    this.did.push(bounds);
    this.bounds = bounds;
  }
  setKiosk(on: boolean): void {
    this.did.push(on);
  }
}

let window: Window;
beforeEach(() => {
  displays = [first];
  electron.app = new EventEmitter();
  electron.screen = Object.assign(new EventEmitter(), {
    getAllDisplays: () => displays.map((bounds) => ({ bounds })),
    getPrimaryDisplay: () => ({ bounds: displays[0] }),
  });
  window = new Window();
  lockWindow(window as unknown as BrowserWindow);
});

/** Whether the app allowed it. */
const happens = (from: EventEmitter, name: string, ...more: readonly unknown[]): boolean => {
  let prevented = false;
  from.emit(name, { preventDefault: () => (prevented = true) }, ...more);
  return !prevented;
};

test('the window does not close, until the app itself quits', () => {
  expect(happens(window, 'close')).toBe(false);
  electron.app?.emit('before-quit', {});
  expect(happens(window, 'close')).toBe(true);
});

test('a browser shortcut never reaches the page, a letter does', () => {
  const key = { control: false, alt: false, meta: false, modifiers: [] };
  expect(happens(window.webContents, 'before-input-event', { ...key, key: 'F5' })).toBe(false);
  expect(happens(window.webContents, 'before-input-event', { ...key, key: 'a' })).toBe(true);
});

test.each(['display-added', 'display-removed', 'display-metrics-changed'])(
  'after %s the window fills the display that is left',
  (name) => {
    displays = [turned];
    electron.screen?.emit(name);
    expect(window.did).toEqual([false, turned, true]);
  },
);

test('a window that fills its display is left alone, and one for service too', () => {
  electron.screen?.emit('display-added');
  displays = [turned];
  window.kiosk = false;
  electron.screen?.emit('display-metrics-changed');
  expect(window.did).toEqual([]);
});

test('a window whose edges Windows has rounded otherwise than its display’s is left alone', () => {
  window.bounds = { x: 0, y: -1, width: 1281, height: 802 };
  electron.screen?.emit('display-metrics-changed');
  expect(window.did).toEqual([]);
});

test('where putting it back does not help, it is not done again and again', () => {
  displays = [turned];
  // A compositor that gives the window another size each time, and says so.
  window.setBounds = () => {
    window.did.push('set');
  };
  for (let n = 0; n < 5; n += 1) electron.screen?.emit('display-metrics-changed');
  expect(window.did).toEqual([false, 'set', true]);
  displays = [turned, first];
  window.bounds = { ...turned, y: 400 };
  electron.screen?.emit('display-added');
  expect(window.did).toEqual([false, 'set', true, false, 'set', true]);
});
