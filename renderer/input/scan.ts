/**
 * Tells a barcode scanner that types (a keyboard wedge) from a person. Pure: keys and their times go in, and who typed
 * them comes out.
 *
 * [Note: Scanner bursts] A scanner sends a key every few ms and ends with Enter, and that Enter presses whichever
 * button has the focus. So a character is held back until the next key shows whether fingers or a scanner typed it, and
 * an Enter, Tab or other key right after a scan is never let through. Only six keys in one run, each closely after the
 * one before, are a scan: two keys that roll under one hand are as close, and so is an Enter that another finger
 * already hangs over. Such keys are reported as typed first, and then the Enter acts. Fingers never do that six times
 * in a row: the fastest take about 70 ms a key.
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
/** Shorter runs are fingers: a few keys may come this close together, and no order number is this short. */
export const SCAN_LENGTH_MIN = 6;
/** A scanner's Enter may come late, and may come twice. Until then none of them presses anything. */
export const SCAN_TAIL_MS = 300;

/** What is known about the keys so far. */
export interface Burst {
  /** Keys held back: nothing was reported of them yet. */
  readonly text: string;
  readonly lastAtMs: number;
  /** How many keys there were since the last gap, also those that a busy page's timer reported too early. */
  readonly run: number;
  /** Keys just before the held ones, which were reported as typed: if a scan follows, they are its first keys. */
  readonly before: string;
  /** A scan was reported. `open`: keys that follow closely are its rest. `ended`: its Enter came. */
  readonly scan: 'none' | 'open' | 'ended';
  /** What was reported of the open scan. */
  readonly scanned: string;
}

export const noBurst: Burst = {
  text: '',
  lastAtMs: Number.NEGATIVE_INFINITY,
  run: 0,
  before: '',
  scan: 'none',
  scanned: '',
};

export type Recognized =
  // `typed`: how many of its first characters were reported as typed before, and must be taken back. `again`: its first
  // part was reported as a scan just before, for its keys came slowly in the middle; here it is whole.
  | { readonly kind: 'scan'; readonly text: string; readonly typed: number; readonly again: boolean }
  | { readonly kind: 'typed'; readonly text: string };

export interface Step {
  readonly burst: Burst;
  readonly recognized: readonly Recognized[];
  /** The key must have no effect: no button, no form. */
  readonly swallow: boolean;
}

const ENDS: ReadonlySet<string> = new Set(['Enter', 'Tab']);
/**
 * A scanner holds Shift for every capital letter, and some turn CapsLock off and on again. Those that type by Alt and the
 * numeric pad press some ten keys for one character, which takes longer than the gap.
 */
const WITHIN: ReadonlySet<string> = new Set(['Shift', 'CapsLock', 'NumLock', 'Alt']);
const isCharacter = (key: string): boolean => Array.from(key).length === 1;

/** One key. `recognized` is what this key made clear; it happened before whatever the key itself does. */
export function afterKey(burst: Burst, key: string, atMs: number): Step {
  const gapMs = atMs - burst.lastAtMs;
  const inRun = gapMs < SCAN_GAP_MS;
  if (ENDS.has(key)) return afterEnd(burst, atMs);
  if (inRun && WITHIN.has(key)) return { burst: { ...burst, lastAtMs: atMs }, recognized: [], swallow: false };
  // A lone Space belongs to the focused button; only inside a burst is it part of a number.
  if (!isCharacter(key) || (key === ' ' && !inRun))
    return { burst: interrupted(burst), recognized: meaning(burst), swallow: inRun && isScan(burst) };
  if (inRun && burst.scan !== 'ended') {
    const longer = { ...burst, text: burst.text + key, lastAtMs: atMs, run: burst.run + 1 };
    return { burst: longer, recognized: [], swallow: true };
  }
  const { before, scan, scanned } = isFirstOfScan(burst, atMs) ? noBurst : rest(burst);
  const next = { text: key, lastAtMs: atMs, run: 1, before, scan, scanned };
  return { burst: next, recognized: meaning(burst), swallow: false };
}

/** Whether a key at this time belongs to nothing before it: what a field holds now, it held before the scan. */
export const isFirstOfScan = ({ lastAtMs, scan }: Burst, atMs: number): boolean =>
  scan === 'ended' || atMs - lastAtMs >= SCAN_JOIN_MS;

function afterEnd(burst: Burst, atMs: number): Step {
  const swallow = isScan(burst) || (burst.scan !== 'none' && atMs - burst.lastAtMs < SCAN_TAIL_MS);
  const next = swallow ? { ...noBurst, lastAtMs: atMs, scan: 'ended' as const } : noBurst;
  return { burst: next, recognized: meaning(burst), swallow };
}

/** No key came for a while: decides what the held keys were. */
export function released(burst: Burst, atMs: number): Step {
  if (atMs - burst.lastAtMs < SCAN_GAP_MS) return { burst, recognized: [], swallow: false };
  return { burst: rest(burst), recognized: meaning(burst), swallow: false };
}

const isScan = ({ text, run, scan }: Burst): boolean => text !== '' && run >= SCAN_LENGTH_MIN && scan !== 'open';

/** What stays when the held keys have been reported. */
function rest(burst: Burst): Burst {
  if (isScan(burst)) return { ...burst, text: '', before: '', scan: 'open', scanned: burst.before + burst.text };
  if (burst.scan === 'open') return { ...burst, text: '', before: '', scanned: burst.scanned + burst.text };
  return { ...burst, text: '', before: burst.before + burst.text };
}

/** After a key that no scanner sends: only the end of a scan may still come. */
const interrupted = (burst: Burst): Burst => (rest(burst).scan === 'none' ? noBurst : rest(burst));

function meaning(burst: Burst): Recognized[] {
  if (burst.text === '') return [];
  if (burst.scan === 'open') return [{ kind: 'scan', text: burst.scanned + burst.text, typed: 0, again: true }];
  if (!isScan(burst)) return [{ kind: 'typed', text: burst.text }];
  return [{ kind: 'scan', text: burst.before + burst.text, typed: burst.before.length, again: false }];
}
