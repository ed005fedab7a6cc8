import type { staffCommandNames } from '../../shared/ipc-names.ts';
import { ok } from '../../shared/result.ts';
import type { Handlers } from './dispatch.ts';
import type { StaffDesk } from './staff-desk.ts';

/** They work on a terminal that could not be opened: whoever mends it must sign in first. */
export function staffHandlers(staff: StaffDesk): Pick<Handlers, (typeof staffCommandNames)[number]> {
  return {
    'staff.state': { alone: () => ok(staff.view()) },
    'staff.sign-in': { alone: ({ role, pin }) => staff.signIn(role, pin) },
    'staff.sign-out': { alone: () => ok(staff.signOut('ok')) },
    'staff.touch': { alone: () => ok(staff.touch()) },
    'staff.set-pin': { alone: (wanted) => staff.setPin(wanted) },
  };
}
