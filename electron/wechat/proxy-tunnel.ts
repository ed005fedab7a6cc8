/**
 * A way through a shop's HTTP proxy: CONNECT (RFC 9110, section 9.3.6) asks it for a connection to the gateway, and then
 * it carries TLS that it cannot read. Nothing of a call is sent before the gateway itself has proved who it is.
 */
import { connect, type Socket } from 'node:net';
import { fail, ok, type Result } from '../../shared/result.ts';

export interface Proxy {
  /** A name or an address; an IPv6 address is without brackets. */
  readonly host: string;
  readonly port: number;
  /** For proxies that ask who it is (RFC 7617, Basic). */
  readonly account: { readonly user: string; readonly password: string } | null;
}

/** Why a proxy gave no connection: it asks for another account, it refused, or it is no HTTP proxy. */
export type ProxyCode = 'ERR_PROXY_ACCOUNT' | 'ERR_PROXY_REFUSED' | 'ERR_PROXY_REPLY';

export class ProxyError extends Error {
  readonly code: ProxyCode;
  /** The proxy's HTTP status, or `null` if it sent none. */
  readonly status: number | null;

  constructor(code: ProxyCode, status: number | null) {
    super(`${code}${status === null ? '' : ` ${String(status)}`}`);
    this.code = code;
    this.status = status;
  }
}

/** More than any proxy says before the connection; a server that talks on without end is none. */
const HEAD_BYTES_MAX = 16_384;

/**
 * One address of the proxy. `ended` is called once: with a socket on which the next byte comes from `target`, or with the
 * reason why there is none. `moved` is called when the proxy itself is connected. There is no time limit; whoever gives
 * up destroys the returned socket.
 */
export function openTunnel(
  { port, account }: Proxy,
  address: string,
  target: { readonly host: string; readonly port: number },
  moved: () => void,
  ended: (result: Result<Socket, Error>) => void,
): Socket {
  const socket = connect({ host: address, port });
  let head = Buffer.alloc(0);
  const settle = (result: Result<Socket, Error>): void => {
    socket.off('data', read).off('error', failed).off('close', closed);
    if (!result.ok) socket.on('error', () => undefined).destroy();
    ended(result);
  };
  const failed = (error: Error): void => {
    settle(fail(error));
  };
  const closed = (): void => {
    settle(fail(new ProxyError('ERR_PROXY_REPLY', null)));
  };
  const read = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0 && head.length <= HEAD_BYTES_MAX) return;
    const refused = end < 0 ? new ProxyError('ERR_PROXY_REPLY', null) : refusalOf(head.toString('latin1', 0, end));
    // A TLS server waits for the client to begin, so bytes after the head are not the gateway's.
    const isAlone = end + 4 === head.length;
    if (refused !== null) settle(fail(refused));
    else settle(isAlone ? ok(socket.pause()) : fail(new ProxyError('ERR_PROXY_REPLY', null)));
  };
  socket.setNoDelay(true);
  socket.once('connect', () => {
    moved();
    socket.write(connectRequest(target, account));
  });
  socket.on('data', read).on('error', failed).on('close', closed);
  return socket;
}

function connectRequest(
  { host, port }: { readonly host: string; readonly port: number },
  account: Proxy['account'],
): string {
  const where = `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
  const lines = [`CONNECT ${where} HTTP/1.1`, `Host: ${where}`];
  if (account !== null) {
    const both = Buffer.from(`${account.user}:${account.password}`, 'utf8').toString('base64');
    lines.push(`Proxy-Authorization: Basic ${both}`);
  }
  return [...lines, '', ''].join('\r\n');
}

/** `null` if the connection is there: any status of 200 to 299. */
function refusalOf(head: string): ProxyError | null {
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$|\r)/.exec(head)?.[1];
  if (status === undefined) return new ProxyError('ERR_PROXY_REPLY', null);
  if (status.startsWith('2')) return null;
  return new ProxyError(status === '407' ? 'ERR_PROXY_ACCOUNT' : 'ERR_PROXY_REFUSED', Number(status));
}
