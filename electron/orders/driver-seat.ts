/**
 * The driver's seat of a journal: at most one process sits in it, over all that share the file, and only that one lets
 * calls leave. It is an exclusive lock of the operating system (taken through SQLite on a file of its own), so it is
 * free the instant its holder dies, however it dies. This is what makes "at most one reverse in flight" true across
 * processes; the journal's versions are the second line.
 */
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileTroubleOf, makeFolder } from '../base/safe-file.ts';
import { troubleOf } from './sqlite-trouble.ts';

export interface DriverSeat {
  /** Takes the seat if it is free. `true` where this process now sits in it, or did already. */
  take(): boolean;
  leave(): void;
}

export function driverSeat(path: string): DriverSeat {
  let held: DatabaseSync | null = null;
  return {
    take() {
      held ??= lock(path);
      return held !== null;
    },
    leave() {
      held?.close();
      held = null;
    },
  };
}

/** `null` also where the disk refuses: whoever wants to drive tries again. */
function lock(path: string): DatabaseSync | null {
  let db: DatabaseSync | null = null;
  try {
    makeFolder(dirname(path));
    db = new DatabaseSync(path, { timeout: 0 });
    // With its rollback journal in memory the lock writes nothing, so a full disk keeps nobody from the seat.
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db?.close();
    // What is neither the disk's nor a lock's is a bug, and is thrown on from here.
    if (fileTroubleOf(error) === null) troubleOf(error);
    return null;
  }
}
