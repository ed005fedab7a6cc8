/** Reads the orders of a time range page by page, so that a million orders need no more memory than one page. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { roleSchema } from '../../../shared/role.ts';
import { parseJson } from '../../base/json.ts';
import { eventSchema } from '../machine/event.ts';
import type { Journal, PageActor, PageRow, Stored } from './journal.ts';

// The role tells a person's entry from the app's own. Entries older than actors have the role `unknown`.
const ofPeople = (what: string, way: 'ASC' | 'DESC', which = ''): string =>
  `(SELECT ${what} FROM entries AS e WHERE e.order_id = o.order_id AND role IS NOT NULL ${which} ORDER BY seq ${way} LIMIT 1)`;
const ACTOR = 'json_array(actor, role)';
const PAGE = `SELECT o.order_id, o.version, o.state, o.created_at,
    ${ofPeople(ACTOR, 'ASC')} AS taken_by,
    ${ofPeople(ACTOR, 'DESC')} AS last_acted_by,
    ${ofPeople('event', 'DESC', "AND json_extract(event, '$.code') IS NOT NULL")} AS said_why
  FROM orders AS o
  WHERE o.created_at >= ? AND o.created_at < ? AND (o.created_at, o.order_id) > (?, ?)
  ORDER BY o.created_at, o.order_id LIMIT ?`;

const pageRow = z.object({
  order_id: z.string(),
  created_at: z.number(),
  taken_by: z.string().nullable(),
  last_acted_by: z.string().nullable(),
  said_why: z.string().nullable(),
});

const actorSchema = z.tuple([z.string(), roleSchema]);

function actorOf(text: string | null): PageActor | null {
  const parsed = text === null ? null : actorSchema.safeParse(parseJson(text));
  return parsed?.success === true ? { who: parsed.data[0], role: parsed.data[1] } : null;
}

/** The reason in an act; `null` where it has none, or no longer parses. */
function reasonOf(text: string | null): PageRow['reason'] {
  const event = text === null ? null : eventSchema.safeParse(parseJson(text));
  if (event?.success !== true || !('code' in event.data) || event.data.code === undefined) return null;
  return { code: event.data.code, note: 'note' in event.data ? (event.data.note ?? null) : null };
}

/** `readable`: a row as an order, or `null` where it no longer parses. */
export function orderPages(db: DatabaseSync, readable: (row: unknown) => Stored | null): Journal['page'] {
  const page = db.prepare(PAGE);
  return ({ fromMs, toMs }, after, limit) => {
    // The index is entered where the last page ended. SQLite uses the plain bound for that, not the pair.
    const startMs = after?.createdAtMs ?? fromMs;
    return page.all(startMs, toMs, startMs, after?.orderId ?? '', limit).map((row): PageRow => {
      const {
        order_id: orderId,
        created_at: createdAtMs,
        taken_by: takenBy,
        last_acted_by: lastActedBy,
        said_why: saidWhy,
      } = pageRow.parse(row);
      return {
        orderId,
        createdAtMs,
        stored: readable(row),
        takenBy: actorOf(takenBy),
        lastActedBy: actorOf(lastActedBy),
        reason: reasonOf(saidWhy),
      };
    });
  };
}
