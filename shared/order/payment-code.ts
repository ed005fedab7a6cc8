/**
 * The codes that take money from a customer: what a phone shows as a QR code or barcode, and what a face device gives
 * for its customer. They are secrets: never stored, never logged, in no field. This file alone says what they look like
 * (electron/wechat/README.md, "Pay").
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../result.ts';
import { normalizedNumber } from './number-text.ts';

/** WeChat Pay's: 18 digits, from 10 to 15; 16 has been seen. */
const WECHAT = /^1[0-6]\d{16}$/;
/** Alipay's: 16 to 24 digits, from 25 to 30; of its face devices `fp` and 35 characters. */
const ALIPAY = /^(?:(?:2[5-9]|30)\d{14,22}|fp[0-9A-Za-z]{35})$/i;
const UNIONPAY = /^62\d{14,22}$/;

export type Wallet = 'wechat' | 'alipay' | 'unionpay';

/** Whose code this is, where a payment code is expected; `null`: no code of any wallet. */
export function walletOf(text: string): Wallet | null {
  const code = normalizedNumber(text);
  if (WECHAT.test(code)) return 'wechat';
  if (ALIPAY.test(code)) return 'alipay';
  return UNIONPAY.test(code) ? 'unionpay' : null;
}

/** What came where a payment waits for a code. `other-scan`: no code, or none that is whole. */
export type Shown =
  { readonly what: 'code'; readonly code: string } | { readonly what: 'alipay' | 'unionpay' | 'other-scan' };

/** The code in a text that a scanner has sent; `null`: no code of any wallet. */
export function shownIn(text: string): Exclude<Shown, { what: 'other-scan' }> | null {
  const code = onceOnly(text);
  const wallet = walletOf(code);
  if (wallet === null) return null;
  return wallet === 'wechat' ? { what: 'code', code } : { what: wallet };
}

/** A scanner that sends nothing behind a code may read the same one twice in one go. */
function onceOnly(text: string): string {
  const half = text.slice(0, text.length / 2);
  return normalizedNumber(text === half + half ? half : text);
}

/**
 * The same where an order number is expected: shops scan what a phone shows there too. Of the other wallets only the
 * length that every phone shows counts: tills make longer and shorter order numbers that begin with the year.
 */
export const looksLikePaymentCode = (text: string): boolean =>
  /^(?:1[0-6]|2[5-9]|30)\d{16}$/.test(normalizedNumber(text));

export type NoPaymentCode = 'no-payment-code' | 'code-of-alipay' | 'code-of-unionpay';

/** The code as pay/micropay takes it, from what a scanner or a person typed; else what it is instead. */
export function paymentCodeOf(text: string): Result<string, NoPaymentCode> {
  const wallet = walletOf(text);
  if (wallet === 'wechat') return ok(normalizedNumber(text));
  return wallet === null ? fail('no-payment-code') : fail(`code-of-${wallet}` as const);
}

/** The code of one WeChat Pay payment, as pay/micropay takes it. */
export const paymentCodeSchema = z.string().regex(WECHAT, { error: 'no-payment-code' });
