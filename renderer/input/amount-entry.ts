/**
 * What the keys of the amount keypad make of its text, for example `20+5.5`. Pure.
 *
 * [Note: Meant amounts] A key that cannot be taken is never left out in silence, because the rest would be another
 * amount: `60000` would take 6000, and `20*5` would take 205. It stays in the text, the text is then no amount, and no
 * payment starts until a person has corrected it.
 */
import { AMOUNT_FEN_MAX, parseYuan } from '../../shared/money.ts';

export const amountKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '00', '0', '.'] as const;

export type AmountKey = (typeof amountKeys)[number];

/** Longer texts are a cat on the keyboard. They are not cut: a cut text would be another amount. */
const TEXT_MAX = 40;

/** Why a text is no amount. `unfinished`: nothing follows its last `+`. */
export type AmountFault = 'too-large' | 'decimals' | 'unfinished' | 'sign';

export interface ReadAmount {
  /** The sum so far, in fen. */
  readonly fen: number;
  readonly fault: AmountFault | null;
}

/**
 * Adds what a key of the keypad or of a keyboard stands for. Of a numeric pad's other signs only `+` counts; `=` changes
 * nothing, for the sum always stands there.
 */
export function withAmountKey(text: string, key: string): string {
  const isIdle = key === '=' || (key === '+' && (text === '' || text.endsWith('+')));
  if (isIdle || text.length >= TEXT_MAX) return text;
  const start = text.lastIndexOf('+') + 1;
  const term = text.slice(start);
  const next = key === '.' && term === '' ? '0.' : (term + key).replace(/^0+(?=\d)/, '');
  return text.slice(0, start) + next;
}

/** Takes the last character off. */
export const withoutLast = (text: string): string => text.slice(0, -1);

/** The sum of the typed terms, and what stands against taking it. */
export function readAmount(text: string): ReadAmount {
  const terms = text.split('+');
  const unfinished = terms.length > 1 && terms.at(-1) === '';
  const written = terms.filter((term) => term !== '');
  const values = written.map(parseYuan);
  const fen = values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const fault = written.map(faultOf).find((found) => found !== null) ?? (fen > AMOUNT_FEN_MAX ? 'too-large' : null);
  if (text.length >= TEXT_MAX) return { fen, fault: fault ?? 'sign' };
  return { fen, fault: fault ?? (unfinished ? 'unfinished' : null) };
}

function faultOf(term: string): AmountFault | null {
  if (parseYuan(term) !== null) return null;
  if (/^\d+$/.test(term)) return 'too-large';
  return /^\d+\.\d+$/.test(term) ? 'decimals' : 'sign';
}

/** The typed amount in fen, or `null` while it cannot be taken. */
export function typedFen(text: string): number | null {
  const { fen, fault } = readAmount(text);
  return fault !== null || fen === 0 ? null : fen;
}

/** `12345.6` -> `12,345.6`: the digits before the point in groups of three. Other text stays as it is. */
export const grouped = (text: string): string =>
  text.replace(/^\d+/, (digits) => digits.replace(/\B(?=(?:\d{3})+$)/g, ','));
