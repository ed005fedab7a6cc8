/** Decides which change of an order is worth a sound, and plays it. The window's end is the countdown's own cue. */
import type { OrderView } from '../shared/order.ts';
import { isSeen, markSeen } from './seen-orders.ts';
import { play, type Cue } from './sounds.ts';
import { tillOrder, type KioskState, type KioskStore } from './store.ts';

/** An order that waits for a manager is heard again until somebody opens it. */
const ATTENTION_AGAIN_MS = 30_000;

/** The cue for an order that went from one view to the next. Nothing for what was so before the screen knew it. */
export function cueFor(before: OrderView | undefined, after: OrderView): Cue | null {
  if (before === undefined || before.phase.name === after.phase.name) return null;
  switch (after.phase.name) {
    case 'paid':
      return 'paid';
    case 'cancelled':
      return 'cancelled';
    case 'attention':
    case 'choosing':
      return 'attention';
    default:
      return null;
  }
}

/** Plays cues for the life of the page. */
export function playCues(store: KioskStore): void {
  store.subscribe((state, before) => {
    const open = tillOrder(state)?.view;
    if (open?.standing === 'attention') markSeen([open.orderId]);
    if (state.orders !== before.orders && !state.muted) playFirst(state, before);
  });
  setInterval(() => {
    const { orders, muted } = store.getState();
    const waiting = [...orders.values()].some(
      ({ view }) => view.standing === 'attention' && !isSeen(view.orderId),
    );
    if (waiting && !muted) play('attention');
  }, ATTENTION_AGAIN_MS);
}

function playFirst(state: KioskState, before: KioskState): void {
  for (const { view } of state.orders.values()) {
    const cue = cueFor(before.orders.get(view.orderId)?.view, view);
    if (cue !== null) {
      play(cue);
      return;
    }
  }
}
