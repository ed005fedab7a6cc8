/**
 * A shop's HTTP proxy: node:http's own CONNECT, which shares no code with the product. Whatever name is asked for, the
 * connection goes to one port of this machine.
 */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Asked {
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

export class ShopProxy {
  readonly asked: Asked[] = [];
  /** What the client sent through it, from all connections. */
  readonly carried: Buffer[] = [];
  /** What it says to a CONNECT, and whether a connection follows. */
  answer: (asked: Asked) => string | null = () => 'HTTP/1.1 200 Connection established\r\n\r\n';
  readonly #server: Server;
  readonly #ends = new Set<Duplex>();
  #near = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(toPort: number, host = '127.0.0.1'): Promise<ShopProxy> {
    const server = createServer((_request, response) => response.writeHead(400).end());
    const proxy = new ShopProxy(server);
    server.on('connection', (socket: Socket) => {
      proxy.#ends.add(socket);
      proxy.#near += 1;
      socket.on('close', () => (proxy.#near -= 1));
    });
    server.on('connect', ({ url, headers }, near) => {
      proxy.#serve({ target: url ?? '', headers }, near, toPort);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, host, resolve);
    });
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many clients are connected. */
  get open(): number {
    return this.#near;
  }

  #serve(asked: Asked, near: Duplex, toPort: number): void {
    this.asked.push(asked);
    near.on('error', () => undefined);
    const said = this.answer(asked);
    if (said === null) return;
    near.write(said);
    if (!/^HTTP\/1\.[01] 2/.test(said)) {
      // Without reading on, the client's end would never be seen.
      near.resume().end();
      return;
    }
    const far = connect(toPort, '127.0.0.1');
    this.#ends.add(far);
    far.on('error', () => near.destroy());
    far.on('close', () => near.resume());
    near.on('close', () => far.destroy());
    near.on('data', (chunk: Buffer) => this.carried.push(chunk));
    near.pipe(far).pipe(near);
  }

  async close(): Promise<void> {
    for (const end of this.#ends) end.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
