/** The keys of the on-screen keyboard, and what they do to a text. Pure. */

export type KeyPage = 'letters' | 'signs' | 'digits';
/** `once` holds only for the next letter. */
export type Shift = 'off' | 'once' | 'locked';

/** The two pages have every printable ASCII character: ids, keys, addresses and names need no more. */
export const letterRows = ['1234567890', 'qwertyuiop', 'asdfghjkl-', 'zxcvbnm._/'] as const;
export const signRows = ['1234567890', '!@#$%^&*()', '-_=+[]{}\\|', '`~;:\'",.<>', '/?'] as const;
export const digitRows = ['123', '456', '789'] as const;

/** What a key shows and types with this shift. */
export const shifted = (key: string, shift: Shift): string => (shift === 'off' ? key : key.toUpperCase());

/** Off, then for one letter, then locked, as on a phone. */
export const afterShift = (shift: Shift): Shift => (shift === 'off' ? 'once' : shift === 'once' ? 'locked' : 'off');

export const afterText = (shift: Shift): Shift => (shift === 'once' ? 'off' : shift);

/** A text and its selection, from start to end. */
export interface Marked {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The field's text after a key, and the new position of the caret. */
export interface Edited {
  readonly text: string;
  readonly caret: number;
}

/** Replaces the selection with `typed`; a text that would become longer than `lengthMax` stays as it is. */
export function withTyped({ text, start, end }: Marked, typed: string, lengthMax: number): Edited {
  const next = text.slice(0, start) + typed + text.slice(end);
  return next.length > lengthMax ? { text, caret: start } : { text: next, caret: start + typed.length };
}

/** Deletes the selection, or else the one character before the caret, which may be two code units long. */
export function withDeleted({ text, start, end }: Marked): Edited {
  const from = start < end ? start : start - (Array.from(text.slice(0, start)).at(-1)?.length ?? 0);
  return { text: text.slice(0, from) + text.slice(end), caret: from };
}
