/** The amount on the keypad: its keys, and starting its payment once it is an amount that was meant. */
import { readAmount, typedFen, withAmountKey, withoutLast } from '../input/amount-entry.ts';
import { DOUBLE_TAP_MS } from '../input/tap-guard.ts';
import { isUnusual } from '../input/usual-amount.ts';
import { play } from '../sound/sounds.ts';
import { takePayment } from '../state/actions.ts';
import { kiosk, type KioskState } from '../state/store.ts';

const isWrong = (amount: string): boolean => {
  const { fault } = readAmount(amount);
  return fault !== null && fault !== 'unfinished';
};

const change = (amount: string): void =>
  kiosk.setState(({ refusedKeys }) => ({ amount, problem: null, refusedKeys: isWrong(amount) ? refusedKeys : 0 }));

/** A key that cannot be taken: heard here, and shown by the amount that shakes. */
function refuse(): void {
  const { sound } = kiosk.getState();
  kiosk.setState(({ refusedKeys }) => ({ refusedKeys: refusedKeys + 1 }));
  if (!sound.muted) play('refused', sound.volume);
}

/** A key of the keypad, on the screen or on a keyboard. */
export function typeAmount(key: string): void {
  const { amount } = kiosk.getState();
  // A numeric pad may have no other key that clears.
  if (key === '/' && isWrong(amount)) {
    clearAmount();
    return;
  }
  const next = withAmountKey(amount, key);
  change(next);
  if (isWrong(next)) refuse();
}

export const unTypeAmount = (): void => change(withoutLast(kiosk.getState().amount));

export const clearAmount = (): void => change('');

/** The amount that is far above the usual and that nobody has confirmed yet, or `null`. */
export const unusualFen = (state: KioskState): number | null => {
  const fen = typedFen(state.amount);
  if (fen === null) return null;
  const paid = [...state.orders.values()].flatMap(({ view }) =>
    view.phase.name === 'paid' && view.amountFen !== null ? [view.amountFen] : [],
  );
  return isUnusual(fen, paid) ? fen : null;
};

/** Whether the screen asks about exactly this amount now. */
export const isAsking = (state: KioskState): boolean => state.asking !== null && state.asking.amount === state.amount;

/** Takes the amount on the keypad; an unusual one is asked about once, and the second press takes it. */
export async function takeTyped(): Promise<void> {
  const state = kiosk.getState();
  const fen = typedFen(state.amount);
  if (fen === null) {
    if (state.amount !== '') refuse();
    return;
  }
  if (unusualFen(state) !== null && !isAsking(state)) {
    kiosk.setState({ asking: { amount: state.amount, atMs: performance.now() } });
    if (!state.sound.muted) play('look', state.sound.volume);
    return;
  }
  // The second stroke of a double one is no answer.
  if (state.asking !== null && performance.now() - state.asking.atMs < DOUBLE_TAP_MS) return;
  kiosk.setState({ asking: null });
  await takePayment(fen);
}
