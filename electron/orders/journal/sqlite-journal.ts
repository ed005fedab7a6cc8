/**
 * The journal in one SQLite file: an append-only log of what happened, and the state it led to, written in one
 * transaction each. This is the only file that knows SQLite.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { roleSchema } from '../../../shared/role.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { parseJson } from '../../base/json.ts';
import { digestOfState } from './chain.ts';
import { NO_PHASE, type ChainWriter } from './chain-writer.ts';
import { effectSchema, entryEventSchema } from '../machine/event.ts';
import { parseKeeping } from '../machine/kept-fields.ts';
import type { Entry, HistoryRow, Journal, ListFilter, NoteEntry, Stored, WriteFailure } from './journal.ts';
import { orderPages } from './order-pages.ts';
import { orderFrom, phaseSchema, restsAs, standingOf, type Order } from '../machine/order.ts';
import { factsWriter } from './order-facts.ts';
import { refundsWriter, REFUND_TABLES } from './refund-tables.ts';
import { SEARCH_INDEXES, SEARCH_TABLES } from './search-tables.ts';
import { troubleOf } from './sqlite-trouble.ts';
import { transactions } from './transactions.ts';

/** Numbered by position, forward only. A migration that has landed is never changed. */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
   CREATE TABLE orders (
     order_id TEXT PRIMARY KEY,
     version INTEGER NOT NULL,
     out_trade_no TEXT UNIQUE,
     transaction_id TEXT UNIQUE,
     standing TEXT NOT NULL CHECK (standing IN ('open', 'attention', 'done')),
     created_at INTEGER NOT NULL,
     state TEXT NOT NULL
   ) STRICT;
   CREATE INDEX orders_by_standing ON orders (standing, created_at) WHERE standing <> 'done';
   CREATE INDEX orders_by_age ON orders (created_at);
   CREATE TABLE entries (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     order_id TEXT NOT NULL REFERENCES orders,
     at INTEGER NOT NULL,
     event TEXT NOT NULL,
     effects TEXT NOT NULL,
     phase TEXT NOT NULL
   ) STRICT;
   CREATE INDEX entries_by_order ON entries (order_id, seq);
   CREATE TRIGGER entries_are_final BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are final'); END;
   CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries stay'); END;`,
  // The time when the first reverse left is kept on both clocks: the wall clock alone must not set the pace of the
  // attempts. Of an older row only the wall clock's reading is known, and its empty process id proves no more than
  // that.
  `UPDATE orders SET state = json_remove(
     json_set(state,
       '$.pastAge', 0,
       '$.reverse.firstAt', CASE WHEN state ->> '$.reverse.firstAtMs' IS NULL THEN NULL
         ELSE json_object('wallMs', state -> '$.reverse.firstAtMs', 'monoMs', 0, 'run', '') END),
     '$.reverse.firstAtMs') WHERE json_valid(state);`,
  // The audit trail (chain.ts): who acted, and a chain. Entries may belong to no order. Existing entries have no mac;
  // the first entry with a mac covers them. From here on a migration that changes orders.state must append an entry
  // with the new state's digest for each order that it changes.
  `CREATE TABLE chained (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     order_id TEXT REFERENCES orders,
     at INTEGER NOT NULL,
     actor TEXT NOT NULL,
     role TEXT,
     event TEXT NOT NULL,
     effects TEXT NOT NULL,
     phase TEXT NOT NULL,
     state_digest BLOB,
     mac BLOB
   ) STRICT;
   INSERT INTO chained (seq, order_id, at, actor, event, effects, phase)
     SELECT seq, order_id, at, 'unknown', event, effects, phase FROM entries ORDER BY seq;
   DROP TABLE entries;
   ALTER TABLE chained RENAME TO entries;
   CREATE INDEX entries_by_order ON entries (order_id, seq);
   CREATE TRIGGER entries_are_final BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are final'); END;
   CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries stay'); END;`,
  // The facts by which orders are found. They are derived, so no order's state changes.
  SEARCH_TABLES,
  SEARCH_INDEXES,
  REFUND_TABLES,
];

const orderRow = z.object({ order_id: z.string(), version: z.number(), state: z.string() });
const entryRow = z.object({
  seq: z.number(),
  at: z.number(),
  actor: z.string(),
  role: z.string().nullable(),
  event: z.string(),
  effects: z.string(),
  phase: z.string(),
});

/** The journal over a database that was opened, migrated and checked (open-journal.ts). */
export function sqliteJournal(db: DatabaseSync, chain: ChainWriter): Journal {
  const sql = statements(db);
  const tables: Tables = { sql, facts: factsWriter(db), refunds: refundsWriter(db), chain };
  const write = transactions(db, () => {
    chain.committed();
  });
  return {
    create: (order, entries) => write(() => create(tables, order, entries)),
    commit: (stored, next, entries) => write(() => commit(tables, stored, next, entries)),
    note: (orderId, entry) => write(() => note(tables, orderId, entry)),
    load: (orderId) => (db.isOpen ? readable(sql.load.get(orderId)) : null),
    find: (number) => readable(sql.find.get(number, number)),
    open: () => sorted(sql.open.all()),
    unfinished: () => sorted(sql.unfinished.all()),
    refunding: () => sorted(sql.refunding.all()),
    findRefund: (outRefundNo) => readable(sql.findRefund.get(outRefundNo)),
    list: ({ standing, limit }: ListFilter) =>
      (standing === undefined ? sql.newest.all(limit) : sql.newestOf.all(standing, limit))
        .map(readable)
        .filter((stored) => stored !== null),
    page: orderPages(db, readable),
    history: (orderId) =>
      sql.history
        .all(orderId)
        .map(historyRow)
        .filter((row) => row !== null),
    changedSince(seq) {
      const orderIds = sql.changed.all(seq).map((row) => String(row['order_id']));
      return { seq: Number(sql.lastSeq.get()?.['seq'] ?? 0), orderIds };
    },
    close() {
      try {
        db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch (error) {
        // The disk is too full for a checkpoint. Everything is in the WAL, and the next process that opens the file
        // finds it there.
        troubleOf(error);
      }
      db.close();
    },
  };
}

/** The statements that write inside a transaction. */
interface Tables {
  readonly sql: ReturnType<typeof statements>;
  readonly facts: ReturnType<typeof factsWriter>;
  readonly refunds: ReturnType<typeof refundsWriter>;
  readonly chain: ChainWriter;
}

function create(tables: Tables, order: Order, entries: readonly Entry[]): Result<Stored, WriteFailure> {
  const { sql, facts } = tables;
  const holder = namesake(tables, order) ?? (sql.load.get(order.orderId) === undefined ? null : order.orderId);
  if (holder !== null) return fail({ kind: 'duplicate', orderId: holder });
  const row = columns(order);
  sql.insert.run(order.orderId, order.createdAtMs, ...row);
  facts.added(order, entries[0]?.actor.who.toWellFormed() ?? UNKNOWN);
  append(tables, order, row[3], entries);
  return ok({ order, version: 1 });
}

function commit(tables: Tables, stored: Stored, next: Order, entries: readonly Entry[]): Result<Stored, WriteFailure> {
  const { sql, facts, refunds } = tables;
  // A resting entry keeps the numbers it still has, until the order that goes on takes them over.
  const rests = restsAs(next) !== null;
  const holder = rests ? null : namesake(tables, next);
  if (holder !== null) return fail({ kind: 'duplicate', orderId: holder });
  const other = refunds.holder(next);
  if (other !== null) return fail({ kind: 'duplicate', orderId: other });
  const [outTradeNo, transactionId, standing, state] = columns(next);
  const key = [next.orderId, stored.version] as const;
  const { changes } = rests
    ? sql.updateState.run(standing, state, ...key)
    : sql.update.run(outTradeNo, transactionId, standing, state, ...key);
  if (changes !== 1) return fail({ kind: 'stale' });
  facts.changed(next);
  refunds.changed(next);
  append(tables, next, state, entries);
  return ok({ order: next, version: stored.version + 1 });
}

function note({ sql, chain }: Tables, orderId: string | null, entry: NoteEntry): Result<null, WriteFailure> {
  const { atMs, actor, event } = entry;
  const phase = orderId === null ? undefined : sql.lastPhase.get(orderId)?.['phase'];
  const about = typeof phase === 'string' ? { orderId, phase } : { orderId: null, phase: NO_PHASE };
  chain.append([{ ...about, atMs, actor, event: JSON.stringify(event), effects: '[]', stateDigest: null }]);
  return ok(null);
}

function append({ chain }: Tables, order: Order, state: string, entries: readonly Entry[]): void {
  const common = { orderId: order.orderId, phase: JSON.stringify(order.phase), stateDigest: digestOfState(state) };
  chain.append(
    entries.map(({ atMs, actor, event, effects }) => ({
      ...common,
      atMs,
      actor,
      event: JSON.stringify(event),
      effects: JSON.stringify(effects),
    })),
  );
}

/**
 * Another order that holds one of the numbers of `order`. A resting entry of the same order gives up its numbers first.
 */
function namesake({ sql }: Tables, order: Order): string | null {
  sql.yieldNumbers.run(order.outTradeNo, order.transactionId, `same-as:${order.orderId}`);
  const row = sql.namesake.get(order.orderId, order.outTradeNo, order.transactionId);
  return row === undefined ? null : String(row['order_id']);
}

/** Who brought an order if that is not known. */
const UNKNOWN = 'unknown';

const columns = (order: Order): [string | null, string | null, string, string] => [
  order.outTradeNo,
  order.transactionId,
  standingOf(order),
  JSON.stringify(order),
];

function statements(
  db: DatabaseSync,
): Record<
  | 'insert'
  | 'update'
  | 'updateState'
  | 'lastPhase'
  | 'yieldNumbers'
  | 'namesake'
  | 'load'
  | 'find'
  | 'open'
  | 'unfinished'
  | 'refunding'
  | 'findRefund'
  | 'newest'
  | 'newestOf'
  | 'history'
  | 'changed'
  | 'lastSeq',
  StatementSync
> {
  const order = 'SELECT order_id, version, state FROM orders';
  return {
    insert: db.prepare(
      `INSERT INTO orders (order_id, created_at, out_trade_no, transaction_id, standing, state, version)
       VALUES (?, ?, ?, ?, ?, ?, 1)`,
    ),
    update: db.prepare(
      `UPDATE orders SET out_trade_no = ?, transaction_id = ?, standing = ?, state = ?, version = version + 1
       WHERE order_id = ? AND version = ?`,
    ),
    updateState: db.prepare(
      'UPDATE orders SET standing = ?, state = ?, version = version + 1 WHERE order_id = ? AND version = ?',
    ),
    lastPhase: db.prepare('SELECT phase FROM entries WHERE order_id = ? ORDER BY seq DESC LIMIT 1'),
    yieldNumbers: db.prepare(
      `UPDATE orders SET out_trade_no = NULL, transaction_id = NULL
       WHERE (out_trade_no = ? OR transaction_id = ?) AND CASE WHEN json_valid(state) THEN state ->> '$.phase.reason' END = ?`,
    ),
    namesake: db.prepare(
      'SELECT order_id FROM orders WHERE order_id <> ? AND (out_trade_no = ? OR transaction_id = ?)',
    ),
    load: db.prepare(`${order} WHERE order_id = ?`),
    find: db.prepare(`${order} WHERE out_trade_no = ? OR transaction_id = ?`),
    open: db.prepare(`${order} WHERE standing = 'open' ORDER BY created_at`),
    unfinished: db.prepare(`${order} WHERE standing <> 'done'`),
    refunding: db.prepare(
      `${order} WHERE order_id IN (SELECT order_id FROM refunds WHERE standing <> 'done') ORDER BY created_at`,
    ),
    findRefund: db.prepare(`${order} WHERE order_id = (SELECT order_id FROM refunds WHERE out_refund_no = ?)`),
    newest: db.prepare(`${order} ORDER BY created_at DESC LIMIT ?`),
    newestOf: db.prepare(`${order} WHERE standing = ? ORDER BY created_at DESC LIMIT ?`),
    history: db.prepare(
      'SELECT seq, at, actor, role, event, effects, phase FROM entries WHERE order_id = ? ORDER BY seq',
    ),
    changed: db.prepare('SELECT DISTINCT order_id FROM entries WHERE seq > ? AND order_id IS NOT NULL'),
    lastSeq: db.prepare('SELECT max(seq) AS seq FROM entries'),
  };
}

/** Rows as orders, and the ids of those that no longer parse. */
function sorted(rows: readonly Record<string, unknown>[]): ReturnType<Journal['open']> {
  const orders = rows.map(readable).filter((stored) => stored !== null);
  const read = new Set(orders.map(({ order }) => order.orderId));
  return { orders, unreadable: rows.map((row) => String(row['order_id'])).filter((orderId) => !read.has(orderId)) };
}

/** A row as an order; `null` if there is no row, or it no longer parses. */
export function readable(row: unknown): Stored | null {
  const parsed = orderRow.safeParse(row);
  if (!parsed.success) return null;
  const order = orderFrom(parseJson(parsed.data.state));
  return order === null ? null : { order, version: parsed.data.version };
}

/**
 * An entry's row, parsed; `null` where it no longer parses: then it is damaged. A later version may use new names for
 * what happened, who did it, what was sent or what came of it. Such a row is `unknown`.
 */
export function historyRow(row: unknown): HistoryRow | null {
  const columns = entryRow.safeParse(row);
  if (!columns.success) return null;
  const { seq, at, actor, role } = columns.data;
  const known = roleSchema.nullable().safeParse(role);
  const of = { seq, atMs: at, actor: { who: actor, role: known.data ?? null } };
  const given = {
    event: parseJson(columns.data.event),
    effects: parseJson(columns.data.effects),
    phase: parseJson(columns.data.phase),
  };
  const phase = parseKeeping(phaseSchema, given.phase);
  const effects = parseKeeping(z.array(effectSchema), given.effects);
  const event = parseKeeping(entryEventSchema, given.event);
  if (known.success && phase !== null && effects !== null && event !== null) return { ...of, event, effects, phase };
  const worded = wordedSchema.safeParse(given);
  if (!worded.success) return null;
  const { type, act } = worded.data.event;
  const sent = worded.data.effects
    .map((effect) => parseKeeping(effectSchema, effect))
    .filter((effect) => effect !== null);
  return {
    ...of,
    event: { type: 'unknown', kind: type === 'noted' && act !== undefined ? act : type },
    effects: sent,
    phase,
  };
}

/** What an entry of every version consists of. */
const wordedSchema = z.object({
  event: z.looseObject({ type: z.string(), act: z.string().optional() }),
  effects: z.array(z.looseObject({ kind: z.string() })),
  phase: z.looseObject({ name: z.string() }),
});
