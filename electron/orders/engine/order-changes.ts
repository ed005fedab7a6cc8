import type { Journal, Stored } from '../journal/journal.ts';
import type { JournalWatch } from './journal-watch.ts';

/**
 * Reports each order as it now is on disk, once: when this process writes it, or when another process's write is found.
 */
export interface OrderChanges {
  /** This process wrote it. */
  own(stored: Stored): void;
  /** Everything in the journal so far counts as known: a starting process reads it there. */
  skipToNow(): void;
  /**
   * `onForeign`: another process wrote to that order, and the change has been reported. Returns a function that stops
   * it.
   */
  follow(watch: JournalWatch, onForeign: (orderId: string) => void): () => void;
}

export function orderChanges(
  journal: Pick<Journal, 'load' | 'changedSince'>,
  onChange: (stored: Stored) => void,
): OrderChanges {
  /** What this process wrote since its last check. */
  const ownVersions = new Map<string, number>();
  let seenSeq = 0;

  const own = (stored: Stored): void => {
    ownVersions.set(stored.order.orderId, stored.version);
    onChange(stored);
  };

  const look = (onForeign: (orderId: string) => void): void => {
    const { seq, orderIds } = journal.changedSince(seenSeq);
    seenSeq = seq;
    for (const orderId of orderIds) {
      const stored = journal.load(orderId);
      if (stored === null || ownVersions.get(orderId) === stored.version) continue;
      own(stored);
      onForeign(orderId);
    }
    ownVersions.clear();
  };

  return {
    own,
    skipToNow() {
      seenSeq = journal.changedSince(Number.MAX_SAFE_INTEGER).seq;
    },
    follow: (watch, onForeign) =>
      watch(() => {
        look(onForeign);
      }),
  };
}
