/** Reads the journal's entries for the chain, one at a time, as the bytes that are in the file. */
import { createHash, type Hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { parseJson } from '../../base/json.ts';
import { notedSchema, type Noted } from '../machine/event.ts';

export interface ReadRow {
  readonly seq: number;
  /**
   * [Note: Encoded columns]. A column of a type that we do not write gets an encoding that none of our columns can
   * have.
   */
  readonly columns: Uint8Array;
  readonly mac: Uint8Array | null;
  /** UTC ms. */
  readonly atMs: number;
  /** The event of an entry that belongs to no order; `null` of all others. */
  readonly ownEvent: string | null;
}

const text = (column: string): string =>
  `CASE typeof(${column}) WHEN 'text' THEN 't' ELSE 'x' END || octet_length(${column}) || ':' || ${column}`;
const textOrNull = (column: string): string => `CASE WHEN ${column} IS NULL THEN 'n' ELSE ${text(column)} END`;

// SQLite encodes the row, not our code column by column. Our code would read a text only up to its first NUL. It would
// see all bytes that are not UTF-8 as equal. And it would take twice as long for a hundred thousand rows.
const ENCODED = [
  textOrNull('order_id'),
  "CASE typeof(at) WHEN 'integer' THEN 'i' ELSE 'x' END || at || '|'",
  text('actor'),
  textOrNull('role'),
  text('event'),
  text('effects'),
  text('phase'),
  "CASE typeof(state_digest) WHEN 'null' THEN 'n' WHEN 'blob' THEN 'b' || hex(state_digest) ELSE 'x' END",
].join(' || ');

// Numbers as REAL: a number that is no safe integer must not throw, and its mac will not match anyway.
const COLUMNS = `CAST(entries.seq AS REAL) AS seq, CAST(${ENCODED} AS BLOB) AS columns, mac, CAST(at AS REAL) AS at, CASE WHEN order_id IS NULL THEN event END AS event`;

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

const NOTHING = new Uint8Array(0);

/**
 * Checked by hand: a schema would take longer per row than its mac does. A value of a type that we do not write fails
 * its mac.
 */
function readRow({ seq, columns, mac, at, event }: Record<string, unknown>): ReadRow {
  return {
    seq: Number(seq),
    columns: columns instanceof Uint8Array ? columns : NOTHING,
    mac: mac instanceof Uint8Array ? mac : null,
    atMs: Number(at),
    ownEvent: typeof event === 'string' ? event : null,
  };
}

/** What a seal covers: the entries added to it, and how many they are. */
export class Digest {
  readonly #hash: Hash = createHash('sha256');
  entries = 0;

  add({ seq, columns, mac }: ReadRow): void {
    this.#hash
      .update(`${String(seq)}|${String(columns.byteLength)}:`)
      .update(columns)
      .update(mac === null ? 'n' : mac);
    this.entries += 1;
  }

  value(): Buffer {
    return this.#hash.copy().digest();
  }
}

export function digestOf(db: DatabaseSync): Digest {
  const digest = new Digest();
  for (const row of chainRows(db)) digest.add(row);
  return digest;
}

/** The act of an entry that belongs to no order; `null` if the entry is not an act. */
export function notedIn({ ownEvent }: ReadRow): Noted | null {
  if (ownEvent === null) return null;
  const noted = notedSchema.safeParse(parseJson(ownEvent));
  return noted.success ? noted.data : null;
}

/** Where an entry names the key under which the chain goes on. */
export const KEY_ID = "SELECT value FROM meta WHERE name = 'audit-key'";
export const keyIdSchema = z.string().nullable();
/** The key under which the chain goes on now; `null` where the file has no chain yet. */
export const chainKeyId = (db: DatabaseSync): string | null =>
  keyIdSchema.parse(db.prepare(KEY_ID).get()?.['value'] ?? null);
