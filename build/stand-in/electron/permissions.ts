// Runs in the stand-in's main process. Why it exists: Chromium cannot ask us at the moment when a page asks for a
// permission. So the app's own handlers decide on each page's permissions when it begins to load.
import type { DevTools } from '../browser/browser-page.ts';
import { toPageAddress } from '../base/addresses.ts';

/** Electron's name for a permission, CDP's name for it, and the kind of media where that matters. */
interface Known {
  readonly name:
    | 'geolocation'
    | 'notifications'
    | 'media'
    | 'clipboard-read'
    | 'clipboard-sanitized-write'
    | 'midi'
    | 'screen-wake-lock'
    | 'idle-detection';
  readonly cdp: string;
  readonly media: 'video' | 'audio' | 'unknown';
}

const KNOWN: readonly Known[] = [
  { name: 'geolocation', cdp: 'geolocation', media: 'unknown' },
  { name: 'notifications', cdp: 'notifications', media: 'unknown' },
  { name: 'media', cdp: 'camera', media: 'video' },
  { name: 'media', cdp: 'microphone', media: 'audio' },
  { name: 'clipboard-read', cdp: 'clipboard-read', media: 'unknown' },
  { name: 'clipboard-sanitized-write', cdp: 'clipboard-write', media: 'unknown' },
  { name: 'midi', cdp: 'midi', media: 'unknown' },
  { name: 'screen-wake-lock', cdp: 'screen-wake-lock', media: 'unknown' },
  { name: 'idle-detection', cdp: 'idle-detection', media: 'unknown' },
];

/** Asks about one permission. */
export type Ask = (permission: Known['name'], media: Known['media']) => Promise<boolean>;

/** Sets what the page at `address` may do, in the given browser context, or in Chromium's first. */
export async function settlePermissions(
  cdp: DevTools,
  contextId: string | null,
  address: string,
  ask: Ask,
): Promise<void> {
  const { origin } = new URL(toPageAddress(address));
  const context = contextId === null ? {} : { browserContextId: contextId };
  for (const { name, cdp: permission, media } of KNOWN) {
    const setting = (await ask(name, media)) ? 'granted' : 'denied';
    await cdp.send('Browser.setPermission', { origin, permission: { name: permission }, setting, ...context });
  }
}
