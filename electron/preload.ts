/**
 * Runs in the renderer's isolated world, sandboxed: the only bridge between the screen and the main process. It passes
 * on the contract's commands and events by name and knows nothing else.
 */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { COMMAND_CHANNEL, EVENT_CHANNEL, type KioskBridge } from '../shared/ipc-channels.ts';

/** The names of the contract, which the bundler inserts here; the schemas are not included. */
declare const FACEPAY_COMMANDS: readonly string[];
declare const FACEPAY_EVENTS: readonly string[];

const bridge: KioskBridge = {
  invoke: (name, input) =>
    FACEPAY_COMMANDS.includes(name)
      ? ipcRenderer.invoke(COMMAND_CHANNEL, name, input)
      : Promise.reject(new Error('no such command')),
  subscribe(name, listener) {
    if (!FACEPAY_EVENTS.includes(name)) throw new Error('no such event');
    // The event object would give the page a sender, so the page gets only the payload.
    const relay = (_event: IpcRendererEvent, said: unknown, payload: unknown): void => {
      if (said === name) listener(payload);
    };
    ipcRenderer.on(EVENT_CHANNEL, relay);
    return () => {
      ipcRenderer.removeListener(EVENT_CHANNEL, relay);
    };
  },
};

contextBridge.exposeInMainWorld('kiosk', bridge);
