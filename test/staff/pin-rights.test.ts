/** Who may set whose PIN, cell by cell. */
import { expect, it } from 'vitest';
import { maySetPin } from '../../electron/staff/pin-rights.ts';

const NO = 'no' as const;
const YES = 'yes' as const;
const OWN = 'with-current' as const;

it.each([
  // whose, is it set, where, [cashier, manager, technician]
  ['manager', false, 'practice', [YES, YES, YES]],
  ['manager', true, 'practice', [NO, OWN, YES]],
  ['manager', false, 'live', [NO, NO, YES]],
  ['manager', true, 'live', [NO, OWN, YES]],
  ['technician', false, 'practice', [YES, YES, YES]],
  ['technician', true, 'practice', [NO, NO, OWN]],
  ['technician', false, 'live', [NO, NO, NO]],
  ['technician', true, 'live', [NO, NO, OWN]],
] as const)('the PIN of the %s (set: %s, %s) may be set by cashier, manager, technician: %j', (target, isSet, environment, may) => {
  expect((['cashier', 'manager', 'technician'] as const).map((by) => maySetPin(target, isSet, by, environment))).toEqual(may);
});
