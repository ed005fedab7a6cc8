/**
 * The tables that the search for orders needs (order-search.ts). They are derived from `orders` and `entries` and
 * written with them in one transaction. A migration: forward only, never changed once it has landed.
 *
 * Orders are never deleted, so `place` runs from 1 without a gap. It is an order's row in the list of all orders, and a
 * window on that list needs no counting. `numbers` holds both numbers with a blank between them. No part of a number
 * can match across that blank.
 */
// A row that no longer parses, or that has values no order has, must not stop the migration. It is listed as it is.
const text = (path: string): string =>
  `CASE WHEN json_valid(state) AND json_type(state, '${path}') = 'text' THEN state ->> '${path}' END`;
const AMOUNT = `CASE WHEN json_valid(state) AND typeof(state ->> '$.amountFen') = 'integer' THEN state ->> '$.amountFen' END`;
const DAY = 'CASE WHEN abs(created_at) < 8640000000000000 THEN (created_at + 28800000) / 86400000 ELSE 0 END';
const FIRST_ACTOR =
  "coalesce((SELECT actor FROM entries WHERE entries.order_id = orders.order_id ORDER BY seq LIMIT 1), 'unknown')";

const TABLES = `
  CREATE TABLE cashiers (cashier INTEGER PRIMARY KEY, who TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE order_facts (
    place INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL UNIQUE REFERENCES orders,
    day INTEGER NOT NULL,
    state TEXT NOT NULL,
    amount_fen INTEGER,
    cashier INTEGER NOT NULL REFERENCES cashiers,
    numbers TEXT NOT NULL
  ) STRICT;
  CREATE TABLE order_days (day INTEGER PRIMARY KEY, first_place INTEGER NOT NULL, last_place INTEGER NOT NULL) STRICT;
`;

/** Adds the orders that the journal already has. */
export const SEARCH_FILL = `
  INSERT INTO cashiers (who) SELECT DISTINCT ${FIRST_ACTOR} FROM orders;
  INSERT INTO order_facts (order_id, day, state, amount_fen, cashier, numbers)
    SELECT order_id, ${DAY},
      CASE ${text('$.phase.name')}
        WHEN 'cancelled' THEN coalesce(${text('$.phase.outcome')}, 'unreadable')
        WHEN 'settled' THEN CASE WHEN ${text('$.phase.reason')} LIKE 'same-as:_%' THEN 'same-as' ELSE 'settled' END
        ELSE coalesce(${text('$.phase.name')}, 'unreadable')
      END,
      ${AMOUNT},
      (SELECT cashier FROM cashiers WHERE who = ${FIRST_ACTOR}),
      coalesce(${text('$.outTradeNo')}, out_trade_no, '') || ' ' || coalesce(${text('$.transactionId')}, transaction_id, '')
    FROM orders ORDER BY created_at, rowid;
  INSERT INTO order_days SELECT day, min(place), max(place) FROM order_facts GROUP BY day;
`;

export const SEARCH_TABLES = TABLES + SEARCH_FILL;

/**
 * For a state, an amount or a person that few orders have. A value that many orders have is found at once without an
 * index. A migration.
 */
export const SEARCH_INDEXES = `
  CREATE INDEX facts_by_state ON order_facts (state);
  CREATE INDEX facts_by_amount ON order_facts (amount_fen);
  CREATE INDEX facts_by_cashier ON order_facts (cashier);
`;
