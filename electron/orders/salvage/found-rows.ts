/**
 * What the pages still hold of a journal, sorted into tables. If one row is found several times, the last one written
 * counts.
 */
import type { DatabaseSync } from 'node:sqlite';
import { pageRows, type Column, type PageRow } from './page-rows.ts';

/**
 * Temporary tables of this connection, beside the tables made from them. They have no constraints, because the rows
 * found may contradict each other.
 */
const TABLES = `
  CREATE TEMP TABLE found_orders (place INTEGER, order_id TEXT PRIMARY KEY, version INTEGER, out_trade_no TEXT, transaction_id TEXT, standing TEXT, created_at INTEGER, state TEXT);
  CREATE TEMP TABLE found_entries (seq INTEGER PRIMARY KEY, order_id TEXT, at INTEGER, actor TEXT, role TEXT, event TEXT, effects TEXT, phase TEXT, state_digest BLOB, mac BLOB);
  CREATE INDEX temp.found_entries_by_order ON found_entries (order_id, seq);
  CREATE TEMP TABLE found_facts (order_id TEXT PRIMARY KEY, state TEXT, numbers TEXT);
  CREATE TEMP TABLE found_meta (name TEXT PRIMARY KEY, value TEXT);
  CREATE TEMP TABLE found_sequence (seq INTEGER);`;

/** Reads the file at `path` into temporary tables of `db`. */
export function findRows(db: DatabaseSync, path: string): void {
  db.exec(`PRAGMA temp_store = FILE; ${TABLES} BEGIN`);
  const order = db.prepare(
    `INSERT INTO found_orders VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET place = excluded.place, version = excluded.version,
       out_trade_no = excluded.out_trade_no, transaction_id = excluded.transaction_id, standing = excluded.standing,
       created_at = excluded.created_at, state = excluded.state WHERE excluded.version > version`,
  );
  const entry = db.prepare('INSERT INTO found_entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const fact = db.prepare(
    'INSERT INTO found_facts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state, numbers = excluded.numbers',
  );
  const meta = db.prepare('INSERT INTO found_meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');
  const sequence = db.prepare('INSERT INTO found_sequence VALUES (?)');
  for (const row of pageRows(path)) {
    const { rowid, columns } = row;
    if (isOrder(row)) order.run(rowid, ...columns.slice(0, 7));
    else if (isEntry(row)) entry.run(rowid, ...columns.slice(1, 10));
    else if (isFact(row)) fact.run(...[1, 3, 6].map((n) => columns[n] ?? null));
    else if (isMeta(row)) meta.run(...columns.slice(0, 2));
    else if (isSequence(row)) sequence.run(columns[1] ?? null);
  }
  db.exec('COMMIT');
}

const isText = (column: Column | undefined): column is string => typeof column === 'string';
const isTextOrNull = (column: Column | undefined): boolean => column === null || isText(column);
const isWhole = (column: Column | undefined): boolean => Number.isSafeInteger(column);
const isBytesOrNull = (column: Column | undefined): boolean => column === null || column instanceof Uint8Array;

const STANDINGS: readonly (Column | undefined)[] = ['open', 'attention', 'done'];

// A later version may have added columns after those that we know.
function isOrder({ columns: [id, version, outTradeNo, transactionId, standing, createdAt, state] }: PageRow): boolean {
  return (
    isText(id) &&
    isWhole(version) &&
    isTextOrNull(outTradeNo) &&
    isTextOrNull(transactionId) &&
    STANDINGS.includes(standing) &&
    isWhole(createdAt) &&
    isText(state)
  );
}

function isEntry({ columns: [seq, orderId, at, actor, role, event, effects, phase, digest, mac] }: PageRow): boolean {
  const texts = [actor, event, effects, phase].every(isText) && isTextOrNull(orderId) && isTextOrNull(role);
  return seq === null && texts && isWhole(at) && isBytesOrNull(digest) && isBytesOrNull(mac);
}

function isFact({ columns: [place, orderId, day, state, amount, cashier, numbers] }: PageRow): boolean {
  return (
    place === null &&
    isText(orderId) &&
    isWhole(day) &&
    isText(state) &&
    (amount === null || isWhole(amount)) &&
    isWhole(cashier) &&
    isText(numbers)
  );
}

const META: readonly (Column | undefined)[] = ['environment', 'audit-key', 'damage'];
const isMeta = ({ columns: [name, value, ...more] }: PageRow): boolean =>
  META.includes(name) && isText(value) && more.length === 0;

/** SQLite's own count of all entries that were ever written. */
const isSequence = ({ columns: [name, seq, ...more] }: PageRow): boolean =>
  name === 'entries' && isWhole(seq) && more.length === 0;
