/** How the screen holds an order: the latest view of it, and the moments its durations mean on this page's clock. */
import type { OrderView } from '../../shared/order.ts';
import { sameAsOf } from '../../shared/reason.ts';
import { unreachable } from '../../shared/result.ts';
import { REVERSE_WINDOW_MS } from '../../shared/timing.ts';

/** A moment on the page's clock (performance.now()) and how long the way to it is, for the ring. */
export interface Deadline {
  readonly atMs: number;
  readonly spanMs: number;
}

/** A view as it arrived. `bornAtMs` may be negative: most orders are older than the page. */
export interface HeldOrder {
  readonly view: OrderView;
  readonly bornAtMs: number;
  readonly deadline: Deadline | null;
}

export type HeldOrders = ReadonlyMap<string, HeldOrder>;

/** Finished orders that stay at hand for a second look. Open ones are never dropped. */
export const FINISHED_KEPT_MAX = 30;

/** Takes views in, each unless a newer one of the same order is already held; the very same map where none was news. */
export function withViews(orders: HeldOrders, views: readonly OrderView[], nowMs: number): HeldOrders {
  const held = new Map(orders);
  let isNews = false;
  for (const view of views) {
    const known = held.get(view.orderId);
    if (known !== undefined && known.view.version > view.version) continue;
    isNews = true;
    // The latest change goes last, so that the map is in the order in which things ended.
    held.delete(view.orderId);
    held.set(view.orderId, {
      view,
      bornAtMs: nowMs - view.ageMs,
      deadline: deadlineOf(view, nowMs, known?.deadline ?? null),
    });
  }
  return isNews ? pruned(held) : orders;
}

/** What a message may be late by, in ms. Two deadlines closer than this are one. */
const SAME_MOMENT_MS = 100;

/** Told again, a wait of no fixed length stays the one it was: its ring goes on where it is. */
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

/** The orders the tray shows: those before a manager first, then the open ones, the oldest of each first. */
export function trayOrders(orders: HeldOrders): HeldOrder[] {
  const rank = (held: HeldOrder): number => (held.view.standing === 'attention' ? 0 : 1);
  return [...orders.values()]
    .filter((held) => held.view.standing !== 'done')
    .sort((a, b) => rank(a) - rank(b) || a.bornAtMs - b.bornAtMs);
}

const FINISHED_SHOWN_MAX = 2;

/** The orders that ended last, for the question that always comes afterwards; not the one that is being looked at. */
export function finishedOrders(orders: HeldOrders, currentId: string | undefined): HeldOrder[] {
  return [...orders.values()]
    .filter((held) => held.view.standing === 'done' && sameAs(held.view) === null && held.view.orderId !== currentId)
    .slice(-FINISHED_SHOWN_MAX)
    .reverse();
}

/** Two entries can prove to be one order; then the one that rests names the one that goes on. */
export function sameAs(view: OrderView): string | null {
  const { phase } = view;
  return phase.name === 'settled' ? sameAsOf(phase.reason) : null;
}

/** The last digits of an order number, which is what people read out to each other. */
export function tailOf(view: OrderView): string {
  return (view.outTradeNo ?? view.transactionId ?? view.orderId).slice(-4);
}
