import { useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { unseenCalls } from '../order/cues.ts';
import { seenOrders } from '../state/seen-orders.ts';
import { tillOrder, useKiosk } from '../state/store.ts';
import { CUE_TONES } from '../order/phase-appearance.ts';
import './cue-frame.css';

/** Orders for a manager that nobody has looked at. */
function useCalls(): readonly string[] {
  const orders = useKiosk((state) => state.orders);
  const seen = useStore(seenOrders);
  return useMemo(() => unseenCalls(orders, seen), [orders, seen]);
}

/**
 * The visual form of the cues: a frame around the screen. It stays while the order on the screen needs a manager and
 * nobody has looked.
 */
export function CueFrame(): ReactNode {
  const cue = useKiosk((state) => state.cue);
  const onTill = useKiosk((state) => tillOrder(state)?.view.orderId);
  const calls = useCalls();
  const calling = onTill !== undefined && calls.includes(onTill);
  // An order that calls from the tray is framed in the tray: a frame around "charge again" would say the opposite.
  const shown = calling ? 'manager' : cue === 'manager' ? null : cue;
  if (shown === null) return null;
  return (
    <div
      key={shown}
      className="cue-frame"
      data-tone={CUE_TONES[shown]}
      data-cue={shown}
      data-calling={calling || undefined}
      data-testid="cue-frame"
      aria-hidden="true"
    />
  );
}

/** The same around the tray, for the orders in it. */
export function TrayFrame(): ReactNode {
  const calls = useCalls();
  const onTill = useKiosk((state) => tillOrder(state)?.view.orderId);
  if (calls.every((orderId) => orderId === onTill)) return null;
  return (
    <div
      className="cue-frame cue-frame--tray"
      data-tone="alarm"
      data-cue="manager"
      data-calling
      data-testid="tray-frame"
      aria-hidden="true"
    />
  );
}
