/**
 * Handing over the shift: main says what must be read, and accepts the hand-over only if that has not changed
 * meanwhile.
 */
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import type { ShiftView } from '../../shared/contract/shift.ts';
import { call } from '../bridge/api.ts';
import { askForSnapshot } from './snapshot.ts';
import { kiosk } from './store.ts';
import type { StaffState } from './staff.ts';

export interface ShiftState {
  /** Main's last answer; `null` until it was asked. */
  readonly view: ShiftView | null;
  /** When `view` arrived, on this page's clock. */
  readonly atMs: number;
  /** The list is shown to the person who leaves. */
  readonly leaving: boolean;
  readonly busy: boolean;
  /** The code of why it was refused. */
  readonly problem: string | null;
  /** The number of the sheet that is shown. */
  readonly sheet: number | null;
}

export const shift = createStore<ShiftState>(() => ({
  view: null,
  atMs: 0,
  leaving: false,
  busy: false,
  problem: null,
  sheet: null,
}));
export const useShift = <Part>(select: (state: ShiftState) => Part): Part => useStore(shift, select);

/** Whether a cashier serves: otherwise no payment is taken. Main holds this; the screen only shows it. */
export const isServed = ({ view }: StaffState): boolean =>
  view === null || view.role !== 'cashier' || view.crew.on !== null;

/** Asks main what must be read now. */
export async function askForShift(): Promise<void> {
  const reply = await call('shift.state', {});
  if (reply.ok) shift.setState({ view: reply.value, atMs: performance.now() });
}

/** "Hand over": at once if nothing is unsettled, otherwise the unsettled orders are shown first. */
export async function leaveShift(): Promise<void> {
  if (shift.getState().busy) return;
  kiosk.setState({ problem: null });
  shift.setState({ busy: true, problem: null });
  await askForShift();
  shift.setState({ busy: false });
  const { view } = shift.getState();
  if (view === null) return;
  if (view.orders.length > 0 || view.payingNow) shift.setState({ leaving: true });
  else await signOff();
}

export const stayOnShift = (): void => shift.setState({ leaving: false, problem: null });

/** Shows the sheet of a shift that ended. */
export const openSheet = (id: number): void => shift.setState({ sheet: id });
export const closeSheet = (): void => shift.setState({ sheet: null });

const seenOf = ({ orders }: ShiftView): { orderId: string; version: number }[] =>
  orders.map(({ orderId, version }) => ({ orderId, version }));

/** "I hand these over". */
export async function signOff(): Promise<void> {
  const { view, busy } = shift.getState();
  if (view === null || busy) return;
  shift.setState({ busy: true, problem: null });
  const reply = await call('shift.sign-off', { seen: seenOf(view) });
  if (reply.ok) {
    const sheet = reply.value.left?.sheetId ?? null;
    shift.setState({ view: reply.value, atMs: performance.now(), busy: false, leaving: false, sheet });
    kiosk.setState({ viewing: null, amount: '', problem: null });
  } else await refused(reply.code);
}

/** "I take these over". */
export async function signOn(name: string | null): Promise<void> {
  const { view, busy } = shift.getState();
  if (view === null || busy) return;
  shift.setState({ busy: true, problem: null });
  const reply = await call('shift.sign-on', { name, seen: seenOf(view) });
  if (reply.ok) {
    shift.setState({ view: reply.value, atMs: performance.now(), busy: false });
    await askForSnapshot();
  } else await refused(reply.code);
}

/** What has changed meanwhile is shown before the hand-over can be tried again. */
async function refused(problem: string): Promise<void> {
  await askForShift();
  shift.setState(({ view }) => ({ busy: false, problem, leaving: view !== null && view.on !== null }));
}
