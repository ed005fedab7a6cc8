/** What the screen can check about new PINs before main judges them. Pure. */
import { PIN_DIGITS_MAX, PIN_DIGITS_MIN } from '../../../shared/contract/staff.ts';

export interface NewPins {
  readonly pin: string;
  readonly again: string;
}

export const noPins: NewPins = { pin: '', again: '' };

export type PinProblem = { readonly at: 'pin' | 'again'; readonly code: 'pin-shape' | 'pins-differ' };

/** What is wrong with a PIN that was typed twice, or `null`. Main judges whether it is too easy to guess. */
export function problemWithPins({ pin, again }: NewPins): PinProblem | null {
  if (!/^\d*$/.test(pin) || pin.length < PIN_DIGITS_MIN || pin.length > PIN_DIGITS_MAX)
    return { at: 'pin', code: 'pin-shape' };
  return pin === again ? null : { at: 'again', code: 'pins-differ' };
}
