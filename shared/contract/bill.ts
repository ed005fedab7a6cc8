/** WeChat's bill of a day against this terminal's journal. A bill is a file that anybody could edit: it points, and changes nothing. */
import { z } from 'zod';
import { noAnswerSchema, orderIdSchema, outTradeNoSchema, tradeStateSchema, transactionIdSchema } from '../order.ts';
import { fileCodes, savedSchema } from './exports.ts';
import { MANAGER } from '../role.ts';
import { nothing, type CommandSpec } from './spec.ts';

/** Why a file is not taken for a bill. Most name a line. */
export const billProblemSchema = z.enum([
  'not-a-bill', // the first line is not a bill's
  'not-all-bill', // a bill of payments only, or of refunds only
  'not-utf8',
  'broken-line', // a line with too few or too many fields, or a field that is not what its column holds
  'line-too-long',
  'no-totals', // the last two lines are missing: it was cut off
  'totals-differ', // it has more or fewer rows than it says
  'damaged-gzip',
  'other-merchant',
  'other-day', // not the day that was asked for
  'no-orders', // not one row, so nothing tells which day it is of
  'not-permitted',
  'unreadable',
]);
export type BillProblem = z.infer<typeof billProblemSchema>;

/** What differs, worst first. */
export const differenceKindSchema = z.enum([
  'cancelled-here-paid-in-bill', // told "not charged" or "refunded", and the bill has the money: in doubt
  'failed-here-paid-in-bill', // told "you may charge again", and the bill has the money
  'paid-in-bill-not-here', // the bill names this terminal, and the journal has no such order
  'amount-differs',
  'duplicate-in-bill', // paid more than once under one number
  'unresolved-here-settled-in-bill',
  'paid-here-not-in-bill',
  'refunded-in-bill-not-here',
  'settled-here-paid-in-bill', // a manager settled it by hand; the money is still there
  'wrong-day', // a row of another day than the bill's
  'perhaps-in-next-bill', // so near midnight that the other half may stand in the next day's
]);
export type DifferenceKind = z.infer<typeof differenceKindSchema>;

/** How an order stands here, for comparing. */
export const standingHereSchema = z.enum([
  'paid',
  'closed',
  'revoked',
  'refunded',
  'failed',
  'unresolved',
  'settled',
  'looked-up',
  'unknown',
]);
export type StandingHere = z.infer<typeof standingHereSchema>;

export const differenceSchema = z.object({
  kind: differenceKindSchema,
  /** `null` where the journal has no such order. */
  orderId: orderIdSchema.nullable(),
  outTradeNo: z.string().nullable(),
  transactionId: z.string().nullable(),
  here: standingHereSchema,
  hereFen: z.number().int().nullable(),
  /** Paid and refunded by the bill; `null` where it has no row for that. */
  billFen: z.number().int().nullable(),
  refundedFen: z.number().int().nullable(),
  /** The bill's first line about it. */
  line: z.number().int().nullable(),
  /** UTC ms. */
  atMs: z.number().nullable(),
});
export type Difference = z.infer<typeof differenceSchema>;

export const comparisonSchema = z.object({
  day: z.string(),
  rows: z.number().int(),
  /** Orders of this terminal that the bill has and that agree with it. */
  matched: z.number().int(),
  /** Of those orders of this terminal that the bill has, by the bill. */
  paidFen: z.number().int(),
  refundedFen: z.number().int(),
  /** Orders that are not this terminal's: a chain's other terminals share the bill. */
  others: z.object({ rows: z.number().int(), paidFen: z.number().int() }),
  /** How many of each kind there are; `differences` may hold fewer. */
  counts: z.array(z.object({ kind: differenceKindSchema, count: z.number().int() })),
  differences: z.array(differenceSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

export const billOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing-chosen') }),
  z.object({ kind: z.literal('refused'), problem: billProblemSchema, line: z.number().int().nullable() }),
  z.object({ kind: z.literal('compared'), comparison: comparisonSchema }),
]);
export type BillOutcome = z.infer<typeof billOutcomeSchema>;

/** What WeChat says of an order now, verified. */
export const askedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('seen'), tradeState: tradeStateSchema, amountFen: z.number().int().nullable() }),
  z.object({ kind: z.literal('not-found') }),
  z.object({ kind: z.literal('refused'), errCode: z.string() }),
  z.object({ kind: z.literal('no-answer'), why: noAnswerSchema }),
]);
export type Asked = z.infer<typeof askedSchema>;

export const billCommands = {
  // Main asks for the file. What was compared last is kept for `bill.export`.
  'bill.compare': { roles: MANAGER, input: nothing, output: billOutcomeSchema, codes: ['busy-comparing'] },
  'bill.export': { roles: MANAGER, input: nothing, output: savedSchema, codes: ['nothing-compared', ...fileCodes] },
  // One query, by either number. It changes no order.
  'bill.ask': {
    roles: MANAGER,
    input: z
      .strictObject({ outTradeNo: outTradeNoSchema.nullable(), transactionId: transactionIdSchema.nullable() })
      .refine(({ outTradeNo, transactionId }) => outTradeNo !== null || transactionId !== null, { error: 'missing' }),
    output: askedSchema,
    codes: [],
  },
} as const satisfies Record<string, CommandSpec>;
