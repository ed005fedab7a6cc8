/** Who may do what: the one table of roles and commands. The main process holds it; the screen only hides by it. */
import { setupCommandNames, type CommandName } from './ipc-names.ts';
import { roleSchema, type Role } from './role.ts';

export { decidesOnMoney, needsDecision, roleSchema, type Role } from './role.ts';

const everybody: readonly Role[] = roleSchema.options;
/** Whoever serves customers. A technician tries the till out, with the cashier's rights and no more. */
const atTheTill: readonly Role[] = roleSchema.options;
const technicians: readonly Role[] = ['technician'];

const managersOnly: readonly Role[] = ['manager'];

const managerOnly: readonly Role[] = ['manager'];
const inTheOffice: readonly Role[] = ['manager', 'technician'];

/** Who may read what others did. A technician needs it to help; nothing can be done there. */
const readers: readonly Role[] = ['manager', 'technician'];

/** Deciding about money and setting the terminal up are kept apart: neither role has the other's commands. */
export const permissions: Readonly<Record<CommandName, readonly Role[]>> = {
  'app.snapshot': everybody,
  'app.set-language': everybody,
  'sound.set': everybody,
  'payment.take': atTheTill,
  'payment.stop': atTheTill,
  'payment.clear': atTheTill,
  'order.find': atTheTill,
  'order.cancel': atTheTill,
  'order.withdraw': atTheTill,
  'order.keep': atTheTill,
  'order.refund': atTheTill,
  'order.ask': atTheTill,
  'order.try-now': atTheTill,
  'order.timeline': atTheTill,
  'practice.set-scenario': everybody,
  'manager.stuck': managersOnly,
  'manager.confirm': managersOnly,
  'manager.act': managersOnly,
  'manager.cancel-number': managersOnly,
  'manager.acknowledge-damage': managersOnly,
  'setup.state': technicians,
  'setup.begin': technicians,
  'setup.discard': technicians,
  'setup.pick-certificate': technicians,
  'setup.pick-key-file': technicians,
  'setup.pick-authority': technicians,
  'setup.set-passphrase': technicians,
  'setup.set-api-key': technicians,
  'setup.set-support-passphrase': technicians,
  'setup.check': technicians,
  'setup.apply': technicians,
  'setup.go-back': technicians,
  'setup.find-provision': technicians,
  'setup.pick-provision': technicians,
  'setup.apply-provision': technicians,
  'export.orders': managerOnly,
  'export.diagnostics': inTheOffice,
  'audit.verify': inTheOffice,
  'audit.export': inTheOffice,
  'slip.read': atTheTill,
  'slip.print': atTheTill,
  // It opens the system's own dialog over the till, from which one gets everywhere.
  'slip.save': inTheOffice,
  'bill.compare': managerOnly,
  'bill.export': managerOnly,
  'bill.ask': managerOnly,
  'pos.status': ['technician'],
  'pos.switch': ['technician'],
  'pos.renew-token': ['technician'],
  'pos.revoke-token': ['technician'],
  'staff.state': everybody,
  'staff.sign-in': everybody,
  'staff.sign-out': everybody,
  'staff.touch': everybody,
  // Whose PIN whom lets set: electron/staff/pin-rights.ts.
  'staff.set-pin': everybody,
  'shift.state': atTheTill,
  // A manager may do it for somebody who went without handing over.
  'shift.sign-on': atTheTill,
  'shift.sign-off': atTheTill,
  'cashier.add': ['manager'],
  'cashier.remove': ['manager'],
  // The course under the own name; a manager sees everybody's.
  'training.state': everybody,
  'training.done': ['cashier'],
  'training.begin-anew': ['cashier'],
  'training.later': ['cashier'],
  'training.results': managersOnly,
  'history.page': readers,
  'history.totals': readers,
  'history.order': readers,
  'history.cashiers': readers,
  'updates.state': ['technician'],
  'updates.look': ['technician'],
  'updates.set': ['technician'],
  'self-test.run': ['technician'],
  'self-test.last': ['manager', 'technician'],
  'self-test.screen': ['technician'],
  'self-test.print': ['manager', 'technician'],
  'customer-display.state': technicians,
  'customer-display.switch': technicians,
  'kiosk.leave': technicians,
  'kiosk.alive': everybody,
};

/**
 * What whoever is at the screen may do while the terminal is fresh: no merchant set up, and no technician who could sign
 * in to do it. There is nothing to guard yet, and somebody must begin.
 */
const onFreshTerminal: readonly CommandName[] = setupCommandNames;

/**
 * Whether `role` may give the command at all, on a terminal that may be `fresh`. What an order's state forbids beyond that
 * is the machine's (acts.ts).
 */
export const mayDo = (role: Role, name: CommandName, fresh = false): boolean =>
  permissions[name].includes(role) || (fresh && onFreshTerminal.includes(name));
