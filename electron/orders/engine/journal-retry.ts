import { JOURNAL_RETRY_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { JournalTrouble } from '../journal/journal.ts';

/** Whether the journal can be written, and when a failed write is tried again. */
export interface JournalRetry {
  /** A write was tried: the reason it failed, or `null` if it is on disk. */
  tried(trouble: JournalTrouble | null): void;
  isTroubled(): boolean;
  /** How long the app's own writes still have to wait, in ms; 0 where they may be tried. */
  waitMs(): number;
  /** Until when they wait, in monotonic ms; -Infinity where the journal can be written. */
  heldUntilMonoMs(): number;
}

/**
 * `onTrouble`: the journal cannot be written (the reason), or can be written again (`null`). Called once per change.
 */
export function journalRetry(clock: Clock, onTrouble: (trouble: JournalTrouble | null) => void): JournalRetry {
  /**
   * When a journal that could not be written is tried again, by one write for all that waits. If each of a thousand
   * orders waited for a lock by itself, the screen would not respond meanwhile. `null` where the journal can be
   * written.
   */
  let retryMonoMs: number | null = null;
  return {
    tried(trouble) {
      const wasTroubled = retryMonoMs !== null;
      retryMonoMs = trouble === null ? null : clock.read().monoMs + JOURNAL_RETRY_MS;
      if (wasTroubled !== (trouble !== null)) onTrouble(trouble);
    },
    isTroubled: () => retryMonoMs !== null,
    waitMs: () => (retryMonoMs === null ? 0 : Math.max(0, retryMonoMs - clock.read().monoMs)),
    heldUntilMonoMs: () => retryMonoMs ?? -Infinity,
  };
}
