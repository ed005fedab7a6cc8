/**
 * Tells a barcode scanner that types (a keyboard wedge) from a person. Pure: keys and their times go in, and who typed
 * them comes out.
 *
 * [Note: Scanner bursts] A scanner sends a key every few ms and ends with Enter, and that Enter presses whichever
 * button has the focus. So a key is held back until the next one shows whether fingers or a scanner typed it, and no
 * Enter, Tab or Space that follows another key this closely is ever let through. Fingers lose nothing: 50 ms is less
 * than people notice, and nobody presses a key and then Enter within it.
 */

/**
 * Keys closer than this were not typed by hand. Too short would cut a slow (wireless) scanner's number in two, and half
 * a number is another order's; too long would hold a fast typist's keys back.
 */
export const SCAN_GAP_MS = 50;
/**
 * A burst this soon after single keys is the rest of the same scan: its first keys came slowly because the page was busy.
 * They were taken for typing and must be taken back, for half a number is another order's.
 */
export const SCAN_JOIN_MS = 150;
/** Shorter bursts are taken for fumbling fingers: no order number is this short. */
export const SCAN_LENGTH_MIN = 6;
/** A scanner's Enter may come late, when the page was busy. Until then none of them presses anything. */
export const SCAN_TAIL_MS = 300;

/** Keys held back. `scanned` marks a burst that is already known to be a scan and only waits for its last keys. */
export interface Burst {
  readonly text: string;
  readonly lastAtMs: number;
  readonly scanned: boolean;
  /** Single keys just before, which were reported as typed. */
  readonly before: string;
}

export const noBurst: Burst = { text: '', lastAtMs: Number.NEGATIVE_INFINITY, scanned: false, before: '' };

export type Recognized =
  // `typed`: how many of its first characters were reported as typed before, and must be taken back.
  | { readonly kind: 'scan'; readonly text: string; readonly typed: number }
  | { readonly kind: 'typed'; readonly text: string };

export interface Step {
  readonly burst: Burst;
  readonly recognized: readonly Recognized[];
  /** The key must have no effect: no button, no form. */
  readonly swallow: boolean;
}

const ENDS: ReadonlySet<string> = new Set(['Enter', 'Tab']);
const isCharacter = (key: string): boolean => Array.from(key).length === 1;

/** One key. `recognized` is what this key made clear. */
export function afterKey(burst: Burst, key: string, atMs: number): Step {
  const gapMs = atMs - burst.lastAtMs;
  if (ENDS.has(key)) return afterEnd(burst, gapMs);
  // A scanner holds Shift for every capital letter.
  if (key === 'Shift' && gapMs < SCAN_GAP_MS)
    return { burst: { ...burst, lastAtMs: atMs }, recognized: [], swallow: false };
  // A lone Space belongs to the focused button; only inside a burst is it part of a number.
  if (!isCharacter(key) || (key === ' ' && gapMs >= SCAN_GAP_MS)) return released(burst, atMs);
  if (gapMs >= SCAN_GAP_MS) {
    const before = gapMs < SCAN_JOIN_MS ? typedOf(burst) : '';
    return { burst: { text: key, lastAtMs: atMs, scanned: false, before }, recognized: meaning(burst), swallow: false };
  }
  return { burst: { ...burst, text: burst.text + key, lastAtMs: atMs, scanned: false }, recognized: [], swallow: true };
}

function afterEnd(burst: Burst, gapMs: number): Step {
  const inBurst = gapMs < SCAN_GAP_MS;
  const inTail = burst.scanned && gapMs < SCAN_TAIL_MS;
  return { burst: noBurst, recognized: meaning(burst), swallow: inBurst || inTail || isScan(burst) };
}

/** No key came for a while: decides what the held keys were. */
export function released(burst: Burst, atMs: number): Step {
  if (atMs - burst.lastAtMs < SCAN_GAP_MS) return { burst, recognized: [], swallow: false };
  const rest = { text: '', lastAtMs: burst.lastAtMs, scanned: isScan(burst), before: typedOf(burst) };
  return { burst: rest, recognized: meaning(burst), swallow: false };
}

const isScan = (burst: Burst): boolean => burst.text.length >= SCAN_LENGTH_MIN;

/** All keys reported as typed since the last pause. */
const typedOf = (burst: Burst): string => (isScan(burst) ? '' : burst.before + burst.text);

function meaning(burst: Burst): Recognized[] {
  if (burst.text === '') return [];
  if (!isScan(burst)) return [{ kind: 'typed', text: burst.text }];
  return [{ kind: 'scan', text: burst.before + burst.text, typed: burst.before.length }];
}
