/** The display does not sleep while the app runs. It is asked to switch on when an order begins to need a person. */
import type { OrderView } from '../../../shared/order/order.ts';

/** What is needed of Electron's `powerSaveBlocker`. */
export interface SleepBlocker {
  start(type: 'prevent-display-sleep'): number;
  stop(id: number): unknown;
}

/** What is needed of the window; Electron's BrowserWindow has it. */
export interface WakingWindow {
  isDestroyed(): boolean;
  isMinimized(): boolean;
  restore(): void;
}

export interface StayAwake {
  /** Any order view that main sends to the screen. */
  readonly tookOrder: (view: OrderView) => void;
}

/** Nothing goes on by itself with such an order: it is loud until a person decides. */
const needsSomebody = ({ standing, phase }: OrderView): boolean =>
  standing === 'attention' || phase.name === 'choosing';

/** Whether `view` begins to need a person, and all orders that do from then on. Pure. */
export function wakesFor(
  known: ReadonlySet<string>,
  view: OrderView,
): { readonly wakes: boolean; readonly known: ReadonlySet<string> } {
  const needs = needsSomebody(view);
  if (needs === known.has(view.orderId)) return { wakes: false, known };
  const now = new Set(known);
  if (needs) now.add(view.orderId);
  else now.delete(view.orderId);
  return { wakes: needs, known: now };
}

/**
 * Blocks the display's sleep for the life of the app. A user, or a display's own switch, can turn it off all the same.
 * A new block tells the system that the display is needed now. What the system then does is not in our hands.
 */
export function stayAwake(blocker: SleepBlocker, windowNow: () => WakingWindow | null): StayAwake {
  let known: ReadonlySet<string> = new Set();
  let block = blocker.start('prevent-display-sleep');
  const wake = (): void => {
    // The new block starts first: between the two the display might sleep.
    const last = block;
    block = blocker.start('prevent-display-sleep');
    blocker.stop(last);
    const window = windowNow();
    if (window !== null && !window.isDestroyed() && window.isMinimized()) window.restore();
  };
  return {
    tookOrder: (view) => {
      const next = wakesFor(known, view);
      ({ known } = next);
      if (next.wakes) wake();
    },
  };
}
