import type { DatabaseSync } from 'node:sqlite';
import { fail, type Result } from '../../../shared/result.ts';
import type { WriteFailure } from './journal.ts';
import { troubleOf } from './sqlite-trouble.ts';

/** Runs `act` in a transaction of its own: all of it is on disk when this returns ok, and none of it otherwise. */
export type Transaction = <Value>(act: () => Result<Value, WriteFailure>) => Result<Value, WriteFailure>;

export function transactions(db: DatabaseSync, onCommitted: () => void): Transaction {
  const lockWaitMs = Number(db.prepare('PRAGMA busy_timeout').get()?.['timeout'] ?? 0);
  /** The last write waited in vain for another program's lock. Until a write succeeds, no write waits again. */
  let locked = false;

  const begin = (): void => {
    if (!locked) {
      db.exec('BEGIN IMMEDIATE');
      return;
    }
    // Only for this statement: a reader must still wait for a process that is opening the file.
    db.exec('PRAGMA busy_timeout = 0');
    try {
      db.exec('BEGIN IMMEDIATE');
      locked = false;
    } finally {
      db.exec(`PRAGMA busy_timeout = ${String(lockWaitMs)}`);
    }
  };

  return (act) => {
    if (!db.isOpen) return fail({ kind: 'io' });
    try {
      begin();
      const done = act();
      if (!done.ok) {
        db.exec('ROLLBACK');
        return done;
      }
      db.exec('COMMIT');
      onCommitted();
      return done;
    } catch (error) {
      if (db.isTransaction) rollback(db);
      const kind = troubleOf(error);
      locked = kind === 'busy';
      return fail({ kind });
    }
  };
}

function rollback(db: DatabaseSync): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // SQLite rolls back by itself on a full disk or an I/O error, and then reports that there is nothing to roll back.
  }
}
