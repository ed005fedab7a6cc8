/** The manager's list: what is stuck, worst first, and what a manager does about it, several at once. */
import { z } from 'zod';
import { orderIdSchema, orderViewSchema, outTradeNoSchema, refusedActSchema, transactionIdSchema } from '../order.ts';
import { reasonSchema, refundNumberSchema } from '../reason.ts';
import type { CommandSpec } from './spec.ts';

/** `taken`: it was seen paid, and no refund is proved. `not-taken`: WeChat's last answer says so. Else nobody knows. */
export const moneyDoubtSchema = z.enum(['taken', 'unknown', 'not-taken']);
export type MoneyDoubt = z.infer<typeof moneyDoubtSchema>;

export const managerActionSchema = z.enum(['try-now', 'query', 'cancel', 'settle', 'hand-over', 'refund-made']);
export type ManagerAction = z.infer<typeof managerActionSchema>;

const inMs = z.number().int().nonnegative();

/** One stuck order. Durations count from when the row was made, like the view's. */
export const stuckRowSchema = z.object({
  order: orderViewSchema,
  money: moneyDoubtSchema,
  /** Since the pay call, or since this terminal learned of the order where that is not known. */
  ageMs: inMs,
  /** Until WeChat reverses it no more; below zero once that is over. */
  deadlineInMs: z.number().int(),
  /** When it was paid is not known: the 7 days may end sooner. */
  deadlineIsAtMost: z.boolean(),
  /** What the last reverse brought: SUCCESS, an err_code or why there was no answer. `null` where none has ended. */
  lastResult: z.string().nullable(),
  /** Until the app tries or asks by itself; `null` where it waits for somebody, or a call is out just now. */
  nextTryInMs: inMs.nullable(),
  /** Since a manager took it to the merchant platform. */
  handedOverMs: inMs.nullable(),
  /** What a manager may do with it now. */
  acts: z.array(managerActionSchema),
});
export type StuckRow = z.infer<typeof stuckRowSchema>;

/** So many rows are sent at most; the count of all goes with them. */
export const STUCK_ROWS_MAX = 1_000;
/** So many orders are acted on at once at most. */
export const ACT_ON_MAX = 50;

const orderIds = z
  .array(orderIdSchema)
  .min(1)
  .max(ACT_ON_MAX)
  .refine((ids) => new Set(ids).size === ids.length);

/** What is asked for asks why; a query changes nothing, so nobody need say. */
const managerActSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('query'), orderIds }),
  z.strictObject({ action: z.enum(['try-now', 'cancel', 'hand-over']), orderIds, reason: reasonSchema }),
  z.strictObject({
    action: z.literal('settle'),
    orderIds,
    // Whoever takes an order off the list without a proof says how it was put right.
    reason: reasonSchema.refine(({ note }) => note !== null, { path: ['note'], error: 'missing' }),
  }),
  z
    .strictObject({ action: z.literal('refund-made'), orderIds, refundNumber: refundNumberSchema.nullable() })
    // One refund's number can't be several orders'.
    .refine((act) => act.refundNumber === null || act.orderIds.length === 1, { path: ['refundNumber'] }),
]);
export type ManagerAct = z.infer<typeof managerActSchema>;

const actCodes = [...refusedActSchema.options, 'not-saved'] as const;
export type ActCode = (typeof actCodes)[number];

/** What became of one of several orders: its view as it then stands on disk, or why nothing was done. */
export const actResultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), orderId: orderIdSchema, order: orderViewSchema }),
  z.object({ ok: z.literal(false), orderId: orderIdSchema, code: z.enum(actCodes) }),
]);
export type ActResult = z.infer<typeof actResultSchema>;

export const managerCommands = {
  'manager.stuck': {
    input: z.strictObject({ limit: z.number().int().min(1).max(STUCK_ROWS_MAX) }),
    output: z.object({
      rows: z.array(stuckRowSchema),
      /** Of all that are stuck, sent or not. */
      total: z.number().int(),
      /** Orders whose record no longer parses: nobody can act on them here, and nobody must forget them. */
      unreadable: z.array(z.string()),
    }),
    codes: [],
  },
  'manager.act': { input: managerActSchema, output: z.array(actResultSchema), codes: [] },
  // An order by either number, this terminal's or another's. What is not known here is taken in first.
  'manager.cancel-number': {
    input: z.strictObject({
      outTradeNo: outTradeNoSchema.nullable(),
      transactionId: transactionIdSchema.nullable(),
      /** UTC; `null` where nobody knows, and then the 15 s count from now. */
      paidAtMs: z.number().int().nonnegative().nullable(),
      reason: reasonSchema,
    }),
    output: orderViewSchema,
    codes: ['missing', 'in-the-future', 'numbers-differ', ...actCodes],
  },
  // A manager has read which records were lost: the notices of it go, and it stands in the audit trail.
  'manager.acknowledge-damage': { input: z.strictObject({}), output: z.null(), codes: ['not-saved'] },
} as const satisfies Record<string, CommandSpec>;
