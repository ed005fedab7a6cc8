import { JOURNAL_POLL_MS } from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';

/** Calls `look` whenever other processes may have written to the journal; returns how to stop. */
export type JournalWatch = (look: () => void) => () => void;

/** For a file, which tells nobody of a write: looks at it again and again. */
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
