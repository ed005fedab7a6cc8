/**
 * Which PINs are refused because an attacker would guess them first. The screen asks at the first typing, main before it
 * keeps one. Pure.
 */
import { PIN_DIGITS_MAX, PIN_DIGITS_MIN } from './contract/staff.ts';

export type PinProblem = 'pin-shape' | 'pin-trivial';

/** `knownNumbers`: what can be read on this terminal or its receipts, such as the merchant's id. */
export function pinProblem(pin: string, knownNumbers: readonly string[] = []): PinProblem | null {
  if (!/^\d+$/.test(pin) || pin.length < PIN_DIGITS_MIN || pin.length > PIN_DIGITS_MAX) return 'pin-shape';
  return isTrivial(pin) || isDate(pin) || isPartOf(pin, knownNumbers) ? 'pin-trivial' : null;
}

const isTrivial = (pin: string): boolean =>
  new Set(pin).size <= 2 || repeats(pin) || isMadeOfRuns(pin) || isPalindrome(pin) || isInPairs(pin) || isOnKeypad(pin);

/** A piece that is repeated until the end: 121212, 123123, 1231231. */
function repeats(pin: string): boolean {
  const periods = Array.from({ length: Math.floor(pin.length / 2) }, (_, index) => index + 1);
  return periods.some((period) => pin.slice(period) === pin.slice(0, -period));
}

const RUN_MIN = 3;

/** Only digits that stay, rise or fall by an even step, three or more at a time: 123456, 975310, 111222, 123987. */
function isMadeOfRuns(pin: string): boolean {
  const digits = Array.from(pin, Number);
  let from = 0;
  while (from < digits.length) {
    const to = endOfRun(digits, from);
    if (to - from < RUN_MIN) return false;
    from = to;
  }
  return true;
}

function endOfRun(digits: readonly number[], from: number): number {
  const step = stepAt(digits, from);
  let to = from + 1;
  if (step === null) return to;
  while (to < digits.length && stepAt(digits, to - 1) === step) to += 1;
  return to;
}

/**
 * The step from the digit at `index` to the next; 9 is followed by 0. `null` at the end, and if the step is more than
 * two.
 */
function stepAt(digits: readonly number[], index: number): number | null {
  const [here, next] = [digits[index], digits[index + 1]];
  if (here === undefined || next === undefined) return null;
  const step = (next - here + 10) % 10;
  return [0, 1, 2, 8, 9].includes(step) ? step : null;
}

const reversed = (text: string): string => Array.from(text).reverse().join('');
const isPalindrome = (pin: string): boolean => pin === reversed(pin);

/** 112233, 114477. */
const isInPairs = (pin: string): boolean => /^(?:(\d)\1)+$/.test(pin);

/** Shapes that a finger draws on a keypad, and numbers that sound like a phrase in Chinese. */
const DRAWN = [
  '147258',
  '258369',
  '147369',
  '159753',
  '159357',
  '753159',
  '357159',
  '147896',
  '789632',
  '258456',
  '147852',
  '741852',
];
const SPOKEN = ['520131', '131452', '201314', '5201314', '1314520', '521314', '584520', '168888', '518888'];

const isOnKeypad = (pin: string): boolean =>
  [...DRAWN, ...DRAWN.map(reversed), ...SPOKEN].some((known) => pin.includes(known) && pin.length - known.length <= 3);

/** Birthdays and years, in the orders in which people write them. */
const DATES: readonly RegExp[] = [
  /^(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/,
  /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)?\d\d$/,
  /^(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)?\d\d$/,
  /^(?:19|20)\d\d(?:0[1-9]|1[0-2])$/,
  /^(?:0[1-9]|1[0-2])(?:19|20)\d\d$/,
];

const isDate = (pin: string): boolean => DATES.some((date) => date.test(pin));

const isPartOf = (pin: string, numbers: readonly string[]): boolean =>
  numbers.some((number) => {
    const digits = number.replace(/\D/g, '');
    return (
      digits.includes(pin) ||
      digits.includes(reversed(pin)) ||
      (digits.length >= PIN_DIGITS_MIN && pin.includes(digits))
    );
  });
