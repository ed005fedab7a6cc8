/**
 * The keys of a payment code, at the stage where a payment waits for one. Nothing else takes characters there, so they
 * need no telling from a person's: slow scanners are heard as well, and codes typed by hand. Pure.
 */
import { SAME_AMOUNT_MS } from '../../shared/timing.ts';
import { SCAN_JOIN_MS, SCAN_TAIL_MS } from './scan.ts';

/** Longer than two codes in one go. */
const KEYS_MAX = 80;

export interface CodeKeys {
  /** What has come since the last pause that a person makes, too. */
  readonly text: string;
  /** Its end, since the last pause that no scanner makes: a key that somebody hit before is no part of the code. */
  readonly burst: string;
  readonly lastAtMs: number;
}

export const noCodeKeys: CodeKeys = { text: '', burst: '', lastAtMs: Number.NEGATIVE_INFINITY };

export interface CodeStep {
  readonly keys: CodeKeys;
  /** What is complete now; `null` if nothing is. */
  readonly read: CodeKeys | null;
}

const ENDS: ReadonlySet<string> = new Set(['Enter', 'Tab']);
/** Scanners hold or press these while they send a character. */
const WITHIN: ReadonlySet<string> = new Set(['Shift', 'CapsLock', 'NumLock', 'Alt']);

/** Whether a key at this time belongs to what came before. Right behind a code its second Enter may come. */
export const isWithinCode = ({ text, lastAtMs }: CodeKeys, atMs: number): boolean =>
  atMs - lastAtMs < (text === '' ? SCAN_TAIL_MS : SAME_AMOUNT_MS);

/** What is left once the keys have been read. */
export const afterReading = ({ lastAtMs }: CodeKeys): CodeKeys => ({ text: '', burst: '', lastAtMs });

/** One key; `null` if it is none of a code and acts as always. */
export function afterCodeKey(keys: CodeKeys, key: string, atMs: number): CodeStep | null {
  const within = isWithinCode(keys, atMs);
  const held = keys.text === '' ? null : keys;
  if (ENDS.has(key)) {
    return within || held !== null ? { keys: { text: '', burst: '', lastAtMs: atMs }, read: held } : null;
  }
  if (WITHIN.has(key)) return held === null ? null : { keys: { ...keys, lastAtMs: atMs }, read: null };
  // A lone Space belongs to the focused button.
  if (Array.from(key).length !== 1 || (key === ' ' && held === null)) return null;
  if (!within) return { keys: { text: key, burst: key, lastAtMs: atMs }, read: held };
  const burst = atMs - keys.lastAtMs < SCAN_JOIN_MS ? keys.burst + key : key;
  const text = keys.text + key;
  return { keys: { text: text.slice(0, KEYS_MAX), burst: burst.slice(0, KEYS_MAX), lastAtMs: atMs }, read: null };
}
