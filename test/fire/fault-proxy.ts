/**
 * A relay between client and gateway that does not look at the bytes: TLS bytes pass unchanged until it is told to
 * refuse, reset, end, hold, slow down or damage them. Plain net, on loopback.
 */
import { EventEmitter, once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** `up`: from the client to the gateway. */
export type Way = 'up' | 'down';
/**
 * `vanish` is `hold` for both ways, and ends are not passed on either: as if a cable was pulled, or a router has lost
 * the connection.
 */
export type Stop = 'reset' | 'end' | 'hold' | 'vanish';

interface Line {
  readonly near: Socket;
  readonly far: Socket;
  vanished: boolean;
}

export class FaultProxy {
  /** What is done with the next connections, before any of their bytes are relayed. */
  onConnect: 'relay' | 'reset' | 'end' | 'hold' = 'relay';
  /** Bytes at a time; `null` passes them on as they arrive. */
  pieceBytes: number | null = null;
  /** Changes a chunk that passes. The result has more than one chunk if it was split, none if it was dropped. */
  mangle: (chunk: Buffer, way: Way) => readonly Buffer[] = (chunk) => [chunk];
  connections = 0;
  readonly passed: Record<Way, number> = { up: 0, down: 0 };
  readonly #limits: Partial<Record<Way, { left: number; readonly then: Stop }>> = {};
  readonly #held: (() => void)[] = [];
  readonly #lines = new Set<Line>();
  readonly #sockets = new Set<Socket>();
  readonly #events = new EventEmitter();
  #met = Promise.withResolvers<undefined>();
  readonly #server: Server;
  readonly #targetPort: number;

  private constructor(targetPort: number) {
    this.#targetPort = targetPort;
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
      this.#accept(near);
    });
  }

  static async start(targetPort: number, host = '127.0.0.1', port = 0): Promise<FaultProxy> {
    const proxy = new FaultProxy(targetPort);
    proxy.#server.listen(port, host);
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
  get origin(): string {
    return `https://127.0.0.1:${String(this.port)}`;
  }

  /**
   * When this many more bytes have passed this way, over all connections, `then` happens to the connection that brings
   * the next byte.
   */
  limit(way: Way, bytes: number, then: Stop): void {
    this.#limits[way] = { left: bytes, then };
  }
  /** Resolves when a limit is reached, whether it is set already or not. */
  met(): Promise<undefined> {
    return this.#met.promise;
  }
  /** Resolves when the next connection has arrived. */
  async connected(): Promise<void> {
    await once(this.#events, 'connected');
  }
  /** Does this to every present connection. */
  stop(how: Stop): void {
    for (const line of [...this.#lines]) this.#stop(line, how);
  }
  /** Passes on what was held back, as if it had only been slow. */
  release(): void {
    this.heal();
    for (const act of this.#held.splice(0)) act();
  }
  /** From now on everything passes. Bytes held back stay held back. */
  heal(): void {
    this.onConnect = 'relay';
    this.pieceBytes = null;
    this.mangle = (chunk) => [chunk];
    delete this.#limits.up;
    delete this.#limits.down;
    this.#met = Promise.withResolvers();
  }
  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  #accept(near: Socket): void {
    this.connections += 1;
    this.#keep(near);
    this.#events.emit('connected');
    if (this.onConnect === 'reset') return void near.resetAndDestroy();
    if (this.onConnect === 'end') return void near.resume().end();
    const far = this.#keep(connect({ port: this.#targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true }));
    const line: Line = { near, far, vanished: false };
    this.#lines.add(line);
    near.once('close', () => {
      this.#lines.delete(line);
      if (!line.vanished) far.destroy();
    });
    far.once('close', () => {
      if (!line.vanished) near.destroy();
    });
    if (this.onConnect === 'hold') return void near.resume();
    this.#relay(line, 'up');
    this.#relay(line, 'down');
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    return socket.on('error', nobodyToTell).once('close', () => this.#sockets.delete(socket));
  }

  #relay(line: Line, way: Way): void {
    const [from, to] = way === 'up' ? [line.near, line.far] : [line.far, line.near];
    const pass = (chunk: Buffer): void => {
      this.passed[way] += chunk.byteLength;
      to.write(chunk);
    };
    from.on('data', (whole: Buffer) => {
      if (line.vanished) return;
      for (const mangled of this.mangle(whole, way)) {
        for (const chunk of pieces(mangled, this.pieceBytes)) this.#meter(line, way, chunk, pass);
      }
    });
    from.on('end', () => {
      if (!line.vanished) to.end();
    });
  }

  #meter(line: Line, way: Way, chunk: Buffer, pass: (chunk: Buffer) => void): void {
    const limit = this.#limits[way];
    if (limit === undefined || chunk.byteLength <= limit.left) {
      if (limit !== undefined) limit.left -= chunk.byteLength;
      pass(chunk);
      return;
    }
    if (limit.left > 0) pass(chunk.subarray(0, limit.left));
    const rest = chunk.subarray(limit.left);
    limit.left = 0;
    if (limit.then === 'hold') {
      this.#held.push(() => {
        if (!line.near.destroyed && !line.far.destroyed) pass(rest);
      });
    } else this.#stop(line, limit.then);
    this.#met.resolve(undefined);
  }

  #stop(line: Line, how: Stop): void {
    switch (how) {
      case 'reset':
        // The near end first: closing the far end first would end the near one politely.
        line.near.resetAndDestroy();
        line.far.resetAndDestroy();
        return;
      case 'end':
        line.near.end();
        line.far.end();
        return;
      case 'vanish':
        line.vanished = true;
        return;
      case 'hold':
        line.near.pause();
        line.far.pause();
        return;
    }
  }
}

function pieces(chunk: Buffer, bytes: number | null): readonly Buffer[] {
  if (bytes === null) return [chunk];
  return Array.from({ length: Math.ceil(chunk.byteLength / bytes) }, (_, index) =>
    chunk.subarray(index * bytes, (index + 1) * bytes),
  );
}

const nobodyToTell = (): void => {
  // Cutting connections is the purpose of this.
};
