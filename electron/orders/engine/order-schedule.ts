import type { Clock } from '../../base/clock.ts';
import { nextWakeMonoMs, wantsSlot } from '../machine/machine.ts';
import type { Order } from '../machine/order.ts';
import { rebasedOrder, windowLeftMs } from '../machine/order-time.ts';
import type { JournalRetry } from './journal-retry.ts';
import type { ReverseSlots } from './reverse-slots.ts';
import { orderTimers } from './order-timers.ts';

/** When the driver checks which order: at its time, or when there is a slot for its reverse. */
export interface OrderSchedule {
  /** The order as it now is on disk: sets when it is checked next. Does nothing where this process does not drive. */
  readonly set: (order: Order) => void;
  /** Checks it now, unless it must wait for the journal. */
  readonly look: (orderId: string) => void;
  /** Checks it at that time, in monotonic ms. */
  readonly lookAt: (orderId: string, monoMs: number) => void;
  /** Gives free slots to the orders that wait for one. */
  readonly serveQueue: () => void;
  /** Checks all orders that are due. */
  readonly runDue: () => void;
  readonly stop: () => void;
}

export interface OrderScheduleParts {
  readonly clock: Clock;
  readonly slots: Pick<ReverseSlots, 'wait' | 'keepFor' | 'forget' | 'next'>;
  readonly retry: Pick<JournalRetry, 'waitMs' | 'heldUntilMonoMs'>;
  readonly isStopped: () => boolean;
  readonly isDriving: () => boolean;
  /** Its time has come. Returns `false` if that could not be written to disk. */
  readonly tick: (orderId: string) => boolean;
}

export function orderSchedule(parts: OrderScheduleParts): OrderSchedule {
  const { clock, slots, retry, isStopped, isDriving, tick } = parts;
  let serving = false;

  const look = (orderId: string): void => {
    if (retry.waitMs() > 0) timers.set(orderId, retry.heldUntilMonoMs());
    else tick(orderId);
  };

  const timers = orderTimers(clock, look, () => retry.heldUntilMonoMs());

  const serveQueue = (): void => {
    if (serving || isStopped() || !isDriving()) return;
    serving = true;
    const ticked = new Set<string>();
    const upNext = (): string | null => (retry.waitMs() > 0 ? null : slots.next(ticked, clock.read().monoMs));
    try {
      for (let next = upNext(); next !== null; next = upNext()) {
        ticked.add(next);
        // The write failed. The order is woken later to try again, and then takes its place in the queue again.
        if (!tick(next)) slots.forget(next);
      }
    } finally {
      serving = false;
    }
  };

  const set = (order: Order): void => {
    if (!isDriving()) return;
    const { orderId, phase, reverse } = order;
    const now = clock.read();
    const waits = wantsSlot(order, now);
    if (waits) slots.wait(orderId, reverse.count);
    else slots.forget(orderId);
    if (phase.name === 'armed') slots.keepFor(orderId, now.monoMs + windowLeftMs(rebasedOrder(order, now), now));
    const wake = nextWakeMonoMs(order, now, waits);
    if (wake === null) timers.delete(orderId);
    else timers.set(orderId, wake);
    serveQueue();
  };

  const { set: lookAt, runDue, stop } = timers;
  return { set, look, lookAt, serveQueue, runDue, stop };
}
