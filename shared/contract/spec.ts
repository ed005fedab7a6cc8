/** What a command of the contract consists of, and the inputs that several commands share. */
import { z } from 'zod';
import { orderIdSchema } from '../order/order.ts';
import type { Role } from '../role.ts';

export interface CommandSpec {
  /**
   * Who may give the command. Deciding about money and setting the terminal up are separate: neither role has the
   * other's commands.
   */
  readonly roles: readonly Role[];
  /**
   * Anyone may, while no merchant is set up and no technician could sign in to do it: there is nothing to guard yet.
   */
  readonly onFreshTerminal?: true;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** In addition to the codes with which every command may fail (`commonCodes`). */
  readonly codes: readonly string[];
}

/**
 * Whether `role` may give the command at all, on a terminal that may be `fresh`. What an order's state forbids beyond
 * that is decided by the machine (user-events.ts). Main enforces this; the screen only hides commands by it.
 */
export const mayGive = (
  role: Role,
  { roles, onFreshTerminal }: Pick<CommandSpec, 'roles' | 'onFreshTerminal'>,
  fresh = false,
): boolean => roles.includes(role) || (fresh && onFreshTerminal === true);

export const nothing = z.strictObject({});
export const orderRef = z.strictObject({ orderId: orderIdSchema });
