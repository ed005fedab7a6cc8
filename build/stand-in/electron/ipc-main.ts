// Runs in the stand-in's main process. Why it exists: Electron's `ipcMain`, with Electron's error messages.
import type * as Electron from 'electron';
import type { ToPage } from '../page/page-preload.ts';
import { StrictEmitter } from '../base/strict.ts';
import { createCodec } from '../base/values.ts';

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;

const codec = createCodec();

class StandInIpcMain
  extends StrictEmitter
  implements
    Pick<
      Electron.IpcMain,
      'handle' | 'handleOnce' | 'removeHandler' | 'on' | 'once' | 'off' | 'removeListener' | 'removeAllListeners'
    >
{
  readonly #handlers = new Map<string, Handler>();

  constructor() {
    super('ipcMain', 'any');
    // A channel may be called "error"; Node would throw for one that nobody listens to.
    this.on('error', () => undefined);
  }

  handle(channel: string, listener: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof listener !== 'function')
      throw new TypeError(`Expected handler to be a function, but found type '${typeof listener}'`);
    this.#handlers.set(channel, listener);
  }

  handleOnce(channel: string, listener: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return listener(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** Not Electron's: a message the page sent and expects no answer to. */
  receive(channel: string, event: Electron.IpcMainEvent, args: string): void {
    this.emit(channel, event, ...decodeArgs(args));
  }

  /** Not Electron's: a call of the page; every outcome becomes its answer. */
  async call(id: number, channel: string, event: Electron.IpcMainInvokeEvent, args: string): Promise<ToPage> {
    try {
      const handler = this.#handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      return { kind: 'reply', id, result: codec.encode(await handler(event, ...decodeArgs(args))) };
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error);
      return { kind: 'failure', id, error: String(error) };
    }
  }
}

function decodeArgs(text: string): unknown[] {
  const args = codec.decode(text);
  return Array.isArray(args) ? args : [];
}

/** Encodes messages that main sends without being asked. */
export function encodeArgs(args: readonly unknown[]): string {
  return codec.encode(args);
}

/** `ipcMain`. */
export const ipcMain = new StandInIpcMain();
