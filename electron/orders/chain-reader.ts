/** Reads the journal's entries for the chain: every column as the bytes that lie in the file, one row at a time. */
import { createHash, type Hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { parseJson } from '../base/json.ts';
import { encodeRow, type ChainRow } from './audit-chain.ts';
import { notedSchema, type Noted } from './event.ts';

export interface ReadRow extends ChainRow {
  readonly seq: number;
  readonly at: string;
  readonly event: Uint8Array;
  readonly orderId: Uint8Array | null;
  readonly mac: Uint8Array | null;
  /** Every column holds the kind of value that we write there: 1 is not '1', and a text is no blob. */
  readonly wellTyped: boolean;
}

// As text a column would be read up to its first NUL, and bytes that are no UTF-8 would all look alike.
const COLUMNS = `seq, CAST(order_id AS BLOB) AS orderId, CAST(at AS TEXT) AS at, CAST(actor AS BLOB) AS who, CAST(role AS BLOB) AS role,
  CAST(event AS BLOB) AS event, CAST(effects AS BLOB) AS effects, CAST(phase AS BLOB) AS phase, state_digest AS stateDigest, mac,
  typeof(order_id) IN ('text', 'null') AND typeof(at) = 'integer' AND typeof(actor) = 'text' AND typeof(role) IN ('text', 'null')
    AND typeof(event) = 'text' AND typeof(effects) = 'text' AND typeof(phase) = 'text'
    AND typeof(state_digest) IN ('blob', 'null') AND typeof(mac) IN ('blob', 'null') AS wellTyped`;

/** The entries after `seq`, in order. Holds one in memory. */
export function* chainRows(db: DatabaseSync, seq = 0): Generator<ReadRow> {
  const rows = db.prepare(`SELECT ${COLUMNS} FROM entries WHERE entries.seq > ? ORDER BY entries.seq`).iterate(seq);
  for (const row of rows) yield readRow(row);
}

/** The first entry after `seq`; `null` where there is none. */
export function rowAfter(db: DatabaseSync, seq: number): ReadRow | null {
  const row = db.prepare(`SELECT ${COLUMNS} FROM entries WHERE entries.seq > ? ORDER BY entries.seq LIMIT 1`).get(seq);
  return row === undefined ? null : readRow(row);
}

const NOTHING = Buffer.alloc(0);
const bytes = (value: unknown): Uint8Array => (value instanceof Uint8Array ? value : NOTHING);
const bytesOrNull = (value: unknown): Uint8Array | null => (value instanceof Uint8Array ? value : null);

/** By hand: a schema would take longer for each row than its mac does, and `wellTyped` says what it would say. */
const readRow = (row: Record<string, unknown>): ReadRow => ({
  seq: Number(row['seq']),
  orderId: bytesOrNull(row['orderId']),
  at: String(row['at']),
  who: bytes(row['who']),
  role: bytesOrNull(row['role']),
  event: bytes(row['event']),
  effects: bytes(row['effects']),
  phase: bytes(row['phase']),
  stateDigest: bytesOrNull(row['stateDigest']),
  mac: bytesOrNull(row['mac']),
  wellTyped: row['wellTyped'] === 1,
});

/** What a seal covers: entries as they are added, and how many. */
export class Digest {
  readonly #hash: Hash = createHash('sha256');
  entries = 0;

  add(encoded: Uint8Array, mac: Uint8Array | null): void {
    this.#hash.update(encoded).update(mac === null ? '-' : mac);
    this.entries += 1;
  }

  value(): Buffer {
    return this.#hash.copy().digest();
  }
}

export function digestOf(db: DatabaseSync): Digest {
  const digest = new Digest();
  for (const row of chainRows(db)) digest.add(encodeRow(row), row.mac);
  return digest;
}

export const textOf = (value: Uint8Array): string => Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8');

/** The act of an entry that belongs to no order; `null` where it is none. */
export function notedIn(row: Pick<ReadRow, 'orderId' | 'event'>): Noted | null {
  if (row.orderId !== null) return null;
  const noted = notedSchema.safeParse(parseJson(textOf(row.event)));
  return noted.success ? noted.data : null;
}

export const keyIdSchema = z.string().nullable();
/** The key under which the chain goes on now; `null` where the file has no chain yet. */
export const chainKeyId = (db: DatabaseSync): string | null =>
  keyIdSchema.parse(db.prepare("SELECT value FROM meta WHERE name = 'audit-key'").get()?.['value'] ?? null);
