/**
 * The orders that contain a part of a number, as a list with numbered rows. The index returns them newest first, as
 * many at a time as one step takes. So a rare part is found at once, and a part that every number has fills the first
 * page at once.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { changedPlaces, lastSeq, newerThan } from '../journal/changes.ts';
import { boundsOf, type FoundOrders, type Totals } from './found-orders.ts';
import { foundRow, ROW_COLUMNS, ROW_JOINS, type FoundRow } from './found-row.ts';
import type { TrigramIndex } from './trigram-index.ts';
import { wholeCondition } from './order-condition.ts';
import type { OrderFilter } from './order-filter.ts';

/** If more orders than this contain the part, it does not help to find one. The list says that it ends here. */
export const FOUND_MAX = 20_000;
/** How many matches one unit of a step requests from the index. */
const MATCHES = 256;
const UNITS_MIN = 8;

const MONEY = `CASE f.state WHEN 'paid' THEN coalesce(f.amount_fen, 0) ELSE 0 END AS paidFen,
  CASE f.state WHEN 'refunded' THEN coalesce(f.amount_fen, 0) ELSE 0 END AS refundedFen`;
const hitSchema = z.object({ place: z.number(), paidFen: z.number(), refundedFen: z.number() });
type Hit = z.infer<typeof hitSchema>;

/** A filter with a part of a number that the index can find. */
export type SubstringFilter = OrderFilter & { readonly text: string };

const newestFirst = (a: Hit, b: Hit): number => b.place - a.place;

/** Searches `index`, which knows the journal's entries up to `knownSeq`. */
export function substringResults(
  db: DatabaseSync,
  index: TrigramIndex,
  filter: SubstringFilter,
  knownSeq: number,
  upTo: number,
): FoundOrders {
  const bounds = boundsOf(db, filter, upTo);
  const fitting = fittingIn(db, filter);
  const page = db.prepare(`SELECT ${ROW_COLUMNS} FROM order_facts AS f ${ROW_JOINS} WHERE f.place = ?`);

  // What changed after the index was updated. Each order waits until the index has been read down to its row id.
  const unknown = new Set(changedPlaces(db, knownSeq));
  let waiting: readonly Hit[] = fitting([...unknown], bounds.low, bounds.high);
  let hits: readonly Hit[] = [];
  let high = bounds.high;
  let over = false;
  let seenSeq = lastSeq(db);

  let cut = false;

  const left = (): boolean => !over && !cut;

  return {
    upTo,
    left,
    look(units) {
      if (!left()) return;
      // The first request fills a page and no more, because a person waits for it. Each further request walks through
      // the index again, whatever it finds, so it is made seldom.
      const wanted = high === bounds.high ? MATCHES : Math.max(units, UNITS_MIN) * MATCHES;
      const asked = index.matches(filter.text, bounds.low, high, wanted);
      // If the index fails meanwhile, the rest of the orders are scanned.
      const places = asked ?? downFrom(high, wanted);
      const reached = places.at(-1) ?? 0;
      over = reached <= bounds.low + 1 || (asked !== null && places.length < wanted);
      const known = fitting(
        places.filter((place) => !unknown.has(place)),
        bounds.low,
        high,
      );
      const found = [...known, ...waiting.filter(({ place }) => over || place >= reached)];
      waiting = over ? [] : waiting.filter(({ place }) => place < reached);
      const all = [...hits, ...found.sort(newestFirst)];
      cut = all.length > FOUND_MAX || (all.length === FOUND_MAX && !over);
      hits = all.slice(0, FOUND_MAX);
      high = reached - 1;
    },
    refresh() {
      const lowest = over ? 0 : high + 1;
      const changed = new Set(changedPlaces(db, seenSeq));
      seenSeq = lastSeq(db);
      if (changed.size === 0) return;
      const now = fitting([...changed], bounds.low, bounds.high);
      const without = (known: readonly Hit[]): Hit[] => known.filter(({ place }) => !changed.has(place));
      hits = [...without(hits), ...now.filter(({ place }) => place >= lowest)].sort(newestFirst);
      // For orders further down, the index knows only their old numbers.
      waiting = [...without(waiting), ...now.filter(({ place }) => place < lowest)];
      for (const place of changed) unknown.add(place);
    },
    total: () => hits.length,
    counted: () => over && !cut,
    totals: () => totalsOf(hits),
    reaches: (row) => !left() || hits.length >= row,
    rows: (offset, limit): readonly FoundRow[] =>
      hits.slice(offset, offset + limit).flatMap(({ place }) => page.all(place).map(foundRow)),
    newer: () => newerThan(db, upTo, (low, top) => fitting(downFrom(top, top - low), low, top).length),
  };
}

/** Those of these row ids, between `low` and `high`, that match the filter. */
function fittingIn(
  db: DatabaseSync,
  filter: OrderFilter,
): (places: readonly number[], low: number, high: number) => Hit[] {
  const { where, values } = wholeCondition(filter);
  const among =
    db.prepare(`SELECT f.place, ${MONEY} FROM json_each(:places) AS p CROSS JOIN order_facts AS f ON f.place = p.value
    WHERE ${where.join(' AND ')} ORDER BY f.place DESC`);
  return (places, low, high) =>
    among.all({ ...values, places: JSON.stringify(places), low, high }).map((row) => hitSchema.parse(row));
}

const totalsOf = (hits: readonly Hit[]): Totals =>
  hits.reduce<Totals>(
    (sum, hit) => ({
      total: sum.total + 1,
      paidFen: sum.paidFen + hit.paidFen,
      refundedFen: sum.refundedFen + hit.refundedFen,
    }),
    { total: 0, paidFen: 0, refundedFen: 0 },
  );

/** At most `count` row ids from `high` down. */
const downFrom = (high: number, count: number): number[] =>
  Array.from({ length: Math.max(0, Math.min(count, high)) }, (_, n) => high - n);
