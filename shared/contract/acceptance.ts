/**
 * Acceptance of a terminal: one fen is taken with the till's own commands, and given back with these. Any other order is
 * not found here.
 */
import { z } from 'zod';
import { amountFenSchema } from '../money.ts';
import { familySchema, orderViewSchema, refusedActSchema, timelineRowSchema } from '../order/order.ts';
import { orderRef, type CommandSpec } from './spec.ts';
import { TECHNICIAN } from '../role.ts';

export const ACCEPTANCE_FEN = amountFenSchema.parse(1);

/**
 * `taking`: it is not known whether the fen was taken. `paid`: it was. `returning`: it is on its way back. `accepted`: it
 * is proved to be back. `not-charged`: WeChat refused the payment. `stuck`: the cancel needs a manager.
 */
export const acceptanceStateSchema = z.enum(['taking', 'paid', 'returning', 'accepted', 'not-charged', 'stuck']);
export type AcceptanceState = z.infer<typeof acceptanceStateSchema>;

export const acceptanceSchema = z.object({
  state: acceptanceStateSchema,
  mchId: z.string(),
  family: familySchema,
  /** The domain that the calls went to first. */
  gateway: z.string(),
  transactionId: z.string().nullable(),
  rows: z.array(timelineRowSchema),
});
export type Acceptance = z.infer<typeof acceptanceSchema>;

export const acceptanceCommands = {
  'acceptance.read': {
    roles: TECHNICIAN,
    input: orderRef,
    output: acceptanceSchema,
    codes: ['order-not-found'],
  },
  // Cancels the paid fen, with a manager's right over this one order. It leaves once the 15 s are over.
  'acceptance.give-back': {
    roles: TECHNICIAN,
    input: orderRef,
    output: orderViewSchema,
    codes: [...refusedActSchema.options, 'not-saved', 'order-not-found'],
  },
} as const satisfies Record<string, CommandSpec>;
