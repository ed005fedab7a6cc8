/**
 * What the keys of the amount keypad do to its text. Pure: a key that would not give an amount leaves the text
 * unchanged.
 */
import { AMOUNT_FEN_MAX, parseYuan } from '../../shared/money.ts';

export const amountKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '00', '0', '.'] as const;
export type AmountKey = (typeof amountKeys)[number];

/** Whether a key of a physical keyboard is also on the keypad. */
export const isAmountKey = (key: string): key is AmountKey => amountKeys.some((known) => known === key);

/** Adds a key's digits, unless the result is no amount or is more than the limit of one payment. */
export function withAmountKey(text: string, key: AmountKey): string {
  const next = key === '.' && text === '' ? '0.' : withoutLeadingZeros(text + key);
  const fen = parseYuan(next);
  return fen === null || fen > AMOUNT_FEN_MAX ? text : next;
}

const withoutLeadingZeros = (text: string): string => text.replace(/^0+(?=\d)/, '');

/** Takes the last character off. */
export const withoutLast = (text: string): string => text.slice(0, -1);

/** The typed amount in fen, or `null` while it cannot be taken. */
export function typedFen(text: string): number | null {
  const fen = parseYuan(text);
  return fen === null || fen === 0 ? null : fen;
}
