/**
 * The roles, and who decides on money: what the till must know of them from the start. Each command of the contract
 * states who may give it.
 */
import { z } from 'zod';
import type { Action, PhaseView } from './order/order.ts';

export const roleSchema = z.enum(['cashier', 'manager', 'technician']);
export type Role = z.infer<typeof roleSchema>;

export const ANYBODY: readonly Role[] = roleSchema.options;
export const CASHIER: readonly Role[] = ['cashier'];
export const MANAGER: readonly Role[] = ['manager'];
export const TECHNICIAN: readonly Role[] = ['technician'];
/** Who may read what others did. A technician needs it to help, and can change nothing there. */
export const OFFICE: readonly Role[] = ['manager', 'technician'];

/**
 * A manager's decision on an order: refunding what is paid, taking up or closing what is stuck. No other role may make
 * it.
 */
export const decidesOnMoney = (role: Role): boolean => role === 'manager';

/**
 * Whether this act of `role` on an order in this phase decides on money. Such an act needs a reason and a held button,
 * and goes by `manager.act`. The screen uses this rule to ask for them; the gate in main (money-gate.ts) and the
 * machine (user-events.ts) enforce it.
 */
export const needsDecision = (role: Role, action: Action, phase: PhaseView['name']): boolean =>
  decidesOnMoney(role) &&
  ((action === 'cancel' && phase === 'paid') ||
    (action === 'refund' && phase === 'choosing') ||
    (action === 'try-now' && phase === 'attention'));
