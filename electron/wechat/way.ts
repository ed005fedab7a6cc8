/** The way from this terminal to a gateway: how names become addresses, and whether a shop's proxy stands between. */
import { isIP } from 'node:net';
import type { ProxySettings } from '../../shared/settings.ts';
import { systemLookup, type Lookup } from './dial.ts';
import type { Proxy } from './proxy-tunnel.ts';

export interface Way {
  readonly lookup: Lookup;
  /** The proxy for this name or address, or `null`. */
  readonly proxyFor: (host: string) => Proxy | null;
}

export const directWay: Way = { lookup: systemLookup, proxyFor: () => null };

/** `password`: of the proxy's account; it is in the vault. */
export function wayThrough(settings: ProxySettings | undefined, password: string | undefined): Way {
  if (settings === undefined) return directWay;
  const { hostname, port } = new URL(settings.url);
  const { user, noProxy } = settings;
  const proxy: Proxy = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? HTTP_PORT : Number(port),
    account: user === undefined ? null : { user, password: password ?? '' },
  };
  return { lookup: systemLookup, proxyFor: (host) => (isLeftOut(host, noProxy) ? null : proxy) };
}

const HTTP_PORT = 80;

/**
 * As in the variable NO_PROXY of other programs: a name stands for itself and all names under it, with or without a dot
 * before it; `*` for everything. This machine itself is never reached through a proxy.
 */
export function isLeftOut(host: string, noProxy: readonly string[]): boolean {
  const name = host.toLowerCase();
  if (name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))) return true;
  return noProxy.some((entry) => {
    const meant = entry.toLowerCase().replace(/^\*?\./, '');
    return meant === '*' || name === meant || (isIP(meant) === 0 && name.endsWith(`.${meant}`));
  });
}
