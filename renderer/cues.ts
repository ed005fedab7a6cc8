/** Decides which change is worth a cue, and gives it: to the ear where it is not muted, to the eye always. */
import type { Notice } from '../shared/ipc.ts';
import type { OrderView, PhaseView } from '../shared/order.ts';
import type { HeldOrders } from './held-order.ts';
import { markSeen, seenOrders } from './seen-orders.ts';
import { play } from './sounds.ts';
import { kiosk, tillOrder, type KioskState, type KioskStore } from './store.ts';
import type { Cue } from './synth.ts';

/** What waits for somebody is heard again until they have seen it. */
export const CALL_AGAIN_MS = 30_000;
/** How long a cue's twin stays on the screen. */
const CUE_SHOWN_MS = 3_000;

/** The cue for an order that went from one view to the next. Nothing for what was so before the screen knew it. */
export function cueFor(before: OrderView | undefined, after: OrderView): Cue | null {
  if (before === undefined) return null;
  const now = callOf(after.phase);
  return now === callOf(before.phase) ? null : now;
}

function callOf(phase: PhaseView): Cue | null {
  switch (phase.name) {
    case 'paid':
      return 'paid';
    case 'cancelled':
      return 'cancelled';
    case 'attention':
      return 'manager';
    case 'choosing':
      return 'look';
    case 'reversing':
      // The first answer that settled nothing; it goes on by itself, so later ones are not called out.
      return phase.lastResult === null || phase.attempt === 0 ? null : 'look';
    default:
      return null;
  }
}

/** Orders before a manager that nobody has looked at yet. */
export const unseenCalls = (orders: HeldOrders, seen: ReadonlySet<string>): string[] =>
  [...orders.values()].filter(({ view }) => view.standing === 'attention' && !seen.has(view.orderId)).map(({ view }) => view.orderId);

/** What is called out anew every half minute: a manager first, then a choice that only the cashier can make. */
export function callAgain(orders: HeldOrders, seen: ReadonlySet<string>): Cue | null {
  if (unseenCalls(orders, seen).length > 0) return 'manager';
  return [...orders.values()].some(({ view }) => view.phase.name === 'choosing') ? 'look' : null;
}

let forget: ReturnType<typeof setTimeout> | undefined;

/** Gives one cue now. */
export function give(cue: Cue): void {
  const { sound } = kiosk.getState();
  kiosk.setState({ cue });
  clearTimeout(forget);
  forget = setTimeout(() => kiosk.setState({ cue: null }), CUE_SHOWN_MS);
  if (!sound.muted) play(cue, sound.volume);
}

/** Gives cues for the life of the page. */
export function giveCues(store: KioskStore): void {
  const see = (): void => {
    const open = tillOrder(store.getState())?.view;
    if (open?.standing === 'attention') markSeen([open.orderId]);
  };
  store.subscribe((state, before) => {
    // It came to the till because somebody opened it. What turned bad there by itself waits for a hand.
    if (state.viewing !== before.viewing) see();
    const cue = firstCue(state, before) ?? noticeCue(before.notices, state.notices);
    if (cue !== null) give(cue);
  });
  for (const hand of ['pointerdown', 'keydown']) window.addEventListener(hand, see, true);
  setInterval(() => {
    const cue = callAgain(store.getState().orders, seenOrders.getState());
    if (cue !== null) give(cue);
  }, CALL_AGAIN_MS);
}

function firstCue(state: KioskState, before: KioskState): Cue | null {
  if (state.orders === before.orders) return null;
  const given = [...state.orders.values()].map(({ view }) => cueFor(before.orders.get(view.orderId)?.view, view));
  // Of several at once the one that needs somebody is heard.
  return given.find((cue) => cue === 'manager') ?? given.find((cue) => cue !== null) ?? null;
}

const isOffline = (notices: readonly Notice[]): boolean => notices.some(({ code, on }) => code === 'offline' && on);

const noticeCue = (before: readonly Notice[], after: readonly Notice[]): Cue | null =>
  isOffline(after) && !isOffline(before) ? 'offline' : null;
