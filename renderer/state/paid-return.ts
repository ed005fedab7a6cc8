/** When the till may leave a paid order by itself. Pure. */
import { tillOrder, type KioskState } from './store.ts';

/**
 * How long the order on the till is shown before the till returns to the keypad by itself, in ms; `null`: it stays. Only
 * the payment that was just taken is left, and only where nothing needs a person: not an order that somebody opened, not
 * beside a refusal, and no order with a refund.
 */
export function returnsAfterMs(state: KioskState): number | null {
  const order = tillOrder(state);
  const isSettled =
    order !== null &&
    order.view.phase.name === 'paid' &&
    order.view.refunds === null &&
    order.endedAtMs !== null &&
    state.stage.name === 'order' &&
    state.viewing === null;
  const isAsked = state.problem !== null || state.deciding !== null || state.amount !== '';
  return isSettled && !isAsked && state.returnSeconds > 0 ? state.returnSeconds * 1_000 : null;
}
