/**
 * Who sits in the driver's seat, for people: written beside the lock by whoever took it, and anew now and then while it
 * has orders to drive. The lock alone decides who drives; this may be old, wrong or missing, and then it is only not known
 * who holds it.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Reading } from '../../base/clock.ts';
import type { Watched } from '../../base/watched-clock.ts';
import { parseJson } from '../../base/json.ts';
import { fileTroubleOf } from '../../base/safe-file.ts';
import type { JournalTrouble } from '../journal/journal.ts';
import { troubleOf } from '../journal/sqlite-trouble.ts';

const readingSchema = z.object({ wallMs: z.number(), monoMs: z.number(), run: z.string() });
const holderSchema = z.object({
  pid: z.number().int(),
  /** The app, or a terminal command. */
  program: z.enum(['app', 'command']),
  since: readingSchema,
  /** The last sign of life. */
  alive: readingSchema,
  /** From when on the wall clock was steady, to the last sign of life. */
  steadyFrom: readingSchema.optional(),
});
export type Holder = z.infer<typeof holderSchema>;

const holderPathOf = (lockPath: string): string => `${lockPath}.holder`;

/** A disk that refuses leaves it unknown who drives, which keeps nobody from driving. */
export function writeHolder(lockPath: string, holder: Holder): void {
  const path = holderPathOf(lockPath);
  try {
    writeFileSync(`${path}.new`, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
  }
}

/** `null` where nobody has written it, or it cannot be read. */
export function readHolder(lockPath: string): Holder | null {
  try {
    return holderSchema.safeParse(parseJson(readFileSync(holderPathOf(lockPath), 'utf8'))).data ?? null;
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return null;
  }
}

/** How long a driver found the wall clock steady; `null` where nobody says so. */
export function watchedBy(lockPath: string): Watched | null {
  const holder = readHolder(lockPath);
  return holder?.steadyFrom === undefined ? null : { from: holder.steadyFrom, until: holder.alive };
}

/** Whether the lock at `lockPath` is held now; otherwise what keeps it from being known. Takes nothing and makes nothing. */
export function isHeld(lockPath: string): boolean | JournalTrouble {
  if (!existsSync(lockPath)) return false;
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(lockPath, { readOnly: true, timeout: 0 });
    db.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (error) {
    const trouble = troubleOf(error);
    // A damaged one that nobody holds is made anew by whoever takes it.
    return trouble === 'damaged' ? false : trouble === 'busy' ? true : trouble;
  } finally {
    db?.close();
  }
}

/** A holder, as the wall clock told it, for the screen and the log: `PID 4711, app, since 2026-11-23T06:00:00.000Z`. */
export const holderText = ({ pid, program, since, alive }: Holder): string =>
  `PID ${String(pid)}, ${program}, since ${isoOf(since)}, last alive ${isoOf(alive)}`;

const isoOf = ({ wallMs }: Reading): string => new Date(wallMs).toISOString();
