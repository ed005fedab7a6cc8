/**
 * What was lost of this terminal's records and no manager has confirmed yet. It is kept in the journal itself, so it
 * survives every restart. The audit trail holds the same as entries, which stay for good.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { parseJson } from '../../base/json.ts';

/** At most this many are named. Of the rest only the count is kept, and each has an entry in the audit trail. */
export const LOST_NAMED_MAX = 20;

const damageSchema = z.object({
  /** `cut-off`: the head is beyond the journal's end. So an older copy was put back, or the end is gone. */
  kind: z.enum(['damaged', 'missing', 'cut-off']),
  /** Where the damaged file is now: a name beside the journal's. For `cut-off`: which entries are gone. */
  about: z.string(),
  /** Orders that were not done, and were taken over. */
  taken: z.number().int().nonnegative(),
  /** Orders that seem unfinished and cannot be read: by order number, else by id. */
  lost: z.array(z.string()).max(LOST_NAMED_MAX),
  lostCount: z.number().int().nonnegative(),
  /** Entries that cannot be found anywhere. An order that was only in them is unknown to this terminal. */
  entriesLost: z.number().int().nonnegative().default(0),
  /** How many of them are the newest; `null` where it is no longer known how far the journal had come. */
  newestLost: z.number().int().nonnegative().nullable().default(0),
});
export type JournalDamage = z.infer<typeof damageSchema>;

export interface DamageRecord {
  /** `null` where nothing was lost, or a manager has confirmed it. */
  now(): JournalDamage | null;
  /**
   * Stores it, in an open transaction. Earlier damage that nobody has confirmed stays; of the lost entries the highest
   * count stays.
   */
  found(damage: JournalDamage): void;
  /** A manager has confirmed it. Throws what the disk refuses. */
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

/** A journal whose end is cut off: `newestLost` entries are gone, `null` where the number is not known. */
export const cutOffDamage = (about: string, newestLost: number | null): JournalDamage => ({
  kind: 'cut-off',
  about,
  taken: 0,
  lost: [],
  lostCount: 0,
  entriesLost: newestLost ?? 0,
  newestLost,
});

/** A damage record as it is in a journal. A record that no longer parses must still be reported. */
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
