/** The manager's list and main: the list is read and kept up to date, and acts on it are sent. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { STUCK_ROWS_MAX, type ManagerAct } from '../../../shared/contract/stuck.ts';
import { act } from '../../state/actions.ts';
import { call, listen } from '../../bridge/api.ts';
import { markSeen } from '../../state/seen-orders.ts';
import { kiosk } from '../../state/store.ts';
import {
  dismissed,
  emptyStuck,
  idOf,
  inOrder,
  inPlace,
  tookOrder,
  tookResults,
  type StuckState,
} from './stuck-state.ts';

/** The number of rows read at first; the worst stand on top, so the rest is seldom wanted. */
const ROWS_AT_FIRST = 200;
/** When the network is back, many changes come at once; the list is read once for all of them. */
const READ_AFTER_MS = 700;
/** A payment becomes overdue, or a deadline near, without any event. */
const READ_ANYWAY_MS = 30_000;
/** After this long without a touch, rows may move: no finger is about to tap one. */
const IDLE_MS = 10_000;
const IDLE_LOOK_MS = 1_000;

/** `busyWith`: a sheet is open over the list, so nothing behind it moves. */
interface ListState extends StuckState {
  readonly limit: number;
  readonly busyWith: string | null;
}

const nothing: ListState = { ...emptyStuck, limit: ROWS_AT_FIRST, busyWith: null };
export const stuck = createStore<ListState>(() => nothing);

export const useStuck = <Part>(select: (state: ListState) => Part): Part => useStore(stuck, select);

export const change = (next: (state: StuckState) => StuckState): void => stuck.setState((state) => next(state));

/** Reads the list again. `in-place`: rows stay where they are, as they do while results are shown in them. */
export async function readStuck(how: 'in-order' | 'in-place'): Promise<void> {
  const reply = await call('manager.stuck', { limit: stuck.getState().limit });
  if (!reply.ok) {
    kiosk.setState({ problem: { place: 'back-office', code: reply.code, field: reply.field } });
    return;
  }
  markSeen(reply.value.rows.map(({ order }) => order.orderId));
  const { loaded, results } = stuck.getState();
  const anew = !loaded || (how === 'in-order' && results.size === 0);
  change((state) => (anew ? inOrder : inPlace)(state, reply.value, performance.now()));
}

export async function showMore(): Promise<void> {
  stuck.setState({ limit: STUCK_ROWS_MAX });
  await readStuck('in-order');
}

/** Does one act on several orders; `false` if the whole act was refused. Each row then shows its own result. */
export async function actOnStuck(given: ManagerAct): Promise<boolean> {
  const done = await act('manager.act', given, 'back-office');
  if (done === null) return false;
  change((state) => tookResults(state, given.action, done.value));
  await readStuck('in-place');
  return true;
}

/** The person has read the results: they go, and the list is sorted. */
export async function dismissResults(): Promise<void> {
  change(dismissed);
  await readStuck('in-order');
}

const rowsMayMove = ({ selected, results, busyWith, changed }: ListState): boolean =>
  changed > 0 && selected.size === 0 && results.size === 0 && busyWith === null;

/** Keeps the list for as long as the page is shown. */
export function useLiveStuck(): void {
  useEffect(() => {
    stuck.setState(nothing, true);
    void readStuck('in-order');
    let reading: ReturnType<typeof setTimeout> | undefined;
    let touchedMs = performance.now();
    const touched = (): void => {
      touchedMs = performance.now();
    };
    const stopListening = listen('orders.changed', (views) => {
      const shown = new Set(stuck.getState().rows.map(idOf));
      const ours = views.filter(({ orderId }) => shown.has(orderId));
      if (ours.length > 0) change((state) => ours.reduce(tookOrder, state));
      reading ??= setTimeout(() => {
        reading = undefined;
        void readStuck('in-place');
      }, READ_AFTER_MS);
    });
    const anyway = setInterval(() => void readStuck('in-place'), READ_ANYWAY_MS);
    const settling = setInterval(() => {
      if (performance.now() - touchedMs >= IDLE_MS && rowsMayMove(stuck.getState())) void readStuck('in-order');
    }, IDLE_LOOK_MS);
    const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
    for (const name of touches) window.addEventListener(name, touched, { capture: true, passive: true });
    return () => {
      stopListening();
      clearTimeout(reading);
      clearInterval(anyway);
      clearInterval(settling);
      for (const name of touches) window.removeEventListener(name, touched, { capture: true });
    };
  }, []);
}
