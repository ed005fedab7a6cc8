import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { JOURNAL_DEBOUNCE_MS, JOURNAL_POLL_MS, JOURNAL_FALLBACK_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import { fileTroubleOf } from '../../base/safe-file.ts';

/** Calls `look` whenever other processes may have written to the journal. Returns a function that stops it. */
export type JournalWatch = (look: () => void) => () => void;

/** For a file without a file watcher: checks it at a fixed interval. */
export const pollingWatch =
  (clock: Clock): JournalWatch =>
  (look) => {
    let stop = (): void => undefined;
    const next = (): void => {
      look();
      stop = clock.after(JOURNAL_POLL_MS, next);
    };
    next();
    return () => {
      stop();
    };
  };

/**
 * Calls back on writes to a file until `stop`. `onLost`: the watcher is lost and will report no more writes. `null`
 * where the file cannot be watched at all.
 */
export type FileWatcher = (onWrite: () => void, onLost: () => void) => { readonly stop: () => void } | null;

/**
 * Checks when the file watcher reports a write, and now and then also when it reports none, so that an idle terminal
 * hardly ever wakes. It polls if there is no file watcher, or once the watcher is lost.
 */
export const fileEventWatch =
  (clock: Clock, fileWatcher: FileWatcher): JournalWatch =>
  (look) => {
    let stopTimer = (): void => undefined;
    let stopped = false;
    let due = false;
    let lost = false;
    const waitMs = (): number => (lost || watching === null ? JOURNAL_POLL_MS : JOURNAL_FALLBACK_MS);
    const lookIn = (ms: number): void => {
      stopTimer();
      stopTimer = clock.after(ms, () => {
        due = false;
        look();
        if (!stopped) lookIn(waitMs());
      });
    };
    const watching = fileWatcher(
      () => {
        // A check that is already waiting is not postponed: a file that is written all the time must still be checked.
        if (stopped || due) return;
        due = true;
        lookIn(JOURNAL_DEBOUNCE_MS);
      },
      () => {
        lost = true;
        if (!stopped && !due) lookIn(waitMs());
      },
    );
    look();
    lookIn(waitMs());
    return () => {
      stopped = true;
      stopTimer();
      watching?.stop();
    };
  };

/**
 * The system's file watcher for the journal at `path` and its WAL. It watches their folder, because a WAL file comes
 * and goes.
 */
export const fileWatcherOf =
  (path: string): FileWatcher =>
  (onWrite, onLost) => {
    const names = [basename(path), `${basename(path)}-wal`];
    try {
      const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
        if (name === null || names.includes(name)) onWrite();
      });
      watcher.on('error', () => {
        watcher.close();
        onLost();
      });
      return {
        stop: () => {
          watcher.close();
        },
      };
    } catch (error) {
      // The system has no more file watchers to give. Polling works as well. Any other error is a bug.
      if (fileTroubleOf(error) === null) throw error;
      return null;
    }
  };
