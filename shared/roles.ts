/** Who may do what: the one table of roles and commands. The main process holds it; the screen only hides by it. */
import { z } from 'zod';
import type { CommandName } from './ipc-names.ts';

export const roleSchema = z.enum(['cashier', 'manager', 'technician']);
export type Role = z.infer<typeof roleSchema>;

const everybody: readonly Role[] = roleSchema.options;
/** Whoever serves customers. A technician tries the till out, with the cashier's rights and no more. */
const atTheTill: readonly Role[] = roleSchema.options;

/** Who may read what others did. A technician needs it to help; nothing can be done there. */
const readers: readonly Role[] = ['manager', 'technician'];

/** Deciding about money and setting the terminal up are kept apart: neither role has the other's commands. */
export const permissions: Readonly<Record<CommandName, readonly Role[]>> = {
  'app.snapshot': everybody,
  'app.set-language': everybody,
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
  'history.page': readers,
  'history.totals': readers,
  'history.order': readers,
  'history.cashiers': readers,
  'self-test.run': ['technician'],
  'self-test.last': ['manager', 'technician'],
  'self-test.screen': ['technician'],
  'self-test.print': ['manager', 'technician'],
};

/** A manager's word on an order: refunding what is paid, taking up or closing what is stuck. Nobody else has it. */
export const decidesOnMoney = (role: Role): boolean => role === 'manager';

/** Whether `role` may give the command at all. What an order's state forbids beyond that is the machine's (acts.ts). */
export const mayDo = (role: Role, name: CommandName): boolean => permissions[name].includes(role);
