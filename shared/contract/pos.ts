/** The local API for till software: a technician's commands, and the link that opens an order. */
import { z } from 'zod';
import { orderViewSchema, outTradeNoSchema } from '../order/order.ts';
import { TECHNICIAN } from '../role.ts';
import { nothing, type CommandSpec } from './spec.ts';

/** The port of the API by default: above the system's ports, below those that the system assigns by itself. */
export const POS_PORT = 18_642;

export const posPortSchema = z.number().int().min(1_024).max(65_535);

export const posStatusSchema = z.object({
  enabled: z.boolean(),
  port: posPortSchema,
  running: z.boolean(),
  /** Why the API does not run although it is switched on, or why its settings cannot be read. */
  problem: z.enum(['port-in-use', 'port-refused', 'settings-unreadable']).nullable(),
  /** The valid token. Its secret is shown once, when it is made. */
  token: z.object({ id: z.string(), madeAtMs: z.number() }).nullable(),
});
export type PosStatus = z.infer<typeof posStatusSchema>;

export const posCommands = {
  'pos.status': { roles: TECHNICIAN, input: nothing, output: posStatusSchema, codes: [] },
  'pos.switch': {
    roles: TECHNICIAN,
    input: z.strictObject({ enabled: z.boolean(), port: posPortSchema }),
    output: posStatusSchema,
    codes: ['not-saved'],
  },
  // Makes the only valid token; the one before it is invalid at once. Only this command returns its secret.
  'pos.renew-token': {
    roles: TECHNICIAN,
    input: nothing,
    output: z.object({ token: z.string(), status: posStatusSchema }),
    codes: ['not-saved'],
  },
  'pos.revoke-token': { roles: TECHNICIAN, input: nothing, output: posStatusSchema, codes: ['not-saved'] },
} as const satisfies Record<string, CommandSpec>;

/** An order that a link asked to see, with its view if this terminal knows it. */
export const openOrderSchema = z.object({ number: outTradeNoSchema, order: orderViewSchema.nullable() });
export type OpenOrder = z.infer<typeof openOrderSchema>;
