import { createHmac } from 'node:crypto';
import { BEIJING_MS } from '../../../shared/beijing.ts';
import type { Order } from '../machine/order.ts';

const PART_DIGITS = 9;

/**
 * This terminal's own 9 digits of each order number. They are derived from the device's secret, so they stay the same
 * as long as the secret does, and no other terminal has that secret. `machine` (its host name) tells two machines apart
 * whose profile was copied together with the secret.
 */
export function terminalPart(deviceSecret: Uint8Array, machine: string): string {
  const digest = createHmac('sha256', deviceSecret).update(`facepay-kiosk order number ${machine}`).digest();
  return String(digest.readUIntBE(0, 6) % 10 ** PART_DIGITS).padStart(PART_DIGITS, '0');
}

/**
 * A new out_trade_no of 28 digits: 14 digits of Beijing time to the second, the 9 of this terminal (`terminalPart`), 5
 * random ones. People can read the time from it. `random` gives integers in [0, belowMax).
 *
 * If each merchant has 10,000 terminals, two terminals of one merchant share the same 9 digits in 5 of 100 merchants
 * (5e7 pairs in 1e9). Suppose that two such terminals take a payment every 5 minutes around the clock. They share a
 * second 1 time in 300, and then the random digits 1 time in 1e5. So they draw the same number about once in 285 years.
 * Over all merchants together that is about once in 5,700 years. With ten random digits and no terminal part it would
 * happen every few weeks.
 */
export function newOutTradeNo(wallMs: number, part: string, random: (belowMax: number) => number): string {
  const time = new Date(wallMs + BEIJING_MS).toISOString().replace(/\D/g, '').slice(0, 14);
  return time + part + String(random(100_000)).padStart(5, '0');
}

/**
 * A new out_refund_no for one intent, at most 50 characters: the order's number, `R` and the how-many-th refund of it
 * this is here, this terminal's 9 digits, 6 random ones. WeChat keeps these numbers per merchant, so that a number drawn
 * twice would be answered as if it were refunded, and pay nothing (electron/wechat/README.md, "Refund"). Two terminals
 * may refund parts of one order, and a journal that is lost begins to count again: the last 15 digits keep them apart.
 */
export const newOutRefundNo = (
  { outTradeNo, transactionId, ourRefunds }: Pick<Order, 'outTradeNo' | 'transactionId' | 'ourRefunds'>,
  part: string,
  random: (belowMax: number) => number,
): string =>
  `${outTradeNo ?? transactionId ?? ''}R${String(ourRefunds.length + 1)}_${part}${String(random(1_000_000)).padStart(6, '0')}`;
