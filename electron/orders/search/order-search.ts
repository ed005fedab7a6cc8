/** Looks for orders of any age in the journal's database: by number, day, state, amount and cashier, newest first. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { lastPlace, lastSeq } from '../journal/changes.ts';
import { foundOrders, type FoundOrders } from './found-orders.ts';
import { substringResults } from './substring-results.ts';
import { foundRow, ROW_COLUMNS, ROW_JOINS, type FoundRow } from './found-row.ts';
import type { OrderState } from '../../../shared/contract/history.ts';
import type { HistoryRow, Span } from '../journal/journal.ts';
import { isIndexed, type TrigramIndex } from './trigram-index.ts';
import { wholeCondition } from './order-condition.ts';
import type { OrderFilter } from './order-filter.ts';
import { orderTally, sumOfStates, type OrderTally } from './order-tally.ts';
import { historyRow } from '../journal/sqlite-journal.ts';

export const ALL_ORDERS: OrderFilter = {
  text: null,
  fromDay: null,
  toDay: null,
  states: [],
  amountFen: null,
  cashier: null,
};

/** The entries of one order that still parse. */
export interface ReadLog {
  readonly rows: readonly HistoryRow[];
  readonly unreadable: number;
}

export interface OrderSearch {
  /** The matching orders, up to the row id `upTo` in the list of all orders; `null` for all that exist now. */
  find(filter: OrderFilter, upTo: number | null): FoundOrders;
  /** One step of updating the index for searches by number; returns whether there is more to do. */
  indexMore(): boolean;
  /** The next orders below the row id `place`, newest first. For a caller that goes through all of them. */
  below(filter: OrderFilter, place: number | null, limit: number): readonly FoundRow[];
  /** The orders of a time range, added up. */
  tally(span: Span): OrderTally;
  /** The orders in some states, however old, added up. */
  sumOfStates(states: readonly OrderState[]): { readonly count: number; readonly fen: number };
  one(orderId: string): FoundRow | null;
  log(orderId: string): ReadLog;
  /** Everyone who ever brought an order to this terminal. */
  cashiers(): readonly string[];
}

/** If the index is more entries than this behind the journal, it must catch up before it is used. */
const BEHIND_MAX = 2_000;

/** Over a database that has been opened and migrated (open-journal.ts), with the index beside it. */
export function orderSearch(db: DatabaseSync, index: TrigramIndex): OrderSearch {
  const one = db.prepare(`SELECT ${ROW_COLUMNS} FROM order_facts AS f ${ROW_JOINS} WHERE f.order_id = ?`);
  const log = db.prepare(
    'SELECT seq, at, actor, role, event, effects, phase FROM entries WHERE order_id = ? ORDER BY seq',
  );
  return {
    find(filter, wished) {
      const { text } = filter;
      const upTo = Math.min(wished ?? lastPlace(db), lastPlace(db));
      if (text === null || !isIndexed(text)) return foundOrders(db, filter, upTo);
      index.step();
      const seq = index.knownSeq();
      return seq === null || lastSeq(db) - seq > BEHIND_MAX
        ? foundOrders(db, filter, upTo)
        : substringResults(db, index, { ...filter, text }, seq, upTo);
    },
    indexMore: () => index.step(),
    below(filter, place, limit) {
      const { where, values } = wholeCondition(filter);
      const sql = `SELECT ${ROW_COLUMNS} FROM order_facts AS f ${ROW_JOINS} WHERE ${where.join(' AND ')} ORDER BY f.place DESC LIMIT :limit`;
      return db
        .prepare(sql)
        .all({ ...values, low: 0, high: place === null ? lastPlace(db) : place - 1, limit })
        .map(foundRow);
    },
    tally: (span) => orderTally(db, span),
    sumOfStates: (states) => sumOfStates(db, states),
    one(orderId) {
      const row = one.get(orderId);
      return row === undefined ? null : foundRow(row);
    },
    log: (orderId) => readLog(log.all(orderId)),
    cashiers: () =>
      z
        .array(z.object({ who: z.string() }))
        .parse(db.prepare('SELECT who FROM cashiers ORDER BY who').all())
        .map(({ who }) => who),
  };
}

function readLog(rows: readonly unknown[]): ReadLog {
  const read = rows.map(historyRow).filter((row) => row !== null);
  return { rows: read, unreadable: rows.length - read.length };
}
