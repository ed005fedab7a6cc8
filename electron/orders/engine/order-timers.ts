import { ORDERS_AT_ONCE_MAX, WAKE_MAX_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';

/** When each order must be checked next, in monotonic ms, with one timer for all of them. */
export interface OrderTimers {
  readonly set: (orderId: string, monoMs: number) => void;
  readonly delete: (orderId: string) => void;
  /**
   * Wakes what is due by now, a few at once and the rest right after. Each order leaves the list before it is woken.
   */
  readonly runDue: () => void;
  readonly stop: () => void;
}

/** `heldUntilMonoMs`: nothing is woken before this time, even if it is due. Called before each wake. */
export function orderTimers(
  clock: Clock,
  wake: (orderId: string) => void,
  heldUntilMonoMs: () => number = () => -Infinity,
): OrderTimers {
  const timers = new Map<string, number>();
  let stopped = false;
  let stopTimer = (): void => undefined;

  const rearm = (): void => {
    stopTimer();
    if (stopped || timers.size === 0) return;
    const wait = Math.max(Math.min(...timers.values()), heldUntilMonoMs()) - clock.read().monoMs;
    stopTimer = clock.after(Math.min(Math.max(0, wait), WAKE_MAX_MS), runDue);
  };

  const runDue = (): void => {
    if (stopped) return;
    const { monoMs } = clock.read();
    const due = [...timers].filter(([, dueMonoMs]) => dueMonoMs <= monoMs);
    for (const [orderId] of due.slice(0, ORDERS_AT_ONCE_MAX)) {
      if (monoMs < heldUntilMonoMs()) break;
      timers.delete(orderId);
      wake(orderId);
    }
    rearm();
  };

  return {
    set(orderId, monoMs) {
      timers.set(orderId, monoMs);
      rearm();
    },
    delete: (orderId) => {
      timers.delete(orderId);
    },
    runDue,
    stop() {
      stopped = true;
      stopTimer();
    },
  };
}
