import { JOURNAL_RETRY_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { JournalTrouble } from '../journal/journal.ts';

/** Whether the journal can be written, and when one that could not be is tried again. */
export interface JournalRetry {
  /** A write was tried: what kept it from the disk, or `null` where it is there. */
  tried(trouble: JournalTrouble | null): void;
  isTroubled(): boolean;
  /** How long what the app does by itself waits, in ms; 0 where it may be tried. */
  waitMs(): number;
  /** Until when it waits, in monotonic ms; -Infinity where the journal can be written. */
  heldUntilMonoMs(): number;
}

/** `onTrouble`: the journal cannot be written (the reason), or can again (`null`). Each change once. */
export function journalRetry(clock: Clock, onTrouble: (trouble: JournalTrouble | null) => void): JournalRetry {
  let troubled = false;
  /**
   * A journal that could not be written is tried again then, by one write for all that waits: each of a thousand orders
   * would wait for a lock by itself, and nobody at the screen would be heard meanwhile. `null` where it can be written.
   */
  let retryMonoMs: number | null = null;
  return {
    tried(trouble) {
      retryMonoMs = trouble === null ? null : clock.read().monoMs + JOURNAL_RETRY_MS;
      if ((trouble !== null) === troubled) return;
      troubled = trouble !== null;
      onTrouble(trouble);
    },
    isTroubled: () => troubled,
    waitMs: () => (retryMonoMs === null ? 0 : Math.max(0, retryMonoMs - clock.read().monoMs)),
    heldUntilMonoMs: () => retryMonoMs ?? -Infinity,
  };
}
