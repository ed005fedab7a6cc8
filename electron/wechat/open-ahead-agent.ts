import { Agent, type AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect, TLSSocket } from 'node:tls';
import { IDLE_CONNECTION_MS } from '../../shared/timing.ts';
import type { TlsSessions } from './tls-sessions.ts';
import { serverName } from './tls-trust.ts';

/** An agent that can be handed a connection before there is a request for it. What it connects takes up the session of the connection before. */
export class OpenAheadAgent extends Agent {
  readonly #ahead = new Map<string, TLSSocket>();
  readonly #sessions: TlsSessions;

  constructor(options: AgentOptions, sessions: TlsSessions) {
    // Its own memory of sessions knows nothing of what is opened ahead.
    super({ ...options, maxCachedSessions: 0 });
    this.#sessions = sessions;
  }

  openAhead({ hostname, port }: URL): void {
    const host = hostname.replace(/^\[|\]$/g, '');
    const where = `${host}:${port === '' ? '443' : port}`;
    const waiting = this.#ahead.get(where);
    if (waiting !== undefined && !waiting.destroyed) return;
    if (Object.entries(this.freeSockets).some(([name, sockets]) => name.startsWith(`${where}:`) && sockets?.length)) return;
    const socket = connect({ ...this.options, ...this.#sessions.of(where), host, port: Number(port || 443), servername: serverName(host) });
    this.#sessions.learn(where, socket);
    socket.setNoDelay(true);
    const forget = (): void => {
      if (this.#ahead.get(where) === socket) this.#ahead.delete(where);
    };
    // Whoever needs the connection opens one of its own and reports what it meets.
    socket.on('error', forget).on('close', forget);
    socket.setTimeout(IDLE_CONNECTION_MS, () => socket.destroy());
    this.#ahead.set(where, socket);
  }

  override createConnection(...[options, made]: Parameters<Agent['createConnection']>): Duplex | null | undefined {
    const { host, port } = options;
    const where = `${String(host)}:${String(port)}`;
    const socket = this.#ahead.get(where);
    this.#ahead.delete(where);
    // What came before anything was asked answers nothing.
    if (socket !== undefined && socket.readableLength > 0) socket.destroy();
    if (socket !== undefined && !socket.destroyed) return socket.setTimeout(0);
    const fresh = super.createConnection({ ...options, ...this.#sessions.of(where) }, made);
    if (fresh instanceof TLSSocket) this.#sessions.learn(where, fresh);
    return fresh;
  }

  /** Ends the connections that no call is using. */
  dropIdle(): void {
    for (const socket of this.#ahead.values()) socket.destroy();
    for (const sockets of Object.values(this.freeSockets)) for (const socket of [...(sockets ?? [])]) socket.destroy();
  }

  override destroy(): void {
    this.dropIdle();
    super.destroy();
  }
}
