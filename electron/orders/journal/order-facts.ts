/** Writes the facts by which an order can be found (search-tables.ts), in the transaction that writes the order. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { beijingDay } from '../../../shared/beijing-day.ts';
import type { OrderState } from '../../../shared/contract/history.ts';
import { restsAs, type Order } from '../machine/order.ts';

export interface FactsWriter {
  /** `who` brought the order to this terminal. */
  added(order: Order, who: string): void;
  changed(order: Order): void;
}

export function factsWriter(db: DatabaseSync): FactsWriter {
  const sql = statements(db);
  return {
    added(order, who) {
      const day = beijingDay(order.createdAtMs);
      sql.addCashier.run(who);
      const { lastInsertRowid: place } = sql.add.run(
        order.orderId,
        day,
        stateOf(order),
        order.amountFen,
        who,
        numbersOf(order),
      );
      sql.addDay.run(day, place);
    },
    changed(order) {
      sql.change.run(stateOf(order), order.amountFen, numbersOf(order), order.orderId);
    },
  };
}

export function stateOf(order: Order): OrderState {
  const { phase } = order;
  if (phase.name === 'cancelled') return phase.outcome;
  return restsAs(order) === null ? phase.name : 'same-as';
}

/** No number contains a blank, so no part of a number matches across the blank between them. */
const numbersOf = ({ outTradeNo, transactionId }: Order): string => `${outTradeNo ?? ''} ${transactionId ?? ''}`;

function statements(db: DatabaseSync): Record<'addCashier' | 'add' | 'addDay' | 'change', StatementSync> {
  return {
    addCashier: db.prepare('INSERT INTO cashiers (who) VALUES (?) ON CONFLICT DO NOTHING'),
    add: db.prepare(
      `INSERT INTO order_facts (order_id, day, state, amount_fen, cashier, numbers)
       VALUES (?, ?, ?, ?, (SELECT cashier FROM cashiers WHERE who = ?), ?)`,
    ),
    addDay: db.prepare(
      // Row ids only rise, so the first row id of a day stays the first.
      'INSERT INTO order_days (day, first_place, last_place) VALUES (?1, ?2, ?2) ON CONFLICT DO UPDATE SET last_place = excluded.last_place',
    ),
    change: db.prepare(
      `UPDATE order_facts SET state = ?1, amount_fen = ?2, numbers = ?3
       WHERE order_id = ?4 AND (state, amount_fen, numbers) IS NOT (?1, ?2, ?3)`,
    ),
  };
}
