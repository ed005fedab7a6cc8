/**
 * Checking and setting PINs. A try is recorded as wrong before it is checked, so that ending the app gains no extra
 * try. Acts run one after another.
 */
import type { PinRole, PinView, StaffView } from '../../shared/contract/staff.ts';
import { pinProblem, type PinProblem } from '../../shared/pin-rules.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Role } from '../../shared/role.ts';
import type { Environment } from '../../shared/settings.ts';
import type { Clock } from '../base/clock.ts';
import {
  holdsNoPin,
  noPins,
  withPin,
  type KeptPin,
  type KeptPins,
  type PinFile,
  type PinFileProblem,
} from './pin-file.ts';
import { hashPin, isPin, type HashCost } from './pin-hash.ts';
import { afterWrong, lockLeftMs, noTries, rebasedTries, triesLeft } from './pin-lock.ts';

/** `initial`: given by somebody else, and good for nothing but choosing one's own. */
type PinState = 'none' | 'initial' | 'own';

type TryProblem = 'pin-wrong' | 'pin-locked' | 'pin-not-set' | 'pins-unreadable' | 'not-saved';
export type CheckProblem = TryProblem | 'pin-initial';
export type SetProblem = PinProblem | TryProblem | 'pin-not-yours' | 'pin-same';

export interface PinsParts {
  readonly file: PinFile;
  readonly clock: Clock;
  readonly cost: HashCost;
  readonly environment: () => Environment;
  /** What can be read on this terminal; no PIN may be part of it. */
  readonly knownNumbers: () => readonly string[];
}

export interface NewPin {
  readonly role: PinRole;
  readonly pin: string;
  readonly currentPin?: string | undefined;
}

export interface Pins {
  /** `pin-initial`: it is right, but its owner must choose another before it opens anything. */
  check(role: PinRole, pin: string): Promise<Result<null, CheckProblem>>;
  set(wanted: NewPin, by: Role): Promise<Result<null, SetProblem>>;
  /**
   * Sets a PIN without asking for the old one, also over a damaged file or in place of one that is gone. For a person with the operating system's
   * account.
   */
  reset(role: PinRole, pin: string): Promise<Result<null, PinProblem | 'not-saved'>>;
  /** The state of the PINs for the person at the screen. */
  view(by: Role): Pick<StaffView, 'pins' | 'knownNumbers' | 'trouble'>;
}

/**
 * Who may set whose PIN. While a PIN is not set, anybody may set it in practice: a shop tries it out, and the set-up begins
 * there. With real money the first PINs come from a technician. A technician gives the manager a new PIN and cannot use the
 * old one; the technician's own, where it is forgotten, takes the operating system's account (`facepay pin reset technician`).
 */
export function maySetPin(target: PinRole, state: PinState, by: Role, environment: Environment): PinView['maySet'] {
  if (state === 'none' && environment === 'practice') return 'yes';
  if (target === 'manager' && by === 'technician') return 'yes';
  return state === 'initial' || (state === 'own' && target === by) ? 'with-current' : 'no';
}

export function createPins(parts: PinsParts): Pins {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(act: () => Promise<Value>): Promise<Value> => {
    const done = last.then(act);
    last = done.catch(() => undefined);
    return done;
  };
  return {
    check: (role, pin) =>
      inTurn(async () => {
        const checked = await tried(parts, role, pin);
        if (!checked.ok) return checked;
        return checked.value.initial ? fail('pin-initial') : ok(null);
      }),
    set: (wanted, by) => inTurn(() => set(parts, wanted, by)),
    reset: (role, pin) => inTurn(() => reset(parts, role, pin)),
    view: (by) => view(parts, by),
  };
}

/**
 * The stored state in terms of this process's clock. If it was another process's, it is written back to disk for the
 * next process.
 */
function read({ file, clock }: PinsParts): Result<KeptPins, PinFileProblem> {
  const kept = file.read();
  if (!kept.ok) return kept;
  const now = rebased(kept.value, clock);
  if (now !== kept.value) file.write(now);
  return ok(now);
}

const counts = (kept: KeptPin | null, { environment }: PinsParts): kept is KeptPin =>
  kept !== null && !(kept.trial && environment() === 'live');

const stateOf = (kept: KeptPin | null, parts: PinsParts): PinState =>
  !counts(kept, parts) ? 'none' : kept.initial ? 'initial' : 'own';

async function tried(parts: PinsParts, role: PinRole, pin: string): Promise<Result<KeptPin, TryProblem>> {
  const { file, clock } = parts;
  const pins = read(parts);
  if (!pins.ok) return fail('pins-unreadable');
  const kept = pins.value[role];
  if (!counts(kept, parts)) return fail('pin-not-set');
  const now = clock.read();
  if (lockLeftMs(kept.tries, now) > 0) return fail('pin-locked');
  const used = { ...kept, tries: afterWrong(kept.tries, now) };
  if (!file.write(withPin(pins.value, role, used)).ok) return fail('not-saved');
  if (!(await isPin(pin, kept.kept))) return fail('pin-wrong');
  const saved = change(parts, role, { ...kept, tries: noTries });
  return saved.ok ? ok(kept) : saved;
}

/** Read again: a terminal command may have written while the hash was computed. */
function change(parts: PinsParts, role: PinRole, next: KeptPin): Result<null, 'pins-unreadable' | 'not-saved'> {
  const pins = read(parts);
  if (!pins.ok) return fail('pins-unreadable');
  return parts.file.write(withPin(pins.value, role, next)).ok ? ok(null) : fail('not-saved');
}

async function set(parts: PinsParts, { role, pin, currentPin }: NewPin, by: Role): Promise<Result<null, SetProblem>> {
  const { environment, knownNumbers } = parts;
  const pins = read(parts);
  if (!pins.ok) return fail('pins-unreadable');
  const may = maySetPin(role, stateOf(pins.value[role], parts), by, environment());
  if (may === 'no') return fail('pin-not-yours');
  // First of all: a wrong PIN is a try, whatever the new one is.
  if (may === 'with-current') {
    const checked = await tried(parts, role, currentPin ?? '');
    if (!checked.ok) return checked;
    if (pin === currentPin) return fail('pin-same');
  }
  const problem = pinProblem(pin, knownNumbers());
  if (problem !== null) return fail(problem);
  const kept = await hashPin(pin, parts.cost);
  // A practice PIN stays one until a technician gives a new PIN, also if its owner changes it.
  const given = role === 'manager' && by === 'technician';
  const trial = role === 'manager' && !given && (pins.value[role]?.trial ?? true);
  return change(parts, role, { kept, trial, initial: given, tries: noTries });
}

async function reset(
  { file, cost, knownNumbers }: PinsParts,
  role: PinRole,
  pin: string,
): Promise<Result<null, PinProblem | 'not-saved'>> {
  const problem = pinProblem(pin, knownNumbers());
  if (problem !== null) return fail(problem);
  const kept = { kept: await hashPin(pin, cost), trial: false, initial: false, tries: noTries };
  const pins = file.read();
  // A file that is only held for a moment may contain the other role's PIN.
  if (!pins.ok && !holdsNoPin(pins.error)) return fail('not-saved');
  return file.write(withPin(pins.ok ? pins.value : noPins, role, kept)).ok ? ok(null) : fail('not-saved');
}

function view(parts: PinsParts, by: Role): ReturnType<Pins['view']> {
  const pins = read(parts);
  const viewOf = (role: PinRole): PinView => {
    const kept = pins.ok ? pins.value[role] : null;
    const tries = kept?.tries ?? noTries;
    return {
      set: counts(kept, parts) || !pins.ok,
      maySet: pins.ok ? maySetPin(role, stateOf(kept, parts), by, parts.environment()) : 'no',
      triesLeft: triesLeft(tries),
      lockedForMs: Math.ceil(lockLeftMs(tries, parts.clock.read())),
    };
  };
  return {
    pins: { manager: viewOf('manager'), technician: viewOf('technician') },
    knownNumbers: [...parts.knownNumbers()],
    trouble: pins.ok ? null : pins.error,
  };
}

function rebased(pins: KeptPins, clock: Clock): KeptPins {
  const now = clock.read();
  const ofRole = (kept: KeptPin | null): KeptPin | null => {
    const tries = kept === null ? noTries : rebasedTries(kept.tries, now);
    return kept === null || tries === kept.tries ? kept : { ...kept, tries };
  };
  const [manager, technician] = [ofRole(pins.manager), ofRole(pins.technician)];
  return manager === pins.manager && technician === pins.technician ? pins : { ...pins, manager, technician };
}
