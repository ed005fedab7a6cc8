/** Who may set whose PIN. Pure. */
import type { PinRole, PinView } from '../../shared/contract/staff.ts';
import type { Role } from '../../shared/roles.ts';
import type { Environment } from '../../shared/settings.ts';

/**
 * While a PIN is not set, anybody may set it in practice: a shop tries it out, and the set-up begins there. With real
 * money the first PINs come from a technician. A technician gives the manager a new PIN and cannot use the old one; the
 * technician's own, where it is forgotten, takes the operating system's account (`facepay pin reset technician`).
 */
export function maySetPin(target: PinRole, isSet: boolean, by: Role, environment: Environment): PinView['maySet'] {
  if (!isSet && environment === 'practice') return 'yes';
  if (target === 'manager' && by === 'technician') return 'yes';
  return isSet && target === by ? 'with-current' : 'no';
}
