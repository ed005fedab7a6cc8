/** A journal with the orders of a shop's year, written by SQLite itself: a million take seconds, not minutes. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { BEIJING_MS } from '../../../shared/beijing.ts';
import { orderToPay, type Order, type Phase } from '../../../electron/orders/machine/order.ts';
import { SEARCH_FILL } from '../../../electron/orders/journal/search-tables.ts';
import { MIGRATIONS } from '../../../electron/orders/journal/sqlite-journal.ts';

const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;
/** The version before orders could be searched. */
export const BEFORE_SEARCH = MIGRATIONS.findIndex((sql) => sql.includes('order_facts'));

const PAID: Phase = { name: 'paid' };
/** Of ten orders seven are paid, one is cancelled without a charge, one has failed, and one was refunded. */
const PHASES: readonly Phase[] = [
  PAID,
  PAID,
  { name: 'cancelled', outcome: 'closed', proof: 'REVOKED' },
  PAID,
  PAID,
  { name: 'failed', cause: 'NOTENOUGH' },
  PAID,
  PAID,
  { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' },
  PAID,
];

function template(phase: Phase): string {
  const ids = {
    orderId: '@no@',
    outTradeNo: '@no@',
    transactionId: '@tx@',
    family: 'facepay' as const,
    amountFen: 71717171,
  };
  const order: Order = {
    ...orderToPay(ids, 10_000, { wallMs: 81818181, monoMs: 1_000, run: 'made' }),
    phase,
    knownPaid: true,
  };
  return JSON.stringify(order).replaceAll('71717171', '@fen@').replaceAll('81818181', '@at@');
}

/**
 * Writes `count` orders with an entry each, from the year before `untilMs`, as the version before the search wrote
 * them. `whole`: only this many of the oldest and of the newest have a state that can be parsed; the others are as
 * short as possible.
 */
export function bigJournal(path: string, count: number, untilMs: number, whole = count): void {
  const db = quickly(path);
  // A short text replaces the digest: nothing here verifies the chain.
  db.function('digest', { deterministic: true }, (text) => createHash('sha256').update(String(text)).digest());
  db.exec(`${MIGRATIONS.slice(0, BEFORE_SEARCH).join('\n')} BEGIN`);
  writeOrders(db, count, untilMs, whole);
  db.exec(`INSERT INTO entries (order_id, at, actor, role, event, effects, phase, state_digest)
     SELECT order_id, created_at, 'staff-' || (orders.rowid % 6), 'cashier', '{"type":"registered"}', '[]', templates.phase, digest(orders.rowid)
       FROM orders JOIN templates ON n = orders.rowid % 10 ORDER BY orders.rowid`);
  db.exec(`COMMIT; PRAGMA user_version = ${String(BEFORE_SEARCH)}`);
  db.close();
}

/** Replaces the journal at `path`, and all files beside it, by such a journal. The app must not run. */
export function replaceJournal(path: string, count: number, untilMs: number): void {
  for (const suffix of ['', '-wal', '-shm', '.head', '.parts', '.parts-wal', '.parts-shm'])
    rmSync(path + suffix, { force: true });
  bigJournal(path, count, untilMs);
}

/** Adds this many orders, without entries, to an empty journal of this version. The app must not run. */
export function fillJournal(path: string, count: number, untilMs: number, whole: number): void {
  const db = quickly(path);
  db.exec('BEGIN');
  writeOrders(db, count, untilMs, whole);
  db.exec(`${SEARCH_FILL} COMMIT`);
  db.close();
}

function quickly(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;');
  return db;
}

function writeOrders(db: DatabaseSync, count: number, untilMs: number, whole: number): void {
  db.exec('CREATE TEMP TABLE templates (n INTEGER PRIMARY KEY, state TEXT, phase TEXT)');
  const add = db.prepare('INSERT INTO templates VALUES (?, ?, ?)');
  for (const [n, phase] of PHASES.entries()) add.run(n, template(phase), JSON.stringify(phase));
  db.prepare(
    `WITH RECURSIVE
       n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count),
       made AS (SELECT i, :start + CAST(i * (:year * 1.0 / :count) AS INTEGER) AS at FROM n),
       numbered AS (SELECT i, at, strftime('%Y%m%d', (at + :beijing) / 1000, 'unixepoch') AS day,
         strftime('%H%M%S', (at + :beijing) / 1000, 'unixepoch') AS time FROM made),
       named AS (SELECT i, at, day || time || printf('%010d', (i * 2654435761) % 10000000000) AS no,
         '42000' || printf('%05d', (i * 48271) % 100000) || day || printf('%010d', (i * 40503000017) % 10000000000) AS tx FROM numbered)
     INSERT INTO orders (order_id, version, out_trade_no, transaction_id, standing, created_at, state)
     SELECT no, 1, no, tx, 'done', at, CASE WHEN i > :whole AND i <= :count - :whole THEN '{}' ELSE
         replace(replace(replace(replace(state, '@no@', no), '@tx@', tx), '@at@', at), '@fen@', 1 + (i * 7919) % 50000) END
       FROM named JOIN templates ON n = i % 10`,
  ).run({ count, start: untilMs - YEAR_MS, year: YEAR_MS, beijing: BEIJING_MS, whole });
}
