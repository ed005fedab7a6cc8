/** Decides which change needs a cue, and gives it: as a sound unless muted, and always on the screen. */
import type { Notice } from '../../shared/ipc.ts';
import type { OrderView } from '../../shared/order/order.ts';
import type { HeldOrders } from '../state/held-order.ts';
import { cueOf } from './phase-appearance.ts';
import { markSeen, seenOrders } from '../state/seen-orders.ts';
import { play } from '../sound/sounds.ts';
import { kiosk, needsManager, tillOrder, type KioskState, type KioskStore } from '../state/store.ts';
import type { Cue } from '../sound/synth.ts';

/** A cue for something that waits for a person is repeated until they have seen it. */
export const CALL_AGAIN_MS = 30_000;
/** How long the visual form of a cue stays on the screen. */
const CUE_SHOWN_MS = 3_000;

/** The cue for an order that went from one view to the next. None for a state from before the screen knew the order. */
export function cueFor(before: OrderView | undefined, after: OrderView): Cue | null {
  if (before === undefined) return null;
  const now = cueOf(after);
  return now === cueOf(before) ? null : now;
}

/** Orders before a manager that nobody has looked at yet. */
export const unseenCalls = (orders: HeldOrders, seen: ReadonlySet<string>): string[] =>
  [...orders.values()]
    .filter(({ view }) => needsManager(view) && !seen.has(view.orderId))
    .map(({ view }) => view.orderId);

/**
 * Cancels that have to be repeated, while nobody has touched the screen since. They go on by themselves, so any touch
 * is enough.
 */
const unseenRepeats = (orders: HeldOrders, seen: ReadonlySet<string>): string[] =>
  [...orders.values()]
    .filter(({ view }) => view.phase.name === 'reversing' && cueOf(view) !== null)
    .map(({ view }) => repeatOf(view))
    .filter((repeat) => !seen.has(repeat));

/** An order that was seen as a repeat has not been seen as a manager's order. */
const repeatOf = ({ orderId }: OrderView): string => `${orderId} again`;

/**
 * The cues repeated every half minute: first the manager's, then a choice that only the cashier can make, then cancels
 * that go on unseen.
 */
export function callAgain(orders: HeldOrders, seen: ReadonlySet<string>): Cue | null {
  if (unseenCalls(orders, seen).length > 0) return 'manager';
  const choosing = [...orders.values()].some(({ view }) => view.phase.name === 'choosing');
  return choosing || unseenRepeats(orders, seen).length > 0 ? 'look' : null;
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

/** Gives cues until the page ends. */
export function giveCues(store: KioskStore): void {
  const see = (): void => {
    const open = tillOrder(store.getState())?.view;
    if (open?.standing === 'attention') markSeen([open.orderId]);
  };
  const touched = (): void => {
    see();
    markSeen(unseenRepeats(store.getState().orders, seenOrders.getState()));
  };
  store.subscribe((state, before) => {
    // A person opened this order on the till. An order that got worse there by itself waits for a touch.
    if (state.viewing !== before.viewing) see();
    const cue = firstCue(state, before) ?? noticeCue(before.notices, state.notices);
    if (cue !== null) give(cue);
  });
  for (const hand of ['pointerdown', 'keydown']) window.addEventListener(hand, touched, true);
  setInterval(() => {
    const cue = callAgain(store.getState().orders, seenOrders.getState());
    if (cue !== null) give(cue);
  }, CALL_AGAIN_MS);
}

function firstCue(state: KioskState, before: KioskState): Cue | null {
  if (state.orders === before.orders) return null;
  const given = [...state.orders.values()].map(({ view }) => cueFor(before.orders.get(view.orderId)?.view, view));
  // Of several orders at once, the one that needs a person is the one that sounds.
  return given.find((cue) => cue === 'manager') ?? given.find((cue) => cue !== null) ?? null;
}

const isOffline = (notices: readonly Notice[]): boolean => notices.some(({ code, on }) => code === 'offline' && on);

const noticeCue = (before: readonly Notice[], after: readonly Notice[]): Cue | null =>
  isOffline(after) && !isOffline(before) ? 'offline' : null;
