/** Who is at the screen: signing in and out, and PINs, each of them in the audit trail. */
import type { PinRole, StaffView } from '../../shared/contract/staff.ts';
import { ok, type Result } from '../../shared/result.ts';
import { environmentOf, terminalSchema, type Environment } from '../../shared/settings.ts';
import type { Clock } from '../base/clock.ts';
import type { Actor, Caller } from '../orders/actor.ts';
import type { Act } from '../orders/event.ts';
import { pinFile } from '../staff/pin-file.ts';
import { PIN_COST, type HashCost } from '../staff/pin-hash.ts';
import { createPins, type CheckProblem, type NewPin, type SetProblem } from '../staff/pins.ts';
import { createSession, type SessionEnd } from '../staff/session.ts';
import type { Profile } from './profile.ts';
import type { SettingsStore } from './settings-store.ts';

/** Writes an act down, whether or not the terminal could be opened. */
export type Note = (actor: Actor, act: Act, outcome: string, about: string | null) => void;

export interface StaffParts {
  readonly profile: Pick<Profile, 'pins'>;
  readonly store: Pick<SettingsStore, 'settings'>;
  readonly clock: Clock;
  readonly note: Note;
  /** Somebody came or went, or a PIN stands differently. */
  readonly onChange: (view: StaffView) => void;
  readonly cost?: HashCost;
}

export interface StaffDesk {
  /** Whoever stands at the screen now. */
  caller(): Caller;
  view(): StaffView;
  signIn(role: PinRole, pin: string): Promise<Result<StaffView, CheckProblem>>;
  /** Nothing happens where nobody is signed in. */
  signOut(why: SessionEnd): StaffView;
  touch(): StaffView;
  setPin(wanted: NewPin): Promise<Result<StaffView, SetProblem>>;
}

/** Whoever stands at the screen; the role says the rest. */
const AT_SCREEN = 'screen';

export function createStaffDesk({ profile, store, clock, note, onChange, cost = PIN_COST }: StaffParts): StaffDesk {
  const pins = createPins({
    file: pinFile(profile.pins),
    clock,
    cost,
    environment: () => environmentNow(store),
    knownNumbers: () => numbersOf(store),
  });
  const session = createSession(clock, () => idleMsOf(store), () => signOut('idle'));

  const caller = (): Caller => ({ who: AT_SCREEN, role: session.role() ?? 'cashier' });
  const view = (): StaffView => {
    const { who, role } = caller();
    return { who, role, idle: session.idle(), ...pins.view(role) };
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
  /** A wrong PIN may have been the last for a while. */
  const lockNoted = (by: Actor, role: PinRole): void => {
    const { lockedForMs } = pins.view('cashier').pins[role];
    if (lockedForMs > 0) note(by, 'pin-locked', 'ok', `${role}, ${String(Math.round(lockedForMs / 60_000))} min`);
  };
  const refused = (by: Actor, act: Act, role: PinRole, code: string): void => {
    note(by, act, code, role);
    if (code === 'pin-wrong') lockNoted(by, role);
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
  };
}

/** A terminal whose settings cannot be read is taken for one with real money: what practice allows, it does not. */
function environmentNow(store: StaffParts['store']): Environment {
  const settings = store.settings();
  if (!settings.ok) return 'live';
  return settings.value.merchant === null ? 'practice' : environmentOf(settings.value.merchant);
}

function numbersOf(store: StaffParts['store']): string[] {
  const settings = store.settings();
  if (!settings.ok) return [];
  const { merchant, terminal } = settings.value;
  return [merchant?.mchId, merchant?.subMchId, terminal.storeId, terminal.deviceId].filter((number) => number !== undefined);
}

function idleMsOf(store: StaffParts['store']): number {
  const settings = store.settings();
  const { idleSignOutSeconds } = settings.ok ? settings.value.terminal : terminalSchema.parse({});
  return idleSignOutSeconds * 1_000;
}
