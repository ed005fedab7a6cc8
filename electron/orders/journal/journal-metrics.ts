/** The state of a journal file in figures only, for fault-finding. Reads no order's data and writes nothing. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sizeOf } from '../../base/safe-file.ts';
import { headPathOf } from './chain-head.ts';
import type { JournalTrouble } from './journal.ts';
import { MIGRATIONS } from './sqlite-journal.ts';
import { troubleOf } from './sqlite-trouble.ts';

export interface JournalMetrics {
  readonly exists: boolean;
  readonly bytes: number;
  readonly logBytes: number;
  readonly headExists: boolean;
  /** Damaged files that were moved out of the way. */
  readonly setAside: number;
  readonly schemaVersion: number | null;
  readonly knownVersion: number;
  readonly entries: number | null;
  /** By standing and phase, like `done:paid`. */
  readonly orders: Readonly<Record<string, number>>;
  /** UTC ms of the first and the last order. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly trouble: JournalTrouble | null;
}

const BUSY_TIMEOUT_MS = 2_000;

export function journalMetrics(path: string): JournalMetrics {
  const file = { ...filesOf(path), knownVersion: MIGRATIONS.length };
  if (!file.exists) return { ...file, ...NOTHING_READ, trouble: null };
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    return { ...file, ...countsOf(db), trouble: null };
  } catch (error) {
    return { ...file, ...NOTHING_READ, trouble: troubleOf(error) };
  } finally {
    db?.close();
  }
}

/** How many orders are under way; `null` where the journal cannot be read. A missing file has none. */
export const openOrdersIn = (path: string): number | null => ordersOf(path, ['open']);

/**
 * How many orders are under way or wait for a manager; `null` where the journal cannot be read. A missing file has
 * none.
 */
export const unfinishedOrdersIn = (path: string): number | null => ordersOf(path, ['open', 'attention']);

function ordersOf(path: string, standings: readonly ('open' | 'attention')[]): number | null {
  const { exists, trouble, orders } = journalMetrics(path);
  if (exists && trouble !== null) return null;
  return Object.entries(orders).reduce(
    (sum, [name, count]) => (standings.some((each) => name.startsWith(`${each}:`)) ? sum + count : sum),
    0,
  );
}

const LAST_SET_UP = `SELECT event ->> '$.about' AS about FROM entries WHERE order_id IS NULL AND json_valid(event)
  AND event ->> '$.act' = 'set-up' AND event ->> '$.outcome' = 'ok' ORDER BY seq DESC LIMIT 1`;

/**
 * What the last applied set-up was about, according to the audit trail; `null` where the trail has none or cannot be
 * read.
 */
export function lastSetUpIn(path: string): string | null {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    const about = db.prepare(LAST_SET_UP).get()?.['about'];
    return typeof about === 'string' ? about : null;
  } catch (error) {
    troubleOf(error);
    return null;
  } finally {
    db?.close();
  }
}

type Counts = Pick<JournalMetrics, 'schemaVersion' | 'entries' | 'orders' | 'fromMs' | 'toMs'>;
const NOTHING_READ: Counts = { schemaVersion: null, entries: null, orders: {}, fromMs: null, toMs: null };

function filesOf(path: string): Pick<JournalMetrics, 'exists' | 'bytes' | 'logBytes' | 'headExists' | 'setAside'> {
  const folder = dirname(path);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return {
    exists: existsSync(path),
    bytes: sizeOf(path),
    logBytes: sizeOf(`${path}-wal`),
    headExists: existsSync(headPathOf(path)),
    setAside: names.filter((name) => new RegExp(`^${basename(path).replaceAll('.', '\\.')}\\.damaged-\\d+$`).test(name))
      .length,
  };
}

const PHASES = `SELECT standing || ':' || coalesce(CASE WHEN json_valid(state) THEN state ->> '$.phase.name' END, 'unreadable') AS name,
    count(*) AS orders, min(created_at) AS first, max(created_at) AS last FROM orders GROUP BY name ORDER BY name`;

function countsOf(db: DatabaseSync): Counts {
  const groups = db.prepare(PHASES).all();
  const times = (column: string): number[] => groups.map((row) => Number(row[column]));
  return {
    schemaVersion: Number(db.prepare('PRAGMA user_version').get()?.['user_version']),
    entries: Number(db.prepare('SELECT count(*) AS entries FROM entries').get()?.['entries']),
    orders: Object.fromEntries(groups.map((row) => [String(row['name']), Number(row['orders'])])),
    fromMs: groups.length === 0 ? null : Math.min(...times('first')),
    toMs: groups.length === 0 ? null : Math.max(...times('last')),
  };
}
