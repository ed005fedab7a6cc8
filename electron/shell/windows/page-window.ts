/**
 * The only place where a window is made, with the rules for every page of this app: Electron's security advice 2, 3, 4
 * and 6, without exceptions.
 */
import { join } from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';

export interface OwnPage {
  readonly bundleFolder: string;
  /** The page's only bridge, by its bundle's name. */
  readonly preload: 'preload' | 'customer-preload';
  readonly path: '/index.html' | '/customer/index.html';
  /** Its position and style. The window is not shown yet: the caller knows when to show it. */
  readonly place: Pick<
    BrowserWindowConstructorOptions,
    'x' | 'y' | 'width' | 'height' | 'kiosk' | 'frame' | 'fullscreen' | 'focusable' | 'skipTaskbar'
  >;
}

export function openPage({ bundleFolder, preload, path, place }: OwnPage): BrowserWindow {
  const window = new BrowserWindow({
    ...place,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#10151c',
    title: 'FacePay Kiosk',
    webPreferences: {
      preload: join(bundleFolder, 'preload', `${preload}.cjs`),
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
  // Chromium forgets the limits with each page.
  window.webContents.on('did-finish-load', () => {
    void window.webContents.setVisualZoomLevelLimits(1, 1);
  });
  void window.loadURL(`${APP_ORIGIN}${path}`);
  return window;
}
