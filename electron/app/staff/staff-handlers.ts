import type { staffCommands } from '../../../shared/contract/staff.ts';
import type { trainingCommands } from '../../../shared/contract/training.ts';
import { ok } from '../../../shared/result.ts';
import type { Handlers } from '../core/handler.ts';
import type { StaffService } from './staff-service.ts';
import { tidied } from './practice-orders.ts';
import { beginAnew, exerciseDone, putOffCourse, trainingResults, trainingState } from './training-service.ts';

/** They also work on a terminal that could not be opened: the person who repairs it must sign in first. */
export function staffHandlers(staff: StaffService): Pick<Handlers, keyof typeof staffCommands> {
  return {
    'staff.state': { withoutServices: () => ok(staff.view()) },
    'staff.sign-in': { withoutServices: ({ role, pin }) => staff.signIn(role, pin) },
    'staff.sign-out': { withoutServices: () => ok(staff.signOut('ok')) },
    'staff.touch': { withoutServices: () => ok(staff.touch()) },
    'staff.set-pin': { withoutServices: (wanted) => staff.setPin(wanted) },
  };
}

export const trainingHandlers = (staff: StaffService): Pick<Handlers, keyof typeof trainingCommands> => ({
  'training.state': (services, _input, caller) => ok(trainingState(services, staff, caller)),
  'training.done': (services, done, caller) => exerciseDone(services, staff, done, caller),
  'training.begin-anew': () => beginAnew(staff),
  'training.later': () => putOffCourse(staff),
  'training.tidy': (services) => tidied(services),
  'training.results': () => ok(trainingResults(staff)),
});
