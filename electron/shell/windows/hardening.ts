/** What no page of this app may do. Electron security advice 5, 13, 14 and 15, without exceptions. */
import { app, Menu, session } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';

/** For every web content: it cannot leave the app, open a second window or embed a browser. */
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

/**
 * No camera, notifications, devices or downloads. The face device does not go through the browser, and Electron allows
 * these by default.
 */
export function denyPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  // Files leave only by main's own exports. A page that offers a download would open the system's dialog.
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
