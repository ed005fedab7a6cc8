/** What SQLite's errors mean. */
import { z } from 'zod';
import type { JournalTrouble } from './journal.ts';

const TROUBLES: Readonly<Record<number, JournalTrouble>> = {
  5: 'busy',
  6: 'busy',
  8: 'read-only',
  11: 'damaged',
  13: 'disk-full',
  14: 'io',
  26: 'damaged',
};

const sqliteError = z.object({ code: z.literal('ERR_SQLITE_ERROR'), errcode: z.number() });

/** The meaning of an SQLite error (result codes, low byte). Any other error is a bug and is thrown on. */
export function troubleOf(error: unknown): JournalTrouble {
  const parsed = sqliteError.safeParse(error);
  if (!parsed.success) throw error;
  return TROUBLES[parsed.data.errcode & 0xff] ?? 'io';
}
