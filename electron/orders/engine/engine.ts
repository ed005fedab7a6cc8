/**
 * The loop around the machine: loads an order, lets the machine decide, writes the decision down, and only then acts on
 * it. It never decides anything about an order itself.
 *
 *   event -> load -> step (pure) -> commit (fsync) -> publish, send, wake later
 *
 * order-writer.ts is that line; what it stands on, each with its own state: decision.ts (pure), journal-retry.ts,
 * order-calls.ts, order-changes.ts, order-schedule.ts and take-over.ts. Here they are joined, started and stopped.
 *
 * Several processes may run an engine over one journal. The one in the driver's seat sends; the others only write down
 * what people did, and the driver finds it there.
 */
import { fail, type Result } from '../../../shared/result.ts';
import { JOURNAL_RETRY_MS, REVERSES_AT_ONCE_MAX } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Gateway } from '../../wechat/gateway.ts';
import type { Actor } from '../machine/actor.ts';
import type { DriverSeat } from './driver-seat.ts';
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
  readonly gateway: Pick<Gateway, 'query' | 'reverse' | 'close'>;
  readonly clock: Clock;
  readonly seat: DriverSeat;
  /** Looks now and then whether other processes wrote to the journal. */
  readonly watch: JournalWatch;
  readonly log: Log;
  /** An order as it now is on disk, whoever wrote it. */
  readonly onChange: (stored: Stored) => void;
  /** The journal cannot be written (the reason), or can again (`null`). */
  readonly onTrouble: (trouble: JournalTrouble | null) => void;
  /** Orders whose rows no longer parse: a manager's. */
  readonly onUnreadable: (orderIds: readonly string[]) => void;
  /** Each time the seat was asked for: whether this process drives. */
  readonly onSeat?: (driving: boolean) => void;
}

export interface Engine {
  start(): void;
  /** Sends nothing more, waits at most `withinMs` for the calls that are out, cuts off the rest and leaves the driver's seat. */
  stop(withinMs: number): Promise<void>;
  /** Writes a new order down. */
  register(order: Order, actor?: Actor): Result<Stored, WriteFailure>;
  /** What a person did. On disk when it returns; otherwise `not-saved`, and nothing has changed. */
  tell(orderId: string, event: OrderEvent, actor?: Actor): Told;
  /** What the network did. Not lost while this process lives: written as soon as the journal can be written. */
  report(orderId: string, event: OrderEvent): void;
  /** Looks at everything that waits: after a sleep, or when the network is back. */
  wake(): void;
  isDriving(): boolean;
}

export function createEngine(parts: EngineParts): Engine {
  const { journal, gateway, clock, seat, log } = parts;
  let stopped = true;
  let stopFollowing = (): void => undefined;
  const isStopped = (): boolean => stopped;
  const slots = reverseSlots(REVERSES_AT_ONCE_MAX);
  const retry = journalRetry(clock, parts.onTrouble);
  const changes = orderChanges(journal, parts.onChange);
  const { onSeat, onUnreadable } = parts;
  const driver = takeOver({ journal, seat, clock, log, isStopped, onSeat, onUnreadable });
  const { isDriving } = driver;
  // A timer and an answer are events as well: these two arrows lead back up to the writer.
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
    onSlotFree: schedule.serveLine,
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
      // Before the orders are read, so that what others write from here on is not missed.
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
      // Whoever takes the seat next must be the only one with a call out.
      gateway.close();
      driver.end();
      // Cut off, and nobody's any more: taken up anew, also by this process, each counts as a dead one's.
      calls.forgetAll();
      seat.leave();
    },
    register: writer.register,
    tell: writer.tell,
    report,
    wake: schedule.runDue,
    isDriving,
  };
}
