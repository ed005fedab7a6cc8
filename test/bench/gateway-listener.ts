/**
 * Records when bytes reach the practice gateway of this process and when its answers leave, from Node's own
 * diagnostics. The gateway's log gives only the time when a request's head was read. It says nothing about connections,
 * or about calls at the same time.
 */
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Moments of this process's `performance.now()`. */
export interface GatewayCall {
  readonly path: string;
  /** The connection's first byte: the client began to connect. */
  readonly connectedMs: number;
  /** Its head was read. */
  readonly arrivedMs: number;
  /** The last byte of the answer was handed over; `null` before that. */
  answeredMs: number | null;
}

export interface GatewayListener {
  readonly calls: readonly GatewayCall[];
  /** The largest number of calls at the same time whose path contains `word`, as the gateway saw it. */
  mostAtOnce(word: string): number;
  /** The first such call that arrived after `sinceMs`; rejects if none comes within `withinMs`. */
  next(word: string, sinceMs: number, withinMs?: number): Promise<GatewayCall>;
  stop(): void;
}

export function listenToGateway(): GatewayListener {
  const calls: GatewayCall[] = [];
  const connected = new Map<number, number>();
  const byResponse = new WeakMap<ServerResponse, GatewayCall>();
  const waiting = new Set<() => void>();

  const onSocket = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    connected.set(socket.remotePort ?? 0, performance.now());
  };
  const onStart = (message: unknown): void => {
    const { request, response, socket } = message as {
      readonly request: IncomingMessage;
      readonly response: ServerResponse;
      readonly socket: Socket;
    };
    if (!(socket instanceof TLSSocket)) return;
    const arrivedMs = performance.now();
    const call: GatewayCall = {
      path: request.url ?? '',
      connectedMs: connected.get(socket.remotePort ?? 0) ?? arrivedMs,
      arrivedMs,
      answeredMs: null,
    };
    calls.push(call);
    byResponse.set(response, call);
    for (const look of [...waiting]) look();
  };
  const onFinish = (message: unknown): void => {
    const { response } = message as { readonly response: ServerResponse };
    const call = byResponse.get(response);
    if (call !== undefined) call.answeredMs = performance.now();
  };
  const subscriptions = [
    ['net.server.socket', onSocket],
    ['http.server.request.start', onStart],
    ['http.server.response.finish', onFinish],
  ] as const;
  for (const [name, onMessage] of subscriptions) subscribe(name, onMessage);
  // If a channel were renamed, every figure would be wrong without notice.
  for (const [name] of subscriptions) if (!channel(name).hasSubscribers) throw new Error(`nobody listens to ${name}`);

  return {
    calls,
    mostAtOnce(word) {
      const ends = calls
        .filter(({ path }) => path.includes(word))
        .flatMap(
          ({ arrivedMs, answeredMs }) =>
            [
              [arrivedMs, 1],
              [answeredMs ?? Infinity, -1],
            ] as const,
        );
      let now = 0;
      let most = 0;
      for (const [, change] of ends.sort(([a, up], [b, other]) => a - b || up - other))
        most = Math.max(most, (now += change));
      return most;
    },
    next(word, sinceMs, withinMs = 30_000) {
      const wanted = (): GatewayCall | undefined =>
        calls.find(({ path, arrivedMs }) => path.includes(word) && arrivedMs >= sinceMs);
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const call = wanted();
          if (call === undefined) return;
          done();
          resolve(call);
        };
        const late = setTimeout(() => {
          done();
          reject(new Error(`no call to ${word} within ${String(withinMs)} ms`));
        }, withinMs);
        const done = (): void => {
          clearTimeout(late);
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      });
    },
    stop() {
      for (const [name, onMessage] of subscriptions) unsubscribe(name, onMessage);
    },
  };
}
