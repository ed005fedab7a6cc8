/**
 * The leader lock of a journal. At most one process holds it, of all that share the file, and only that process sends
 * calls. It is an exclusive lock of the operating system, taken through SQLite on a file of its own. So the system
 * frees it the moment its holder dies, however it dies. This makes "at most one reverse in flight" true across
 * processes. The journal's versions are the second line of defence.
 */
import { truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { fileTroubleOf, makeFolder, type FileTrouble } from '../../base/safe-file.ts';
import type { JournalTrouble } from '../journal/journal.ts';
import { troubleOf } from '../journal/sqlite-trouble.ts';

export interface LeaderLock {
  /** Takes the lock if it is free. `true` where this process now holds it, or held it already. */
  take(): boolean;
  release(): void;
}

/** Why a process does not hold the lock: another process does, or the lock file cannot be used. */
export type LockRefusal = 'held' | Exclude<JournalTrouble, 'busy'> | FileTrouble;

export interface FileLeaderLock extends LeaderLock {
  /** Why the last `take` failed; `null` where this process holds the lock. */
  refusal(): LockRefusal | null;
}

export function leaderLock(path: string): FileLeaderLock {
  let held: DatabaseSync | null = null;
  let refusal: LockRefusal | null = null;
  return {
    take() {
      if (held !== null) return true;
      const locked = lock(path);
      held = locked.ok ? locked.value : null;
      refusal = locked.ok ? null : locked.error;
      return locked.ok;
    },
    release() {
      held?.close();
      held = null;
    },
    refusal: () => refusal,
  };
}

/**
 * A damaged lock file is emptied in place, because a new file beside it would be a second lock. Only a process that
 * holds the lock can find it damaged, so no other process holds it then. If several empty it at once, one of them gets
 * the lock.
 */
function lock(path: string): Result<DatabaseSync, LockRefusal> {
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

/** A refusal by the disk is a value: a process that wants to drive tries again. */
function tryLock(path: string): Result<DatabaseSync, LockRefusal> {
  let db: DatabaseSync | null = null;
  try {
    makeFolder(dirname(path));
    db = new DatabaseSync(path, { timeout: 0 });
    // With its rollback journal in memory the lock writes nothing, so a full disk does not stop a process from taking
    // it.
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return ok(db);
  } catch (error) {
    db?.close();
    // An error that is neither the disk's nor a lock's is a bug, and is thrown from here.
    const trouble = fileTroubleOf(error) ?? troubleOf(error);
    return fail(trouble === 'busy' ? 'held' : trouble);
  }
}
