/**
 * The loop around the machine: loads an order, lets the machine decide, writes the decision down, and only then acts on
 * it. It never decides anything about an order itself.
 *
 *   event -> load -> step (pure) -> commit (fsync) -> publish, send, wake later
 *
 * order-writer.ts runs that line. It uses decision.ts (pure), journal-retry.ts, order-calls.ts, order-changes.ts,
 * order-schedule.ts and take-over.ts, each with its own state. This file joins, starts and stops them.
 *
 * Several processes may run an engine over one journal. The driver, which holds the leader lock, sends the calls. The
 * others only record what people did, and the driver finds it in the journal.
 */
import { fail, type Result } from '../../../shared/result.ts';
import { JOURNAL_RETRY_MS, REVERSES_AT_ONCE_MAX } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Gateway } from '../../wechat/gateway.ts';
import type { Actor } from '../machine/actor.ts';
import type { LeaderLock } from './leader-lock.ts';
import type { OrderEvent } from '../machine/event.ts';
import type { Journal, JournalTrouble, Stored, WriteFailure } from '../journal/journal.ts';
import { journalRetry } from './journal-retry.ts';
import type { JournalWatch } from './journal-watch.ts';
import type { Order } from '../machine/order.ts';
import { orderCalls } from './order-calls.ts';
import { orderChanges } from './order-changes.ts';
import { orderSchedule } from './order-schedule.ts';
import { orderWriter, type Told } from './order-writer.ts';
import { reverseSlots } from './reverse-slots.ts';
import { takeOver } from './take-over.ts';

export interface EngineParts {
  readonly journal: Journal;
  readonly gateway: Pick<Gateway, 'query' | 'reverse' | 'refund' | 'refundStatus' | 'close'>;
  readonly clock: Clock;
  readonly lock: LeaderLock;
  /** Checks now and then whether other processes wrote to the journal. */
  readonly watch: JournalWatch;
  readonly log: Log;
  /** An order as it now is on disk, written by this or another process. */
  readonly onChange: (stored: Stored) => void;
  /** The journal cannot be written (the reason), or can be written again (`null`). */
  readonly onTrouble: (trouble: JournalTrouble | null) => void;
  /** Orders whose rows no longer parse. A manager must look at them. */
  readonly onUnreadable: (orderIds: readonly string[]) => void;
  /** Called each time the leader lock was requested: whether this process drives. */
  readonly onLockTried?: (driving: boolean) => void;
}

export interface Engine {
  start(): void;
  /**
   * Sends nothing more. Waits at most `withinMs` for the calls in flight, aborts the rest, and releases the leader
   * lock.
   */
  stop(withinMs: number): Promise<void>;
  /** Writes a new order to the journal. */
  register(order: Order, actor?: Actor): Result<Stored, WriteFailure>;
  /**
   * What a person did. It is on disk when this returns. Otherwise the result is `not-saved`, and nothing has changed.
   */
  tell(orderId: string, event: OrderEvent, actor?: Actor): Told;
  /** What the network did. It is kept while this process lives, and written as soon as the journal can be written. */
  report(orderId: string, event: OrderEvent): void;
  /** Checks everything that waits: after the machine slept, or when the network is back. */
  wake(): void;
  isDriving(): boolean;
}

export function createEngine(parts: EngineParts): Engine {
  const { journal, gateway, clock, lock, log } = parts;
  let stopped = true;
  let stopFollowing = (): void => undefined;
  const isStopped = (): boolean => stopped;
  const slots = reverseSlots(REVERSES_AT_ONCE_MAX);
  const retry = journalRetry(clock, parts.onTrouble);
  const changes = orderChanges(journal, parts.onChange);
  const { onLockTried, onUnreadable } = parts;
  const driver = takeOver({ journal, lock, clock, log, isStopped, onLockTried, onUnreadable });
  const { isDriving } = driver;
  // A timer and an answer are events as well. These two calls lead back up to the writer.
  const tick = (orderId: string): boolean => writer.tell(orderId, { type: 'timer' }).ok;
  const schedule = orderSchedule({ clock, slots, retry, isStopped, isDriving, tick });
  const calls = orderCalls({
    gateway,
    slots,
    clock,
    log,
    isStopped,
    onEnd: (orderId, event) => {
      report(orderId, event);
    },
    onSlotFree: schedule.serveQueue,
  });
  const writer = orderWriter({ journal, clock, log, retry, slots, driver, calls, changes, schedule });

  const report = (orderId: string, event: OrderEvent): void => {
    const told = retry.waitMs() > 0 && !stopped ? fail('not-saved' as const) : writer.tell(orderId, event);
    if (!told.ok && told.error === 'not-saved' && !stopped) {
      clock.after(retry.waitMs() || JOURNAL_RETRY_MS, () => {
        report(orderId, event);
      });
      return;
    }
    calls.ended(orderId, event);
  };

  return {
    start() {
      stopped = false;
      // This comes before the orders are read, so that no write by another process from here on is missed.
      changes.skipToNow();
      driver.start(schedule.look);
      stopFollowing = changes.follow(parts.watch, (orderId) => {
        if (isDriving()) schedule.look(orderId);
      });
    },
    async stop(withinMs) {
      stopped = true;
      schedule.stop();
      stopFollowing();
      await calls.backWithin(withinMs);
      // The next holder of the lock must be the only process with a call in flight.
      gateway.close();
      driver.end();
      // These calls were aborted and have no owner now. When a process takes the orders over again (this one included),
      // each counts as the call of a dead process.
      calls.forgetAll();
      lock.release();
    },
    register: writer.register,
    tell: writer.tell,
    report,
    wake: schedule.runDue,
    isDriving,
  };
}
