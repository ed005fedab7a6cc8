/** Reads the journal's entries for the chain, as the bytes that lie in the file, one at a time. */
import { createHash, type Hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { parseJson } from '../../base/json.ts';
import { notedSchema, type Noted } from '../machine/event.ts';

export interface ReadRow {
  readonly seq: number;
  /** [Note: Encoded columns]. A column of another type than we write is encoded as nothing that we write. */
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

// By SQLite and not column by column: a text would be read up to its first NUL, bytes that are no UTF-8 would all look
// alike, and a hundred thousand rows would take twice as long.
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

// Numbers as REAL: one that is no safe integer is no reason to throw, and its mac will not fit.
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

/** By hand: a schema would take longer for each row than its mac does. What is of no type that we write fails its mac. */
function readRow({ seq, columns, mac, at, event }: Record<string, unknown>): ReadRow {
  return {
    seq: Number(seq),
    columns: columns instanceof Uint8Array ? columns : NOTHING,
    mac: mac instanceof Uint8Array ? mac : null,
    atMs: Number(at),
    ownEvent: typeof event === 'string' ? event : null,
  };
}

/** What a seal covers: entries as they are added, and how many. */
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

/** The act of an entry that belongs to no order; `null` where it is none. */
export function notedIn({ ownEvent }: ReadRow): Noted | null {
  if (ownEvent === null) return null;
  const noted = notedSchema.safeParse(parseJson(ownEvent));
  return noted.success ? noted.data : null;
}

/** Where the id of the key stands under which the chain goes on. */
export const KEY_ID = "SELECT value FROM meta WHERE name = 'audit-key'";
export const keyIdSchema = z.string().nullable();
/** The key under which the chain goes on now; `null` where the file has no chain yet. */
export const chainKeyId = (db: DatabaseSync): string | null =>
  keyIdSchema.parse(db.prepare(KEY_ID).get()?.['value'] ?? null);
