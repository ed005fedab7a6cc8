/** What is around the chain and must agree with it: the head, the orders' present states, and the tables themselves. */
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Result } from '../../../shared/result.ts';
import { parseJson } from '../../base/json.ts';
import { digestOfState, type Point } from '../journal/chain.ts';
import type { HeadProblem } from '../journal/chain-head.ts';
import { finding, type Finding } from './audit-verdict.ts';
import { orderFrom, standingOf, type Order } from '../machine/order.ts';
import { refundStandingOf } from '../machine/refund.ts';
import { MIGRATIONS } from '../journal/sqlite-journal.ts';

/**
 * `sawHead`: the head is a point of the chain. `amiss`: an earlier check found something, which may also explain the
 * head.
 */
export function headAmiss(
  db: DatabaseSync,
  head: Result<Point, HeadProblem>,
  sawHead: boolean,
  lastSeq: number,
  amiss: boolean,
  ourKey: boolean,
): Finding[] {
  const highest = z
    .number()
    .parse(
      db
        .prepare("SELECT CAST(coalesce(max(seq), 0) AS REAL) AS seq FROM sqlite_sequence WHERE name = 'entries'")
        .get()?.['seq'],
    );
  // Under another key the head is under that key too. That stretch is reported as a whole.
  if (!head.ok && (head.error === 'missing' || ourKey || !amiss)) return [finding(`head-${head.error}`, null, null)];
  const headSeq = head.ok ? head.value.seq : 0;
  if (Math.max(highest, headSeq) > lastSeq)
    return [finding('cut-tail', lastSeq + 1, `${String(lastSeq + 1)} to ${String(Math.max(highest, headSeq))}`)];
  return sawHead || amiss || !head.ok ? [] : [finding('cut-tail', headSeq, `${String(headSeq)} to ${String(lastSeq)}`)];
}

const orderRow = z.object({
  order_id: z.string(),
  out_trade_no: z.string().nullable(),
  transaction_id: z.string().nullable(),
  standing: z.string(),
  created_at: z.number(),
  state: z.string(),
  digest: z.instanceof(Uint8Array).nullable(),
  phase: z.string().nullable(),
});

const ORDERS = `SELECT order_id, out_trade_no, transaction_id, standing, created_at, state,
    (SELECT state_digest FROM entries AS e WHERE e.order_id = o.order_id AND state_digest IS NOT NULL ORDER BY seq DESC LIMIT 1) AS digest,
    (SELECT phase FROM entries AS e WHERE e.order_id = o.order_id ORDER BY seq DESC LIMIT 1) AS phase
  FROM orders AS o`;

/** Orders whose state differs from what their last entry left, or whose refunds are not listed as they are in it. */
export function ordersAmiss(db: DatabaseSync): Finding[] {
  const findings: Finding[] = [];
  const amiss = (orderId: unknown): void => {
    findings.push(finding('order-edited', null, String(orderId)));
  };
  const listed = new Map(
    db
      .prepare('SELECT out_refund_no, order_id, standing FROM refunds')
      .all()
      .map((row) => [String(row['out_refund_no']), `${String(row['standing'])} ${String(row['order_id'])}`]),
  );
  for (const row of db.prepare(ORDERS).iterate()) {
    const parsed = orderRow.safeParse(row);
    const order = parsed.success ? asWritten(parsed.data) : null;
    // Each refund of the order is struck off the list; what is left there belongs to no order.
    const isListed = order?.ourRefunds.every((refund) => {
      const known = listed.get(refund.outRefundNo);
      return listed.delete(refund.outRefundNo) && known === `${refundStandingOf(refund)} ${order.orderId}`;
    });
    if (isListed !== true) amiss(row['order_id']);
  }
  for (const known of listed.values()) amiss(known.slice(known.indexOf(' ') + 1));
  const gone = db.prepare(
    'SELECT DISTINCT order_id FROM entries WHERE order_id IS NOT NULL AND order_id NOT IN (SELECT order_id FROM orders)',
  );
  for (const row of gone.iterate()) amiss(row['order_id']);
  return findings;
}

/** The order of a row that is as its last entry left it; otherwise `null`. */
function asWritten(row: z.infer<typeof orderRow>): Order | null {
  const order = orderFrom(parseJson(row.state));
  return order !== null && isAsWritten(row, order) ? order : null;
}

function isAsWritten(row: z.infer<typeof orderRow>, order: Order): boolean {
  if (row.phase === null || row.digest === null || !digestOfState(row.state).equals(row.digest)) return false;
  const isItself =
    order.orderId === row.order_id && standingOf(order) === row.standing && order.createdAtMs === row.created_at;
  const yielded = order.phase.name === 'settled' && row.out_trade_no === null && row.transaction_id === null;
  return isItself && (yielded || (order.outTradeNo === row.out_trade_no && order.transactionId === row.transaction_id));
}

const SCHEMA = "SELECT type || ' ' || name AS name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'";
const schemaOf = (db: DatabaseSync): Map<string, string> =>
  new Map(
    db
      .prepare(SCHEMA)
      .all()
      .map(({ name, sql }) => [String(name), String(sql)]),
  );

/** Tables, indexes and triggers that differ from what the migrations make. */
export function schemaAmiss(db: DatabaseSync): Finding[] {
  const ours = (freshSchema ??= madeSchema());
  const theirs = schemaOf(db);
  const names = new Set([...ours.keys(), ...theirs.keys()]);
  return [...names]
    .filter((name) => ours.get(name) !== theirs.get(name))
    .map((name) => finding('schema-changed', null, name));
}

/** Every journal has the same, so this is computed once. */
let freshSchema: ReadonlyMap<string, string> | null = null;

function madeSchema(): ReadonlyMap<string, string> {
  const fresh = new DatabaseSync(':memory:');
  for (const migration of MIGRATIONS) fresh.exec(migration);
  const schema = schemaOf(fresh);
  fresh.close();
  return schema;
}
