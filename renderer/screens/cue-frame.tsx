import { useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { unseenCalls } from '../cues.ts';
import type { Tone } from '../phase-words.ts';
import { seenOrders } from '../seen-orders.ts';
import { useKiosk } from '../store.ts';
import type { Cue } from '../synth.ts';
import './cue-frame.css';

const tones: Readonly<Record<Cue, Tone>> = {
  ready: 'wait',
  paid: 'done',
  cancelled: 'done',
  look: 'wait',
  manager: 'alarm',
  offline: 'wait',
};

/** The twin of the sounds: a frame around the whole screen, for as long as a manager is needed and nobody has looked. */
export function CueFrame(): ReactNode {
  const cue = useKiosk((state) => state.cue);
  const orders = useKiosk((state) => state.orders);
  const seen = useStore(seenOrders);
  const calling = useMemo(() => unseenCalls(orders, seen).length > 0, [orders, seen]);
  const shown = calling ? 'manager' : cue;
  if (shown === null) return null;
  return <div key={shown} className="cue-frame" data-tone={tones[shown]} data-cue={shown} data-calling={calling || undefined} data-testid="cue-frame" aria-hidden="true" />;
}
