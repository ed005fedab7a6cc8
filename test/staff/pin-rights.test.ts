/** Who may set whose PIN, cell by cell. */
import { expect, it } from 'vitest';
import { maySetPin } from '../../electron/staff/pin-rights.ts';

const NO = 'no' as const;
const YES = 'yes' as const;
const OWN = 'with-current' as const;

it.each([
  // whose PIN, its state, where, [cashier, manager, technician]
  ['manager', 'none', 'practice', [YES, YES, YES]],
  ['manager', 'initial', 'practice', [OWN, OWN, YES]],
  ['manager', 'own', 'practice', [NO, OWN, YES]],
  ['manager', 'none', 'live', [NO, NO, YES]],
  ['manager', 'initial', 'live', [OWN, OWN, YES]],
  ['manager', 'own', 'live', [NO, OWN, YES]],
  ['technician', 'none', 'practice', [YES, YES, YES]],
  ['technician', 'initial', 'practice', [OWN, OWN, OWN]],
  ['technician', 'own', 'practice', [NO, NO, OWN]],
  ['technician', 'none', 'live', [NO, NO, NO]],
  ['technician', 'initial', 'live', [OWN, OWN, OWN]],
  ['technician', 'own', 'live', [NO, NO, OWN]],
] as const)(
  'the PIN of the %s (%s, %s) may be set by cashier, manager, technician: %j',
  (target, state, environment, may) => {
    expect(
      (['cashier', 'manager', 'technician'] as const).map((by) => maySetPin(target, state, by, environment)),
    ).toEqual(may);
  },
);
