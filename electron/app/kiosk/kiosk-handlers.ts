/** Leaving the kiosk: whether it may be left now, and who left it. */
import type { KioskExit } from '../../../shared/contract/kiosk.ts';
import { waitsForCustomer, type PaymentStage } from '../../../shared/ipc.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { Handlers } from '../core/handler.ts';
import type { Opened } from '../core/running-terminal.ts';

/** Why the app must go on for the moment. */
export type Held = 'customer-at-camera' | 'cancel-going-out';

export interface KioskPort {
  /** `null` if the app may be left now; also if the terminal could not be opened. */
  readonly held: () => Promise<Held | null>;
  /** Records the act, whether or not the terminal is open. */
  readonly note: (caller: Caller, outcome: string, how: KioskExit) => void;
  /** Starts to leave; the caller still gets the answer. */
  readonly leave: (how: KioskExit) => void;
  /** The page is alive. */
  readonly alive?: () => void;
}

/** The parts of the open terminal that decide. */
export interface Going {
  readonly till: { stage(): PaymentStage };
  readonly journal: {
    open(): { readonly orders: readonly { readonly order: { readonly reverse: { readonly out: object | null } } }[] };
  };
}

/**
 * Why the app must go on now, if it must. A cancel that only waits survives the app's end, because it is in the
 * journal.
 */
export function heldBy({ till, journal }: Going): Held | null {
  if (waitsForCustomer(till.stage())) return 'customer-at-camera';
  return journal.open().orders.some(({ order }) => order.reverse.out !== null) ? 'cancel-going-out' : null;
}

/** The same for a terminal that may still be opening, or could not be opened. */
export async function heldNow(opening: Promise<Opened>): Promise<Held | null> {
  const opened = await opening;
  return opened.ok ? heldBy(opened.value) : null;
}

/** Without `port` there is no window to leave. In a window the app goes on, so nothing blocks it. */
export const kioskHandlers = (port: KioskPort | null): Pick<Handlers, 'kiosk.leave' | 'kiosk.alive'> => ({
  'kiosk.leave': {
    withoutServices: async ({ how }, caller) => {
      const held = how === 'window' || port === null ? null : await port.held();
      port?.note(caller, held ?? 'ok', how);
      if (held !== null) return fail(held);
      port?.leave(how);
      return ok(null);
    },
  },
  'kiosk.alive': {
    withoutServices: () => {
      port?.alive?.();
      return ok(null);
    },
  },
});
