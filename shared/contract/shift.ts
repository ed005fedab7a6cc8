/** Who serves, by name, and what is handed over at the end of a shift: the orders that are not settled. */
import { z } from 'zod';
import { orderIdSchema, orderViewSchema } from '../order/order.ts';
import { ANYBODY, MANAGER } from '../role.ts';
import { nothing, type CommandSpec } from './spec.ts';

/** As it is on the screen and in the audit trail. */
export const cashierNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(16)
  .regex(/^\P{C}*$/u);
/** More than a shop has; the screen shows them all at once. */
export const CASHIERS_MAX = 40;

export const rosterViewSchema = z.object({
  names: z.array(z.string()),
  /**
   * Who serves now; without a name if the shop uses none. `null`: the last cashier has handed over and no one has taken
   * over.
   */
  on: z.object({ name: z.string().nullable() }).nullable(),
});
export type RosterView = z.infer<typeof rosterViewSchema>;

export const shiftViewSchema = rosterViewSchema.extend({
  /** Who handed over last and when, while no one has taken over. */
  left: z
    .object({
      by: z.string().nullable(),
      atMs: z.number(),
      /** The sheet of the shift that ended; `null` where it has none. */
      sheetId: z.number().int().nullable(),
    })
    .nullable(),
  /**
   * What must be seen before the shift changes: all orders that are not settled, and the orders that were handed over,
   * even if they are settled by now.
   */
  orders: z.array(orderViewSchema),
  /** A payment is before the camera or under way; the cashier must not leave it. */
  payingNow: z.boolean(),
});
export type ShiftView = z.infer<typeof shiftViewSchema>;

export const SEEN_MAX = 2_000;
/** The orders as they were on the screen when the person confirmed having seen them. */
const seen = z.array(z.strictObject({ orderId: orderIdSchema, version: z.number().int() })).max(SEEN_MAX);
const byName = z.strictObject({ name: cashierNameSchema });

export const shiftCommands = {
  'shift.state': { roles: ANYBODY, input: nothing, output: shiftViewSchema, codes: [] },
  // A manager may do it for a cashier who left without handing over.
  'shift.sign-on': {
    roles: ANYBODY,
    input: z.strictObject({ name: cashierNameSchema.nullable(), seen }),
    output: shiftViewSchema,
    codes: ['list-changed', 'unknown-cashier', 'shift-taken', 'not-saved'],
  },
  'shift.sign-off': {
    roles: ANYBODY,
    input: z.strictObject({ seen }),
    output: shiftViewSchema,
    codes: ['list-changed', 'payment-under-way', 'nobody-on-shift', 'not-saved'],
  },
  'cashier.add': {
    roles: MANAGER,
    input: byName,
    output: rosterViewSchema,
    codes: ['name-taken', 'too-many-cashiers', 'not-saved'],
  },
  'cashier.remove': {
    roles: MANAGER,
    input: byName,
    output: rosterViewSchema,
    codes: ['unknown-cashier', 'cashier-on-shift', 'not-saved'],
  },
} as const satisfies Record<string, CommandSpec>;
