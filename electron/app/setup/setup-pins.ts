/**
 * First PINs from a provisioning file: all of them are set at once, and taken back if the set-up is. Another person
 * chose the manager's PIN, so it can only be used to choose a new one.
 */
import { pinProblem } from '../../../shared/pin-rules.ts';
import { fail, ok } from '../../../shared/result.ts';
import { holdsNoPin, noPins, pinFile, withPin, type KeptPin } from '../../staff/pin-file.ts';
import { hashPin, PIN_COST, type HashCost } from '../../staff/pin-hash.ts';
import { noTries } from '../../staff/pin-lock.ts';
import type { Profile } from '../settings/profile.ts';
import type { SetupPins } from './setup-parts.ts';

export function setupPins(profile: Pick<Profile, 'pins'>, cost: HashCost = PIN_COST): SetupPins {
  const file = pinFile(profile.pins);
  return {
    technicianSet() {
      const kept = file.read();
      // A file that cannot be read may well contain a PIN.
      return !kept.ok || kept.value.technician !== null;
    },
    problemOf({ manager, technician }, knownNumbers) {
      const problems = [manager, technician].map((pin) => (pin === undefined ? null : pinProblem(pin, knownNumbers)));
      return problems.find((problem) => problem !== null) ?? null;
    },
    async set(pins) {
      const before = file.read();
      const wanted = (['manager', 'technician'] as const).flatMap((role) =>
        pins[role] === undefined ? [] : [{ role, pin: pins[role] }],
      );
      if (wanted.length === 0) return ok(() => undefined);
      // A file that is only held for a moment may contain a PIN that the provisioning file does not bring.
      if (!before.ok && !holdsNoPin(before.error)) return fail('not-saved');
      let next = before.ok ? before.value : noPins;
      for (const { role, pin } of wanted) {
        const kept: KeptPin = {
          kept: await hashPin(pin, cost),
          trial: false,
          initial: role === 'manager',
          tries: noTries,
        };
        next = withPin(next, role, kept);
      }
      if (!file.write(next).ok) return fail('not-saved');
      return ok(() => {
        if (before.ok) file.write(before.value);
      });
    },
  };
}
