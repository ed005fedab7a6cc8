/**
 * A second TLS server for our client: node:https, certificates by openssl, signatures and XML by hand. It shares no
 * code with the product, so that one mistake of ours cannot be on both sides.
 */
import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';
import { OpensslCa, type Issued } from '../secrets/openssl.ts';

export const MCH_ID = '1900000109';
export const APP_ID = 'wx8888888888888888';
export const API_KEY = 'k3y0fTheIndependentGateway123456';
export const LOOPBACK_NAMES = 'DNS:localhost,IP:127.0.0.1,IP:::1';

/** The authority, a server and a merchant: what most tests need. Made once per file, because keys take time. */
export function certificates(folder: string): { ca: OpensslCa; server: Issued; merchant: Issued } {
  const ca = new OpensslCa(folder);
  return {
    ca,
    server: ca.issue('/CN=localhost', { names: LOOPBACK_NAMES }),
    merchant: ca.issue(`/O=Some Shop/CN=${MCH_ID}`),
  };
}

type Values = Readonly<Record<string, string>>;

/** The signature rules, written down a second time. */
export function signedByHand(fields: Values, algorithm: 'MD5' | 'HMAC-SHA256' = 'HMAC-SHA256', key = API_KEY): Values {
  const names = Object.keys(fields).filter((name) => fields[name] !== '');
  names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const string = names.map((name) => `${name}=${fields[name] ?? ''}&`).join('') + `key=${key}`;
  const hash = algorithm === 'MD5' ? createHash('md5') : createHmac('sha256', key);
  return { ...fields, sign: hash.update(string).digest('hex').toUpperCase() };
}

export const xmlByHand = (fields: Values): string =>
  `<xml>\n${Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>\n`)
    .join('')}</xml>`;

/** A signed reply to our merchant with these fields on top. */
export const replyXml = (fields: Values): string =>
  xmlByHand(
    signedByHand({
      return_code: 'SUCCESS',
      return_msg: 'OK',
      appid: APP_ID,
      mch_id: MCH_ID,
      nonce_str: 'n0nce',
      ...fields,
    }),
  );

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
  /** Finds CDATA sections with a simple expression. */
  readonly fields: Values;
  /** Common name of the client's certificate, if that is valid. */
  readonly client: string | null;
}

type Answer = (response: ServerResponse, seen: Seen, request: IncomingMessage) => void;

const commonName = (socket: TLSSocket): string | null =>
  /^CN=(.*)$/m.exec(socket.getPeerX509Certificate()?.subject ?? '')?.[1] ?? null;

export class IndependentGateway {
  readonly seen: Seen[] = [];
  connections = 0;
  answer: Answer = (response) => response.end(replyXml({ result_code: 'SUCCESS' }));
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(
    { certPem, keyPem }: Issued,
    ca: OpensslCa,
    options: ServerOptions = {},
    host = '127.0.0.1',
  ): Promise<IndependentGateway> {
    const server = createServer({
      cert: certPem,
      key: keyPem,
      ca: ca.certPem,
      requestCert: true,
      rejectUnauthorized: false,
      keepAliveTimeout: 60_000,
      ...options,
    });
    const gateway = new IndependentGateway(server);
    server.on('connection', (socket: Socket) => {
      gateway.connections += 1;
      gateway.#sockets.add(socket);
    });
    server.on('request', (request, response) => void gateway.#serve(request, response));
    await new Promise<void>((resolve) => {
      server.listen(0, host, resolve);
    });
    return gateway;
  }

  get origin(): string {
    return `https://${(this.#server.address() as AddressInfo).family === 'IPv6' ? '[::1]' : '127.0.0.1'}:${String(this.port)}`;
  }
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
  /** Resolves when the next TLS handshake is complete. */
  secured(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.once('secureConnection', () => {
        resolve();
      });
    });
  }
  /** Resolves when the next request has arrived completely. */
  requested(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.once('whole', resolve);
    });
  }
  /** Ends every connection as a power cut does. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
  close(): Promise<void> {
    this.cut();
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { socket } = request;
    const seen: Seen = {
      method: request.method ?? '',
      path: request.url ?? '',
      contentType: request.headers['content-type'] ?? '',
      body,
      fields: Object.fromEntries(
        [...body.matchAll(/<(\w+)><!\[CDATA\[([\s\S]*?)\]\]><\/\1>/g)].map(([, name = '', value = '']) => [
          name,
          value,
        ]),
      ),
      client: socket instanceof TLSSocket && socket.authorized ? commonName(socket) : null,
    };
    this.seen.push(seen);
    this.#server.emit('whole');
    this.answer(response, seen, request);
  }
}
