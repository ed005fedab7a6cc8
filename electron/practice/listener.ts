/** One of the practice gateway's two domains: an https server on loopback that can be taken down and brought back. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { unreachable } from '../../shared/result.ts';
import { REPLY_BYTES_MAX } from '../../shared/timing.ts';
import type { Clock, Timestamp } from '../base/clock.ts';
import type { ClientCertificate } from './checks.ts';
import { proxyPage, type Answer } from './replies.ts';
import type { KeyedCertificate } from './throwaway-ca.ts';

/** A request as it came in. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  /** Cut off if it is longer than any message may be. */
  readonly body: Uint8Array;
  readonly certificate: ClientCertificate;
  /** When its head was read. */
  readonly arrivedAt: Timestamp;
}

export interface Delayed {
  readonly answer: Answer;
  readonly delayMs: number;
}

export interface ListenerOptions {
  readonly clock: Clock;
  readonly caPem: string;
  readonly certificate: KeyedCertificate;
  readonly answer: (incoming: Incoming) => Promise<Delayed>;
}

const LOOPBACK = '127.0.0.1';
/** As nginx does it. Longer than a client keeps an idle connection, so that the client is the one that closes. */
const KEEP_ALIVE_MS = 65_000;

export class Listener {
  readonly #server: Server;
  readonly #options: ListenerOptions;
  readonly #callOffs = new Set<() => void>();
  #port = 0;
  #isDown = true;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#server = createServer(
      {
        ca: options.caPem,
        cert: options.certificate.certPem,
        key: options.certificate.keyPem,
        minVersion: 'TLSv1.2',
        requestCert: true,
        // Whether a certificate is needed is decided for each path, at HTTP level, as nginx does.
        rejectUnauthorized: false,
        keepAlive: true,
        keepAliveTimeout: KEEP_ALIVE_MS,
      },
      (request, response) => {
        void this.#serve(request, response);
      },
    );
  }

  get origin(): string {
    return `https://${LOOPBACK}:${String(this.#port)}`;
  }

  /** Listens on `port` (0: any free port). Rejects if it is taken. */
  async open(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, LOOPBACK, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const address: AddressInfo | string | null = this.#server.address();
    if (address !== null && typeof address !== 'string') this.#port = address.port;
    this.#isDown = false;
  }

  /** From now on connections are refused and idle ones closed. Requests that wait for their answer go on waiting. */
  takeDown(): void {
    if (this.#isDown) return;
    this.#isDown = true;
    this.#server.close();
    this.#server.closeIdleConnections();
  }

  /** Listens again, on the same port. */
  async bringBack(): Promise<void> {
    if (this.#isDown) await this.open(this.#port);
  }

  /** Ends every connection, also hanging calls. */
  async close(): Promise<void> {
    for (const callOff of this.#callOffs) callOff();
    this.#callOffs.clear();
    this.#isDown = true;
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { clock, answer } = this.#options;
    const arrivedAt = clock.read();
    // A connection that was opened before the domain went down.
    if (this.#isDown) return void request.socket.destroy();
    const body = await bodyOf(request);
    if (body === null) return;
    const incoming: Incoming = {
      method: request.method ?? '',
      path: new URL(request.url ?? '/', this.origin).pathname,
      body,
      certificate: certificateOf(request),
      arrivedAt,
    };
    const { answer: given, delayMs } = await answer(incoming).catch(failure);
    if (delayMs === 0) {
      carryOut(given, request, response, clock);
      return;
    }
    const callOff = clock.after(delayMs, () => {
      this.#callOffs.delete(callOff);
      carryOut(given, request, response, clock);
    });
    this.#callOffs.add(callOff);
  }
}

/** A bug, or a ledger that could not be saved. The client is told, as a gateway in trouble would tell it. */
const failure = (error: unknown): Delayed => ({
  answer: proxyPage(500, 'Internal Server Error', error instanceof Error ? error.message : String(error)),
  delayMs: 0,
});

function carryOut(answer: Answer, request: IncomingMessage, response: ServerResponse, clock: Clock): void {
  // By the gateway's own clock, which may be wrong.
  response.setHeader('date', new Date(clock.read().wallMs).toUTCString());
  switch (answer.kind) {
    case 'message':
      response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' }).end(answer.body);
      return;
    case 'file': {
      const type = answer.isPacked ? 'application/x-gzip' : 'text/plain; charset=utf-8';
      response.writeHead(200, { 'content-type': type }).end(answer.body);
      return;
    }
    case 'page':
      response.writeHead(answer.status, { 'content-type': 'text/html' }).end(answer.body);
      return;
    case 'cut':
      request.socket.destroy();
      return;
    case 'hang':
      return;
    default:
      unreachable(answer);
  }
}

/** Reading one byte more than a message may have shows that it is too long. `null`: the client went away. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      if (!(chunk instanceof Uint8Array)) continue;
      size += chunk.byteLength;
      if (size <= REPLY_BYTES_MAX + 1) chunks.push(chunk);
    }
  } catch {
    // The stream reports that the client closed before the request was complete: there is no one to answer.
    return null;
  }
  return size > REPLY_BYTES_MAX ? new Uint8Array(REPLY_BYTES_MAX + 1) : Buffer.concat(chunks);
}

function certificateOf({ socket }: IncomingMessage): ClientCertificate {
  if (!(socket instanceof TLSSocket)) return { kind: 'none' };
  const subject = socket.getPeerX509Certificate()?.subject;
  if (subject === undefined) return { kind: 'none' };
  const commonName = /^CN=(.*)$/m.exec(subject)?.[1];
  if (!socket.authorized || commonName === undefined) return { kind: 'refused' };
  return { kind: 'genuine', commonName };
}
