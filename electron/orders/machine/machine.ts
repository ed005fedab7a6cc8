/**
 * The order machine: `step(order, event, now)`. No I/O, no timers, no randomness; the same events give the same order
 * and the same effects, so the whole engine can be replayed, simulated and searched.
 *
 *   paying -> paid | failed | not-found
 *   paying, failed, not-found, (paid: a manager's) -- cancel --> armed -- the window ends --> reversing
 *   armed -- turned out paid --> choosing -> paid | armed
 *   reversing -- accepted, recall=N --> confirming -- a verified query proves it --> cancelled
 *   reversing, confirming -- retrying cannot mend it --> attention -- a manager --> reversing | settled
 *
 * It is two functions, one after the other. `receive` records what happened and asks for nothing. `proceed` decides
 * what to do now; it alone lets a call leave. A process that only reports (a terminal command beside the running app)
 * uses `receive` alone. The driver uses both, in one commit.
 */
import type { RefusedAct } from '../../../shared/order/order.ts';
import { ok, unreachable, type Result } from '../../../shared/result.ts';
import { decidesOnMoney } from '../../../shared/role.ts';
import { CHOICE_TIMEOUT_MS, LAST_QUERY_FRESH_MS, QUERY_PATIENCE_MS } from '../../../shared/timing.ts';
import type { Timestamp } from '../../base/clock.ts';
import {
  asked,
  cancelHandedOver,
  cancelTapped,
  cancelWithdrawn,
  keepChosen,
  managed,
  managerSettled,
  ranOut,
  refundChosen,
  refundHandedOver,
  refundMade,
  refundNotMade,
  sameAs,
  tried,
} from './user-events.ts';
import { fraction } from './backoff.ts';
import type { Effect, OrderEvent } from './event.ts';
import { payAnswered, queryAnswered, reverseAnswered } from './gateway-answers.ts';
import { refundAnswered, refundCleared, refundLooked } from './refund-answers.ts';
import { hasRefund, refundAsked, refundRetried, refundSettled } from './refund-events.ts';
import { refundsProceed, refundsStartedAgain, refundsWakeMonoMs } from './refund-steps.ts';
import { askNow } from './transitions.ts';
import type { Order } from './order.ts';
import { datedOrder, looksTooOld, lastQueryIsFresh, payCallMayRun, rebasedOrder, windowLeftMs } from './order-time.ts';

export interface Stepped {
  readonly order: Order;
  readonly effects: readonly Effect[];
}

/**
 * `receive`, then `proceed`. The effects may be carried out once the returned order is on disk. `hasSlot`: whether one
 * more reverse may be in flight. Without a slot an order that wants to reverse stays as it is, and its cancel may still
 * be taken back.
 */
export function step(order: Order, event: OrderEvent, now: Timestamp, hasSlot = true): Result<Stepped, RefusedAct> {
  const received = receive(order, event, now);
  return received.ok ? ok(proceed(received.value, now, hasSlot)) : received;
}

/**
 * Records what happened. Returns the very same object if nothing changes, and then nothing is written; a tap on an armed
 * cancel is written all the same.
 */
export function receive(stored: Order, event: OrderEvent, now: Timestamp): Result<Order, RefusedAct> {
  const order = datedOrder(rebasedOrder(stored, now), now);
  const received = taken(order, event, now);
  return received.ok && received.value === order ? ok(stored) : received;
}

function taken(order: Order, event: OrderEvent, now: Timestamp): Result<Order, RefusedAct> {
  switch (event.type) {
    case 'registered':
    case 'timer':
      return ok(order);
    case 'pay-left':
      return ok(
        order.payCall.state === 'leaving' ? { ...order, payCall: { ...order.payCall, at: now, state: 'left' } } : order,
      );
    case 'pay-ended':
      return ok(payAnswered(order, event.answer, now));
    case 'query-ended':
      return ok(order.query.out?.n === event.n ? queried(order, event, now) : order);
    case 'reverse-ended':
      return ok(
        order.reverse.out?.n === event.n ? reverseAnswered(aged(order, event.answer, now), event.answer, now) : order,
      );
    case 'cancel-tapped':
      return cancelTapped(order, event, now);
    case 'cancel-handed-over':
      // Entries from before managers gave reasons: a manager's cancel also covered a paid order.
      return ok(cancelHandedOver(order, event.by, event.evenIfPaid ?? decidesOnMoney(event.by), now));
    case 'cancel-withdrawn':
      return cancelWithdrawn(order, now);
    case 'keep-chosen':
      return keepChosen(order);
    case 'refund-chosen':
      return refundChosen(order, { ...event, by: event.by ?? 'cashier' });
    case 'asked-by-hand':
      return asked(order, now);
    case 'tried-by-hand':
      return tried(order, event, now);
    case 'manager-settled':
      return managerSettled(order, event, event.reason);
    case 'refund-handed-over':
      return refundHandedOver(order, event, now);
    case 'refund-made':
      return refundMade(order, event, event.refundNumber);
    case 'refund-not-made':
      return refundNotMade(order, event, now);
    case 'refund-asked':
      return managed(event, () => refundAsked(order, event, now));
    case 'refund-retried':
      return managed(event, () => refundRetried(order, event.outRefundNo, now));
    case 'refund-settled':
      return managed(event, () => refundSettled(order, event.outRefundNo, now));
    case 'refund-ended':
      return ok(refundAnswered(order, event.answer, event.n, now));
    case 'refund-looked':
      return ok(refundLooked(order, event.answer, event.n, now));
    case 'same-as':
      return ok(sameAs(order, event.orderId));
    case 'started-again':
      return ok(startedAgain(order, now));
    default:
      return unreachable(event);
  }
}

/** A query's answer is about the order first, and then about a refund that waits for it. */
const queried = (order: Order, { answer, n }: Extract<OrderEvent, { type: 'query-ended' }>, now: Timestamp): Order =>
  refundCleared(queryAnswered(aged(order, answer, now), answer, now), answer, n, now);

/**
 * No response counts against an order that looks too old. Any answer that counts is the gateway's own statement on its
 * age.
 */
const aged = (order: Order, { kind }: { readonly kind: string }, now: Timestamp): Order => ({
  ...order,
  pastAge: kind === 'no-answer' && looksTooOld(order, now) ? order.pastAge + 1 : 0,
});

/**
 * Decides what leaves now: at most one query and at most one reverse, each counted and marked as out. Returns the very
 * same object if nothing leaves and nothing has expired.
 */
export function proceed(stored: Order, now: Timestamp, hasSlot = true): Stepped {
  const rebased = rebasedOrder(stored, now);
  let order = ranOut(rebased, now, choiceIsOver(stored, now));
  const effects: Effect[] = [];
  if (hasSlot && reverseMayLeave(order, now)) {
    order = reverseOut(order, now);
    effects.push({ kind: 'send-reverse', n: order.reverse.count });
  }
  const refunds = refundsProceed(order, now);
  order = refunds.order;
  effects.push(...refunds.effects);
  if (queryMayLeave(order, now) || freshQueryIsWanted(order, now)) {
    order = queryOut(order, now);
    effects.push({ kind: 'send-query', n: order.query.count });
  }
  return { order: order === rebased ? stored : order, effects };
}

/** Whether a free slot is all that a reverse of this order still waits for. */
export const wantsSlot = (stored: Order, now: Timestamp): boolean => reverseMayLeave(rebasedOrder(stored, now), now);

/** These lines hold invariants 1 and 3: no reverse before the window has ended, and none while another one is out. */
function reverseMayLeave(order: Order, now: Timestamp): boolean {
  if (order.reverse.out !== null || windowLeftMs(order, now) > 0) return false;
  if (refundIsUnclear(order) || hasRefund(order)) return false;
  if (order.phase.name === 'reversing') return order.phase.dueMonoMs <= now.monoMs;
  return order.phase.name === 'armed' && (lastQueryIsFresh(order, now) || patienceIsOver(order, now));
}

const patienceIsOver = ({ query }: Order, now: Timestamp): boolean =>
  query.out !== null && now.monoMs - query.out.sinceMonoMs >= QUERY_PATIENCE_MS;

/** The window is over, but the last query result is old: query once before reversing (reverse page: query first). */
function freshQueryIsWanted(order: Order, now: Timestamp): boolean {
  const { phase, query } = order;
  if (query.out !== null || (phase.name !== 'armed' && phase.name !== 'reversing')) return false;
  if (refundIsUnclear(order)) return query.dueMonoMs === null;
  return phase.name === 'armed' && windowLeftMs(order, now) === 0 && !lastQueryIsFresh(order, now);
}

/**
 * WeChat shows a refund that may have been made elsewhere. One order never gets both a reverse and a refund, so the
 * sums are queried first.
 */
const refundIsUnclear = ({ query }: Order): boolean => query.refundAsks > 0;

const queryMayLeave = ({ query }: Order, now: Timestamp): boolean =>
  query.out === null && query.dueMonoMs !== null && query.dueMonoMs <= now.monoMs;

function reverseOut(order: Order, now: Timestamp): Order {
  const n = order.reverse.count + 1;
  return {
    ...order,
    seenSinceLastCall: false,
    query: order.query.out === null ? order.query : { ...order.query, overtaken: true },
    reverse: {
      ...order.reverse,
      count: n,
      out: { n, sinceMonoMs: now.monoMs },
      firstAt: order.reverse.firstAt ?? now,
    },
    phase: { name: 'reversing', dueMonoMs: now.monoMs },
  };
}

function queryOut(order: Order, now: Timestamp): Order {
  const n = order.query.count + 1;
  const overtaken = payCallMayRun(order, now) || order.reverse.out !== null;
  return {
    ...order,
    query: { ...order.query, count: n, out: { n, sinceMonoMs: now.monoMs }, dueMonoMs: null, overtaken },
  };
}

const choiceIsOver = ({ phase, run }: Order, now: Timestamp): boolean =>
  phase.name === 'choosing' && run === now.run && now.monoMs - phase.sinceMonoMs >= CHOICE_TIMEOUT_MS;

/** When a terminal comes back, the reverses of its orders (perhaps a thousand) are spread over at most this time. */
const RESUME_SPREAD_MS = 2_000;

/**
 * A process has taken the order over from the previous driver, which is gone. Calls of that driver will never be
 * answered, so their outcome is unknown, never failed. The pay call does not belong to the driver: this process or a
 * third one may have made it, and it may still be under way. Its window covers every process that may have made it
 * (`windowLeftMs`).
 */
export function startedAgain(stored: Order, now: Timestamp): Order {
  const order = rebasedOrder(stored, now);
  const { query, reverse, phase } = order;
  const spread = RESUME_SPREAD_MS * fraction(order.orderId);
  const interrupted: Order = {
    ...refundsStartedAgain(order, now, RESUME_SPREAD_MS),
    query: { ...query, out: null, dueMonoMs: query.out === null ? query.dueMonoMs : now.monoMs },
    reverse: { ...reverse, out: null, lastResult: reverse.out === null ? reverse.lastResult : 'interrupted' },
  };
  switch (phase.name) {
    case 'reversing':
      return askNow({ ...interrupted, phase: { name: 'reversing', dueMonoMs: now.monoMs + spread } }, now);
    case 'paying':
    case 'armed':
    case 'choosing':
    case 'confirming':
      return askNow(interrupted, now);
    default:
      return interrupted;
  }
}

/**
 * When `proceed` next has something to decide, in monotonic ms; `null` if only an event can change anything. `waits`:
 * the order waits for a slot, and is woken when it gets one.
 */
export function nextWakeMonoMs(stored: Order, now: Timestamp, waits = false): number | null {
  const order = rebasedOrder(stored, now);
  const { phase, query, reverse } = order;
  const windowLeft = windowLeftMs(order, now);
  const times: number[] = [refundsWakeMonoMs(order, now)];
  if (query.out === null && query.dueMonoMs !== null) times.push(query.dueMonoMs);
  if (phase.name === 'reversing' && reverse.out === null && !waits && !refundIsUnclear(order))
    times.push(Math.max(phase.dueMonoMs, now.monoMs + windowLeft));
  if (phase.name === 'choosing') times.push(phase.sinceMonoMs + CHOICE_TIMEOUT_MS);
  if (phase.name === 'armed' && waits) {
    // Meanwhile its last query grows old. It is made again then, so that the slot finds the order ready.
    if (query.out === null && query.endedMonoMs !== null) times.push(query.endedMonoMs + LAST_QUERY_FRESH_MS + 1);
  } else if (phase.name === 'armed') {
    if (windowLeft > 0) times.push(now.monoMs + windowLeft);
    else if (query.out !== null && !refundIsUnclear(order)) times.push(query.out.sinceMonoMs + QUERY_PATIENCE_MS);
  }
  const wake = Math.min(...times);
  return wake === Infinity ? null : wake;
}
