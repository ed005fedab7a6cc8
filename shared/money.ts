import { z } from 'zod';
import { normalizedAmount } from './order/number-text.ts';

/** The most one payment may take: 50,000.00 yuan. WeChat Pay's own limit for one face payment is lower. */
export const AMOUNT_FEN_MAX = 5_000_000;

/**
 * The most that WeChat Pay takes by one face, 1,000.00 yuan; above it its advice is to scan a code
 * (electron/wechat/README.md, "Pay").
 */
export const FACE_FEN_MAX = 100_000;

/** Integer fen (1/100 yuan), from 1. Only the keypad and the formatter use yuan. */
export const amountFenSchema = z
  .number({ error: 'not-a-number' })
  .int({ error: 'fraction-of-fen' })
  .positive({ error: 'not-positive' })
  .max(AMOUNT_FEN_MAX, { error: 'too-large' })
  .brand<'AmountFen'>();

export type AmountFen = z.infer<typeof amountFenSchema>;

/** `12345` -> `123.45`. Always two decimals, no currency sign, no grouping. */
export function formatYuan(fen: number): string {
  const text = Math.abs(fen).toString().padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** Keypad text (`12`, `12.3`, `12.34`) to fen; `null` if it is not an amount with at most two decimals. */
export function parseYuan(text: string): number | null {
  const match = /^(\d{1,6})(?:\.(\d{0,2}))?$/.exec(text);
  if (match === null) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/** `12.34` or a range (`10-20`, `-5`, `100-`) to fen, both ends included; `null` if the text is neither. */
export function parseYuanRange(text: string): { readonly min: number; readonly max: number } | null {
  const [first = '', second, ...rest] = normalizedAmount(text).split('-');
  if (rest.length > 0 || (first === '' && (second ?? '') === '')) return null;
  const from = first === '' ? 0 : parseYuan(first);
  const to = second === undefined ? from : second === '' ? AMOUNT_FEN_MAX : parseYuan(second);
  if (from === null || to === null || Math.min(from, to) > AMOUNT_FEN_MAX) return null;
  return { min: Math.min(from, to), max: Math.min(Math.max(from, to), AMOUNT_FEN_MAX) };
}
