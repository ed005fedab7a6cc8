/** Collects a bill's rows by order. Its memory grows with this terminal's orders of a day, not with the bill. */
import type { Stored } from '../../orders/journal/journal.ts';
import type { BillRow } from './bill-rows.ts';
import type { Evidence } from './compare.ts';

/** Rows of orders that name this terminal but are unknown to the journal. Beyond this number they are only counted. */
const STRANGERS_MAX = 5_000;

export interface Known {
  readonly stored: Stored;
  readonly evidence: Evidence;
}

export interface Stranger {
  readonly row: BillRow;
  readonly evidence: Evidence;
}

export class Tally {
  readonly known = new Map<string, Known>();
  /** By transaction_id. */
  readonly strangers = new Map<string, Stranger>();
  readonly others = { rows: 0, paidFen: 0 };

  /** A row about an order that the journal has. */
  ofOurs(stored: Stored, row: BillRow): void {
    const { orderId, transactionId } = stored.order;
    const before = this.known.get(orderId)?.evidence ?? null;
    const evidence = withRow(before, row);
    // Paid a second time under the same order number: WeChat's own number differs.
    const otherNumber = row.state === 'SUCCESS' && transactionId !== null && transactionId !== row.transactionId;
    this.known.set(orderId, { stored, evidence: otherNumber ? { ...evidence, otherNumber } : evidence });
  }

  /** A row that names this terminal, about an order that the journal does not have. */
  ofStranger(row: BillRow): void {
    const before = this.strangers.get(row.transactionId);
    if (before === undefined && this.strangers.size >= STRANGERS_MAX) this.ofOthers(row);
    else
      this.strangers.set(row.transactionId, {
        row: before?.row ?? row,
        evidence: withRow(before?.evidence ?? null, row),
      });
  }

  ofOthers(row: BillRow): void {
    this.others.rows += 1;
    if (row.state === 'SUCCESS') this.others.paidFen += row.amountFen;
  }
}

const NONE: Evidence = {
  paidFen: null,
  payments: 0,
  otherNumber: false,
  refundedFen: null,
  revoked: false,
  inYuan: true,
  line: 0,
};

/** `before` plus one more row of the same order. */
export function withRow(before: Evidence | null, row: BillRow): Evidence {
  const sum = before ?? { ...NONE, line: row.line };
  const inYuan = sum.inYuan && (row.currency === '' || row.currency === 'CNY');
  switch (row.state) {
    case 'SUCCESS':
      return { ...sum, inYuan, paidFen: (sum.paidFen ?? 0) + row.amountFen, payments: sum.payments + 1 };
    case 'REFUND':
      return row.refundFailed
        ? { ...sum, inYuan }
        : { ...sum, inYuan, refundedFen: (sum.refundedFen ?? 0) + row.refundFen };
    case 'REVOKED':
      return {
        ...sum,
        inYuan,
        revoked: !row.refundFailed,
        refundedFen: (sum.refundedFen ?? 0) + (row.refundFailed ? 0 : row.refundFen),
      };
  }
}
