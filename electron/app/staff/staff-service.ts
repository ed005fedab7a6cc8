/** Who is at the screen: signing in and out, and PINs, each recorded in the audit trail. */
import type { PinRole, StaffView } from '../../../shared/contract/staff.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { environmentOf, terminalSchema, type Environment } from '../../../shared/settings.ts';
import type { Clock } from '../../base/clock.ts';
import type { Actor, Caller } from '../../orders/machine/actor.ts';
import type { Act } from '../../orders/machine/event.ts';
import { rosterView } from '../../staff/roster.ts';
import { openRosterStore, type RosterStore } from '../../staff/roster-store.ts';
import { pinFile } from '../../staff/pin-file.ts';
import { PIN_COST, type HashCost } from '../../staff/pin-hash.ts';
import { createPins, type CheckProblem, type NewPin, type Pins, type SetProblem } from '../../staff/pins.ts';
import { openTrainingResultsStore, type TrainingResultsStore } from '../../staff/training-results-store.ts';
import { createSession, type SessionEnd } from '../../staff/session.ts';
import type { Profile } from '../settings/profile.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

/** Records an act, whether or not the terminal could be opened. */
export type Note = (actor: Actor, act: Act, outcome: string, about: string | null) => void;

export interface StaffParts {
  readonly profile: Pick<Profile, 'pins' | 'roster' | 'training'>;
  readonly store: Pick<SettingsStore, 'settings'>;
  readonly clock: Clock;
  readonly note: Note;
  /** A person signed in or out, or the state of a PIN changed. */
  readonly onChange: (view: StaffView) => void;
  readonly cost?: HashCost | undefined;
}

export interface StaffService {
  /** The person at the screen now. */
  caller(): Caller;
  view(): StaffView;
  signIn(role: PinRole, pin: string): Promise<Result<StaffView, CheckProblem>>;
  /** Does nothing if no one is signed in. */
  signOut(why: SessionEnd): StaffView;
  touch(): StaffView;
  setPin(wanted: NewPin): Promise<Result<StaffView, SetProblem>>;
  readonly roster: RosterStore;
  /** The practice course's results. */
  readonly training: TrainingResultsStore;
  /** Tells the screen that something of it has changed. */
  announce(): void;
}

/** A person at the screen without a name; the role says the rest. */
const AT_SCREEN = 'screen';

export function createStaffService({ profile, store, clock, note, onChange, cost }: StaffParts): StaffService {
  const pins = pinsOf({ profile, store, clock, cost });
  const session = createSession(
    clock,
    () => idleMsOf(store),
    () => signOut('idle'),
  );

  const roster = openRosterStore(profile.roster, clock.read().wallMs);
  const training = openTrainingResultsStore(profile.training, clock.read().wallMs);

  const caller = (): Caller => callerOf(session.role(), roster);
  const view = (): StaffView => {
    const { who, role } = caller();
    return { who, role, idle: session.idle(), crew: rosterView(roster.now()), ...pins.view(role) };
  };
  const changed = (): StaffView => {
    const now = view();
    onChange(now);
    return now;
  };
  const signOut = (why: SessionEnd): StaffView => {
    const before = caller();
    if (session.end() === null) return view();
    note(before, 'signed-out', why, before.role);
    return changed();
  };
  const refused = (by: Actor, act: Act, role: PinRole, code: string): void => {
    note(by, act, code, role);
    if (code === 'pin-wrong') noteLock(pins, note, by, role);
    changed();
  };

  return {
    caller,
    view,
    async signIn(role, pin) {
      const by = caller();
      const checked = await pins.check(role, pin);
      if (!checked.ok) {
        refused(by, 'signed-in', role, checked.error);
        return checked;
      }
      if (session.end() !== null) note(by, 'signed-out', 'replaced', by.role);
      session.start(role);
      note(caller(), 'signed-in', 'ok', role);
      return ok(changed());
    },
    signOut,
    touch() {
      session.touch();
      return view();
    },
    async setPin(wanted) {
      const by = caller();
      const set = await pins.set(wanted, by.role);
      if (!set.ok) {
        refused(by, 'pin-set', wanted.role, set.error);
        return set;
      }
      note(by, 'pin-set', 'ok', wanted.role);
      return ok(changed());
    },
    roster,
    training,
    announce: () => {
      changed();
    },
  };
}

function callerOf(role: PinRole | null, roster: RosterStore): Caller {
  if (role !== null) return { who: AT_SCREEN, role };
  const name = roster.now().on?.name ?? null;
  return { who: name === null ? AT_SCREEN : `cashier:${name}`, role: 'cashier' };
}

/** This wrong PIN may have locked it for a while. */
function noteLock(pins: Pins, note: Note, by: Actor, role: PinRole): void {
  const { lockedForMs } = pins.view('cashier').pins[role];
  if (lockedForMs > 0) note(by, 'pin-locked', 'ok', `${role}, ${String(Math.round(lockedForMs / 60_000))} min`);
}

/** The PINs of a terminal, with its present settings. */
export const pinsOf = ({
  profile,
  store,
  clock,
  cost = PIN_COST,
}: Pick<StaffParts, 'store' | 'clock' | 'cost'> & { readonly profile: Pick<Profile, 'pins'> }): Pins =>
  createPins({
    file: pinFile(profile.pins),
    clock,
    cost,
    environment: () => environmentNow(store),
    knownNumbers: () => numbersOf(store),
  });

/** A terminal whose settings cannot be read counts as one with real money: it does not allow what practice allows. */
export function environmentNow(store: StaffParts['store']): Environment {
  const settings = store.settings();
  if (!settings.ok) return 'live';
  return settings.value.merchant === null ? 'practice' : environmentOf(settings.value.merchant);
}

function numbersOf(store: StaffParts['store']): string[] {
  const settings = store.settings();
  if (!settings.ok) return [];
  const { merchant, terminal } = settings.value;
  return [merchant?.mchId, merchant?.subMchId, terminal.storeId, terminal.deviceId].filter(
    (number) => number !== undefined,
  );
}

function idleMsOf(store: StaffParts['store']): number {
  const settings = store.settings();
  const { idleSignOutSeconds } = settings.ok ? settings.value.terminal : terminalSchema.parse({});
  return idleSignOutSeconds * 1_000;
}
