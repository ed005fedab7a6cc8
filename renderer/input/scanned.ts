/** What a scanner has read. Shops also scan what a customer's phone shows, staff badges and goods. Pure. */
import { looksLikePaymentCode, shownIn, type Shown } from '../../shared/order/payment-code.ts';
import { typedOutTradeNoSchema } from '../../shared/order/order.ts';
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

/** `null`: a few keys that somebody hit. */
export function whatIsShown({ text, burst }: Pick<CodeKeys, 'text' | 'burst'>): Shown | null {
  const shown = shownIn(burst) ?? shownIn(text);
  if (shown !== null) return shown;
  return text.length < SCAN_LENGTH_MIN ? null : { what: 'other-scan' };
}
