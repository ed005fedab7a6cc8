/** The way from this terminal to a gateway: how names become addresses, and whether a shop's proxy stands between. */
import { isIP } from 'node:net';
import { noProxyNames, PROXY_OF_ENVIRONMENT, type ProxySettings } from '../../shared/settings.ts';
import { systemLookup, type Lookup } from './dial.ts';
import type { Proxy } from './proxy-tunnel.ts';

export interface Way {
  readonly lookup: Lookup;
  /** The proxy for this name or address, or `null`. */
  readonly proxyFor: (host: string) => Proxy | null;
}

export const directWay: Way = { lookup: systemLookup, proxyFor: () => null };

/**
 * `password`: of the proxy's account; it is in the vault. The variables of `env` are read only where the settings say so:
 * a program that starts the app must not choose its way.
 */
export function wayThrough(
  settings: ProxySettings | undefined,
  password: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): Way {
  if (settings === undefined) return directWay;
  const { user, noProxy } = settings;
  if (settings.url === PROXY_OF_ENVIRONMENT) return wayOfEnvironment(noProxy, env);
  const account = user === undefined ? null : { user, password: password ?? '' };
  return wayOf({ ...addressOf(new URL(settings.url)), account }, noProxy);
}

/**
 * `[http://][user:password@]host[:port]` in HTTPS_PROXY, and names with commas between in NO_PROXY, as curl reads them.
 * Without the variable, or with a proxy of another kind in it, there is none.
 */
function wayOfEnvironment(noProxy: readonly string[], env: NodeJS.ProcessEnv): Way {
  const given = env['HTTPS_PROXY'] ?? env['https_proxy'] ?? '';
  const text = given.includes('://') ? given : `http://${given}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:') return directWay;
  const user = unescaped(url.username);
  const account = user === '' ? null : { user, password: unescaped(url.password) };
  const names = noProxyNames(env['NO_PROXY'] ?? env['no_proxy'] ?? '');
  return wayOf({ ...addressOf(url), account }, [...noProxy, ...names]);
}

/** Nobody checks such a variable, and a stray % in it must not keep the terminal from opening. */
function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const addressOf = ({ hostname, port }: URL): Pick<Proxy, 'host' | 'port'> => ({
  host: hostname.replace(/^\[|\]$/g, ''),
  port: port === '' ? HTTP_PORT : Number(port),
});

const wayOf = (proxy: Proxy, noProxy: readonly string[]): Way => ({
  lookup: systemLookup,
  proxyFor: (host) => (isLeftOut(host, noProxy) ? null : proxy),
});

const HTTP_PORT = 80;

/**
 * As in the variable NO_PROXY of other programs: a name stands for itself and all names under it, with or without a dot
 * before it; `*` for everything. This machine itself is never reached through a proxy.
 */
export function isLeftOut(host: string, noProxy: readonly string[]): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  if (name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))) return true;
  return noProxy.some((entry) => {
    const meant = entry.toLowerCase().replace(/^\*?\./, '');
    return meant === '*' || name === meant || (isIP(meant) === 0 && name.endsWith(`.${meant}`));
  });
}
