/** The manager's first page: how today stands, and what waits for a manager. Reading it changes nothing. */
import { z } from 'zod';
import { daySchema } from '../beijing.ts';
import { MANAGER } from '../role.ts';
import { countedSchema } from './shift-sheet.ts';
import { nothing, type CommandSpec } from './spec.ts';

/** The last comparison with WeChat's bill: of which day, and how many orders differ. */
export const lastBillSchema = z.strictObject({ day: daySchema, differing: z.number().int().nonnegative() });
export type LastBill = z.infer<typeof lastBillSchema>;

/** What differs between WeChat's bills and this terminal, and no manager has seen yet. */
export const billStandingSchema = z.strictObject({ days: z.array(daySchema), inDoubt: countedSchema });
export type BillStanding = z.infer<typeof billStandingSchema>;

export const overviewSchema = z.object({
  /** Today, in Beijing. */
  day: daySchema,
  paid: countedSchema,
  cancelled: countedSchema,
  refunded: countedSchema,
  /** The orders, however old, whose outcome is open or waits for a manager. */
  inDoubt: countedSchema,
  /** How many of them wait for a manager. */
  waiting: z.number().int().nonnegative(),
  /** The newest day that was compared; `null` until a bill was compared. */
  lastBill: lastBillSchema.nullable(),
  /** The days that differ, oldest first. */
  bills: billStandingSchema,
  /** Whole days until the merchant's certificate ends; below 0 once it has. `null` in practice, which has none. */
  certificateDays: z.number().int().nullable(),
});
export type Overview = z.infer<typeof overviewSchema>;

export const overviewCommands = {
  // It costs as much as today's orders and those in doubt, however many there were before: with a million orders too.
  'overview.read': { roles: MANAGER, input: nothing, output: overviewSchema, codes: [] },
} as const satisfies Record<string, CommandSpec>;
