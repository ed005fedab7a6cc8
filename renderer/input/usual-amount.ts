/**
 * Whether an amount is far above what this till usually takes. Pure. A slipped zero is such an amount, and so is a short
 * code that a scanner typed. What is usual is read from the paid orders that the screen holds (the last thirty that
 * ended, of this day or its start): nothing more is stored for it, and the answer only asks once more.
 */

/** So many paid orders make a day's usual amount. */
const KNOWN_MIN = 3;
/** Far above: this many times the middle one. */
const TIMES = 10;
/** A small amount is never asked about, however small the others are: 200 yuan. */
const ASK_FROM_FEN = 20_000;
/** While too few are known, for example in the morning: 2,000 yuan. */
const ASK_FROM_UNKNOWN_FEN = 200_000;

/** `paidFen`: the amounts of the paid orders that are known. */
export function isUnusual(fen: number, paidFen: readonly number[]): boolean {
  const sorted = [...paidFen].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined || sorted.length < KNOWN_MIN) return fen >= ASK_FROM_UNKNOWN_FEN;
  return fen >= Math.max(ASK_FROM_FEN, TIMES * middle);
}
