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

/** After a display was turned, pulled out or plugged in, the window may no longer fill a display. */
function keepInPlace(window: BrowserWindow): void {
  const putBack = (): void => {
    if (window.isDestroyed() || !window.isKiosk() || fillsOne(window.getBounds(), screen.getAllDisplays())) return;
    window.setKiosk(false);
    window.setBounds(screen.getPrimaryDisplay().bounds);
    window.setKiosk(true);
  };
  screen.on('display-added', putBack);
  screen.on('display-removed', putBack);
  screen.on('display-metrics-changed', putBack);
}

/** Whether the window has exactly the size and position of one of the displays. */
export const fillsOne = (window: Rectangle, displays: readonly { readonly bounds: Rectangle }[]): boolean =>
  displays.some(
    ({ bounds: { x, y, width, height } }) =>
      window.x === x && window.y === y && window.width === width && window.height === height,
  );
