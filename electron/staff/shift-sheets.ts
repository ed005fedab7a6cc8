/** What is kept of the shifts that ended, newest last. Pure. */
import { z } from 'zod';
import {
  keptSheetSchema,
  SHEET_PEOPLE_MAX,
  SHEETS_KEPT_MAX,
  type Counted,
  type KeptSheet,
  type Outcomes,
  type ShiftFigures,
} from '../../shared/contract/shift-sheet.ts';
import type { OrderState } from '../../shared/contract/history.ts';

export const sheetsSchema = z.strictObject({
  v: z.literal(1),
  /** The number of the next sheet: numbers are not given twice. */
  nextId: z.number().int().positive(),
  sheets: z.array(keptSheetSchema).max(SHEETS_KEPT_MAX),
});
export type Sheets = z.infer<typeof sheetsSchema>;

export const noSheets: Sheets = { v: 1, nextId: 1, sheets: [] };

/** The oldest one goes if there are too many. */
export const withSheet = ({ v, nextId, sheets }: Sheets, sheet: Omit<KeptSheet, 'id'>): Sheets => ({
  v,
  nextId: nextId + 1,
  sheets: [...sheets, { id: nextId, ...sheet }].slice(-SHEETS_KEPT_MAX),
});

export const withFigures = (kept: Sheets, id: number, figures: ShiftFigures): Sheets => ({
  ...kept,
  sheets: kept.sheets.map((sheet) => (sheet.id === id ? { ...sheet, figures } : sheet)),
});

/** The orders of one person in one state, added up. */
export interface PersonsOrders extends Counted {
  readonly who: string;
  readonly state: OrderState;
}

const NOTHING: Counted = { count: 0, fen: 0 };
const NO_ORDERS: Outcomes = { paid: NOTHING, cancelled: NOTHING, refunded: NOTHING, settled: NOTHING };

/** What failed cost nobody anything, and what is still open is counted at the hand-over: neither is an outcome. */
const OUTCOMES: Readonly<Partial<Record<OrderState, keyof Outcomes>>> = {
  paid: 'paid',
  closed: 'cancelled',
  refunded: 'refunded',
  settled: 'settled',
};

export function figuresOf(rows: readonly PersonsOrders[]): ShiftFigures {
  const people = new Map<string, Outcomes>();
  for (const { who, state, count, fen } of rows) {
    const outcome = OUTCOMES[state];
    if (outcome === undefined) continue;
    const before = people.get(who) ?? NO_ORDERS;
    people.set(who, { ...before, [outcome]: sum(before[outcome], { count, fen }) });
  }
  const lines = [...people]
    .map(([who, outcomes]) => ({ who, ...outcomes }))
    .sort((one, other) => other.paid.fen - one.paid.fen || (one.who < other.who ? -1 : 1));
  const others = lines.slice(SHEET_PEOPLE_MAX);
  return {
    ...together(lines),
    people: [...lines.slice(0, SHEET_PEOPLE_MAX), ...(others.length === 0 ? [] : [{ who: null, ...together(others) }])],
  };
}

const sum = (one: Counted, other: Counted): Counted => ({
  count: one.count + other.count,
  fen: one.fen + other.fen,
});

const together = (all: readonly Outcomes[]): Outcomes =>
  all.reduce<Outcomes>(
    (total, each) => ({
      paid: sum(total.paid, each.paid),
      cancelled: sum(total.cancelled, each.cancelled),
      refunded: sum(total.refunded, each.refunded),
      settled: sum(total.settled, each.settled),
    }),
    NO_ORDERS,
  );
