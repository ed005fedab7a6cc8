/**
 * No one leaves the kiosk by accident: its window neither closes nor zooms, and stays full screen on a display that
 * exists.
 */
import { app, screen, type BrowserWindow, type Rectangle } from 'electron';
import { isKeyAllowed } from './kiosk-keys.ts';

/** To be called before the app is ready: Chromium reads its switches only once. */
export function forbidZoom(): void {
  app.commandLine.appendSwitch('disable-pinch');
  app.commandLine.appendSwitch('overscroll-history-navigation', '0');
}

/** Quitting is never an accident: the app itself, a technician, or the ending system asked for it. */
export function lockWindow(window: BrowserWindow): void {
  let quitting = false;
  app.on('before-quit', () => {
    quitting = true;
  });
  window.on('close', (event) => {
    if (!quitting) event.preventDefault();
  });
  window.webContents.on('before-input-event', (event, input) => {
    if (!isKeyAllowed(input)) event.preventDefault();
  });
  keepInPlace(window);
}

/** Full screen ends here until the app starts again. The window still does not close by itself. */
export function showForService(window: BrowserWindow): void {
  window.setKiosk(false);
  window.setBounds({ width: 1280, height: 800 });
}

/**
 * After a display was turned, pulled out or plugged in, the window may no longer fill a display. It is put back once for
 * each arrangement of the displays: putting it back is a change of the display too, and where it does not help, doing it
 * again and again would not either.
 */
function keepInPlace(window: BrowserWindow): void {
  let putBackIn = '';
  const putBack = (): void => {
    const displays = screen.getAllDisplays();
    if (window.isDestroyed() || !window.isKiosk() || fillsOne(window.getBounds(), displays)) return;
    const arrangement = JSON.stringify(displays.map(({ bounds }) => bounds));
    if (arrangement === putBackIn) return;
    putBackIn = arrangement;
    window.setKiosk(false);
    window.setBounds(screen.getPrimaryDisplay().bounds);
    window.setKiosk(true);
  };
  screen.on('display-added', putBack);
  screen.on('display-removed', putBack);
  screen.on('display-metrics-changed', putBack);
}

/** At 125 to 175 % scaling Windows rounds the edges of a window and of its display differently. */
const ROUNDED_PX = 3;

/** Whether the window has the size and position of one of the displays. */
export const fillsOne = (window: Rectangle, displays: readonly { readonly bounds: Rectangle }[]): boolean =>
  displays.some(({ bounds }) =>
    (['x', 'y', 'width', 'height'] as const).every((part) => Math.abs(window[part] - bounds[part]) <= ROUNDED_PX),
  );
