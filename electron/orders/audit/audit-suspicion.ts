/**
 * The most likely tampering with an entry that does not follow from the one before it. That it does not follow is
 * certain.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Result } from '../../../shared/result.ts';
import { nextMac, sameMac, type Point } from '../journal/chain.ts';
import type { HeadProblem } from '../journal/chain-head.ts';
import type { AuditKey } from '../journal/chain-key.ts';
import { finding, type Finding } from './audit-verdict.ts';
import { chainRows, rowAfter, type ReadRow } from '../journal/chain-reader.ts';

export interface Suspect {
  readonly row: ReadRow;
  /** The point of the chain that it should follow. */
  readonly before: Point;
  readonly beginsStretch: boolean;
}

export function suspicion(
  db: DatabaseSync,
  key: AuditKey,
  head: Result<Point, HeadProblem>,
  { row, before, beginsStretch }: Suspect,
): Finding {
  const { seq, mac } = row;
  if (beginsStretch) return finding('earlier-edited', seq, null);
  if (seq !== before.seq + 1)
    return finding('missing', before.seq + 1, `${String(before.seq + 1)} to ${String(seq - 1)}`);
  if (mac === null) return finding('edited', seq, null);
  const follows = (from: Uint8Array, next: ReadRow, asSeq: number): boolean =>
    sameMac(next.mac, nextMac(key, from, asSeq, next.columns));
  const next = rowAfter(db, seq);
  if (next === null) return finding(head.ok && head.value.seq < seq ? 'inserted' : 'edited', seq, null);
  if (follows(mac, next, next.seq)) return finding('edited', seq, null);
  for (const other of chainRows(db, seq)) {
    // The entry that belongs here is at another place.
    if (!follows(before.mac, other, seq)) continue;
    const neighbours = other.seq === seq + 1 && other.mac !== null && follows(other.mac, row, seq + 1);
    return other.seq === seq + 1 && !neighbours
      ? finding('inserted', seq, null)
      : finding('swapped', seq, `${String(seq)} and ${String(other.seq)}`);
  }
  return finding('edited', seq, null);
}
