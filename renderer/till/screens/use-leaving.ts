import { useEffect } from 'react';
import type { OrderView } from '../../../shared/order/order.ts';
import { FINISHED_SHOWN_FOR_MS } from '../../../shared/timing.ts';
import { nextCustomer } from '../../state/actions.ts';

/**
 * A finished order leaves a till at which nobody does anything, as if "next customer" had been pressed. Never an order
 * that goes on or is before a manager, and never from under a dialog.
 */
export function useLeaving({ orderId, standing, version }: OrderView): void {
  useEffect(() => {
    if (standing !== 'done') return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const wait = (): void => {
      timer = setTimeout(leave, FINISHED_SHOWN_FOR_MS);
    };
    const touched = (): void => {
      clearTimeout(timer);
      wait();
    };
    const leave = (): void => {
      if (document.querySelector('dialog[open]') === null) void nextCustomer();
      else wait();
    };
    wait();
    const touches = ['pointerdown', 'keydown'] as const;
    for (const name of touches) window.addEventListener(name, touched, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      for (const name of touches) window.removeEventListener(name, touched, { capture: true });
    };
  }, [orderId, standing, version]);
}
