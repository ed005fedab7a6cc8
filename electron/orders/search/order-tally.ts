/**
 * Adds up the orders of a time range by the person who brought them here and by their state. Each order of the range is
 * read once, by row id and in steps: a day with 20,000 orders costs about 20 ms, a million orders about a second in
 * steps of a few ms each. Whole days are told by the day that the facts hold; only in the first and the last day the
 * time of each order is looked up.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { beijingDay } from '../../../shared/beijing-day.ts';
import { orderStateSchema, type OrderState } from '../../../shared/contract/history.ts';
import { lastPlace } from '../journal/changes.ts';
import type { Span } from '../journal/journal.ts';
import { BLOCK, boundsOf } from './found-orders.ts';

/** The orders of one person in one state. */
export interface TallyRow {
  readonly who: string;
  readonly state: OrderState;
  readonly count: number;
  /** The sum of the known amounts. */
  readonly fen: number;
}

export interface OrderTally {
  /** Whether there is more to look at. */
  left(): boolean;
  /** One step. `units` is its size; each unit takes about the same time. */
  look(units: number): void;
  /** Of what has been looked at so far. */
  rows(): readonly TallyRow[];
}

const TALLY = `SELECT c.who, f.state, count(*) AS count, coalesce(sum(f.amount_fen), 0) AS fen
  FROM order_facts AS f NOT INDEXED JOIN cashiers AS c ON c.cashier = f.cashier
  WHERE f.place > :low AND f.place <= :high AND f.day BETWEEN :firstDay AND :lastDay
    AND (f.day BETWEEN :firstWhole AND :lastWhole
      OR (SELECT created_at BETWEEN :firstMs AND :lastMs FROM orders AS o WHERE o.order_id = f.order_id))
  GROUP BY f.cashier, f.state`;

const rowSchema = z.object({
  who: z.string(),
  state: orderStateSchema.catch('unreadable'),
  count: z.number(),
  fen: z.number(),
});

/** Over the orders that exist now. An order that is brought here later is not of a range that has passed. */
export function orderTally(db: DatabaseSync, { fromMs, toMs }: Span): OrderTally {
  const days = {
    firstDay: beijingDay(fromMs),
    lastDay: beijingDay(toMs - 1),
    firstWhole: beijingDay(fromMs - 1) + 1,
    lastWhole: beijingDay(toMs) - 1,
  };
  const count = db.prepare(TALLY);
  const bounds = boundsOf(db, { fromDay: days.firstDay, toDay: days.lastDay }, lastPlace(db));
  const sums = new Map<string, TallyRow>();
  let next = fromMs < toMs ? bounds.low : bounds.high;

  const add = ({ who, state, count: more, fen }: TallyRow): void => {
    const key = `${state} ${who}`;
    const before = sums.get(key);
    sums.set(key, { who, state, count: (before?.count ?? 0) + more, fen: (before?.fen ?? 0) + fen });
  };

  return {
    left: () => next < bounds.high,
    look(units) {
      const high = Math.min(bounds.high, next + units * BLOCK);
      const values = { ...days, firstMs: fromMs, lastMs: toMs - 1, low: next, high };
      for (const row of count.all(values)) add(rowSchema.parse(row));
      next = high;
    },
    rows: () => [...sums.values()],
  };
}

const IN_DOUBT = `SELECT count(*) AS count, coalesce(sum(amount_fen), 0) AS fen
  FROM order_facts INDEXED BY facts_by_state WHERE state = ?`;

const doubtSchema = z.object({ count: z.number(), fen: z.number() });

/** The orders in some states, however old: by the index of states, so it costs as much as there are such orders. */
export function sumOfStates(db: DatabaseSync, states: readonly OrderState[]): { count: number; fen: number } {
  const one = db.prepare(IN_DOUBT);
  return states
    .map((state) => doubtSchema.parse(one.get(state)))
    .reduce((sum, { count, fen }) => ({ count: sum.count + count, fen: sum.fen + fen }), { count: 0, fen: 0 });
}
