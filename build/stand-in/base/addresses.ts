// Runs in the stand-in's main process. Why it exists: a stock Chromium knows no standard scheme of ours, so
// app://kiosk/x lives at https://kiosk.app.standin/x there; handlers, getURL() and senderFrame see app://.

const SUFFIX = '.standin';

/** app://kiosk/x -> https://kiosk.app.standin/x. About pages stay as they are. */
export function toPageAddress(address: string): string {
  const url = new URL(address);
  if (url.protocol === 'about:') return address;
  const scheme = url.protocol.slice(0, -1);
  return `https://${url.host}.${scheme}${SUFFIX}${url.pathname === '' ? '/' : url.pathname}${url.search}${url.hash}`;
}

/** https://kiosk.app.standin/x -> app://kiosk/x. Anything else stays as it is. */
export function toAppAddress(address: string): string {
  const [, host, scheme, rest] =
    /^https:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.standin(?=[/?#]|$)(.*)$/s.exec(address) ?? [];
  return host === undefined || scheme === undefined ? address : `${scheme}://${host}${rest ?? ''}`;
}

/** The origin as Electron spells it: app://kiosk, or "null" for an opaque one. */
export function originOf(address: string): string {
  const app = toAppAddress(address);
  if (!URL.canParse(app)) return 'null';
  const { protocol, host } = new URL(app);
  return host === '' ? 'null' : `${protocol}//${host}`;
}
