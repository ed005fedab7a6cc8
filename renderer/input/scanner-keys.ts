/** The key that a scanner meant, where the event does not say it plainly. Pure. */

/** The parts of a key event that tell it. */
export interface KeyPart {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
}

const SIGNS: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Minus: ['-', '_'],
  Backslash: ['\\', '|'],
  Digit2: ['2', '@'],
  Digit8: ['8', '*'],
};

/**
 * An input method that is on reports `Process` for each key; the code still says which key it was. Of other keys it is
 * the key itself. Order numbers need no more signs than these.
 */
export function meantKey({ key, code, shiftKey }: KeyPart): string {
  if (key !== 'Process') return key;
  const sign = SIGNS[code];
  if (sign !== undefined) return sign[shiftKey ? 1 : 0];
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shiftKey ? letter : letter.toLowerCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  return code === 'NumpadEnter' ? 'Enter' : code;
}

/**
 * Scanners that fit every keyboard layout hold Alt, type a character's number on the numeric pad, and let Alt go. The
 * digits so far; any other key begins anew.
 */
export const withAltDigit = (digits: string, code: string): string => {
  const digit = /^Numpad(\d)$/.exec(code)?.[1];
  return digit === undefined ? '' : digits + digit;
};

const ENTER_NUMBER = 13;
const PRINTABLE_FROM = 32;
const PRINTABLE_TO = 126;

/** The key of these digits once Alt is let go; `null` if they are none that a scanner sends. */
export function altKey(digits: string): string | null {
  const number = /^\d{2,4}$/.test(digits) ? Number(digits) : 0;
  if (number === ENTER_NUMBER) return 'Enter';
  return number >= PRINTABLE_FROM && number <= PRINTABLE_TO ? String.fromCharCode(number) : null;
}
