/** Reads the orders of a stretch of time page by page, so that a million of them need no more memory than one page. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Journal, PageRow, Stored } from './journal.ts';

// The role tells a person's entry from the app's own. Entries from before there were actors are of `unknown`.
const PAGE = `SELECT o.order_id, o.version, o.state, o.created_at,
    (SELECT actor FROM entries AS e WHERE e.order_id = o.order_id AND role IS NOT NULL ORDER BY seq LIMIT 1) AS taken_by,
    (SELECT actor FROM entries AS e WHERE e.order_id = o.order_id AND role IS NOT NULL ORDER BY seq DESC LIMIT 1) AS last_acted_by
  FROM orders AS o
  WHERE o.created_at >= ? AND o.created_at < ? AND (o.created_at, o.order_id) > (?, ?)
  ORDER BY o.created_at, o.order_id LIMIT ?`;

const pageRow = z.object({
  order_id: z.string(),
  created_at: z.number(),
  taken_by: z.string().nullable(),
  last_acted_by: z.string().nullable(),
});

/** `readable`: a row as an order, or `null` where it no longer parses. */
export function orderPages(db: DatabaseSync, readable: (row: unknown) => Stored | null): Journal['page'] {
  const page = db.prepare(PAGE);
  return ({ fromMs, toMs }, after, limit) => {
    // The index is entered where the last page ended: SQLite takes the plain bound for that, not the pair.
    const startMs = after?.createdAtMs ?? fromMs;
    return page.all(startMs, toMs, startMs, after?.orderId ?? '', limit).map((row): PageRow => {
      const { order_id: orderId, created_at: createdAtMs, taken_by: takenBy, last_acted_by: lastActedBy } = pageRow.parse(row);
      return { orderId, createdAtMs, stored: readable(row), takenBy, lastActedBy };
    });
  };
}
