/**
 * Whether one part of a filter alone matches so few orders that an index finds them all at once. Scanning a million
 * orders for the twenty of one amount takes a tenth of a second. For a value that every third order has, the newest few
 * are enough.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { amountCondition, cashierCondition, statesCondition, type Condition } from './order-condition.ts';
import type { OrderFilter } from './order-filter.ts';

/** As many orders as one step of a search may read. */
export const RARE_MAX = 4_096;

const countSchema = z.object({ n: z.number() });

/**
 * The index (search-tables.ts) that leaves few orders to read; `null` if each part of the filter matches more than
 * `max`.
 */
export function chooseIndex(db: DatabaseSync, filter: OrderFilter, max: number): string | null {
  const candidates: readonly (readonly [string, Condition | null])[] = [
    ['facts_by_amount', amountCondition(filter)],
    ['facts_by_state', statesCondition(filter)],
    ['facts_by_cashier', cashierCondition(filter)],
  ];
  const rare = candidates.find(([index, part]) => part !== null && isRare(db, index, part, max));
  return rare?.[0] ?? null;
}

function isRare(db: DatabaseSync, index: string, { where, values }: Condition, max: number): boolean {
  // Counts no further than needed.
  const sql = `SELECT count(*) AS n FROM (SELECT 1 FROM order_facts AS f INDEXED BY ${index} WHERE ${where.join(' AND ')} LIMIT ${String(max + 1)})`;
  return countSchema.parse(db.prepare(sql).get(values)).n <= max;
}
