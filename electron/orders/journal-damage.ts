/**
 * What was lost of this terminal's records and no manager has read yet. It lies in the journal itself, so that it outlives
 * every restart; the audit trail has the same as entries, which stay for good.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { parseJson } from '../base/json.ts';

/** So many are named; of the rest only the number is kept, and each has an entry in the audit trail. */
export const LOST_NAMED_MAX = 20;

const damageSchema = z.object({
  /** `cut-off`: the head stands beyond the journal's end, so that an older copy was put back, or its end is gone. */
  kind: z.enum(['damaged', 'missing', 'cut-off']),
  /** Where the damaged file lies now, a name beside the journal's; of what was cut off, which entries. */
  about: z.string(),
  /** Orders that were not done, and were taken over. */
  taken: z.number().int().nonnegative(),
  /** Orders that were not done, as far as anybody can tell, and cannot be read: by number, else by id. */
  lost: z.array(z.string()).max(LOST_NAMED_MAX),
  lostCount: z.number().int().nonnegative(),
});
export type JournalDamage = z.infer<typeof damageSchema>;

export interface DamageRecord {
  /** `null` where nothing was lost, or a manager has taken note of it. */
  now(): JournalDamage | null;
  /** Keeps it, in a transaction that is open. What was found before and nobody has read yet stays. */
  found(damage: JournalDamage): void;
  /** A manager has read it. Throws what the disk refuses. */
  acknowledged(): void;
}

const NAME = 'damage';

export function damageRecord(db: DatabaseSync): DamageRecord {
  return {
    now() {
      const row = db.prepare('SELECT value FROM meta WHERE name = ?').get(NAME);
      return row === undefined ? null : damageFrom(String(row['value']));
    },
    found(damage) {
      db.prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING').run(NAME, JSON.stringify(damage));
    },
    acknowledged() {
      db.prepare('DELETE FROM meta WHERE name = ?').run(NAME);
    },
  };
}

/** A record of it as it lies in a journal. One that no longer parses is no reason to say nothing. */
export const damageFrom = (text: string): JournalDamage => damageSchema.safeParse(parseJson(text)).data ?? UNREADABLE;

const UNREADABLE: JournalDamage = { kind: 'damaged', about: '', taken: 0, lost: [], lostCount: 0 };
