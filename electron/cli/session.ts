/**
 * One run of a terminal command over the services: follows orders as they change, prints them, and knows when to stop.
 */
import { userInfo } from 'node:os';
import type { OrderView, TimelineRow } from '../../shared/order/order.ts';
import type { Clock } from '../base/clock.ts';
import { goingOn, viewFor } from '../app/orders/orders-service.ts';
import type { Caller } from '../orders/machine/actor.ts';
import type { Stored } from '../orders/journal/journal.ts';
import { timelineOf } from '../orders/views/timeline.ts';
import type { Services } from '../app/core/services.ts';
import type { Output } from './output.ts';

/** The role of a person who may run commands on this machine. The operating system's account protects it. */
export const TERMINAL_ROLE = 'manager';

/** The person who runs a command, as the operating system knows them. */
export function atTerminal(): Caller {
  try {
    return { who: `terminal:${userInfo().username}`, role: TERMINAL_ROLE };
  } catch {
    // An account without a name, as in a container: Node throws to report that.
    return { who: 'terminal', role: TERMINAL_ROLE };
  }
}

/** Wakes the waiters below when an order has changed. */
export interface Changes {
  announce(): void;
  onChange(listener: () => void): () => void;
}

export function changes(): Changes {
  const listeners = new Set<() => void>();
  return {
    announce() {
      for (const listener of [...listeners]) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Resolves when `isOver` returns true or `waitMs` have passed. It checks again at each change. */
export function waitUntil(isOver: () => boolean, changed: Changes, clock: Clock, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      stopTimer();
      stopListening();
      resolve();
    };
    const stopListening = changed.onChange(() => {
      if (isOver()) end();
    });
    const stopTimer = clock.after(waitMs, end);
    if (isOver()) end();
  });
}

/** The order as it is on disk. This command itself registered it, so it exists. */
export const currentView = (services: Services, orderId: string): OrderView =>
  viewFor(services, current(services, orderId), TERMINAL_ROLE);

export const currentTimeline = (services: Services, orderId: string): TimelineRow[] =>
  timelineOf(services.journal.history(current(services, orderId).order.orderId));

export function current({ journal }: Services, orderId: string): Stored {
  const stored = journal.load(orderId);
  if (stored === null) throw new Error(`order ${orderId} has left the journal`);
  return goingOn(journal, stored);
}

/** Prints an order's timeline as it grows. Returns a function that stops it. */
export function followTimeline(services: Services, orderId: string, changed: Changes, output: Output): () => void {
  let printedSeq = 0;
  const print = (): void => {
    const rows = currentTimeline(services, orderId).filter(({ seq }) => seq > printedSeq);
    for (const row of rows) output.row(row);
    printedSeq = rows.at(-1)?.seq ?? printedSeq;
  };
  print();
  return changed.onChange(print);
}
