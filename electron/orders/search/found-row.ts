/** One order as a search finds it. */
import { z } from 'zod';
import type { OrderState } from '../../../shared/contract/history.ts';
import type { Stored } from '../journal/journal.ts';
import { stateOf } from '../journal/order-facts.ts';
import { readable } from '../journal/sqlite-journal.ts';

export interface FoundRow {
  /** Its row id in the list of all orders, from 1. It never changes. */
  readonly place: number;
  readonly orderId: string;
  /** `null` where the row no longer parses. */
  readonly stored: Stored | null;
  readonly outTradeNo: string | null;
  readonly transactionId: string | null;
  readonly amountFen: number | null;
  readonly state: OrderState;
  /** UTC ms. */
  readonly createdAtMs: number;
  /** Who brought it to this terminal. */
  readonly cashier: string;
}

export const ROW_COLUMNS = 'f.place, f.order_id, f.amount_fen, f.numbers, c.who, o.version, o.created_at, o.state';
export const ROW_JOINS = 'JOIN orders AS o ON o.order_id = f.order_id JOIN cashiers AS c ON c.cashier = f.cashier';

const rowSchema = z.object({
  place: z.number(),
  order_id: z.string(),
  amount_fen: z.number().nullable(),
  numbers: z.string(),
  who: z.string(),
  created_at: z.number(),
});

/** A row of `ROW_COLUMNS`. */
export function foundRow(row: unknown): FoundRow {
  const { place, order_id: orderId, amount_fen, numbers, who: cashier, created_at: createdAtMs } = rowSchema.parse(row);
  const stored = readable(row);
  const [outTradeNo = '', transactionId = ''] = numbers.split(' ');
  const known = { place, orderId, stored, createdAtMs, cashier };
  if (stored === null) {
    return {
      ...known,
      outTradeNo: outTradeNo || null,
      transactionId: transactionId || null,
      amountFen: amount_fen,
      state: 'unreadable',
    };
  }
  const { order } = stored;
  return {
    ...known,
    outTradeNo: order.outTradeNo,
    transactionId: order.transactionId,
    amountFen: order.amountFen,
    state: stateOf(order),
  };
}
