/** What can happen to an order, and what the machine may ask for. The journal keeps both in this form. */
import { z } from 'zod';
import { reasonCodeSchema } from '../../../shared/order/reason.ts';
import { roleSchema } from '../../../shared/role.ts';
import {
  payAnswerSchema,
  queryAnswerSchema,
  refundAnswerSchema,
  refundSeenSchema,
  reverseAnswerSchema,
} from '../../wechat/answers.ts';

const answered = { host: z.string(), latencyMs: z.number() };
const n = z.number().int().positive();
/** Why. Acts that need no reason have none, nor have entries from before there were reasons. */
const why = { code: reasonCodeSchema.optional(), note: z.string().min(1).max(200).optional() };

export const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('registered') }),
  // The last byte of the pay request was handed to the network. The window starts here.
  z.strictObject({ type: z.literal('pay-left') }),
  z.strictObject({ type: z.literal('pay-ended'), answer: payAnswerSchema, ...answered }),
  z.strictObject({ type: z.literal('query-ended'), n, answer: queryAnswerSchema, ...answered }),
  z.strictObject({ type: z.literal('reverse-ended'), n, answer: reverseAnswerSchema, ...answered }),
  z.strictObject({ type: z.literal('cancel-tapped'), by: roleSchema, ...why }),
  // The cancel of an entry that turned out to be this order under its other number.
  z.strictObject({ type: z.literal('cancel-handed-over'), by: roleSchema, evenIfPaid: z.boolean().optional() }),
  z.strictObject({ type: z.literal('cancel-withdrawn') }),
  z.strictObject({ type: z.literal('keep-chosen') }),
  z.strictObject({ type: z.literal('refund-chosen'), by: roleSchema.optional(), ...why }),
  z.strictObject({ type: z.literal('asked-by-hand') }),
  z.strictObject({ type: z.literal('tried-by-hand'), by: roleSchema, ...why }),
  z.strictObject({
    type: z.literal('manager-settled'),
    by: roleSchema,
    code: reasonCodeSchema.optional(),
    reason: z.string().min(1).max(200),
  }),
  // A manager took the order to the merchant platform, to refund it there. No money is known to have moved.
  z.strictObject({ type: z.literal('refund-handed-over'), by: roleSchema, ...why }),
  // A manager states that it was refunded there.
  z.strictObject({
    type: z.literal('refund-made'),
    by: roleSchema,
    refundNumber: z.string().min(1).max(64).nullable(),
    ...why,
  }),
  // A manager states that it was not refunded, and that the cancel goes on.
  z.strictObject({ type: z.literal('refund-not-made'), by: roleSchema, ...why }),
  // A manager asks for a refund through the API, under a number that was made for it alone.
  z.strictObject({
    type: z.literal('refund-asked'),
    by: roleSchema,
    outRefundNo: z.string().min(1).max(64),
    fen: z.number().int().positive(),
    account: z.enum(['unsettled', 'recharge']).nullable(),
    ...why,
  }),
  z.strictObject({ type: z.literal('refund-ended'), n, answer: refundAnswerSchema, ...answered }),
  z.strictObject({ type: z.literal('refund-looked'), n, answer: refundSeenSchema, ...answered }),
  z.strictObject({ type: z.literal('refund-retried'), by: roleSchema, outRefundNo: z.string(), ...why }),
  z.strictObject({ type: z.literal('refund-settled'), by: roleSchema, outRefundNo: z.string(), ...why }),
  // This entry turned out to be another entry's order, under its other number.
  z.strictObject({ type: z.literal('same-as'), orderId: z.string() }),
  z.strictObject({ type: z.literal('timer') }),
  // A process has taken over from one that is gone. Calls of that one will never be answered.
  z.strictObject({ type: z.literal('started-again') }),
]);
export type OrderEvent = z.infer<typeof eventSchema>;

/** Acts of people on an order: one that was refused is written down by its event's name, and the outcome says why. */
export const refusableActs = [
  'cancel-tapped',
  'cancel-withdrawn',
  'keep-chosen',
  'refund-chosen',
  'asked-by-hand',
  'tried-by-hand',
  'manager-settled',
  'refund-handed-over',
  'refund-made',
  'refund-not-made',
  'refund-asked',
  'refund-retried',
  'refund-settled',
] as const satisfies readonly OrderEvent['type'][];

export const actSchema = z.enum([
  ...refusableActs,
  // What people did to the terminal.
  'set-up',
  // A provisioning file that set nothing up; and how a provisioning file that set something up ended.
  'provision-refused',
  'provision-file',
  'language-changed',
  'sound-changed',
  'return-changed',
  'scenario-chosen',
  'pos-api-switched',
  'pos-token-made',
  'pos-token-revoked',
  // Signing in and out; the outcome says how a try ended. The act is about the role.
  'signed-in',
  'signed-out',
  'pin-locked',
  'pin-set',
  // The list of cashiers, and the shift change. `handed-over` and `taken-over` name the orders.
  'cashier-added',
  'cashier-removed',
  'shift-begun',
  'shift-ended',
  'handed-over',
  'taken-over',
  'crew-set-aside',
  // An exercise of the practice course that a cashier completed with an order of their own.
  'exercise-done',
  'training-set-aside',
  // A command that the role at the screen may not use.
  'command-refused',
  'audit-verified',
  'audit-exported',
  'orders-exported',
  'diagnostics-saved',
  'slip-printed',
  'slip-saved',
  'shift-sheet-printed',
  'shift-sheet-saved',
  'bill-compared',
  'differences-exported',
  'bill-asked',
  'self-test-run',
  // Updates of the app: what the feed said, what was fetched and prepared, and how the trial of a version began and
  // ended.
  'update-looked',
  'update-downloaded',
  'update-set',
  'update-begun',
  'update-ended',
  'update-put-back',
  'kiosk-left',
  'customer-display-switched',
  'slip-printer-chosen',
  'appearance-switched',
  // What the app did by itself.
  'app-started',
  'app-stopped',
  'journal-set-aside',
  'settings-restored',
  // Files of the profile that are gone together with their copies; and a manager has confirmed it.
  'files-gone',
  'files-gone-acknowledged',
  // Where a stretch of the chain begins: over the entries from before the chain, or under another key.
  'audit-begun',
  'order-covered',
  'audit-key-changed',
  // The end of the chain was not where the head says.
  'audit-broken',
  // What became of a damaged journal. Either its indices were rebuilt and nothing was lost, or a new journal took over
  // the named orders from it.
  'journal-rebuilt',
  'journal-rows-taken-over',
  'order-taken-over',
  'order-not-taken-over',
  // Entries that cannot be found anywhere: how many, and which.
  'journal-entries-lost',
  // A manager has confirmed what was lost.
  'journal-damage-acknowledged',
  // The file changed to a format that earlier versions do not read. A copy of the old file is beside it.
  'journal-format-changed',
]);
export type Act = z.infer<typeof actSchema>;

/** An act that changes no order. It is in the journal with the others, and never enters the machine. */
export const notedSchema = z.strictObject({
  type: z.literal('noted'),
  act: actSchema,
  /** `ok`, or a stable code. */
  outcome: z.string().min(1).max(200),
  /** What the act was done to or with, where that matters: a number, a file's name, a version. Never a secret. */
  about: z.string().max(200).nullable(),
});
export type Noted = z.infer<typeof notedSchema>;

/** What an entry of the journal may hold. */
export const entryEventSchema = z.discriminatedUnion('type', [...eventSchema.options, notedSchema]);
export type EntryEvent = z.infer<typeof entryEventSchema>;

/** An entry that a later version wrote in words that this one does not know. `kind`: its name there. */
export interface UnknownEvent {
  readonly type: 'unknown';
  readonly kind: string;
}

export const effectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('send-query'), n }),
  z.strictObject({ kind: z.literal('send-reverse'), n }),
  z.strictObject({ kind: z.literal('send-refund'), n }),
  // refundquery about one refund, by its out_refund_no.
  z.strictObject({ kind: z.literal('ask-refund'), n }),
]);
/** What the engine must do once the order is on disk, and not before. */
export type Effect = z.infer<typeof effectSchema>;
