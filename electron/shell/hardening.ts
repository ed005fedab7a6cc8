/** What no page of this app may do. Electron security advice 5, 13, 14 and 15; nothing here has an exception. */
import { app, Menu, session } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';

/** Every web content, whoever makes it: no leaving the app, no second window, no embedded browser. */
export function forbidLeaving(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', keepHere);
    contents.on('will-frame-navigate', keepHere);
    contents.on('will-redirect', (event) => {
      event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

function keepHere(event: { readonly url: string; preventDefault(): void }): void {
  if (!isOwn(event.url)) event.preventDefault();
}

/** No camera, no notifications, no devices, no downloads: the face device is not the browser's, and Electron's default is to allow. */
export function denyPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  // Files leave by main's own exports; a page that offers one for download would open the system's dialog.
  defaultSession.on('will-download', (event) => {
    event.preventDefault();
  });
}

export function removeMenu(): void {
  Menu.setApplicationMenu(null);
}

/** Whether `url` is a page of this app. */
export function isOwn(url: string): boolean {
  return URL.canParse(url) && `${new URL(url).protocol}//${new URL(url).host}` === APP_ORIGIN;
}
