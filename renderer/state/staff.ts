/** Who is at the screen, and the PIN that is being typed. The page forgets the PIN as soon as main has it. */
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import { PIN_DIGITS_MAX, PIN_DIGITS_MIN, type PinRole, type StaffView } from '../../shared/contract/staff.ts';
import { closeBackOffice, decideOn, openBackOffice } from './actions.ts';
import { call } from '../bridge/api.ts';
import { tabsFor } from './back-office-tabs.ts';
import { askForSnapshot } from './snapshot.ts';
import { kiosk, NOTHING_OVER, type Deciding } from './store.ts';

/** What is being typed. `again`: a new PIN is typed twice, and `first` is the first typing. */
export type PinStep =
  | { readonly name: 'sign-in' }
  | { readonly name: 'current' }
  | { readonly name: 'new'; readonly currentPin: string | undefined }
  | { readonly name: 'again'; readonly currentPin: string | undefined; readonly first: string };

export interface PinEntry {
  readonly role: PinRole;
  readonly step: PinStep;
  readonly digits: string;
  /** Main is checking it. */
  readonly busy: boolean;
  readonly problem: string | null;
}

export interface StaffState {
  /** `null` until main has sent it. */
  readonly view: StaffView | null;
  /** When `view` arrived, on this page's clock: its durations count from then. */
  readonly atMs: number;
  readonly open: boolean;
  /** `null` while nobody types a PIN. */
  readonly entry: PinEntry | null;
  /** The order on the till that a manager was called to: signing in leads to the decision about it, and nowhere else. */
  readonly calledTo: string | null;
}

export const staff = createStore<StaffState>(() => ({ view: null, atMs: 0, open: false, entry: null, calledTo: null }));
export const useStaff = <Part>(select: (state: StaffState) => Part): Part => useStore(staff, select);

/**
 * Takes main's answer in. If the role changes, every order is read again, and a page that belongs to the old role
 * closes.
 */
export function tookStaff(view: StaffView): void {
  const before = staff.getState().view?.role;
  staff.setState({ view, atMs: performance.now() });
  if (before === undefined || before === view.role) return;
  kiosk.setState(({ terminal }) => ({
    deciding: null,
    ...(terminal === null ? {} : { terminal: { ...terminal, role: view.role } }),
  }));
  if (view.role === 'cashier') closeBackOffice();
  void askForSnapshot();
}

/** Asks main who is there. */
export async function askForStaff(): Promise<void> {
  const reply = await call('staff.state', {});
  if (reply.ok) tookStaff(reply.value);
}

/** Opens the dialog: a person who is signed in sees what they may do, others see the PIN pad. */
export function openStaff(): void {
  const signedIn = (staff.getState().view?.role ?? 'cashier') !== 'cashier';
  kiosk.setState({ ...NOTHING_OVER, number: null, problem: null });
  void askForStaff();
  staff.setState({ open: true, entry: signedIn ? null : entryFor('manager', { name: 'sign-in' }) });
}

/**
 * A manager comes to an order on the till. Who is signed in as one decides at once; otherwise the PIN comes first, and
 * after the decision nobody is signed in any more.
 */
export function callManager(orderId: string): void {
  if (staff.getState().view?.role === 'manager') {
    decideOn(orderId);
    return;
  }
  kiosk.setState({ ...NOTHING_OVER, number: null, problem: null });
  void askForStaff();
  staff.setState({ open: true, entry: entryFor('manager', { name: 'sign-in' }), calledTo: orderId });
}

const isBeforeManager = (orderId: string): boolean =>
  kiosk.getState().orders.get(orderId)?.view.phase.name === 'attention';

export const closeStaff = (): void => staff.setState({ open: false, entry: null, calledTo: null });

const entryFor = (role: PinRole, step: PinStep, problem: string | null = null): PinEntry => ({
  role,
  step,
  digits: '',
  busy: false,
  problem,
});

/** The chosen role chosen once more leaves what was typed. */
export const chooseRole = (role: PinRole): void =>
  staff.setState(({ entry }) =>
    entry?.role === role && entry.step.name === 'sign-in' ? {} : { entry: entryFor(role, { name: 'sign-in' }) },
  );

/** Read when a PIN is set, so that no byte of it stands before the first paint. */
const pinRules = async () => (await import('../../shared/pin-rules.ts')).pinProblem;

/** Begins to set a PIN: the first PIN of a role, one's own, or a new one for a person who forgot theirs. */
export function setPinOf(role: PinRole): void {
  const withCurrent = staff.getState().view?.pins[role].maySet === 'with-current';
  const step: PinStep = withCurrent ? { name: 'current' } : { name: 'new', currentPin: undefined };
  void pinRules();
  staff.setState({ open: true, entry: entryFor(role, step) });
}

const changeEntry = (next: (entry: PinEntry) => Partial<PinEntry>): void =>
  staff.setState(({ entry }) => (entry === null || entry.busy ? {} : { entry: { ...entry, ...next(entry) } }));

/** A key of the pad or of the keyboard. */
export const typePin = (digits: string): void =>
  changeEntry((entry) => ({ digits: (entry.digits + digits).slice(0, PIN_DIGITS_MAX), problem: null }));

/** Deletes the last digits. */
export const unTypePin = (count = 1): void =>
  changeEntry(({ digits }) => ({ digits: digits.slice(0, Math.max(0, digits.length - count)) }));

export const isLongEnough = ({ digits }: PinEntry): boolean => digits.length >= PIN_DIGITS_MIN;

/** Enter: what was typed is sent. */
export async function submitPin(): Promise<void> {
  const { entry, calledTo } = staff.getState();
  if (calledTo !== null && !isBeforeManager(calledTo)) {
    closeStaff();
    return;
  }
  if (entry === null || entry.busy || !isLongEnough(entry)) return;
  const { role, step, digits } = entry;
  switch (step.name) {
    case 'sign-in':
      await signIn(role, digits);
      break;
    case 'current':
      staff.setState({ entry: entryFor(role, { name: 'new', currentPin: digits }) });
      break;
    case 'new':
      await takeFirst(entry, step.currentPin);
      break;
    case 'again':
      if (digits === step.first) await setPin(role, digits, step.currentPin);
      else staff.setState({ entry: entryFor(role, { name: 'new', currentPin: step.currentPin }, 'pins-differ') });
  }
}

async function signIn(role: PinRole, pin: string): Promise<void> {
  const entry = entryFor(role, { name: 'sign-in' });
  staff.setState({ entry: { ...entry, busy: true } });
  const reply = await call('staff.sign-in', { role, pin });
  if (!reply.ok) {
    const initial = reply.code === 'pin-initial';
    answered({ ...entry, ...(initial ? { step: { name: 'new', currentPin: pin } } : {}), problem: reply.code });
    return;
  }
  const { calledTo } = staff.getState();
  tookStaff(reply.value);
  closeStaff();
  if (calledTo !== null) decideOn(calledTo, true);
  else if (tabsFor(role).length > 0) openBackOffice();
}

/** A new PIN that main would refuse is refused before it is typed a second time. */
async function takeFirst(entry: PinEntry, currentPin: string | undefined): Promise<void> {
  const { role, digits: first } = entry;
  staff.setState({ entry: { ...entry, busy: true } });
  const pinProblem = await pinRules();
  const problem = pinProblem(first, staff.getState().view?.knownNumbers) ?? (first === currentPin ? 'pin-same' : null);
  answered(
    problem === null
      ? entryFor(role, { name: 'again', currentPin, first })
      : entryFor(role, { name: 'new', currentPin }, problem),
  );
}

async function setPin(role: PinRole, pin: string, currentPin: string | undefined): Promise<void> {
  const wrongAgain: PinStep = currentPin === undefined ? { name: 'new', currentPin } : { name: 'current' };
  staff.setState({ entry: { ...entryFor(role, wrongAgain), busy: true } });
  const reply = await call('staff.set-pin', { role, pin, ...(currentPin === undefined ? {} : { currentPin }) });
  if (!reply.ok) {
    answered(entryFor(role, wrongAgain, reply.code));
    return;
  }
  tookStaff(reply.value);
  const signedIn = reply.value.role !== 'cashier';
  staff.setState({ open: !signedIn, entry: signedIn ? null : entryFor(role, { name: 'sign-in' }, 'pin-set') });
}

/** If the dialog was closed meanwhile, nobody waits for the answer any more. */
const answered = (entry: PinEntry): void => staff.setState((state) => (state.open ? { entry } : {}));

/** The decision about an order is made, or was left alone: the till is the cashier's again. */
export function endDecision({ leaves }: Deciding): void {
  kiosk.setState({ deciding: null });
  if (leaves) void signOut();
}

export async function signOut(): Promise<void> {
  const reply = await call('staff.sign-out', {});
  if (reply.ok) tookStaff(reply.value);
  closeStaff();
}

/** "I am still here". */
export async function stay(): Promise<void> {
  const reply = await call('staff.touch', {});
  if (reply.ok) tookStaff(reply.value);
}

/** When the signed-in person is warned, on this page's clock; `null` if nobody is signed in. */
export const warnsAtMs = ({ view, atMs }: StaffState): number | null =>
  view === null || view.idle === null ? null : atMs + view.idle.warnsInMs;

/** Main is told of touches at most this often. */
const TOUCH_EVERY_MS = 3_000;

/** Tells main that a person is there. After the warning, only their answer counts. Returns a function that stops it. */
export function watchForTouches(): () => void {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  const onTouch = (): void => {
    const warnAt = warnsAtMs(staff.getState());
    const now = performance.now();
    if (warnAt === null || now >= warnAt || now - toldAtMs < TOUCH_EVERY_MS) return;
    toldAtMs = now;
    void stay();
  };
  const kinds = ['pointerdown', 'keydown', 'wheel'] as const;
  kinds.forEach((kind) => window.addEventListener(kind, onTouch, { capture: true, passive: true }));
  return () => kinds.forEach((kind) => window.removeEventListener(kind, onTouch, true));
}
