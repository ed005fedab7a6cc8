/**
 * How the screens and main reach each other: the channels, and what the sandboxed preloads put on the pages. It has no
 * schemas, because the preloads would carry them.
 */
import type { CommandName, EventName } from './ipc.ts';

/** What the preload puts on `window.kiosk`: two functions that know these names and nothing else. */
export interface KioskBridge {
  invoke(name: CommandName, input: unknown): Promise<unknown>;
  subscribe(name: EventName, listener: (payload: unknown) => void): () => void;
}

/** One channel each way; the name of the command or event is its first argument. */
export const COMMAND_CHANNEL = 'kiosk:command';
export const EVENT_CHANNEL = 'kiosk:event';

/** What the customer's screen receives: main sends it only this. It cannot answer. */
export const CUSTOMER_CHANNEL = 'customer:shown';

/** What its preload puts on `window.customer`. */
export interface CustomerBridge {
  subscribe(listener: (shown: unknown) => void): void;
}
