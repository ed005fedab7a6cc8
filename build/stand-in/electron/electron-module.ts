// Runs in the stand-in's main process. Why it exists: this is what `import ... from 'electron'` finds there. Exports of
// Electron that the app does not use are here too, and throw when used.
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { dialog } from './dialog.ts';
import { screen } from './display.ts';
import { ipcMain } from './ipc-main.ts';
import { protocol } from './protocol.ts';
import { crashReporter, globalShortcut, Menu, powerMonitor, powerSaveBlocker, shell } from './recorders.ts';
import { safeStorage } from './safe-storage.ts';
import { session } from './session.ts';
import { missing, strict } from '../base/strict.ts';
import { nativeTheme } from './theme.ts';

export {
  app,
  BrowserWindow,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
};

export const autoUpdater = missing('autoUpdater');
export const BaseWindow = missing('BaseWindow');
export const BrowserView = missing('BrowserView');
export const clipboard = missing('clipboard');
export const contentTracing = missing('contentTracing');
export const desktopCapturer = missing('desktopCapturer');
export const ImageView = missing('ImageView');
export const inAppPurchase = missing('inAppPurchase');
export const MenuItem = missing('MenuItem');
export const MessageChannelMain = missing('MessageChannelMain');
export const nativeImage = missing('nativeImage');
export const net = missing('net');
export const netLog = missing('netLog');
export const Notification = missing('Notification');
export const pushNotifications = missing('pushNotifications');
export const ServiceWorkerMain = missing('ServiceWorkerMain');
export const ShareMenu = missing('ShareMenu');
export const systemPreferences = missing('systemPreferences');
export const TouchBar = missing('TouchBar');
export const Tray = missing('Tray');
export const utilityProcess = missing('utilityProcess');
export const View = missing('View');
export const webContents = missing('webContents');
export const WebContentsView = missing('WebContentsView');
export const webFrameMain = missing('webFrameMain');

const everything = strict('', {
  app,
  BrowserWindow,
  crashReporter,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
});

// The only default export: `import electron from 'electron'` and require('electron') ask for it.
export { everything as default, everything as 'module.exports' };
