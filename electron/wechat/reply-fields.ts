/** What every operation reads from a checked reply in the same way. Pure. */
import { z } from 'zod';
import type { NoResponse } from './answers.ts';
import type { Fields } from './sign.ts';

export const noResponse = (why: NoResponse['why'], text: string): NoResponse => ({ kind: 'no-answer', why, text });
export const badReply = (field: string): NoResponse => noResponse('bad-reply', field);

const errCodeSchema = z.string().regex(/^[A-Z0-9_]{1,32}$/);

/** The err_code of a reply without `result_code` SUCCESS, or no answer where it has none. */
export function errCodeOf(reply: Fields): { readonly kind: 'refused'; readonly errCode: string } | NoResponse {
  const errCode = errCodeSchema.safeParse(reply['err_code']);
  return errCode.success ? { kind: 'refused', errCode: errCode.data } : badReply('err_code');
}

const feeSchema = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);

/** A whole number (fen, or how many), or `null`. */
export const numberOf = (reply: Fields, field: string): number | null => feeSchema.safeParse(reply[field]).data ?? null;

const NAME_MAX = 32;

/** A name from outside that our screen will show: letters, digits and _, cut short. */
export const plainName = (name: string): string => name.replace(/[^0-9A-Za-z_]/g, '?').slice(0, NAME_MAX);
