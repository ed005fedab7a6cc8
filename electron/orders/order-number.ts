import { BEIJING_MS } from '../../shared/beijing.ts';

/**
 * A new out_trade_no: 14 digits of Beijing time to the second, then 10 random digits, so that people can read the time
 * off it and two terminals never meet. `random` gives integers in [0, belowMax).
 */
export function newOutTradeNo(wallMs: number, random: (belowMax: number) => number): string {
  const time = new Date(wallMs + BEIJING_MS).toISOString().replace(/\D/g, '').slice(0, 14);
  const tail = [random(100_000), random(100_000)].map((part) => String(part).padStart(5, '0'));
  return time + tail.join('');
}
