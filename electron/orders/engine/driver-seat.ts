/**
 * The driver's seat of a journal: at most one process sits in it, over all that share the file, and only that one lets
 * calls leave. It is an exclusive lock of the operating system (taken through SQLite on a file of its own), so it is
 * free the instant its holder dies, however it dies. This is what makes "at most one reverse in flight" true across
 * processes; the journal's versions are the second line.
 */
import { truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { fileTroubleOf, makeFolder, type FileTrouble } from '../../base/safe-file.ts';
import type { JournalTrouble } from '../journal/journal.ts';
import { troubleOf } from '../journal/sqlite-trouble.ts';

export interface DriverSeat {
  /** Takes the seat if it is free. `true` where this process now sits in it, or did already. */
  take(): boolean;
  leave(): void;
}

/** Why a process does not sit in the seat: another one does, or its file cannot be used. */
export type SeatRefusal = 'held' | Exclude<JournalTrouble, 'busy'> | FileTrouble;

export interface FileSeat extends DriverSeat {
  /** Why the last `take` was in vain; `null` where this process sits in the seat. */
  refusal(): SeatRefusal | null;
}

export function driverSeat(path: string): FileSeat {
  let held: DatabaseSync | null = null;
  let refusal: SeatRefusal | null = null;
  return {
    take() {
      if (held !== null) return true;
      const locked = lock(path);
      held = locked.ok ? locked.value : null;
      refusal = locked.ok ? null : locked.error;
      return locked.ok;
    },
    leave() {
      held?.close();
      held = null;
    },
    refusal: () => refusal,
  };
}

/**
 * A damaged file is emptied where it lies, for a new one beside it would be a second lock: it is damaged to nobody who
 * has not got past the lock, so nobody holds it, and of those who empty it at once one gets it.
 */
function lock(path: string): Result<DatabaseSync, SeatRefusal> {
  const first = tryLock(path);
  if (first.ok || first.error !== 'damaged') return first;
  try {
    truncateSync(path);
  } catch (error) {
    const trouble = fileTroubleOf(error);
    if (trouble === null) throw error;
    return fail(trouble);
  }
  return tryLock(path);
}

/** What the disk refuses is a value: whoever wants to drive tries again. */
function tryLock(path: string): Result<DatabaseSync, SeatRefusal> {
  let db: DatabaseSync | null = null;
  try {
    makeFolder(dirname(path));
    db = new DatabaseSync(path, { timeout: 0 });
    // With its rollback journal in memory the lock writes nothing, so a full disk keeps nobody from the seat.
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return ok(db);
  } catch (error) {
    db?.close();
    // What is neither the disk's nor a lock's is a bug, and is thrown on from here.
    const trouble = fileTroubleOf(error) ?? troubleOf(error);
    return fail(trouble === 'busy' ? 'held' : trouble);
  }
}
