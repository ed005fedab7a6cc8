/**
 * The refunds that were asked for here, by number: derived from `orders` and written with them in one transaction. Of the
 * orders with such a refund only the unfinished ones are needed when a process begins to drive the journal.
 */
import type { DatabaseSync } from 'node:sqlite';
import { parseJson } from '../../base/json.ts';
import { orderFrom, type Order } from '../machine/order.ts';
import { refundStandingOf } from '../machine/refund.ts';

/** A migration: forward only, never changed once it has landed. No order from before it has a refund. */
export const REFUND_TABLES = `
  CREATE TABLE refunds (
    out_refund_no TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders,
    standing TEXT NOT NULL CHECK (standing IN ('open', 'waiting', 'attention', 'done'))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX refunds_by_standing ON refunds (standing, order_id) WHERE standing <> 'done';
`;

/** Orders that have refunds, as a condition on their rows' state. JSON.stringify writes no blanks. */
export const HAS_REFUNDS = `state LIKE '%"ourRefunds":[{%'`;

/** Adds the refunds of the orders that the journal already has. */
export function fillRefunds(db: DatabaseSync): void {
  const writer = refundsWriter(db);
  for (const { state } of db.prepare(`SELECT state FROM orders WHERE ${HAS_REFUNDS}`).all()) {
    const order = orderFrom(parseJson(String(state)));
    if (order !== null) writer.changed(order);
  }
}

export interface RefundsWriter {
  /** Another order that has a refund under a number of this one's; `null` if there is none. */
  holder(order: Order): string | null;
  changed(order: Order): void;
}

export function refundsWriter(db: DatabaseSync): RefundsWriter {
  const holder = db.prepare('SELECT order_id FROM refunds WHERE out_refund_no = ? AND order_id <> ?');
  const put = db.prepare(
    `INSERT INTO refunds (out_refund_no, order_id, standing) VALUES (?1, ?2, ?3)
     ON CONFLICT DO UPDATE SET standing = ?3 WHERE standing <> ?3`,
  );
  return {
    holder({ orderId, ourRefunds }) {
      for (const { outRefundNo } of ourRefunds) {
        const row = holder.get(outRefundNo, orderId);
        if (row !== undefined) return String(row['order_id']);
      }
      return null;
    },
    changed({ orderId, ourRefunds }) {
      for (const refund of ourRefunds) put.run(refund.outRefundNo, orderId, refundStandingOf(refund));
    },
  };
}
