import type { Point } from '../journal/chain.ts';

export type FindingKind =
  | 'edited' // an entry is not what was written
  | 'missing' // entries were taken out
  | 'inserted' // an entry that we did not write there
  | 'swapped' // entries have changed places
  | 'earlier-edited' // something before the place where a stretch begins was changed, or that beginning itself
  | 'cut-tail' // the end was cut off
  | 'head-missing'
  | 'head-forged'
  | 'mac-missing' // the app found the last entry without its mac when it was to write the next
  | 'key-changed' // a stretch under another key than this device's: nobody can say any more
  | 'no-key' // this device has no secret: nobody can say anything
  | 'set-aside' // the app found an earlier journal damaged and began this one
  | 'order-edited' // an order's present state is not the one its last entry left
  | 'schema-changed' // a table, index or trigger is not as we make it
  | 'damaged' // SQLite cannot read the file
  | 'journal-missing'; // there is a head, and no journal that it is the head of

export interface Finding {
  readonly kind: FindingKind;
  /** The entry; `null` where it is not about one. */
  readonly seq: number | null;
  /** An order, a file, a span of entries: what the technician needs to find it. */
  readonly about: string | null;
}

export const finding = (kind: FindingKind, seq: number | null, about: string | null): Finding => ({ kind, seq, about });

export interface Verdict {
  readonly entries: number;
  /** How many of them are from before there was a chain: they are covered as a whole. */
  readonly beforeChain: number;
  /** UTC ms of the first and the last entry. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** The last entry's place in the chain. */
  readonly end: Point | null;
  /** The first wrong place of each stretch, then what is wrong around the chain. Empty where all is well. */
  readonly findings: readonly Finding[];
}
