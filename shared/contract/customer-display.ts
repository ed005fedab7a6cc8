/** The customer's display: whether one is found, and whether it is used. */
import { z } from 'zod';
import { TECHNICIAN } from '../role.ts';
import { nothing, type CommandSpec } from './spec.ts';

const px = z.number().int().positive();

export const customerDisplaySchema = z.strictObject({
  /** Whether a second display, if there is one, shows the customer the payment. */
  enabled: z.boolean(),
  /** The display that the till does not use, in CSS px; `null` if there is none. */
  found: z.strictObject({ width: px, height: px }).nullable(),
});
export type CustomerDisplay = z.infer<typeof customerDisplaySchema>;

export const customerDisplayCommands = {
  'customer-display.state': { roles: TECHNICIAN, input: nothing, output: customerDisplaySchema, codes: [] },
  // Takes effect at once, and stays after a restart.
  'customer-display.switch': {
    roles: TECHNICIAN,
    input: z.strictObject({ enabled: z.boolean() }),
    output: customerDisplaySchema,
    codes: ['not-saved'],
  },
} as const satisfies Record<string, CommandSpec>;
