/** Search for orders of any age, and read everything that happened to one. Nothing here changes anything. */
import { z } from 'zod';
import { dayFromIso } from '../beijing-day.ts';
import { AMOUNT_FEN_MAX } from '../money.ts';
import { ORDER_NUMBER, orderViewSchema, timelineRowSchema } from '../order/order.ts';
import { OFFICE, roleSchema } from '../role.ts';
import { nothing, orderRef, type CommandSpec } from './spec.ts';

/** An order's state in the list: its phase, or how it ended if it is over. */
export const orderStateSchema = z.enum([
  'paying',
  'paid',
  'failed',
  'not-found',
  'armed',
  'choosing',
  'reversing',
  'confirming',
  'closed', // cancelled, and proved either never charged or reversed
  'refunded', // cancelled, and the money went back
  'attention',
  'settled', // a manager settled it
  'same-as', // an entry that turned out to be another entry's order; that one goes on
  'unreadable', // a row that no longer parses; it is kept as it is
]);
export type OrderState = z.infer<typeof orderStateSchema>;

const dayText = z.string().refine((text) => dayFromIso(text) !== null, { error: 'not-a-day' });
const fen = z.number().int().min(0).max(AMOUNT_FEN_MAX);

/**
 * An order must match everything that is given. Days are days in Beijing, like those of WeChat Pay's bills, both
 * included.
 */
export const historyFilterSchema = z.strictObject({
  /** Any part of either number; case is ignored. `null` for all. */
  text: z.string().max(32).regex(ORDER_NUMBER).nullable(),
  fromDay: dayText.nullable(),
  toDay: dayText.nullable(),
  /** Any of these; an empty list means all. */
  states: z.array(orderStateSchema).max(orderStateSchema.options.length),
  /** Both included. An order of unknown amount matches no range. */
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

/** The most rows that one page may contain. */
export const HISTORY_PAGE_MAX = 200;

/** A row id: the position in the order in which orders came to this terminal, from 1. It never changes. */
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
  /** The newest order at the time of the first page. Send it back for the next pages, so that no order comes twice. */
  upTo: place,
  /** Newest first. */
  rows: z.array(historyRowSchema),
  /** How many there are; so far, unless `counted`. Never fewer than the rows shown. */
  total: z.number().int(),
  counted: z.boolean(),
  /** How many matching orders have come since `upTo`. */
  newer: z.number().int(),
});
export type HistoryPage = z.infer<typeof historyPageSchema>;

/** One act on an order as the audit trail has it. */
export const auditRowSchema = z.object({
  seq: z.number().int(),
  atMs: z.number(),
  who: z.string(),
  role: roleSchema.nullable(),
  /** The event's type, or the recorded act: a stable code. */
  act: z.string(),
  /** For a recorded act its outcome (`ok` or why it was refused); otherwise the order's phase after it. */
  outcome: z.string(),
  refused: z.boolean(),
  about: z.string().nullable(),
});
export type AuditRow = z.infer<typeof auditRowSchema>;

export const historyOrderSchema = z.object({
  row: historyRowSchema,
  /** `null` if the row no longer parses. */
  view: orderViewSchema.nullable(),
  timeline: z.array(timelineRowSchema),
  audit: z.array(auditRowSchema),
  /** Entries that no longer parse. They are in neither list. */
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
  // The number of orders and the sum of money. This takes as long as it takes to read every order that could match.
  'history.totals': {
    roles: OFFICE,
    input: z.strictObject({ filter: historyFilterSchema, upTo: place }),
    output: z.object({
      total: z.number().int(),
      /** More orders match than are listed: `total` covers only the newest. */
      capped: z.boolean(),
      paidFen: z.number().int(),
      refundedFen: z.number().int(),
    }),
    codes: [],
  },
  'history.order': { roles: OFFICE, input: orderRef, output: historyOrderSchema, codes: ['order-not-found'] },
  // Everyone who ever took a payment or entered an order here.
  'history.cashiers': { roles: OFFICE, input: nothing, output: z.array(z.string()), codes: [] },
} as const satisfies Record<string, CommandSpec>;

export type HistoryTotals = z.output<(typeof historyCommands)['history.totals']['output']>;
