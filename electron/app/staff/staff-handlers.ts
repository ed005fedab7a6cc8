import type { shiftCommands } from '../../../shared/contract/shift.ts';
import type { staffCommands } from '../../../shared/contract/staff.ts';
import type { trainingCommands } from '../../../shared/contract/training.ts';
import { ok } from '../../../shared/result.ts';
import type { Handlers } from '../core/handler.ts';
import { addCashier, removeCashier, shiftView, signOff, signOn } from './shift-service.ts';
import type { StaffService } from './staff-service.ts';
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

export const shiftHandlers = (staff: StaffService): Pick<Handlers, keyof typeof shiftCommands> => ({
  'shift.state': (services, _input, caller) => ok(shiftView(services, staff, caller)),
  'shift.sign-on': (services, { name, seen }, caller) => signOn(services, staff, name, seen, caller),
  'shift.sign-off': (services, { seen }, caller) => signOff(services, staff, seen, caller),
  'cashier.add': (services, { name }, caller) => addCashier(services, staff, name, caller),
  'cashier.remove': (services, { name }, caller) => removeCashier(services, staff, name, caller),
});

export const trainingHandlers = (staff: StaffService): Pick<Handlers, keyof typeof trainingCommands> => ({
  'training.state': (services, _input, caller) => ok(trainingState(services, staff, caller)),
  'training.done': (services, done, caller) => exerciseDone(services, staff, done, caller),
  'training.begin-anew': () => beginAnew(staff),
  'training.later': () => putOffCourse(staff),
  'training.results': () => ok(trainingResults(staff)),
});
