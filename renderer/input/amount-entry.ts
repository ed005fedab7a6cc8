/** What the keys of the amount keypad do to its text. Pure: what would not be an amount leaves the text as it was. */
import { AMOUNT_FEN_MAX, parseYuan } from '../../shared/money.ts';

export const amountKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '00', '0', '.'] as const;
export type AmountKey = (typeof amountKeys)[number];

/** Whether a key of a physical keyboard is one of the keypad's. */
export const isAmountKey = (key: string): key is AmountKey => amountKeys.some((known) => known === key);

/** Adds a key's digits, unless the result is no amount or more than one payment may take. */
export function withAmountKey(text: string, key: AmountKey): string {
  const next = key === '.' && text === '' ? '0.' : withoutLeadingZeros(text + key);
  const fen = parseYuan(next);
  return fen === null || fen > AMOUNT_FEN_MAX ? text : next;
}

const withoutLeadingZeros = (text: string): string => text.replace(/^0+(?=\d)/, '');

/** Takes the last character off. */
export const withoutLast = (text: string): string => text.slice(0, -1);

/** The typed amount in fen, or `null` while it is nothing to be taken. */
export function typedFen(text: string): number | null {
  const fen = parseYuan(text);
  return fen === null || fen === 0 ? null : fen;
}
