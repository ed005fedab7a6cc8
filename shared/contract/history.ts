/** Looking for orders of any age, and reading all that happened to one. Nothing here changes anything. */
import { z } from 'zod';
import { dayFromIso } from '../beijing-day.ts';
import { AMOUNT_FEN_MAX } from '../money.ts';
import { orderViewSchema, timelineRowSchema } from '../order.ts';
import { OFFICE, roleSchema } from '../role.ts';
import { nothing, orderRef, type CommandSpec } from './spec.ts';

/** An order's state as the list knows it: its phase, and of one that is over how it ended. */
export const orderStateSchema = z.enum([
  'paying',
  'paid',
  'failed',
  'not-found',
  'armed',
  'choosing',
  'reversing',
  'confirming',
  'closed', // cancelled, and proved never to have been charged or to have been reversed
  'refunded', // cancelled, and the money went back
  'attention',
  'settled', // by a manager's word
  'same-as', // an entry that turned out to be another one's order; that one goes on
  'unreadable', // a row that no longer parses; it is kept as it is
]);
export type OrderState = z.infer<typeof orderStateSchema>;

const dayText = z.string().refine((text) => dayFromIso(text) !== null, { error: 'not-a-day' });
const fen = z.number().int().min(0).max(AMOUNT_FEN_MAX);

/** All that is given must hold. Days are days in Beijing, like those of WeChat Pay's bills, both included. */
export const historyFilterSchema = z.strictObject({
  /** Any part of either number; capitals or not. `null` for all. */
  text: z
    .string()
    .max(32)
    .regex(/^[0-9A-Za-z_\-|*]+$/)
    .nullable(),
  fromDay: dayText.nullable(),
  toDay: dayText.nullable(),
  /** Any of these; none for all. */
  states: z.array(orderStateSchema).max(orderStateSchema.options.length),
  /** Both included. An order of unknown amount is in no range. */
  amountFen: z.strictObject({ min: fen, max: fen }).nullable(),
  /** Who took the payment or entered the order. */
  cashier: z.string().max(200).nullable(),
});
export type HistoryFilter = z.infer<typeof historyFilterSchema>;

export const EVERYTHING: HistoryFilter = {
  text: null,
  fromDay: null,
  toDay: null,
  states: [],
  amountFen: null,
  cashier: null,
};

/** The most rows that one page may hold. */
export const HISTORY_PAGE_MAX = 200;

/** A place in the order in which orders came to this terminal, counted from 1. An order keeps it for good. */
const place = z.number().int().nonnegative();

export const historyRowSchema = z.object({
  place,
  orderId: z.string(),
  outTradeNo: z.string().nullable(),
  transactionId: z.string().nullable(),
  amountFen: z.number().int().nullable(),
  state: orderStateSchema,
  createdAtMs: z.number(),
  cashier: z.string(),
});
export type HistoryListRow = z.infer<typeof historyRowSchema>;

export const historyPageSchema = z.object({
  /** The newest order that was there for the first page. Give it back for the next ones, and none comes twice. */
  upTo: place,
  /** Newest first. */
  rows: z.array(historyRowSchema),
  /** How many there are; so far, unless `counted`. Never less than what the rows reach to. */
  total: z.number().int(),
  counted: z.boolean(),
  /** How many that fit have come since `upTo`. */
  newer: z.number().int(),
});
export type HistoryPage = z.infer<typeof historyPageSchema>;

/** One act on an order as the audit trail holds it. */
export const auditRowSchema = z.object({
  seq: z.number().int(),
  atMs: z.number(),
  who: z.string(),
  role: roleSchema.nullable(),
  /** The event's type, or the act that was noted: a stable code. */
  act: z.string(),
  /** Of a noted act its outcome (`ok` or why it was refused); otherwise the order's phase after it. */
  outcome: z.string(),
  refused: z.boolean(),
  about: z.string().nullable(),
});
export type AuditRow = z.infer<typeof auditRowSchema>;

export const historyOrderSchema = z.object({
  row: historyRowSchema,
  /** `null` where the row no longer parses. */
  view: orderViewSchema.nullable(),
  timeline: z.array(timelineRowSchema),
  audit: z.array(auditRowSchema),
  /** Entries of the log that no longer parse and are in neither list. */
  unreadableEntries: z.number().int(),
});
export type HistoryOrder = z.infer<typeof historyOrderSchema>;

export const historyCommands = {
  'history.page': {
    roles: OFFICE,
    input: z.strictObject({
      filter: historyFilterSchema,
      upTo: place.nullable(),
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(HISTORY_PAGE_MAX),
    }),
    output: historyPageSchema,
    codes: [],
  },
  // How many, and how much money: takes as long as it takes to look at every order that could fit.
  'history.totals': {
    roles: OFFICE,
    input: z.strictObject({ filter: historyFilterSchema, upTo: place }),
    output: z.object({
      total: z.number().int(),
      /** More fit than are listed: `total` is only of the newest. */
      capped: z.boolean(),
      paidFen: z.number().int(),
      refundedFen: z.number().int(),
    }),
    codes: [],
  },
  'history.order': { roles: OFFICE, input: orderRef, output: historyOrderSchema, codes: ['order-not-found'] },
  // Everybody who ever took a payment or entered an order here.
  'history.cashiers': { roles: OFFICE, input: nothing, output: z.array(z.string()), codes: [] },
} as const satisfies Record<string, CommandSpec>;

export type HistoryTotals = z.output<(typeof historyCommands)['history.totals']['output']>;
