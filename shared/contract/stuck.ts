/** The manager's list: what is stuck, worst first, and what a manager does about it, several orders at once. */
import { z } from 'zod';
import {
  orderIdSchema,
  orderViewSchema,
  outTradeNoSchema,
  phaseNameSchema,
  refusedActSchema,
  transactionIdSchema,
} from '../order/order.ts';
import { reasonSchema, refundNumberSchema } from '../order/reason.ts';
import { MANAGER } from '../role.ts';
import { orderRef, type CommandSpec } from './spec.ts';

/**
 * `taken`: it was seen paid, and no refund is proved. `not-taken`: WeChat's last answer says so. Otherwise it is
 * unknown.
 */
export const moneyDoubtSchema = z.enum(['taken', 'unknown', 'not-taken']);
export type MoneyDoubt = z.infer<typeof moneyDoubtSchema>;

export const managerActionSchema = z.enum([
  'try-now',
  'query',
  'cancel',
  'settle',
  'hand-over',
  'refund-made',
  'refund-not-made',
]);
export type ManagerAction = z.infer<typeof managerActionSchema>;

const inMs = z.number().int().nonnegative();

/** One order before a manager's eyes. Durations count from when the row was made, like the view's. */
export const stuckRowSchema = z.object({
  order: orderViewSchema,
  money: moneyDoubtSchema,
  /** Since the pay call, or since this terminal learned of the order if the pay call's time is not known. */
  ageMs: inMs,
  /** Until WeChat no longer reverses it; below zero once that time has passed. */
  deadlineInMs: z.number().int(),
  /** When it was paid is not known: the 7 days may end sooner. */
  deadlineIsAtMost: z.boolean(),
  /**
   * Whether WeChat's last answer is older than the pay call's end or the last reverse. Then "not paid" may no longer be
   * true.
   */
  answerIsOld: z.boolean(),
  /**
   * What the last reverse brought: SUCCESS, an err_code or the reason for no answer. `null` if no reverse has ended.
   */
  lastResult: z.string().nullable(),
  /** Until the app tries or queries by itself; `null` if it waits for a person, or if a call is in flight now. */
  nextTryInMs: inMs.nullable(),
  /** Since a manager took it to the merchant platform. */
  handedOverMs: inMs.nullable(),
  /** Since a manager stated that it was not refunded there. */
  notRefundedMs: inMs.nullable(),
  /** What a manager may do with it now. */
  acts: z.array(managerActionSchema),
  /** The one of them that its cause advises; `null` where none stands out. */
  advised: managerActionSchema.nullable(),
});
export type StuckRow = z.infer<typeof stuckRowSchema>;

/** At most this many rows are sent, together with the count of all. */
export const STUCK_ROWS_MAX = 1_000;
/** At most this many orders are acted on at once. */
export const ACT_ON_MAX = 50;

const orderIds = z
  .array(orderIdSchema)
  .min(1)
  .max(ACT_ON_MAX)
  .refine((ids) => new Set(ids).size === ids.length);

/** A decision on money is confirmed by holding a button. A query changes nothing, so it needs no reason. */
export const heldActionSchema = managerActionSchema.exclude(['query']);
export type HeldAction = z.infer<typeof heldActionSchema>;

/** What `manager.confirm` returned when the button went down. Valid once, for the same act on the same orders. */
const confirmation = z.string().min(1).max(64);

const managerActSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('query'), orderIds }),
  z.strictObject({
    action: z.enum(['try-now', 'cancel', 'hand-over', 'refund-not-made']),
    orderIds,
    reason: reasonSchema,
    confirmation,
  }),
  z.strictObject({
    action: z.literal('settle'),
    orderIds,
    confirmation,
    // A manager who takes an order off the list without a proof says how the money was put right.
    reason: reasonSchema.refine(({ note }) => note !== null, { path: ['note'], error: 'missing' }),
  }),
  z
    .strictObject({
      action: z.literal('refund-made'),
      orderIds,
      refundNumber: refundNumberSchema.nullable(),
      reason: reasonSchema,
      confirmation,
    })
    // One refund's number cannot belong to several orders.
    .refine((act) => act.refundNumber === null || act.orderIds.length === 1, { path: ['refundNumber'] }),
]);
export type ManagerAct = z.infer<typeof managerActSchema>;

/** What the pressed button is about: an act, and the orders in the phases in which they are shown. */
const confirmSchema = z.strictObject({
  action: heldActionSchema,
  orders: z
    .array(z.strictObject({ orderId: orderIdSchema, phase: phaseNameSchema }))
    .min(1)
    .max(ACT_ON_MAX),
});
export type Confirm = z.infer<typeof confirmSchema>;

/** `changed-meanwhile`: the order is no longer as it was shown when the button went down. */
const actCodes = [...refusedActSchema.options, 'changed-meanwhile', 'not-saved'] as const;
export type ActCode = (typeof actCodes)[number];

/** The result for one of several orders: its view as it then is on disk, or why nothing was done. */
export const actResultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), orderId: orderIdSchema, order: orderViewSchema }),
  z.object({ ok: z.literal(false), orderId: orderIdSchema, code: z.enum(actCodes) }),
]);
export type ActResult = z.infer<typeof actResultSchema>;

export const stuckCommands = {
  'manager.stuck': {
    roles: MANAGER,
    input: z.strictObject({ limit: z.number().int().min(1).max(STUCK_ROWS_MAX) }),
    output: z.object({
      rows: z.array(stuckRowSchema),
      /** The number of all stuck orders, sent or not. */
      total: z.number().int(),
      /** Orders whose record no longer parses. No one can act on them here, and they must not be forgotten. */
      unreadable: z.array(z.string()),
    }),
    codes: [],
  },
  // The button went down. If it is held long enough, the act may follow (electron/app/stuck/money-gate.ts).
  'manager.confirm': { roles: MANAGER, input: confirmSchema, output: z.object({ confirmation }), codes: [] },
  'manager.act': { roles: MANAGER, input: managerActSchema, output: z.array(actResultSchema), codes: ['not-held'] },
  // One order as the list would show it, stuck or not: what a decision about it is made on.
  'manager.order': { roles: MANAGER, input: orderRef, output: stuckRowSchema, codes: ['order-not-found'] },
  // An order by either number, this terminal's or another's. An order that is unknown here is registered first, and
  // WeChat is asked about it; an act on it is `manager.act` like any other.
  'manager.find-number': {
    roles: MANAGER,
    input: z.strictObject({
      outTradeNo: outTradeNoSchema.nullable(),
      transactionId: transactionIdSchema.nullable(),
      /** UTC; `null` if the time is not known: then the 15 s count from now. */
      paidAtMs: z.number().int().nonnegative().nullable(),
    }),
    output: stuckRowSchema,
    codes: ['missing', 'in-the-future', 'order-too-old', 'numbers-differ', 'not-saved'],
  },
  // A manager has confirmed which records were lost. Their notices disappear, and the audit trail keeps the
  // confirmation.
  'manager.acknowledge-damage': { roles: MANAGER, input: z.strictObject({}), output: z.null(), codes: ['not-saved'] },
} as const satisfies Record<string, CommandSpec>;
