/**
 * WeChat's bill of a day compared with this terminal's journal. A bill is a file that anyone could edit: it gives
 * hints, and changes nothing.
 */
import { z } from 'zod';
import {
  noAnswerSchema,
  orderIdSchema,
  outTradeNoSchema,
  tradeStateSchema,
  transactionIdSchema,
} from '../order/order.ts';
import { fileCodes, savedSchema } from './exports.ts';
import { MANAGER } from '../role.ts';
import { countedSchema } from './shift-sheet.ts';
import { daySchema } from '../beijing.ts';
import { nothing, type CommandSpec } from './spec.ts';

/** Why a file is not accepted as a bill. Most name a line. */
export const billProblemSchema = z.enum([
  'not-a-bill', // the first line is not a bill's
  'not-all-bill', // a bill of payments only, or of refunds only
  'excel-file', // a workbook, not the table that WeChat made
  'zip-file',
  'not-utf8',
  'broken-line', // not even most lines are rows of a bill
  'line-too-long',
  'no-totals', // the last two lines are missing: the file was cut off
  'totals-differ', // it has more or fewer rows than it says
  'damaged-gzip',
  'other-merchant',
  'other-day', // not the requested day
  'several-days', // somebody must say which; `days` has them
  'no-orders', // no rows at all, so the day is unknown: somebody must say it
  'not-permitted',
  'unreadable',
]);
export type BillProblem = z.infer<typeof billProblemSchema>;

/** What differs, worst first. */
export const differenceKindSchema = z.enum([
  'cancelled-here-paid-in-bill', // shown as "not charged" or "refunded", and the bill has the money: in doubt
  'failed-here-paid-in-bill', // shown as "you may charge again", and the bill has the money
  'paid-in-bill-not-here', // the bill names this terminal, and the journal has no such order
  'amount-differs',
  'duplicate-in-bill', // paid more than once under one number
  'unresolved-here-settled-in-bill',
  'paid-here-not-in-bill',
  'refunded-in-bill-not-here',
  'settled-here-paid-in-bill', // a manager settled it by hand; the bill still has the money
  'row-not-read', // a row about an order of this terminal that cannot be understood: somebody must look at it
  'perhaps-in-next-bill', // so close to midnight that the other half may be in the next day's bill
]);
export type DifferenceKind = z.infer<typeof differenceKindSchema>;

/** An order's state here, for comparison. */
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

/** With these, somebody's money may be in the wrong place. The others concern only the bookkeeping. */
export const MONEY_IN_DOUBT: readonly DifferenceKind[] = [
  'cancelled-here-paid-in-bill',
  'failed-here-paid-in-bill',
  'paid-in-bill-not-here',
  'amount-differs',
  'duplicate-in-bill',
];

export const differenceSchema = z.object({
  kind: differenceKindSchema,
  /** `null` if the journal has no such order. */
  orderId: orderIdSchema.nullable(),
  outTradeNo: z.string().nullable(),
  transactionId: z.string().nullable(),
  here: standingHereSchema,
  hereFen: z.number().int().nullable(),
  /** Paid and refunded according to the bill; `null` if it has no row for that. */
  billFen: z.number().int().nullable(),
  refundedFen: z.number().int().nullable(),
  /** The bill's first line about it. */
  line: z.number().int().nullable(),
  /** UTC ms. */
  atMs: z.number().nullable(),
});
export type Difference = z.infer<typeof differenceSchema>;

/** The field that makes a row one that cannot be compared; `row` if its number of fields is wrong. */
export const oddFieldSchema = z.enum(['row', 'transactionId', 'outTradeNo', 'time', 'state', 'amount']);
export type OddField = z.infer<typeof oddFieldSchema>;

export const oddRowSchema = z.object({
  line: z.number().int(),
  field: oddFieldSchema,
  /** What stands in that field, or how the row begins; at most 64 characters. */
  text: z.string(),
});
export type OddRow = z.infer<typeof oddRowSchema>;

/** Rows of a day in a bill of several days. */
export const dayRowsSchema = z.object({ day: daySchema, rows: z.number().int() });
export type DayRows = z.infer<typeof dayRowsSchema>;

/** This terminal's orders in a bill. A reversed payment counts as paid and as cancelled. */
export const billSumsSchema = z.strictObject({
  paid: countedSchema,
  /** Paid and reversed: the money went back by a cancel. */
  cancelled: countedSchema,
  /** The money went back by refunds, whoever made them. */
  refunded: countedSchema,
  /** Differences that concern money, and how much is in doubt by them. */
  inDoubt: countedSchema,
});
export type BillSums = z.infer<typeof billSumsSchema>;

export const comparisonSchema = z.object({
  day: z.string(),
  /** Rows of that day that were compared. */
  rows: z.number().int(),
  /** Rows of other days, in a bill of several days. */
  otherDays: z.number().int(),
  /** Rows that could not be understood and were left aside; `shown` has the first ones. */
  odd: z.object({ count: z.number().int(), shown: z.array(oddRowSchema) }),
  /** Orders of this terminal that are in the bill and agree with it. */
  matched: z.number().int(),
  /** Sums over this terminal's orders in the bill, according to the bill. */
  paidFen: z.number().int(),
  refundedFen: z.number().int(),
  /** The same by what became of them. */
  sums: billSumsSchema,
  /** Orders of other terminals: a chain's terminals share the bill. */
  others: z.object({ rows: z.number().int(), paidFen: z.number().int() }),
  /** How many of each kind; `differences` may hold fewer. */
  counts: z.array(z.object({ kind: differenceKindSchema, count: z.number().int() })),
  differences: z.array(differenceSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** Why there is no bill of a day yet. */
export const billMissingSchema = z.enum([
  'creating', // WeChat is making it, or there was no trade
  'busy',
  'too-often',
  'api-closed', // the merchant's bills may not be fetched: WeChat must allow it
  'refused', // WeChat finds key, signature or parameters wrong
  'too-large',
  'disk', // this machine's disk did not take it
  'no-answer',
  'no-bill', // WeChat has none of that day; a chosen file was compared instead
  'not-whole', // what came is no whole bill of this merchant and day
]);
export type BillMissing = z.infer<typeof billMissingSchema>;

/** Where a day's comparison had its rows from. `none`: WeChat says that there is no bill, so it had no rows. */
export const billFromSchema = z.enum(['wechat', 'file', 'none']);
export type BillFrom = z.infer<typeof billFromSchema>;

const whole = z.number().int().nonnegative();

/** What the comparison of a day came to. A day is closed when nothing differs. */
export const dayRecordSchema = z.strictObject({
  day: daySchema,
  from: billFromSchema,
  /** When it was compared last, UTC ms. */
  atMs: z.number(),
  rows: whole,
  matched: whole,
  differing: whole,
  sums: billSumsSchema,
  /** When a manager saw what differs; `null` as long as nobody has. */
  seenAtMs: z.number().nullable(),
});
export type DayRecord = z.infer<typeof dayRecordSchema>;

/** The last try that brought no bill of a day. */
export const dayMissSchema = z.strictObject({ day: daySchema, why: billMissingSchema, atMs: z.number() });
export type DayMiss = z.infer<typeof dayMissSchema>;

/** `to-come`: its bill is made on the next morning. `before`: this terminal had no order yet. */
export const billDaySchema = z.strictObject({
  day: daySchema,
  state: z.enum(['closed', 'differs', 'missing', 'to-come', 'before']),
  record: dayRecordSchema.nullable(),
  miss: dayMissSchema.nullable(),
});
export type BillDay = z.infer<typeof billDaySchema>;

export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'not-a-day' });

export const billCalendarSchema = z.strictObject({
  month: monthSchema,
  /** Of that month, oldest first. */
  days: z.array(billDaySchema),
  /** The last 30 days whose bills can be there, oldest first. */
  latest: z.array(billDaySchema),
  /** The first day with an order here; `null` if there is none. */
  firstDay: daySchema.nullable(),
  /** Today, in Beijing. */
  today: daySchema,
});
export type BillCalendar = z.infer<typeof billCalendarSchema>;

export const dayOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('compared'), comparison: comparisonSchema, from: billFromSchema }),
  z.object({ kind: z.literal('missing'), why: billMissingSchema }),
]);
export type DayOutcome = z.infer<typeof dayOutcomeSchema>;

export const billOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing-chosen') }),
  z.object({
    kind: z.literal('refused'),
    problem: billProblemSchema,
    line: z.number().int().nullable(),
    /** With `several-days`, oldest first. */
    days: z.array(dayRowsSchema),
  }),
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
  // Main asks for the file. With a day it reads the file that was chosen last again, and compares the rows of that day. The
  // last comparison is kept for `bill.export`.
  'bill.compare': {
    roles: MANAGER,
    input: z.strictObject({ day: daySchema.nullable() }),
    output: billOutcomeSchema,
    codes: ['busy-comparing', 'nothing-compared'],
  },
  // The days of a month and the last 30, from what is stored of each: it costs the same however many orders there are.
  'bill.calendar': {
    roles: MANAGER,
    input: z.strictObject({ month: monthSchema }),
    output: billCalendarSchema,
    codes: [],
  },
  // Compares the kept bill of the day with the orders as they are now; without one, or with `anew`, asks WeChat for it.
  'bill.day': {
    roles: MANAGER,
    input: z.strictObject({ day: daySchema, anew: z.boolean() }),
    output: dayOutcomeSchema,
    codes: ['busy-comparing', 'bill-to-come', 'bill-too-old'],
  },
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
