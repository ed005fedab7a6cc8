/**
 * The orders that match a filter, as a list with numbered rows. Counting them means reading each order, so it is done
 * in steps from the newest on, and the counts are kept per block of row ids. Then any row is found by counting through
 * one block. Rare values are counted in one step, by their index.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { changedPlaces, lastSeq, newerThan } from '../journal/changes.ts';
import { foundRow, ROW_COLUMNS, ROW_JOINS, type FoundRow } from './found-row.ts';
import { isEverything, wholeCondition } from './order-condition.ts';
import type { OrderFilter } from './order-filter.ts';
import { RARE_MAX, chooseIndex } from './index-choice.ts';

/** Small enough that counting through one block takes no time, large enough that a million orders need few blocks. */
export const BLOCK = 4_096;
const SHIFT = 12;

export interface Totals {
  readonly total: number;
  /** The money of those paid. */
  readonly paidFen: number;
  /** The money of those cancelled and sent back. */
  readonly refundedFen: number;
}

export interface FoundOrders {
  readonly upTo: number;
  /** Whether there is more to look at. */
  left(): boolean;
  /** One step. `units` is its size; each unit takes about the same time. */
  look(units: number): void;
  /** Checks again what has changed since. To be called before the results are used. */
  refresh(): void;
  /** How many orders match; so far, while not `counted`. A list that is capped is never counted to the end. */
  total(): number;
  counted(): boolean;
  /** Of the blocks counted so far. */
  totals(): Totals;
  /** Whether the rows up to this one are known. */
  reaches(row: number): boolean;
  /** Newest first; as many as are known. */
  rows(offset: number, limit: number): readonly FoundRow[];
  /** How many matching orders have come since `upTo`. */
  newer(): number;
}

const blockSchema = z.object({ block: z.number(), total: z.number(), paidFen: z.number(), refundedFen: z.number() });
type Block = z.infer<typeof blockSchema>;
const NOTHING: Totals = { total: 0, paidFen: 0, refundedFen: 0 };

/** Row ids above `low`, up to and including `high`. */
interface Range {
  readonly low: number;
  readonly high: number;
}

const blockOf = (place: number): number => (place - 1) >> SHIFT;

/**
 * `rareMax`: if one part of the filter matches at least this many orders, the orders are scanned instead of using its
 * index.
 */
export function foundOrders(db: DatabaseSync, filter: OrderFilter, upTo: number, rareMax = RARE_MAX): FoundOrders {
  const rare = chooseIndex(db, filter, rareMax);
  const { count, page, values } = statements(db, filter, rare);
  const bounds = boundsOf(db, filter, upTo);
  const known = new Map<number, Totals>();
  const lowest = blockOf(bounds.low + 1);
  let next = blockOf(bounds.high);
  let seenSeq = lastSeq(db);

  const blocksIn = (places: Range): Block[] => count.all({ ...values, ...places }).map((row) => blockSchema.parse(row));
  const within = (fromBlock: number, toBlock: number): Range => ({
    low: Math.max(bounds.low, fromBlock * BLOCK),
    high: Math.min(bounds.high, (toBlock + 1) * BLOCK),
  });

  const countBlocks = (fromBlock: number, toBlock: number): void => {
    for (let block = fromBlock; block <= toBlock; block += 1) known.delete(block);
    for (const { block, ...totals } of blocksIn(within(fromBlock, toBlock))) known.set(block, totals);
  };

  const rowsIn = (places: Range, offset: number, limit: number): readonly FoundRow[] =>
    page.all({ ...values, ...places, limit, offset }).map(foundRow);

  const left = (): boolean => next >= lowest;
  // Without a filter the row id alone gives the count and each order's row.
  const byPlace = isEverything(filter);
  const total = (): number => (byPlace ? upTo : sumOf(known.values()).total);
  const counted = (): boolean => byPlace || !left();

  return {
    upTo,
    left,
    look(units) {
      if (!left()) return;
      const fromBlock = rare === null ? Math.max(lowest, next - units + 1) : lowest;
      countBlocks(fromBlock, next);
      next = fromBlock - 1;
    },
    refresh() {
      const changed = changedPlaces(db, seenSeq).filter((place) => place > bounds.low && place <= bounds.high);
      seenSeq = lastSeq(db);
      for (const block of new Set(changed.map(blockOf))) if (block > next) countBlocks(block, block);
    },
    total,
    counted,
    totals: () => sumOf(known.values()),
    reaches: (row) => counted() || total() >= row,
    rows(offset, limit) {
      if (byPlace) return rowsIn({ low: 0, high: Math.max(0, upTo - offset) }, 0, limit);
      if (rare !== null) return rowsIn({ low: bounds.low, high: next < lowest ? bounds.high : 0 }, offset, limit);
      const found: FoundRow[] = [];
      let skip = offset;
      for (let block = blockOf(bounds.high); block > next && found.length < limit; block -= 1) {
        const inBlock = known.get(block)?.total ?? 0;
        if (skip < inBlock) found.push(...rowsIn(within(block, block), skip, limit - found.length));
        skip = Math.max(0, skip - inBlock);
      }
      return found;
    },
    newer: () => newerThan(db, upTo, (low, high) => sumOf(blocksIn({ low, high })).total),
  };
}

/** How many match, block by block, and their rows. `rare`: the index that finds them, if there is one. */
function statements(
  db: DatabaseSync,
  filter: OrderFilter,
  rare: string | null,
): {
  readonly count: StatementSync;
  readonly page: StatementSync;
  readonly values: ReturnType<typeof wholeCondition>['values'];
} {
  const { where, values } = wholeCondition(filter);
  const fits = where.join(' AND ');
  // A value that many orders have is scanned by row id, not by an index: the index would jump back and forth.
  const facts = `order_facts AS f ${rare === null ? 'NOT INDEXED' : `INDEXED BY ${rare}`}`;
  const count = db.prepare(`SELECT (f.place - 1) >> ${String(SHIFT)} AS block, count(*) AS total,
      coalesce(sum(f.amount_fen) FILTER (WHERE f.state = 'paid'), 0) AS paidFen,
      coalesce(sum(f.amount_fen) FILTER (WHERE f.state = 'refunded'), 0) AS refundedFen
    FROM ${facts} WHERE ${fits} GROUP BY block`);
  const page = db.prepare(
    `SELECT ${ROW_COLUMNS} FROM ${facts} ${ROW_JOINS} WHERE ${fits} ORDER BY f.place DESC LIMIT :limit OFFSET :offset`,
  );
  return { count, page, values };
}

const sumOf = (blocks: Iterable<Totals>): Totals =>
  [...blocks].reduce(
    (sum, block) => ({
      total: sum.total + block.total,
      paidFen: sum.paidFen + block.paidFen,
      refundedFen: sum.refundedFen + block.refundedFen,
    }),
    NOTHING,
  );

/**
 * The range of row ids in which orders of the filter's days are found. A clock that jumped widens the range but loses
 * no order.
 */
export function boundsOf(
  db: DatabaseSync,
  { fromDay, toDay }: Pick<OrderFilter, 'fromDay' | 'toDay'>,
  upTo: number,
): Range {
  if (fromDay === null && toDay === null) return { low: 0, high: upTo };
  const days = db.prepare(
    'SELECT min(first_place) AS first, max(last_place) AS last FROM order_days WHERE day BETWEEN ? AND ?',
  );
  const row = days.get(fromDay ?? Number.MIN_SAFE_INTEGER, toDay ?? Number.MAX_SAFE_INTEGER);
  const { first, last } = z.object({ first: z.number().nullable(), last: z.number().nullable() }).parse(row);
  return first === null || last === null ? { low: 0, high: 0 } : { low: first - 1, high: Math.min(upTo, last) };
}
