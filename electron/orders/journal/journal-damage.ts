/**
 * What was lost of this terminal's records and no manager has read yet. It lies in the journal itself, so that it outlives
 * every restart; the audit trail has the same as entries, which stay for good.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { parseJson } from '../../base/json.ts';

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
  /** Entries that are nowhere to be found. An order that stood in them alone is known to nobody here. */
  entriesLost: z.number().int().nonnegative().default(0),
  /** How many of them are the newest; `null` where nothing tells any more how far the journal had come. */
  newestLost: z.number().int().nonnegative().nullable().default(0),
});
export type JournalDamage = z.infer<typeof damageSchema>;

export interface DamageRecord {
  /** `null` where nothing was lost, or a manager has taken note of it. */
  now(): JournalDamage | null;
  /** Keeps it, in a transaction that is open. What was found before and nobody has read yet stays; of the entries the most that were lost. */
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
      const before = this.now();
      const both =
        before === null
          ? damage
          : {
              ...before,
              entriesLost: Math.max(before.entriesLost, damage.entriesLost),
              newestLost: mostOf(before.newestLost, damage.newestLost),
            };
      db.prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(
        NAME,
        JSON.stringify(both),
      );
    },
    acknowledged() {
      db.prepare('DELETE FROM meta WHERE name = ?').run(NAME);
    },
  };
}

const mostOf = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : Math.max(one, other);

/** The end of a journal that is cut off: `newestLost` entries, `null` where nobody can tell how many. */
export const cutOffDamage = (about: string, newestLost: number | null): JournalDamage => ({
  kind: 'cut-off',
  about,
  taken: 0,
  lost: [],
  lostCount: 0,
  entriesLost: newestLost ?? 0,
  newestLost,
});

/** A record of it as it lies in a journal. One that no longer parses is no reason to say nothing. */
export const damageFrom = (text: string): JournalDamage => damageSchema.safeParse(parseJson(text)).data ?? UNREADABLE;

const UNREADABLE: JournalDamage = {
  kind: 'damaged',
  about: '',
  taken: 0,
  lost: [],
  lostCount: 0,
  entriesLost: 0,
  newestLost: null,
};
