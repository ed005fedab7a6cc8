import type { Point } from '../journal/chain.ts';

export type FindingKind =
  | 'edited' // an entry is not what was written
  | 'missing' // entries were taken out
  | 'inserted' // an entry that we did not write
  | 'swapped' // entries were reordered
  | 'earlier-edited' // something before the start of a stretch was changed, or that start itself
  | 'cut-tail' // the end was cut off
  | 'head-missing'
  | 'head-forged'
  | 'mac-missing' // the app found the last entry without a mac when it wrote the next one
  | 'key-changed' // a stretch under another key than this device's: it can no longer be verified
  | 'no-key' // this device has no secret: nothing can be verified
  | 'set-aside' // the app found an earlier journal damaged and started this one
  | 'order-edited' // an order's present state differs from what its last entry left
  | 'schema-changed' // a table, index or trigger is not as we make it
  | 'damaged' // SQLite cannot read the file
  | 'journal-missing'; // a head exists without its journal, or the profile knows that a journal was here

export interface Finding {
  readonly kind: FindingKind;
  /** The number of the entry; `null` where the finding is not about one. */
  readonly seq: number | null;
  /** An order, a file or a span of entries: what the technician needs to find it. */
  readonly about: string | null;
}

export const finding = (kind: FindingKind, seq: number | null, about: string | null): Finding => ({ kind, seq, about });

export interface Verdict {
  readonly entries: number;
  /** How many of them are older than the chain. They are covered as a whole. */
  readonly beforeChain: number;
  /** UTC ms of the first and the last entry. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** The last entry's place in the chain. */
  readonly end: Point | null;
  /** The first wrong place of each stretch, then what is wrong around the chain. Empty if nothing is wrong. */
  readonly findings: readonly Finding[];
}
