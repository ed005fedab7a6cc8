/** Links of the form facepay-kiosk://order/<number>, however the operating system hands them over. They only show. */
import { resolve } from 'node:path';
import { app } from 'electron';
import { isLink, LINK_SCHEME, orderOfLink } from '../../shared/order-link.ts';
import type { Log } from '../base/log.ts';

/** Calls `onOrder` for each link to the letter, from now on and in `argv`. Anything else of that scheme is only counted in the log. */
export function hearOrderLinks(argv: readonly string[], log: Log, onOrder: (number: string) => void): void {
  const hear = (texts: readonly string[]): void => {
    for (const text of texts.filter(isLink)) {
      const number = orderOfLink(text);
      if (number === null) log.warn({ length: text.length }, 'a link that names no order');
      else onOrder(number);
    }
  };
  // macOS alone; it comes before the app is ready when the link is what started it.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    hear([url]);
  });
  app.on('second-instance', (_event, theirs) => {
    hear(theirs);
  });
  hear(argv);
}

/** Makes this app the one that opens such links. In development Electron itself would be registered, so it is not done there. */
export function claimOrderLinks(): void {
  // Behind `--` a link can be no switch, whatever it spells.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME, resolve(process.execPath), ['--']);
}
