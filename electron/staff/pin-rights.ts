/** Who may set whose PIN. Pure. */
import type { PinRole, PinView } from '../../shared/contract/staff.ts';
import type { Role } from '../../shared/role.ts';
import type { Environment } from '../../shared/settings.ts';

/** `initial`: given by another person, and only good for choosing one's own. */
export type PinState = 'none' | 'initial' | 'own';

/**
 * While a PIN is not set, anyone may set it in practice: a shop tries it out, and the set-up begins there. With real
 * money the first PINs come from a technician. A technician gives the manager a new PIN and cannot use the old one. A
 * technician who forgot their own PIN needs the operating system's account (`facepay pin reset technician`).
 */
export function maySetPin(target: PinRole, state: PinState, by: Role, environment: Environment): PinView['maySet'] {
  if (state === 'none' && environment === 'practice') return 'yes';
  if (target === 'manager' && by === 'technician') return 'yes';
  return state === 'initial' || (state === 'own' && target === by) ? 'with-current' : 'no';
}
