/** What has happened to orders since the last check. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const numberSchema = z.object({ n: z.number().nullable() });
const numberIn = (db: DatabaseSync, sql: string): number => numberSchema.parse(db.prepare(sql).get()).n ?? 0;

/** The row id of the newest order; 0 where there is none. */
export const lastPlace = (db: DatabaseSync): number => numberIn(db, 'SELECT max(place) AS n FROM order_facts');

export const lastSeq = (db: DatabaseSync): number => numberIn(db, 'SELECT max(seq) AS n FROM entries');

/** The row ids of orders that have entries after `seq`. */
export const changedPlaces = (db: DatabaseSync, seq: number): number[] =>
  db
    .prepare('SELECT DISTINCT place AS n FROM entries JOIN order_facts USING (order_id) WHERE seq > ?')
    .all(seq)
    .map((row) => numberSchema.parse(row).n ?? 0);

/** The search for newer orders goes no further than this. */
const NEWER_MAX = 10_000;

/** How many of the orders after `upTo` `count` counts. `count` gets the range of row ids, without the lower bound. */
export function newerThan(db: DatabaseSync, upTo: number, count: (low: number, high: number) => number): number {
  const last = lastPlace(db);
  return last <= upTo ? 0 : count(Math.max(upTo, last - NEWER_MAX), last);
}
