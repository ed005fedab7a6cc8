/**
 * A TLS server with HTTP written by hand: it reads whole requests and writes the bytes of a fault at the moment the
 * fault asks for. It counts every byte of plaintext that arrives, so that "nothing was sent" can be checked.
 */
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls';
import type { OpensslCa, Issued } from '../support/secrets/openssl.ts';

export interface Heard {
  readonly path: string;
  readonly body: string;
  /** The number of its connection: 1, 2, ... */
  readonly connection: number;
  readonly socket: TLSSocket;
}

export class FaultServer {
  /** What is done with each request when it has arrived completely. */
  onRequest: (heard: Heard) => void = ({ socket }) => {
    socket.write(page(200, 'fine'));
  };
  /** What is done with a connection as soon as its handshake is complete. */
  onSecured: (socket: TLSSocket) => void = () => undefined;
  readonly heard: Heard[] = [];
  /** Bytes of plaintext that arrived, over all connections. */
  heardBytes = 0;
  connections = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start({ certPem, keyPem }: Issued, ca: OpensslCa, options: TlsOptions = {}): Promise<FaultServer> {
    const server = createServer({
      cert: certPem,
      key: keyPem,
      ca: ca.certPem,
      requestCert: true,
      rejectUnauthorized: false,
      ...options,
    });
    const faulty = new FaultServer(server);
    server.on('connection', (socket: Socket) => {
      faulty.#sockets.add(socket.on('error', nobodyToTell).once('close', () => faulty.#sockets.delete(socket)));
    });
    server.on('secureConnection', (socket) => {
      faulty.#serve(socket);
    });
    server.on('tlsClientError', nobodyToTell);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return faulty;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
  get origin(): string {
    return `https://127.0.0.1:${String(this.port)}`;
  }
  /** Resolves when the next handshake is complete. */
  async secured(): Promise<TLSSocket> {
    const [socket] = (await once(this.#server, 'secureConnection')) as [TLSSocket];
    return socket;
  }
  /** Resolves when the next request has arrived. */
  async requested(): Promise<Heard> {
    const [heard] = (await once(this.#server, 'whole')) as [Heard];
    return heard;
  }
  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  #serve(socket: TLSSocket): void {
    this.connections += 1;
    const connection = this.connections;
    let text = '';
    socket.on('error', nobodyToTell).on('data', (chunk: Buffer) => {
      this.heardBytes += chunk.byteLength;
      text += chunk.toString('latin1');
      for (let end = endOfRequest(text); end !== null; end = endOfRequest(text)) {
        const request = text.slice(0, end);
        text = text.slice(end);
        this.#whole({
          path: request.split(' ')[1] ?? '',
          body: utf8(request.slice(request.indexOf(BLANK_LINE) + 4)),
          connection,
          socket,
        });
      }
    });
    this.onSecured(socket);
  }

  #whole(heard: Heard): void {
    this.heard.push(heard);
    this.#server.emit('whole', heard);
    this.onRequest(heard);
  }
}

const BLANK_LINE = '\r\n\r\n';
const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

const nobodyToTell = (): void => {
  // The other end is gone or was cut off, which is the purpose of the faults.
};

/** Where the first request in `text` ends, or `null` while it is incomplete. Our client always sends a length. */
function endOfRequest(text: string): number | null {
  const head = text.indexOf(BLANK_LINE);
  if (head < 0) return null;
  const length = Number(/^content-length: *(\d+)/im.exec(text.slice(0, head))?.[1] ?? 0);
  const end = head + BLANK_LINE.length + length;
  return text.length >= end ? end : null;
}

/** A complete and correct HTTP reply: the faults are made from it. */
export function page(status: number, body: string, headers = ''): string {
  return `HTTP/1.1 ${String(status)} Whatever\r\ncontent-type: text/xml\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n${headers}\r\n${body}`;
}
