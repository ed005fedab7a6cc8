import type { RefusedAct } from '../../../shared/order/order.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { Timestamp } from '../../base/clock.ts';
import { THE_APP } from '../machine/actor.ts';
import type { Effect, OrderEvent } from '../machine/event.ts';
import { receive, startedAgain, step, type Stepped } from '../machine/machine.ts';
import { standingOf, type Order } from '../machine/order.ts';
import { rebasedOrder } from '../machine/order-time.ts';
import type { Entry } from '../journal/journal.ts';

/** How this process relates to an order. */
export interface Stance {
  /** It drives the journal. A process that does not drive only records what people did. */
  readonly drives: boolean;
  /** The order belonged to a driver that is gone. It is taken over with whatever happens to it now. */
  readonly resumes: boolean;
  /** There is a free slot for its next reverse. */
  readonly hasSlot: boolean;
}

/** What is to be written. It may be sent only once it is on disk. */
export interface Decision {
  readonly next: Order;
  readonly effects: readonly Effect[];
  /** The decision changes something that must go to disk. */
  readonly needsCommit: boolean;
}

/** Applies the event to the order as it is on disk. Pure. */
export function decide(stored: Order, event: OrderEvent, now: Timestamp, as: Stance): Result<Decision, RefusedAct> {
  const order = as.resumes ? startedAgain(stored, now) : stored;
  const stepped = as.drives ? step(order, event, now, as.hasSlot) : onlyReceive(order, event, now);
  if (!stepped.ok) return stepped;
  const { order: stepTo, effects } = stepped.value;
  const changes = stepTo !== stored || effects.length > 0;
  const adopted = as.drives && isAdopted(stored, now);
  return ok({
    next: changes || !adopted ? stepTo : rebasedOrder(stepTo, now),
    effects,
    needsCommit: changes || adopted,
  });
}

const onlyReceive = (...args: Parameters<typeof receive>): Result<Stepped, RefusedAct> => {
  const received = receive(...args);
  return received.ok ? ok({ order: received.value, effects: [] }) : received;
};

/**
 * The order is under way, and another process wrote it last. How much of its window has passed is only an estimate
 * across processes. A wall clock that was set back shows no passed time at all. So the driver must rebase the order to
 * its own clock, once.
 */
const isAdopted = (order: Order, now: Timestamp): boolean => order.run !== now.run && standingOf(order) === 'open';

/** A take-over is written together with the first thing that happens to the order, never on its own later. */
export function entriesOf(entry: Entry, resumes: boolean): Entry[] {
  if (!resumes) return [entry];
  const resumed = { atMs: entry.atMs, actor: THE_APP, event: STARTED_AGAIN };
  return entry.event.type === 'timer' ? [{ ...resumed, effects: entry.effects }] : [{ ...resumed, effects: [] }, entry];
}

const STARTED_AGAIN: OrderEvent = { type: 'started-again' };
