import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import type { Log } from '../base/log.ts';
import { APP_ORIGIN } from './app-protocol.ts';

/** A renderer that dies this often in a minute will not be saved by another reload at once. */
const QUICK_RELOADS_MAX = 5;
const RELOAD_PAUSE_MS = 60_000;

/** The one window: sandboxed, isolated, without developer tools, full screen unless `windowed`. */
export function openKioskWindow(bundleFolder: string, windowed: boolean, log: Log): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    kiosk: !windowed,
    autoHideMenuBar: true,
    backgroundColor: '#10151c',
    title: 'FacePay Kiosk',
    webPreferences: {
      preload: join(bundleFolder, 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      devTools: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      backgroundThrottling: false,
    },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  reloadAfterCrash(window, log);
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}

/** The screen comes back by itself and asks main where things stand; orders go on meanwhile. */
function reloadAfterCrash(window: BrowserWindow, log: Log): void {
  let quickReloads = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    quickReloads += 1;
    log.error({ reason, quickReloads }, 'the screen went away');
    const pause = quickReloads > QUICK_RELOADS_MAX ? RELOAD_PAUSE_MS : 0;
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    }, pause);
    setTimeout(() => {
      quickReloads = Math.max(0, quickReloads - 1);
    }, RELOAD_PAUSE_MS);
  });
}
