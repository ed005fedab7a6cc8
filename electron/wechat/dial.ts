/**
 * One secured connection to a name that may have several addresses, some of them dead or slow. Node's own method gives
 * up each address but the last after 250 ms. So it never reaches a name whose only live address takes a second.
 */
import { ADDRCONFIG } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP, type Socket } from 'node:net';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { fail, ok, type Result } from '../../shared/result.ts';
import { NEXT_ADDRESS_MS } from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';
import { openTunnel, ProxyError, type Proxy } from './proxy-tunnel.ts';
import { reasonOf, serverName } from './tls-trust.ts';

/** The IPv4 and IPv6 addresses of a name, at least one. Rejects with the resolver's error. */
export type Lookup = (host: string) => Promise<readonly string[]>;

/**
 * The system's resolver, in its own order (RFC 6724). IPv6 is requested only if this machine has it; Windows handles
 * that itself.
 */
export const systemLookup: Lookup = async (host) => {
  const found = await lookup(host, {
    all: true,
    order: 'verbatim',
    hints: process.platform === 'win32' ? 0 : ADDRCONFIG,
  });
  return found.map(({ address }) => address);
};

export interface DialParts {
  /** A name or an address; an IPv6 address is without brackets. */
  readonly host: string;
  readonly port: number;
  /** What stands between, or `null`. Then its addresses are tried, and it looks up the name. */
  readonly proxy: Proxy | null;
  readonly tls: ConnectionOptions;
  /**
   * How long the whole may take, in ms. Every address gets a part of it. The caller ends a connection that takes
   * longer.
   */
  readonly withinMs: number;
  readonly clock: Clock;
  readonly lookup: Lookup;
  /** Called with each socket before it connects. */
  readonly begun?: (socket: TLSSocket) => void;
}

/**
 * Calls `done` once: with the first connection to be secured, or with the reason why there is none. The addresses are
 * tried beside each other (RFC 8305): the next one starts when one has failed, or when nothing has happened for
 * `NEXT_ADDRESS_MS`. None is ended before another is secured. Returns a function that gives up, for the reason given to
 * it. Nothing is sent over any of the connections.
 */
export function dial(parts: DialParts, done: (result: Result<TLSSocket, Error>) => void): (why: Error) => void {
  const { clock, withinMs } = parts;
  const { host } = parts.proxy ?? parts;
  const running = new Set<Attempt>();
  const failures: Error[] = [];
  let left: string[] = [];
  let stepMs = 0;
  let over = false;
  let stopTimer = (): void => undefined;

  const end = (result: Result<TLSSocket, Error>): void => {
    if (over) return;
    over = true;
    left = [];
    stopTimer();
    for (const attempt of running) attempt.giveUp();
    done(result);
  };
  const waitForNext = (): void => {
    stopTimer();
    if (left.length > 0) stopTimer = clock.after(stepMs, next);
  };
  const next = (): void => {
    const address = left.shift();
    if (address === undefined) return;
    waitForNext();
    const begun = attempt(parts, address, waitForNext, (result) => {
      running.delete(begun);
      if (!result.ok) failures.push(result.error);
      if (result.ok) end(result);
      else if (left.length > 0) next();
      else if (running.size === 0) end(fail(tellingOf(failures, result.error)));
    });
    running.add(begun);
  };
  const begin = (addresses: readonly string[]): void => {
    if (over) return;
    left = inTurn(addresses);
    // With many addresses the last one must still have half the time. Each address may take two waits: to connect and
    // to be secured.
    stepMs = Math.min(NEXT_ADDRESS_MS, withinMs / (4 * left.length));
    next();
  };
  if (isIP(host) > 0) begin([host]);
  else
    parts.lookup(host).then(begin, (error: unknown) => {
      end(fail(error instanceof Error ? error : new Error(String(error))));
    });
  return (why) => {
    end(fail(why));
  };
}

interface Attempt {
  readonly giveUp: () => void;
}

/**
 * One address. `ended` is called once, with the secured socket or with the reason why there is none. `moved` is called
 * when TCP is connected.
 */
function attempt(
  { host, port, proxy, tls, begun }: DialParts,
  address: string,
  moved: () => void,
  ended: (result: Result<TLSSocket, Error>) => void,
): Attempt {
  let isSettled = false;
  const settle = (result: Result<TLSSocket, Error>): void => {
    if (isSettled) return;
    isSettled = true;
    ended(result);
  };
  const secure = (over: ConnectionOptions): TLSSocket => {
    const socket = connect({ ...tls, ...over, servername: serverName(host) });
    begun?.(socket);
    socket.setNoDelay(true);
    socket.once('secureConnect', () => {
      settle(ok(socket));
    });
    // This listener stays: whoever takes the socket adds listeners of its own, and no one needs the error of a socket
    // that was given up.
    socket.on('error', (error) => {
      settle(fail(error));
    });
    return socket;
  };
  let current: Socket;
  if (proxy === null) current = secure({ host: address, port }).once('connect', moved);
  else
    current = openTunnel(proxy, address, { host, port }, moved, (tunnel) => {
      // Node checks the certificate against `host`.
      if (tunnel.ok) current = secure({ socket: tunnel.value, host });
      else settle(tunnel);
    });
  return { giveUp: () => current.destroy() };
}

/** An error that a server or a proxy itself reported says more than the fact that others could not be reached. */
const tellingOf = (failures: readonly Error[], last: Error): Error =>
  failures.find((error) => reasonOf(error) !== 'broken') ??
  failures.find((error) => error instanceof ProxyError) ??
  failures[0] ??
  last;

/** IPv4 and IPv6 alternate, starting with the kind that the resolver put first (RFC 8305, section 4). */
export function inTurn(addresses: readonly string[]): string[] {
  const all = [...new Set(addresses)];
  const kind = isIP(all[0] ?? '');
  const first = all.filter((address) => isIP(address) === kind);
  const second = all.filter((address) => isIP(address) !== kind);
  return first
    .flatMap((address, index) => [address, ...second.slice(index, index + 1)])
    .concat(second.slice(first.length));
}
