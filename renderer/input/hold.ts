/**
 * Press and hold: it guards against a touch by mistake in acts on several orders at once. It does not depend on the
 * page: the input that presses is a name (a pointer, a key), and the time is an argument. A scanner's Enter is down for
 * a few ms, so it never gets through.
 */

/** Longer than any tap, shorter than impatience. */
export const HOLD_MS = 600;

export type HoldState = 'idle' | 'holding' | 'too-short';

export interface Hold {
  /** Starts the hold, unless something else already holds. */
  press(by: string): void;
  /** Ends it early. Only the input that started it can. */
  release(by: string): void;
  /** Ends it, whatever input started it: the button lost the focus, or went away. */
  cancel(): void;
}

type After = (ms: number, act: () => void) => () => void;

export const pageTimer: After = (ms, act) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

/** `onHeld` is called once per hold, when it has lasted the full time. `onState` says what to show. */
export function createHold(onState: (state: HoldState) => void, onHeld: () => void, after: After = pageTimer): Hold {
  let held: { readonly by: string; readonly stop: () => void } | null = null;
  const end = (state: HoldState): void => {
    if (held === null) return;
    held.stop();
    held = null;
    onState(state);
  };
  return {
    press(by) {
      if (held !== null) return;
      const stop = after(HOLD_MS, () => {
        end('idle');
        onHeld();
      });
      held = { by, stop };
      onState('holding');
    },
    release(by) {
      if (held?.by === by) end('too-short');
    },
    cancel: () => end('idle'),
  };
}
