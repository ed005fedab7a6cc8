import type { RefusedAct } from '../../../shared/order.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { Reading } from '../../base/clock.ts';
import { THE_APP } from '../machine/actor.ts';
import type { Effect, OrderEvent } from '../machine/event.ts';
import { receive, startedAgain, step, type Stepped } from '../machine/machine.ts';
import { standingOf, type Order } from '../machine/order.ts';
import { rebasedOrder } from '../machine/order-time.ts';
import type { Entry } from '../journal/journal.ts';

/** How this process stands to an order. */
export interface Stance {
  /** It drives the journal. One that does not only writes down what people did. */
  readonly drives: boolean;
  /** The order was a driver's that is gone, and is taken over with whatever happens to it now. */
  readonly resumes: boolean;
  /** There is room for its next reverse. */
  readonly hasSlot: boolean;
}

/** What is to be written, and may be sent once it is written. */
export interface Decision {
  readonly next: Order;
  readonly effects: readonly Effect[];
  /** It says something that is not on disk. */
  readonly isNews: boolean;
}

/** What the event makes of the order as it is on disk. Pure. */
export function decide(stored: Order, event: OrderEvent, now: Reading, as: Stance): Result<Decision, RefusedAct> {
  const order = as.resumes ? startedAgain(stored, now) : stored;
  const stepped = as.drives ? step(order, event, now, as.hasSlot) : onlyReceive(order, event, now);
  if (!stepped.ok) return stepped;
  const { order: stepTo, effects } = stepped.value;
  const changes = stepTo !== stored || effects.length > 0;
  const adopted = as.drives && isAdopted(stored, now);
  return ok({ next: changes || !adopted ? stepTo : rebasedOrder(stepTo, now), effects, isNews: changes || adopted });
}

const onlyReceive = (...args: Parameters<typeof receive>): Result<Stepped, RefusedAct> => {
  const received = receive(...args);
  return received.ok ? ok({ order: received.value, effects: [] }) : received;
};

/**
 * Under way, and last written by another process. What has passed of its window is a guess across processes, and by a
 * wall clock that was set back no time at all passes: the driver must put it into terms of its own clock, once.
 */
const isAdopted = (order: Order, now: Reading): boolean => order.run !== now.run && standingOf(order) === 'open';

/** What was taken over is written with the first thing that happens to it, never by itself later on. */
export function entriesOf(entry: Entry, resumes: boolean): Entry[] {
  if (!resumes) return [entry];
  const resumed = { atMs: entry.atMs, actor: THE_APP, event: STARTED_AGAIN };
  return entry.event.type === 'timer' ? [{ ...resumed, effects: entry.effects }] : [{ ...resumed, effects: [] }, entry];
}

const STARTED_AGAIN: OrderEvent = { type: 'started-again' };
