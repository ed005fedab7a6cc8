/**
 * One check of a domain for the self-test: name, connection, certificate, clock, and what answers. It sends a GET,
 * which no operation of WeChat Pay's accepts, and names no order. So it can neither pay nor reverse.
 */
import { request, type IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Merchant } from '../../shared/settings.ts';
import type { Clock, Timestamp } from '../base/clock.ts';
import { dial, type DialParts, type Lookup } from './dial.ts';
import { ProxyError } from './proxy-tunnel.ts';
import { codeOf, reasonOf, secureContextOf, type TlsIdentity } from './tls-trust.ts';
import type { Limits } from './transport.ts';
import { directWay, type Way } from './way.ts';

/** What a domain showed. Times in ms. */
export interface ProbedConnection {
  readonly family: 'IPv4' | 'IPv6';
  /** The one of the name's addresses that was connected first. */
  readonly address: string;
  readonly resolveMs: number;
  /** TCP and TLS. */
  readonly connectMs: number;
  readonly tls: string;
  readonly serverCertificate: { readonly notAfterMs: number; readonly issuer: string };
  readonly status: number;
  /** The beginning of what it answered. */
  readonly text: string;
  /** `null` if the answer had no Date. */
  readonly skew: Skew | null;
}

/**
 * How far this machine's clock is ahead of the other end's. The true value is within `withinMs` of it, above or below.
 */
export interface Skew {
  readonly aheadMs: number;
  readonly withinMs: number;
}

export interface ConnectionFailure {
  /** `proxy-account`: the shop's proxy asks for an account; `proxy`: it gives no connection for another reason. */
  readonly at: 'name' | 'connection' | 'proxy' | 'proxy-account' | 'trust' | 'certificate' | 'reply';
  /** An error's code, for the technician. */
  readonly why: string;
  /**
   * With `trust`, who signed what the other end showed: a proxy or a virus scanner that reads along is named there. An
   * untrusted text.
   */
  readonly issuer?: string;
}

export interface ProbeParts {
  /** `https://host[:port]`. */
  readonly origin: string;
  readonly path: string;
  readonly caPem: string | null;
  /** `null` if the merchant's certificate cannot be used. */
  readonly own: Pick<TlsIdentity, 'certPem' | 'keyPem'> | null;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly way?: Way;
}

/** Never throws because of the network. Ends within the limits, except for the resolver, which has its own limit. */
export async function probeConnection({
  origin,
  path,
  caPem,
  own,
  limits,
  clock,
  way = directWay,
}: ProbeParts): Promise<Result<ProbedConnection, ConnectionFailure>> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  const begun = clock.read().monoMs;
  const proxy = way.proxyFor(host);
  const near = proxy?.host ?? host;
  const addresses = isIP(near) > 0 ? ok([near]) : await resolved(near, way.lookup);
  if (!addresses.ok) return fail({ at: proxy === null ? 'name' : 'proxy', why: addresses.error });
  const resolveMs = clock.read().monoMs - begun;
  const dialled = clock.read().monoMs;
  const secured = await secure({
    host,
    port: Number(port === '' ? '443' : port),
    proxy,
    tls: { secureContext: secureContextOf(caPem, own), rejectUnauthorized: true },
    withinMs: limits.connectTimeoutMs,
    clock,
    lookup: () => Promise.resolve(addresses.value),
  });
  if (!secured.ok) return secured;
  const socket = secured.value;
  try {
    const connectMs = clock.read().monoMs - dialled;
    const seen = seenOf(socket);
    const reply = await get(socket, new URL(path, origin), limits.callTimeoutMs, clock);
    return reply.ok
      ? ok({ ...seen, ...reply.value, resolveMs: Math.round(resolveMs), connectMs: Math.round(connectMs) })
      : reply;
  } finally {
    socket.destroy();
  }
}

/** Whether the primary domain proves its identity, by the merchant's own trust; `null` if it was not reached. */
export async function isConnectionTrusted(
  merchant: Merchant,
  identity: TlsIdentity,
  clock: Clock,
  way: Way = directWay,
): Promise<boolean | null> {
  const { connectTimeoutMs, callTimeoutMs } = merchant;
  const parts = {
    origin: merchant.gateway.primary,
    path: '/',
    caPem: identity.caPem,
    own: identity,
    limits: { connectTimeoutMs, callTimeoutMs },
    clock,
    way,
  };
  const connection = await probeConnection(parts);
  if (connection.ok) return true;
  switch (connection.error.at) {
    case 'trust':
      return false;
    case 'name':
    case 'connection':
    case 'proxy':
    case 'proxy-account':
      return null;
    case 'certificate':
    case 'reply':
      return true;
  }
}

/** The name's addresses, or the code of the resolver's error. */
const resolved = (host: string, lookup: Lookup): Promise<Result<readonly string[], string>> =>
  lookup(host).then(
    (addresses) => ok(addresses),
    (error: unknown) => fail(error instanceof Error ? codeOf(error) : 'unknown'),
  );

function secure(parts: DialParts): Promise<Result<TLSSocket, ConnectionFailure>> {
  return new Promise((resolve) => {
    let late = false;
    let isThrough = parts.proxy === null;
    let issuer: string | null = null;
    // Node ends a connection that is not trusted before it says so; its certificate can be read just before. Asked for an
    // X509Certificate here, Node 24 would then find no names in it.
    const begun = (socket: TLSSocket): void => {
      isThrough = true;
      socket.prependOnceListener('secure', () => {
        const shown = socket.getPeerCertificate();
        issuer = [shown.issuer.O ?? shown.issuer.CN ?? '?'].flat().join(' ');
      });
    };
    const giveUp = dial({ ...parts, begun }, (dialled) => {
      stopTimer();
      const where = isThrough ? 'connection' : 'proxy';
      if (dialled.ok) resolve(dialled);
      else if (late) resolve(fail({ at: where, why: 'timeout' }));
      else {
        const failure = failureOf(dialled.error, where);
        resolve(fail(failure.at === 'trust' && issuer !== null ? { ...failure, issuer } : failure));
      }
    });
    const stopTimer = parts.clock.after(parts.withinMs, () => {
      late = true;
      giveUp(new Error('nothing was connected in time'));
    });
  });
}

function failureOf(error: Error, otherwise: 'connection' | 'proxy' | 'reply'): ConnectionFailure {
  const why = codeOf(error);
  const reason = reasonOf(error);
  if (error instanceof ProxyError)
    return { at: error.code === 'ERR_PROXY_ACCOUNT' ? 'proxy-account' : 'proxy', why: error.message };
  if (reason === 'server-not-trusted') return { at: 'trust', why };
  return { at: reason === 'certificate-refused' ? 'certificate' : otherwise, why };
}

function seenOf(socket: TLSSocket): Pick<ProbedConnection, 'family' | 'address' | 'tls' | 'serverCertificate'> {
  const certificate = socket.getPeerX509Certificate();
  const issuer = /^(?:O|CN)=(.*)$/m.exec(certificate?.issuer ?? '')?.[1] ?? '?';
  return {
    family: socket.remoteFamily === 'IPv6' ? 'IPv6' : 'IPv4',
    address: socket.remoteAddress ?? '?',
    tls: socket.getProtocol() ?? '?',
    serverCertificate: { notAfterMs: Date.parse(certificate?.validTo ?? ''), issuer },
  };
}

const TEXT_BYTES_MAX = 4_096;
type Reply = Pick<ProbedConnection, 'status' | 'text' | 'skew'>;

function get(socket: TLSSocket, url: URL, withinMs: number, clock: Clock): Promise<Result<Reply, ConnectionFailure>> {
  return new Promise((resolve) => {
    const end = (reply: Result<Reply, ConnectionFailure>): void => {
      stopTimer();
      resolve(reply);
    };
    const stopTimer = clock.after(withinMs, () => {
      end(fail({ at: 'reply', why: 'timeout' }));
    });
    const asked = clock.read();
    const call = request({
      createConnection: () => socket,
      host: url.host,
      path: url.pathname,
      headers: { host: url.host, accept: 'text/xml' },
    });
    call.on('error', (error) => {
      end(fail(failureOf(error, 'reply')));
    });
    call.on('response', (response) => {
      const skew = skewOf(response.headers.date, asked, clock.read());
      beginningOf(response, (text) => {
        end(ok({ status: response.statusCode ?? 0, text, skew }));
      });
    });
    call.end();
  });
}

function beginningOf(response: IncomingMessage, use: (text: string) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const done = (): void => {
    use(Buffer.concat(chunks).toString('utf8', 0, TEXT_BYTES_MAX));
  };
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= TEXT_BYTES_MAX) done();
  });
  response.on('end', done).on('error', done);
}

/** A Date header is cut to the second, so on average it is half a second old when it is written. */
const HALF_SECOND_MS = 500;

/**
 * The other end wrote `date` at some moment between the two timestamps: at their middle, plus or minus half the round
 * trip. `null` if there is no date, or if this machine's clock was set meanwhile.
 */
export function skewOf(date: string | undefined, asked: Timestamp, answered: Timestamp): Skew | null {
  const theirsMs = Date.parse(date ?? '');
  const roundTripMs = answered.monoMs - asked.monoMs;
  const wasSet = Math.abs(answered.wallMs - asked.wallMs - roundTripMs) > HALF_SECOND_MS;
  if (Number.isNaN(theirsMs) || wasSet) return null;
  const middleMs = answered.wallMs - roundTripMs / 2;
  return {
    aheadMs: Math.round(middleMs - (theirsMs + HALF_SECOND_MS)),
    withinMs: Math.round(roundTripMs / 2 + HALF_SECOND_MS),
  };
}
