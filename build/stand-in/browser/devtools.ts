// Runs in the stand-in's main process. Why it exists: Chromium's DevTools protocol over a WebSocket. Playwright speaks it
// too, but loading it is a third of a start of the app, and tests start that hundreds of times.
import { EventEmitter } from 'node:events';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import type { CDPSession } from 'playwright-core';

/** A message from Chromium: the answer to a command, or an event. */
interface Incoming {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** One session of a connection: the browser's own, or that of a page. */
class Session extends EventEmitter {
  readonly send: CDPSession['send'];
  readonly #sessionId: string | undefined;

  constructor(send: CDPSession['send'], sessionId: string | undefined) {
    super();
    this.send = send;
    this.#sessionId = sessionId;
  }

  async detach(): Promise<void> {
    await this.send('Target.detachFromTarget', this.#sessionId === undefined ? {} : { sessionId: this.#sessionId });
  }
}

/** A connection to a running Chromium. */
export class DevToolsConnection {
  /** Chromium itself. */
  readonly browser: Session;
  readonly #socket: WebSocket;
  readonly #sessions = new Map<string, Session>();
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.browser = this.#session(undefined);
    socket.addEventListener('message', ({ data }) => this.#heard(JSON.parse(String(data)) as Incoming));
    socket.addEventListener('close', () => this.#ended());
  }

  /** Connects to the Chromium at `endpoint`, such as http://127.0.0.1:9222. Throws if none listens there. */
  static async open(endpoint: string): Promise<DevToolsConnection> {
    const version = JSON.parse(await body(`${endpoint}/json/version`)) as { readonly webSocketDebuggerUrl: string };
    const socket = new WebSocket(version.webSocketDebuggerUrl);
    const connection = new DevToolsConnection(socket);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error(`no Chromium answers at ${endpoint}`)));
    });
    return connection;
  }

  /** Begins a session with a target. */
  async attach(targetId: string): Promise<Session> {
    const { sessionId } = await this.browser.send('Target.attachToTarget', { targetId, flatten: true });
    const session = this.#session(sessionId);
    this.#sessions.set(sessionId, session);
    return session;
  }

  /** `gone` is called once the connection has ended. */
  onGone(gone: () => void): void {
    this.#socket.addEventListener('close', gone);
  }

  close(): void {
    this.#socket.close();
  }

  #session(sessionId: string | undefined): Session {
    return new Session(async (method, params) => {
      const id = (this.#lastId += 1);
      const answer = Promise.withResolvers<unknown>();
      if (this.#socket.readyState === WebSocket.OPEN) {
        this.#waiting.set(id, answer);
        this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
      } else answer.reject(new Error(`${method}: the connection to Chromium is closed`));
      // What Chromium answers to which command is known to the protocol's types only.
      return (await answer.promise) as never;
    }, sessionId);
  }

  #heard({ id, sessionId, method, params, result, error }: Incoming): void {
    if (id !== undefined) {
      const answer = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) answer?.resolve(result);
      else answer?.reject(new Error(error.message));
      return;
    }
    const session = sessionId === undefined ? this.browser : this.#sessions.get(sessionId);
    if (method !== undefined) session?.emit(method, params);
  }

  #ended(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('the connection to Chromium was closed'));
    this.#waiting.clear();
  }
}

const body = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    get(url, (response) => void text(response).then(resolve, reject)).on('error', reject);
  });
