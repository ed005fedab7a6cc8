/** An order as the screen holds it: its latest view, and its durations turned into moments on this page's clock. */
import type { OrderView } from '../../shared/order/order.ts';
import { sameAsOf } from '../../shared/order/reason.ts';
import { unreachable } from '../../shared/result.ts';
import { CHARGE_AGAIN_FOR_MS, FINISHED_SHOWN_FOR_MS, REVERSE_WINDOW_MS } from '../../shared/timing.ts';

/** A moment on the page's clock (performance.now()) and the total wait until it, which the ring needs. */
export interface Deadline {
  readonly atMs: number;
  readonly spanMs: number;
}

/** A view as it arrived. `bornAtMs` may be negative: most orders are older than the page. */
export interface HeldOrder {
  readonly view: OrderView;
  readonly bornAtMs: number;
  readonly deadline: Deadline | null;
  /** When it ended; `null` while it goes on, and if it had ended before this page knew it. */
  readonly endedAtMs: number | null;
}

export type HeldOrders = ReadonlyMap<string, HeldOrder>;

/** How many finished orders stay available for a second look. Open ones are never dropped. */
export const FINISHED_KEPT_MAX = 30;

/** Takes views in, except where a newer view of the same order is held; returns the same map if nothing changed. */
export function withViews(orders: HeldOrders, views: readonly OrderView[], nowMs: number): HeldOrders {
  const held = new Map(orders);
  let isNews = false;
  for (const view of views) {
    const known = held.get(view.orderId);
    if (known !== undefined && known.view.version > view.version) continue;
    isNews = true;
    // The latest change goes last: the map is in the order in which the orders ended.
    held.delete(view.orderId);
    held.set(view.orderId, {
      view,
      bornAtMs: nowMs - view.ageMs,
      deadline: deadlineOf(view, nowMs, known?.deadline ?? null),
      endedAtMs: endOf(view, nowMs, known),
    });
  }
  return isNews ? pruned(held) : orders;
}

function endOf(view: OrderView, nowMs: number, known: HeldOrder | undefined): number | null {
  if (view.standing !== 'done') return null;
  if (known !== undefined) return known.view.standing === 'done' ? known.endedAtMs : nowMs;
  // Seen for the first time, and finished. If it is young, it ended a moment ago; otherwise nobody here knows when.
  return view.ageMs < CHARGE_AGAIN_FOR_MS ? nowMs : null;
}

/**
 * From this moment on its customer has gone, and every advice about them is out of date: counted from its end, and while
 * it goes on, from its beginning.
 */
export const agesAtMs = ({ endedAtMs, bornAtMs }: HeldOrder): number => (endedAtMs ?? bornAtMs) + CHARGE_AGAIN_FOR_MS;

/**
 * The amount that may be charged again at a tap: proved that nothing was charged. After `revoked` money may still be on
 * its way back, so there a person types the amount. `null`: not offered; nor is it once the verdict has aged.
 */
export function chargesAgainFen({ phase, amountFen }: OrderView): number | null {
  const isProved = phase.name === 'failed' || (phase.name === 'cancelled' && phase.outcome === 'closed');
  return isProved ? amountFen : null;
}

/** When it ended, as a time of day; for an order whose end nobody here has seen, `null`. UTC ms. */
export const endedWallMs = ({ view, endedAtMs, bornAtMs }: HeldOrder): number | null =>
  endedAtMs === null ? null : view.createdAtMs + (endedAtMs - bornAtMs);

/** How late a message may be, in ms. Two deadlines closer than this count as one. */
const SAME_MOMENT_MS = 100;

/** When main sends a wait of no fixed length again, it stays the same wait: its ring goes on where it is. */
const steady = (told: Deadline, known: Deadline | null): Deadline =>
  known !== null && Math.abs(told.atMs - known.atMs) < SAME_MOMENT_MS ? known : told;

function deadlineOf(view: OrderView, nowMs: number, known: Deadline | null): Deadline | null {
  const { phase } = view;
  switch (phase.name) {
    case 'paying':
      return within(phase.windowEndsInMs, REVERSE_WINDOW_MS, nowMs);
    case 'armed':
      return within(phase.firesInMs, REVERSE_WINDOW_MS, nowMs);
    case 'reversing':
    case 'confirming':
      return phase.nextInMs === null ? null : steady(within(phase.nextInMs, phase.nextInMs, nowMs), known);
    case 'paid':
    case 'failed':
    case 'not-found':
    case 'choosing':
    case 'cancelled':
    case 'attention':
    case 'settled':
      return null;
    default:
      return unreachable(phase);
  }
}

const within = (leftMs: number, spanMs: number, nowMs: number): Deadline => ({
  atMs: nowMs + leftMs,
  spanMs: Math.max(leftMs, spanMs),
});

function pruned(orders: Map<string, HeldOrder>): HeldOrders {
  const finished = [...orders.values()].filter((held) => held.view.standing === 'done');
  for (const held of finished.slice(0, Math.max(0, finished.length - FINISHED_KEPT_MAX))) {
    orders.delete(held.view.orderId);
  }
  return orders;
}

/** The orders in the tray: first those before a manager, then the open ones; within each group the oldest first. */
export function trayOrders(orders: HeldOrders): HeldOrder[] {
  const rank = (held: HeldOrder): number => (held.view.standing === 'attention' ? 0 : 1);
  return [...orders.values()]
    .filter((held) => held.view.standing !== 'done')
    .sort((a, b) => rank(a) - rank(b) || a.bornAtMs - b.bornAtMs);
}

const FINISHED_SHOWN_MAX = 2;

/** The moment at which a finished order leaves the tray by itself. */
export const leavesAtMs = ({ endedAtMs, bornAtMs }: HeldOrder): number =>
  (endedAtMs ?? bornAtMs) + FINISHED_SHOWN_FOR_MS;

/**
 * The orders that ended last, because people always ask about them afterwards; without the order that is shown on the
 * till.
 */
export function finishedOrders(orders: HeldOrders, currentId: string | undefined, nowMs: number): HeldOrder[] {
  return [...orders.values()]
    .filter((held) => held.view.standing === 'done' && sameAs(held.view) === null && held.view.orderId !== currentId)
    .filter((held) => leavesAtMs(held) > nowMs)
    .slice(-FINISHED_SHOWN_MAX)
    .reverse();
}

/** The order that was paid last on this till, until it leaves the tray as well: customers come back with a question. */
export function lastPaidOrder(orders: HeldOrders, nowMs: number): HeldOrder | null {
  const paid = [...orders.values()].filter(
    (held) =>
      held.view.phase.name === 'paid' &&
      held.view.origin === 'taken' &&
      held.endedAtMs !== null &&
      leavesAtMs(held) > nowMs,
  );
  return paid.reduce<HeldOrder | null>(
    (last, held) => (last === null || leavesAtMs(held) >= leavesAtMs(last) ? held : last),
    null,
  );
}

/** Two entries can prove to be one order; then the entry that rests names the entry that goes on. */
export function sameAs(view: OrderView): string | null {
  const { phase } = view;
  return phase.name === 'settled' ? sameAsOf(phase.reason) : null;
}

/** The last digits of an order number, which is what people read out to each other. */
export function tailOf(view: OrderView): string {
  return (view.outTradeNo ?? view.transactionId ?? view.orderId).slice(-4);
}
