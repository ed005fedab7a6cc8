/** Who gets the keys at this moment: one owner at a time, so that no key acts on something out of sight. Pure. */
import { SAME_AMOUNT_MS } from '../shared/timing.ts';

/** What is on the screen, as far as keys depend on it. */
export interface OnScreen {
  /** The open dialog: `alert` must be answered by its own buttons, `own-keys` listens to keys itself. */
  readonly dialog: 'none' | 'alert' | 'own-keys' | 'other';
  /** Somebody signs in or out. */
  readonly staff: boolean;
  /** The list of a hand-over is being read. */
  readonly leaving: boolean;
  readonly help: boolean;
  /** The dialog for an order number. */
  readonly number: boolean;
  readonly about: boolean;
  readonly backOffice: boolean;
  /** Without a cashier on the shift no amount can be typed. */
  readonly served: boolean;
  /** What the till shows: `paid` and `order` also where somebody opened it. */
  readonly till: 'keypad' | 'camera' | 'order' | 'paid' | 'stopped';
  /** The shown order was opened by a person: the payment of the stage may go on behind it. */
  readonly opened: boolean;
}

export type KeyboardOwner =
  | 'alert'
  | 'pin'
  | 'hand-over'
  | 'help'
  | 'number'
  | 'dialog'
  | 'about'
  | 'back-office'
  // The keypad and the paid order take the digits of an amount; of the till's other screens only its function keys act.
  | 'keypad'
  | 'paid'
  | 'till';

/** The uppermost thing that listens. A dialog owns all keys, whatever lies under it. */
export function keyboardOwner(on: OnScreen): KeyboardOwner {
  if (on.dialog === 'alert') return 'alert';
  if (on.staff) return 'pin';
  if (on.leaving) return 'hand-over';
  if (on.help) return 'help';
  if (on.number) return 'number';
  if (on.about) return 'about';
  if (on.dialog !== 'none') return 'dialog';
  if (on.backOffice) return 'back-office';
  if (!on.served || on.opened) return 'till';
  return on.till === 'keypad' || on.till === 'paid' ? on.till : 'till';
}

/** Whether the owner takes the digits of an amount. */
export const takesAmount = (owner: KeyboardOwner): owner is 'keypad' | 'paid' => owner === 'keypad' || owner === 'paid';

/**
 * Whether typed keys are left out: nothing takes them, or they follow so closely on keys that nothing took that they are the
 * rest of one amount, and the rest alone would be another (renderer/input/amount-entry.ts, Meant amounts).
 */
export const isLeftOut = (owner: KeyboardOwner, amount: string, sinceLeftOutMs: number): boolean =>
  !takesAmount(owner) || (amount === '' && sinceLeftOutMs < SAME_AMOUNT_MS);

/** A scan fills in a number. Under a question, a hand-over or a PIN it would act on something that nobody sees. */
export const hearsScans = (owner: KeyboardOwner, inBackOffice: boolean): boolean =>
  owner !== 'alert' && owner !== 'hand-over' && owner !== 'pin' && !(owner === 'help' && inBackOffice);
