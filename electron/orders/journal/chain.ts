/**
 * The chain over the journal's entries, as arithmetic: no file, no database.
 *
 * [Note: The chain] Each entry bears mac_n = HMAC(key, mac_(n-1), entry_n). So without the key no entry can be changed,
 * left out, moved or added. A stretch of the chain begins with a seal over the number and the digest of everything
 * before it. In a new journal that is nothing. In an older journal it is the entries from before the chain. Where this
 * device's secret has changed it is the stretch under the old key. The chain cannot show by itself that its end was cut
 * off; the head shows that (chain-head.ts).
 */
import { hash } from 'node:crypto';
import type { AuditKey } from './chain-key.ts';

/** An entry's columns as they go into the journal. */
export interface ChainRow {
  readonly orderId: string | null;
  /** UTC ms, whole. */
  readonly at: number;
  readonly who: string;
  readonly role: string | null;
  /** JSON, like the two fields below. */
  readonly event: string;
  readonly effects: string;
  readonly phase: string;
  /** SHA-256 of the order's state after this entry; `null` where the entry changed no order. */
  readonly stateDigest: Uint8Array | null;
}

/** A place in the chain: after entry `seq`, with its mac. */
export interface Point {
  readonly seq: number;
  readonly mac: Uint8Array;
}

/** The mac of entry `seq`, which follows `before` and has these columns. */
export const nextMac = (key: AuditKey, before: Uint8Array, seq: number, columns: Uint8Array | string): Buffer =>
  key.mac('row.', before, `${String(seq)}|`, columns);

/** What a stretch begins from: the number of earlier entries, and the SHA-256 of their encodings and macs. */
export const sealOf = (key: AuditKey, entries: number, digest: Uint8Array): Buffer =>
  key.mac('seal', `${String(entries)}:`, digest);

/**
 * Writes each column's type and its length in bytes before it, so that two different entries never have the same
 * encoding. [Note: Encoded columns] SQLite does the same over the bytes in the file: see ENCODED in chain-reader.ts.
 */
export function encodeColumns({ orderId, at, who, role, event, effects, phase, stateDigest }: ChainRow): string {
  const digest = stateDigest === null ? 'n' : `b${Buffer.from(stateDigest).toString('hex').toUpperCase()}`;
  return `${text(orderId)}i${String(at)}|${text(who)}${text(role)}${text(event)}${text(effects)}${text(phase)}${digest}`;
}

const text = (value: string | null): string => (value === null ? 'n' : `t${String(Buffer.byteLength(value))}:${value}`);

/** What the chain keeps of an order's state, so that an edit of the state is found too. */
export const digestOfState = (state: string): Buffer => hash('sha256', state, 'buffer');

export const sameMac = (one: Uint8Array | null, other: Uint8Array): boolean =>
  one !== null && Buffer.compare(one, other) === 0;
