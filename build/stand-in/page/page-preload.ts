// Runs in the preload's isolated world of the page, as source text. Why it exists: it is the part of Electron that a
// sandboxed preload sees: `require`, `process`, ipcRenderer, contextBridge.
import type { Bridge } from './page-bridge.ts';
import type { Codec } from '../base/values.ts';

/** What the page says to main, as JSON; `args` went through the codec. */
export type FromPage =
  | { readonly kind: 'send'; readonly channel: string; readonly args: string }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly kind: 'preload-error'; readonly message: string; readonly stack: string };

/** What main says to the page, as JSON; `args` and `result` went through the codec. */
export type ToPage =
  | { readonly kind: 'message'; readonly channel: string; readonly args: string }
  | { readonly kind: 'reply'; readonly id: number; readonly result: string }
  | { readonly kind: 'failure'; readonly id: number; readonly error: string };

type Timer = ReturnType<typeof setTimeout>;

/** The wrapper of the preload: the names that a sandboxed preload finds, and no others. */
export type Preload = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: object,
  global: typeof globalThis,
  setImmediate: (callback: () => void) => Timer,
  clearImmediate: (handle: Timer) => void,
) => void;

/** The global functions by which main and the isolated world reach one another. */
export interface Wires {
  /** Set by CDP (Runtime.addBinding), in the isolated world only. */
  readonly toMain: string;
  /** Set here, called by main through CDP. */
  readonly fromMain: string;
}

interface Listener {
  readonly called: (...args: unknown[]) => void;
  readonly added: unknown;
}

/** Runs `preload`. It must not refer to anything outside itself, because the page gets its source. */
export function runPreload(
  preload: Preload,
  codec: Codec,
  bridge: Bridge,
  wires: Wires,
  versions: Record<string, string>,
  platform: string,
): void {
  const strict = <T extends object>(name: string, members: T): T =>
    new Proxy(members, {
      get(target, member, receiver) {
        const asked =
          typeof member === 'symbol' ||
          member in target ||
          member === 'then' ||
          member === 'toJSON' ||
          member === '__esModule';
        if (!asked) throw new Error(`the stand-in has no electron.${name}${member}`);
        return Reflect.get(target, member, receiver);
      },
    });

  const toMain = Reflect.get(globalThis, wires.toMain) as (text: string) => void;
  const tell = (message: FromPage): void => toMain(JSON.stringify(message));

  class Emitter {
    // Not a #private name: those do not work through the strict proxy around ipcRenderer.
    private readonly held = new Map<string, Listener[]>();

    on(event: string, listener: (...args: unknown[]) => void): this {
      return this.add(event, { called: listener, added: listener });
    }

    once(event: string, listener: (...args: unknown[]) => void): this {
      const called = (...args: unknown[]): void => {
        this.removeListener(event, listener);
        listener(...args);
      };
      return this.add(event, { called, added: listener });
    }

    removeListener(event: string, listener: unknown): this {
      const listeners = this.held.get(event) ?? [];
      const index = listeners.findLastIndex((candidate) => candidate.added === listener);
      if (index >= 0) this.held.set(event, listeners.toSpliced(index, 1));
      return this;
    }

    removeAllListeners(event?: string): this {
      if (event === undefined) this.held.clear();
      else this.held.delete(event);
      return this;
    }

    listenerCount(event: string): number {
      return this.held.get(event)?.length ?? 0;
    }

    emit(event: string, ...args: unknown[]): boolean {
      const listeners = this.held.get(event) ?? [];
      for (const listener of listeners) {
        try {
          listener.called(...args);
        } catch (error) {
          // One listener's error must not keep the message from the others; the page's console shows it.
          reportError(error);
        }
      }
      return listeners.length > 0;
    }

    addListener(event: string, listener: (...args: unknown[]) => void): this {
      return this.on(event, listener);
    }

    off(event: string, listener: unknown): this {
      return this.removeListener(event, listener);
    }

    private add(event: string, listener: Listener): this {
      if (typeof listener.added !== 'function')
        throw new TypeError('The "listener" argument must be of type function.');
      this.held.set(event, [...(this.held.get(event) ?? []), listener]);
      return this;
    }
  }

  const pending = new Map<number, { keep(value: unknown): void; reject(reason: Error): void; channel: string }>();
  let lastId = 0;
  const named = (channel: unknown): string => {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    return channel;
  };

  class IpcRenderer extends Emitter {
    send(channel: string, ...args: unknown[]): void {
      tell({ kind: 'send', channel: named(channel), args: codec.encode(args) });
    }

    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      const id = ++lastId;
      tell({ kind: 'invoke', id, channel: named(channel), args: codec.encode(args) });
      return new Promise((keep, reject) => pending.set(id, { keep, reject, channel }));
    }
  }
  const ipcRenderer = strict('ipcRenderer.', new IpcRenderer());

  const hear = (message: ToPage): void => {
    if (message.kind === 'message') {
      const args: unknown = codec.decode(message.args);
      ipcRenderer.emit(
        message.channel,
        { sender: ipcRenderer, ports: [] },
        ...(Array.isArray(args) ? (args as unknown[]) : []),
      );
      return;
    }
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if (message.kind === 'reply') waiting?.keep(codec.decode(message.result));
    else waiting?.reject(new Error(`Error invoking remote method '${waiting.channel}': ${message.error}`));
  };
  Reflect.set(globalThis, wires.fromMain, (text: string) => {
    hear(JSON.parse(text) as ToPage);
  });

  const electron = strict('', {
    ipcRenderer,
    contextBridge: strict('contextBridge.', {
      exposeInMainWorld: (key: string, api: unknown): void => bridge.expose(key, api),
    }),
    webFrame: strict('webFrame.', {}),
  });
  const setImmediate = (callback: () => void): Timer => setTimeout(callback, 0);
  const clearImmediate = (handle: Timer): void => clearTimeout(handle);
  const timers = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate };
  const modules = new Map<string, unknown>([
    ['electron', electron],
    ['electron/common', electron],
    ['electron/renderer', electron],
    ['events', Object.assign(Emitter, { EventEmitter: Emitter })],
    ['timers', timers],
    ['url', { URL, URLSearchParams }],
  ]);
  const require = (name: string): unknown => {
    const found = modules.get(name.replace(/^node:(?=events$|timers$|url$)/, ''));
    if (found === undefined) throw new Error(`module not found: ${name}`);
    return found;
  };
  const process = strict('process (in the preload).', {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    platform,
    versions,
  });

  try {
    const module = { exports: {} };
    preload(require, module, module.exports, process, globalThis, setImmediate, clearImmediate);
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    tell({ kind: 'preload-error', message, stack });
  }
}
