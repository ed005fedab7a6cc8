import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { JOURNAL_HEARD_MS, JOURNAL_POLL_MS, JOURNAL_UNHEARD_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import { fileTroubleOf } from '../../base/safe-file.ts';

/** Calls `look` whenever other processes may have written to the journal; returns how to stop. */
export type JournalWatch = (look: () => void) => () => void;

/** For a file of whose writes nobody tells: looks at it again and again. */
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

/** Tells of writes to a file until `stop`. `onDeaf`: it will tell of none any more. `null` where it cannot tell at all. */
export type WriteEar = (onWrite: () => void, onDeaf: () => void) => { readonly stop: () => void } | null;

/**
 * Looks when a write is heard, and now and then although none was, so that a terminal on which nothing happens hardly
 * wakes. Without an ear, or once it is deaf, it polls.
 */
export const hearingWatch =
  (clock: Clock, ear: WriteEar): JournalWatch =>
  (look) => {
    let stopTimer = (): void => undefined;
    let stopped = false;
    let due = false;
    let deaf = false;
    const waitMs = (): number => (deaf || heard === null ? JOURNAL_POLL_MS : JOURNAL_UNHEARD_MS);
    const lookIn = (ms: number): void => {
      stopTimer();
      stopTimer = clock.after(ms, () => {
        due = false;
        look();
        if (!stopped) lookIn(waitMs());
      });
    };
    const heard = ear(
      () => {
        // One that waits is not put off: a file that is always written to must still be looked at.
        if (stopped || due) return;
        due = true;
        lookIn(JOURNAL_HEARD_MS);
      },
      () => {
        deaf = true;
        if (!stopped && !due) lookIn(waitMs());
      },
    );
    look();
    lookIn(waitMs());
    return () => {
      stopped = true;
      stopTimer();
      heard?.stop();
    };
  };

/** The system's word on writes to the journal at `path` and its log, through their folder: a log comes and goes. */
export const earOf =
  (path: string): WriteEar =>
  (onWrite, onDeaf) => {
    const names = [basename(path), `${basename(path)}-wal`];
    try {
      const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
        if (name === null || names.includes(name)) onWrite();
      });
      watcher.on('error', () => {
        watcher.close();
        onDeaf();
      });
      return {
        stop: () => {
          watcher.close();
        },
      };
    } catch (error) {
      // A system that has no more ears to give: polling does as well. Anything else is a bug.
      if (fileTroubleOf(error) === null) throw error;
      return null;
    }
  };
