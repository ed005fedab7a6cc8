import { createHmac } from 'node:crypto';
import { BEIJING_MS } from '../../../shared/beijing.ts';

const PART_DIGITS = 9;

/**
 * This terminal's own 9 digits of each order number. Drawn from the device's secret, so they are kept with it and no other
 * terminal has that secret; `machine` (its host name) parts two machines whose profile was copied with the secret in it.
 */
export function terminalPart(deviceSecret: Uint8Array, machine: string): string {
  const digest = createHmac('sha256', deviceSecret).update(`facepay-kiosk order number ${machine}`).digest();
  return String(digest.readUIntBE(0, 6) % 10 ** PART_DIGITS).padStart(PART_DIGITS, '0');
}

/**
 * A new out_trade_no: 14 digits of Beijing time to the second, the 9 of this terminal (`terminalPart`), 5 random ones; 28 in
 * all, of which people can read the time off. `random` gives integers in [0, belowMax).
 *
 * Of 10,000 terminals of one merchant two have the same 9 digits in 5 chains of 100 (5e7 pairs in 1e9). Those two, taking a
 * payment every 5 minutes around the clock, draw one number once in about 285 years (a second in 300 shared by the other,
 * 1 in 1e5); for all chains together once in about 5,700 years, where ten random digits met every few weeks.
 */
export function newOutTradeNo(wallMs: number, part: string, random: (belowMax: number) => number): string {
  const time = new Date(wallMs + BEIJING_MS).toISOString().replace(/\D/g, '').slice(0, 14);
  return time + part + String(random(100_000)).padStart(5, '0');
}
