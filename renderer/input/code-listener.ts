/** Hears payment codes where one is wanted, before any other use of the keys. */
import { SAME_AMOUNT_MS } from '../../shared/timing.ts';
import { afterCodeKey, afterReading, isWithinCode, noCodeKeys, type CodeKeys } from './code-keys.ts';
import type { FirstHearer } from './first-hearer.ts';
import { SCAN_JOIN_MS } from './scan.ts';
import type { Shown } from '../../shared/order/payment-code.ts';
import { whatIsShown } from './scanned.ts';

/** Timers sometimes fire a little early; when one fires, no more keys belong to what has come. */
const MARGIN_MS = 5;

export interface CodeListener {
  /** `isUppermost`: nothing covers the till. */
  readonly isWanted: (isUppermost: boolean) => boolean;
  /** What was read, of how many keys; `wanted`: whether a code is still wanted at its end. */
  readonly tell: (shown: Shown, keys: number, wanted: boolean) => void;
}

/**
 * A code that goes on when nobody wants one any more is heard to its end: half of it must not be taken for an amount or
 * an order number.
 */
export function codeHearer({ isWanted, tell }: CodeListener): FirstHearer {
  let keys = noCodeKeys;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = (complete: CodeKeys | null, isUppermost: () => boolean): void => {
    const shown = complete === null ? null : whatIsShown(complete);
    if (complete !== null && shown !== null) tell(shown, complete.text.length, isWanted(isUppermost()));
  };
  return (key, atMs, isUppermost) => {
    if (!isWanted(isUppermost()) && !isWithinCode(keys, atMs)) return null;
    const step = afterCodeKey(keys, key, atMs);
    if (step === null) return null;
    keys = step.keys;
    clearTimeout(timer);
    read(step.read, isUppermost);
    // A whole code is paid with at once; a person who types one is given time.
    const what = whatIsShown(keys)?.what ?? 'other-scan';
    timer = setTimeout(
      () => {
        const complete = keys;
        keys = afterReading(keys);
        read(complete, isUppermost);
      },
      (what === 'other-scan' ? SAME_AMOUNT_MS : SCAN_JOIN_MS) + MARGIN_MS,
    );
    return { swallow: true };
  };
}
