/** The sheet of a shift that ended: what was taken, cancelled and refunded, and what stayed open. */
import { z } from 'zod';
import { DAY_MS } from '../beijing.ts';
import { ANYBODY, MANAGER, roleSchema } from '../role.ts';
import { fileCodes, savedSchema, slipPageSchema } from './exports.ts';
import { CASHIERS_MAX, cashierNameSchema } from './shift.ts';
import { printCodes } from './printers.ts';
import type { CommandSpec } from './spec.ts';

/** As many as a shop with three shifts a day has in more than four months; the oldest go first. */
export const SHEETS_KEPT_MAX = 400;
/** Of the orders that were handed over, the sheet names this many; it counts them all. */
export const SHEET_ORDERS_MAX = 40;
/** A sheet has a line for this many people; the orders of all others stand together. */
export const SHEET_PEOPLE_MAX = CASHIERS_MAX;
/** How many sheets the list shows at once. */
export const SHEETS_LISTED_MAX = 30;
/** UTC ms. A calendar ends there: a later moment has no date. */
const momentSchema = z
  .number()
  .min(0)
  .max(8_640_000_000_000_000 - DAY_MS);

const whole = z.number().int().nonnegative();
/** So many orders, and the sum of their known amounts. */
export const countedSchema = z.strictObject({ count: whole, fen: whole });
export type Counted = z.infer<typeof countedSchema>;

/** What became of the orders of a shift. */
const outcomesSchema = z.strictObject({
  /** Paid, and the money is still there. */
  paid: countedSchema,
  /** Cancelled, and proved: nothing was charged, or it was reversed. */
  cancelled: countedSchema,
  /** Cancelled, and the money went back. */
  refunded: countedSchema,
  /** A manager settled them by hand. */
  settled: countedSchema,
});
export type Outcomes = z.infer<typeof outcomesSchema>;

export const shiftFiguresSchema = outcomesSchema.extend({
  /** Who took the payments; `null` for all those who have no line of their own. Most money first. */
  people: z.array(outcomesSchema.extend({ who: z.string().nullable() })).max(SHEET_PEOPLE_MAX + 1),
});
export type ShiftFigures = z.infer<typeof shiftFiguresSchema>;

/** What is kept of a shift that ended. */
export const keptSheetSchema = z.strictObject({
  id: z.number().int().positive(),
  /** Who served, and in what role somebody handed over for them. */
  by: cashierNameSchema.nullable(),
  handedOverAs: roleSchema,
  /** `null` if nobody knows when the shift began: the orders are counted from the first one on. */
  fromMs: momentSchema.nullable(),
  toMs: momentSchema,
  /** The orders that were not settled at the end, those of earlier shifts too. */
  open: countedSchema.extend({
    orders: z.array(z.strictObject({ number: z.string(), amountFen: whole.nullable() })).max(SHEET_ORDERS_MAX),
  }),
  /** `null` until they have been counted. */
  figures: shiftFiguresSchema.nullable(),
});
export type KeptSheet = z.infer<typeof keptSheetSchema>;

/** A sheet as it is shown and printed. */
export const shiftSheetSchema = keptSheetSchema.extend({
  figures: shiftFiguresSchema,
  environment: z.enum(['practice', 'live']),
  storeName: z.string(),
  deviceId: z.string(),
  /** Whether it can be printed again later: a disk that takes nothing keeps nothing. */
  kept: z.boolean(),
});
export type ShiftSheet = z.infer<typeof shiftSheetSchema>;

/** A sheet in the list. */
export const sheetRowSchema = z.object({
  id: z.number().int(),
  by: z.string().nullable(),
  fromMs: z.number().nullable(),
  toMs: z.number(),
  paid: countedSchema,
  open: whole,
});
export type SheetRow = z.infer<typeof sheetRowSchema>;

const sheetId = z.number().int().positive();
const sheetRef = z.strictObject({ id: sheetId });
const sheetPage = z.strictObject({ id: sheetId, page: slipPageSchema });

export const shiftSheetCommands = {
  // A cashier sees only the sheet of the shift that has just ended.
  'shift.sheet': { roles: ANYBODY, input: sheetRef, output: shiftSheetSchema, codes: ['sheet-not-found'] },
  // Newest first: those before the sheet `before`, or the newest.
  'shift.sheets': {
    roles: MANAGER,
    input: z.strictObject({ before: sheetId.nullable() }),
    output: z.object({ sheets: z.array(sheetRowSchema), more: z.boolean() }),
    codes: [],
  },
  // Both print what the screen shows of the sheet.
  'shift.print': {
    roles: ANYBODY,
    input: sheetPage,
    output: z.null(),
    codes: ['sheet-not-found', ...printCodes],
  },
  // It opens the system's own dialog over the till.
  'shift.save': {
    roles: MANAGER,
    input: sheetPage,
    output: savedSchema,
    codes: ['sheet-not-found', 'not-printed', ...fileCodes],
  },
} as const satisfies Record<string, CommandSpec>;
