import type { BrowserWindow } from 'electron';
import { openPage } from './page-window.ts';

/** The till's window, full screen unless `windowed`. */
export function openKioskWindow(bundleFolder: string, windowed: boolean): BrowserWindow {
  const window = openPage({
    bundleFolder,
    preload: 'preload',
    path: '/index.html',
    place: { width: 1280, height: 800, kiosk: !windowed },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  return window;
}
