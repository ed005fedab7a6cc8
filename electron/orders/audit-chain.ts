/**
 * The chain over the journal's entries, as arithmetic: no file, no database.
 *
 * [Note: The chain] Each entry bears mac_n = HMAC(key, mac_(n-1), entry_n), so that none can be changed, left out, moved
 * or slipped in by somebody without the key. A stretch of the chain begins with a seal over the number and the digest of
 * everything before it: nothing at all in a new journal; the entries from before there was a chain; or, where this
 * device's secret has changed, the stretch under the old key. What the chain cannot tell by itself, that its end was
 * cut off, the head tells (audit-head.ts).
 */
import type { AuditKey } from './audit-key.ts';

/** An entry as the chain sees it: every column as the bytes that the file holds. */
export interface ChainRow {
  readonly seq: number | string;
  readonly orderId: Uint8Array | string | null;
  readonly at: number | string;
  readonly who: Uint8Array | string;
  readonly role: Uint8Array | string | null;
  readonly event: Uint8Array | string;
  readonly effects: Uint8Array | string;
  readonly phase: Uint8Array | string;
  /** SHA-256 of the order's state after this entry; `null` where the entry changed no order. */
  readonly stateDigest: Uint8Array | null;
}

/** A place in the chain: after entry `seq`, with its mac. */
export interface Point {
  readonly seq: number;
  readonly mac: Uint8Array;
}

/** The mac of an entry that follows `before`. */
export const nextMac = (key: AuditKey, before: Uint8Array, encoded: Uint8Array): Buffer => key.mac('row.', before, encoded);

/** What a stretch begins from: the number of entries before it and the SHA-256 of their encodings and macs. */
export const sealOf = (key: AuditKey, entries: number, digest: Uint8Array): Buffer =>
  key.mac('seal', `${String(entries)}:`, digest);

const ABSENT = 0xff_ff_ff_ff;

/** Each column with its length before it: two different entries never have the same encoding. */
export function encodeRow(row: ChainRow): Buffer {
  const fields = [String(row.seq), row.orderId, String(row.at), row.who, row.role, row.event, row.effects, row.phase, row.stateDigest];
  const sizes = fields.map((field) => (field === null ? 0 : typeof field === 'string' ? Buffer.byteLength(field) : field.byteLength));
  const encoded = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + 4 + size, 0));
  let end = 0;
  fields.forEach((field, index) => {
    const size = sizes[index] ?? 0;
    end = encoded.writeUInt32BE(field === null ? ABSENT : size, end);
    if (typeof field === 'string') encoded.write(field, end, 'utf8');
    else if (field !== null) encoded.set(field, end);
    end += size;
  });
  return encoded;
}

export const sameMac = (one: Uint8Array | null, other: Uint8Array): boolean => one !== null && Buffer.compare(one, other) === 0;
