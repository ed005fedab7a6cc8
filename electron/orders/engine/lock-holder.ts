/**
 * Who holds the leader lock, for people to read. The process that took the lock writes this file beside it, and writes
 * it again now and then while it has orders to drive. Only the lock decides who drives. This file may be old, wrong or
 * missing; then the holder is just not known.
 */
import { beijingTime } from '../../../shared/beijing.ts';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Timestamp } from '../../base/clock.ts';
import type { Watched } from '../../base/watched-clock.ts';
import { parseJson } from '../../base/json.ts';
import { fileTroubleOf } from '../../base/safe-file.ts';
import type { JournalTrouble } from '../journal/journal.ts';
import { troubleOf } from '../journal/sqlite-trouble.ts';

const timestampSchema = z.object({ wallMs: z.number(), monoMs: z.number(), run: z.string() });
const holderSchema = z.object({
  pid: z.number().int(),
  /** The app, or a terminal command. */
  program: z.enum(['app', 'command']),
  since: timestampSchema,
  /** The last sign of life. */
  alive: timestampSchema,
  /** Since when the wall clock was steady, up to the last sign of life. */
  steadyFrom: timestampSchema.optional(),
});
export type Holder = z.infer<typeof holderSchema>;

const holderPathOf = (lockPath: string): string => `${lockPath}.holder`;

/** A refusal by the disk leaves the driver's name unknown. It does not stop anyone from driving. */
export function writeHolder(lockPath: string, holder: Holder): void {
  const path = holderPathOf(lockPath);
  try {
    writeFileSync(`${path}.new`, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
  }
}

/** `null` where the file is missing or cannot be read. */
export function readHolder(lockPath: string): Holder | null {
  try {
    return holderSchema.safeParse(parseJson(readFileSync(holderPathOf(lockPath), 'utf8'))).data ?? null;
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return null;
  }
}

/** How long a driver found the wall clock steady; `null` where that is not known. */
export function watchedBy(lockPath: string): Watched | null {
  const holder = readHolder(lockPath);
  return holder?.steadyFrom === undefined ? null : { from: holder.steadyFrom, until: holder.alive };
}

/** Whether the lock at `lockPath` is held now; otherwise why that cannot be told. Takes nothing and creates nothing. */
export function isHeld(lockPath: string): boolean | JournalTrouble {
  if (!existsSync(lockPath)) return false;
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(lockPath, { readOnly: true, timeout: 0 });
    db.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (error) {
    const trouble = troubleOf(error);
    // A damaged lock file that no process holds is recreated by the next process that takes the lock.
    return trouble === 'damaged' ? false : trouble === 'busy' ? true : trouble;
  } finally {
    db?.close();
  }
}

/**
 * A holder with the times that its wall clock showed, for the screen and the log: `PID 4711, app, since
 * 2026-11-23 14:00:00`, in Beijing.
 */
export const holderText = ({ pid, program, since, alive }: Holder): string =>
  `PID ${String(pid)}, ${program}, since ${timeOf(since)}, last alive ${timeOf(alive)}`;

const timeOf = ({ wallMs }: Timestamp): string => beijingTime(wallMs);
