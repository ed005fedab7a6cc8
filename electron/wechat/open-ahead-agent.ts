import { Agent, type AgentOptions, type RequestOptions } from 'node:https';
import { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { IDLE_CONNECTION_MS } from '../../shared/timing.ts';
import type { Result } from '../../shared/result.ts';
import { dial, type DialParts } from './dial.ts';
import type { TlsSessions } from './tls-sessions.ts';
import type { Way } from './way.ts';

export interface AgentParts extends Pick<DialParts, 'clock' | 'withinMs'> {
  readonly way: Way;
  readonly sessions: TlsSessions;
}

/**
 * If a call is given up while its connection is being made, Node has nothing to destroy yet. So the agent watches for
 * it itself.
 */
export interface CallOptions extends RequestOptions {
  readonly givenUp: AbortSignal;
}

type Dialled = Result<TLSSocket, Error>;

/** A connection that no call has requested yet. */
interface Ahead {
  /** `null` while the connection is being made. */
  socket: TLSSocket | null;
  /** The call that came meanwhile and waits for the connection. */
  taker: ((dialled: Dialled) => void) | null;
  giveUp: (why: Error) => void;
  stopTimer: () => void;
}

/**
 * An agent to which a connection can be given before there is a request for it. Each new connection resumes the TLS
 * session of the one before.
 */
export class OpenAheadAgent extends Agent {
  readonly #ahead = new Map<string, Ahead>();
  readonly #dialling = new Set<(why: Error) => void>();
  readonly #parts: AgentParts;

  constructor(options: AgentOptions, parts: AgentParts) {
    // Node's own store of sessions knows nothing of connections that are opened ahead.
    super({ ...options, maxCachedSessions: 0 });
    this.#parts = parts;
  }

  openAhead({ hostname, port }: URL): void {
    const host = hostname.replace(/^\[|\]$/g, '');
    const where = `${host}:${port === '' ? '443' : port}`;
    if (this.#ahead.has(where)) return;
    if (Object.entries(this.freeSockets).some(([name, sockets]) => name.startsWith(`${where}:`) && sockets?.length))
      return;
    const ahead: Ahead = { socket: null, taker: null, giveUp: () => undefined, stopTimer: () => undefined };
    this.#ahead.set(where, ahead);
    // A call that needs the connection opens one of its own and reports the errors it meets.
    const forget = (): void => {
      if (this.#ahead.get(where) === ahead) this.#ahead.delete(where);
    };
    ahead.giveUp = this.#dial(host, Number(port || 443), (dialled) => {
      ahead.stopTimer();
      if (ahead.taker !== null) ahead.taker(dialled);
      else if (!dialled.ok) forget();
      else {
        ahead.socket = dialled.value;
        dialled.value.on('close', forget).setTimeout(IDLE_CONNECTION_MS, () => dialled.value.destroy());
      }
    });
    ahead.stopTimer = this.#parts.clock.after(this.#parts.withinMs, () => {
      ahead.giveUp(new Error('nothing was connected in time'));
    });
  }

  override createConnection(...[options, made]: Parameters<Agent['createConnection']>): Duplex | null | undefined {
    const where = `${String(options.host)}:${String(options.port)}`;
    const ahead = this.#ahead.get(where);
    this.#ahead.delete(where);
    const socket = ahead?.socket ?? null;
    // Bytes that came before any request cannot be an answer.
    if (socket !== null && socket.readableLength > 0) socket.destroy();
    if (socket !== null && !socket.destroyed) return socket.setTimeout(0);
    const settle = (dialled: Dialled): void => {
      if (dialled.ok) made?.(null, dialled.value);
      // If there is an error, Node ignores the connection, but its types require one.
      else made?.(dialled.error, new Duplex());
    };
    let giveUp: (why: Error) => void;
    if (ahead !== undefined && socket === null) {
      ahead.stopTimer();
      ahead.taker = settle;
      giveUp = ahead.giveUp;
    } else giveUp = this.#dial(String(options.host), Number(options.port), settle);
    if ('givenUp' in options && options.givenUp instanceof AbortSignal) {
      options.givenUp.addEventListener('abort', () => {
        giveUp(new Error('the call has ended'));
      });
    }
    return undefined;
  }

  /** Ends the connections that no call uses. */
  dropIdle(): void {
    for (const { socket, giveUp } of [...this.#ahead.values()]) {
      giveUp(new Error('dropped'));
      socket?.destroy();
    }
    for (const sockets of Object.values(this.freeSockets)) for (const socket of [...(sockets ?? [])]) socket.destroy();
  }

  override destroy(): void {
    this.dropIdle();
    for (const giveUp of [...this.#dialling]) giveUp(new Error('closed'));
    super.destroy();
  }

  #dial(host: string, port: number, done: (dialled: Dialled) => void): (why: Error) => void {
    const { sessions, way, clock, withinMs } = this.#parts;
    const where = `${host}:${String(port)}`;
    const tls = { ...this.options, ...sessions.of(where) };
    const begun = (socket: TLSSocket): void => {
      sessions.learn(where, socket);
    };
    const giveUp = dial(
      { host, port, proxy: way.proxyFor(host), lookup: way.lookup, tls, withinMs, clock, begun },
      (dialled) => {
        this.#dialling.delete(giveUp);
        const forget = (): void => {
          sessions.forget(where);
        };
        if (dialled.ok) dialled.value.on('error', forget);
        else forget();
        done(dialled);
      },
    );
    this.#dialling.add(giveUp);
    return giveUp;
  }
}
