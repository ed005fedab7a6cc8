import { DRIVER_RETRY_MS, ORDERS_AT_ONCE_MAX } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Journal } from '../journal/journal.ts';
import type { LeaderLock } from './leader-lock.ts';

/** Gets the leader lock for this process, and takes over the orders of the previous driver, which is gone. */
export interface TakeOver {
  /** Requests the lock until this process has it, then checks every order of the previous driver. */
  start(look: (orderId: string) => void): void;
  readonly isDriving: () => boolean;
  /** The order belonged to the previous driver and has not been written since. */
  isUnresumed(orderId: string): boolean;
  /** The order has been written. */
  resumed(orderId: string): void;
  /** This process drives no more. The caller of this releases the lock itself. */
  end(): void;
}

export interface TakeOverParts {
  readonly journal: Pick<Journal, 'open' | 'unfinished' | 'refunding'>;
  readonly lock: LeaderLock;
  readonly clock: Clock;
  readonly log: Log;
  readonly isStopped: () => boolean;
  /** Called each time the lock was requested: whether this process drives. */
  readonly onLockTried: ((driving: boolean) => void) | undefined;
  /** Orders whose rows no longer parse. A manager must look at them. */
  readonly onUnreadable: (orderIds: readonly string[]) => void;
}

export function takeOver(parts: TakeOverParts): TakeOver {
  const { journal, lock, clock, log, isStopped } = parts;
  const unresumed = new Set<string>();
  let driving = false;

  const takeLock = (look: (orderId: string) => void): void => {
    if (isStopped()) return;
    driving = lock.take();
    parts.onLockTried?.(driving);
    if (!driving) {
      clock.after(DRIVER_RETRY_MS, () => {
        takeLock(look);
      });
      return;
    }
    const { orders, unreadable } = journal.open();
    log.info({ open: orders.length, unreadable: unreadable.length }, 'driving the journal');
    if (unreadable.length > 0) parts.onUnreadable(unreadable);
    const refunding = journal.refunding();
    if (refunding.unreadable.length > 0) parts.onUnreadable(refunding.unreadable);
    const openIds = [...new Set([...orders, ...refunding.orders].map(({ order }) => order.orderId))];
    for (const orderId of openIds) unresumed.add(orderId);
    resume(openIds, look);
    resume(askedAboutOn(journal), look);
  };

  /**
   * A few at a time: each is a write to the disk, and the person at the screen must not wait for a thousand of them.
   */
  const resume = (orderIds: readonly string[], look: (orderId: string) => void): void => {
    if (isStopped()) return;
    for (const orderId of orderIds.slice(0, ORDERS_AT_ONCE_MAX)) look(orderId);
    const rest = orderIds.slice(ORDERS_AT_ONCE_MAX);
    if (rest.length > 0) {
      clock.after(0, () => {
        resume(rest, look);
      });
    }
  };

  return {
    start: takeLock,
    isDriving: () => driving,
    isUnresumed: (orderId) => unresumed.has(orderId),
    resumed(orderId) {
      unresumed.delete(orderId);
    },
    end() {
      driving = false;
    },
  };
}

/** Orders before a manager. Proof of their cancel may still come. */
const askedAboutOn = (journal: Pick<Journal, 'unfinished'>): string[] =>
  journal
    .unfinished()
    .orders.flatMap(({ order: { phase, query, orderId } }) =>
      phase.name === 'attention' && (query.out !== null || query.dueMonoMs !== null) ? [orderId] : [],
    );
