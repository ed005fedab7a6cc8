/** What a scanner has read. Shops also scan what a customer's phone shows, staff badges and goods. Pure. */
import { looksLikePaymentCode, walletOf } from '../../shared/order/payment-code.ts';
import { typedOutTradeNoSchema } from '../../shared/order/order.ts';
import { normalizedNumber } from '../../shared/order/number-text.ts';
import type { CodeKeys } from './code-keys.ts';
import { SCAN_LENGTH_MIN, type Recognized } from './scan.ts';

/** `neither`: no order has such a number. A badge with nothing but letters and digits cannot be told from a number. */
export type Scanned =
  { readonly what: 'number' | 'neither' } | { readonly what: 'payment-code'; readonly code: string };

type Scan = Pick<Recognized & { kind: 'scan' }, 'text' | 'typed'>;

export function whatIsScanned(scan: Scan): Scanned {
  const code = paymentCodeOf(scan);
  if (code !== null) return { what: 'payment-code', code };
  return { what: typedOutTradeNoSchema.safeParse(scan.text).success ? 'number' : 'neither' };
}

/** Its first keys may also be somebody's typing that happened to come just before. */
const paymentCodeOf = ({ text, typed }: Scan): string | null =>
  [text, text.slice(typed)].find(looksLikePaymentCode) ?? null;

/** What came where a payment waits for a code. `other-scan`: no code, or none that is whole. */
export type Shown =
  { readonly what: 'code'; readonly code: string } | { readonly what: 'alipay' | 'unionpay' | 'other-scan' };

/** `null`: a few keys that somebody hit. */
export function whatIsShown({ text, burst }: Pick<CodeKeys, 'text' | 'burst'>): Shown | null {
  for (const code of [burst, text].map(onceOnly)) {
    const wallet = walletOf(code);
    if (wallet === 'wechat') return { what: 'code', code };
    if (wallet !== null) return { what: wallet };
  }
  return text.length < SCAN_LENGTH_MIN ? null : { what: 'other-scan' };
}

/** A scanner that sends no Enter may read the same code twice in one go. */
function onceOnly(text: string): string {
  const half = text.slice(0, text.length / 2);
  return normalizedNumber(text === half + half ? half : text);
}
