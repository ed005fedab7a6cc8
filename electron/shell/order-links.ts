/**
 * Links of the form facepay-kiosk://order/<number>, in every way the operating system delivers them. They only show an
 * order.
 */
import { resolve } from 'node:path';
import { app } from 'electron';
import { isLink, LINK_SCHEME, orderOfLink } from '../../shared/order/order-link.ts';
import type { Log } from '../base/log.ts';

/**
 * Calls `onOrder` for each exact link, from now on and in `argv`. Anything else of that scheme is only counted in the
 * log.
 */
export function listenForOrderLinks(argv: readonly string[], log: Log, onOrder: (number: string) => void): void {
  const handleLinks = (texts: readonly string[]): void => {
    for (const text of texts.filter(isLink)) {
      const number = orderOfLink(text);
      if (number === null) log.warn({ length: text.length }, 'a link that names no order');
      else onOrder(number);
    }
  };
  // Only on macOS. It comes before the app is ready if the link started the app.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    handleLinks([url]);
  });
  app.on('second-instance', (_event, theirs) => {
    handleLinks(theirs);
  });
  handleLinks(argv);
}

/** Makes this app the one that opens such links. Not in development: there Electron itself would be registered. */
export function claimOrderLinks(): void {
  // After `--` a link cannot be a switch, however it is spelled.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME, resolve(process.execPath), ['--']);
}
