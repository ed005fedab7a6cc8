/** The keys of the keyboard on the screen, and what they do to a text. Pure. */

export type KeyPage = 'letters' | 'signs' | 'digits';
/** `once` is for the next letter alone. */
export type Shift = 'off' | 'once' | 'locked';

/** Every printable ASCII character stands on one of the two pages: ids, keys, addresses and names need no more. */
export const letterRows = ['1234567890', 'qwertyuiop', 'asdfghjkl-', 'zxcvbnm._/'] as const;
export const signRows = ['1234567890', '!@#$%^&*()', '-_=+[]{}\\|', '`~;:\'",.<>', '/?'] as const;
export const digitRows = ['123', '456', '789'] as const;

/** What a key shows and types under this shift. */
export const shifted = (key: string, shift: Shift): string => (shift === 'off' ? key : key.toUpperCase());

/** Off, then for one letter, then for good, as on a telephone. */
export const afterShift = (shift: Shift): Shift => (shift === 'off' ? 'once' : shift === 'once' ? 'locked' : 'off');

export const afterText = (shift: Shift): Shift => (shift === 'once' ? 'off' : shift);

/** A text and what is marked in it, from the start of the marks to their end. */
export interface Marked {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What stands in the field after a key, and where the caret then is. */
export interface Edited {
  readonly text: string;
  readonly caret: number;
}

/** Puts `typed` in the marks' place; a text that would become longer than `lengthMax` stays as it is. */
export function withTyped({ text, start, end }: Marked, typed: string, lengthMax: number): Edited {
  const next = text.slice(0, start) + typed + text.slice(end);
  return next.length > lengthMax ? { text, caret: start } : { text: next, caret: start + typed.length };
}

/** Takes away what is marked, or else the one character before the caret, which may be two code units long. */
export function withDeleted({ text, start, end }: Marked): Edited {
  const from = start < end ? start : start - (Array.from(text.slice(0, start)).at(-1)?.length ?? 0);
  return { text: text.slice(0, from) + text.slice(end), caret: from };
}
