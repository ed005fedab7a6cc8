/** Collects a bill's rows by order. Its memory grows with this terminal's orders of a day, not with the bill. */
import type { Stored } from '../../orders/journal/journal.ts';
import type { BillRow } from './bill-rows.ts';
import type { BilledOrder } from './compare.ts';

/** Rows of orders that name this terminal but are unknown to the journal. Beyond this number they are only counted. */
const UNMATCHED_MAX = 5_000;

export interface Known {
  readonly stored: Stored;
  readonly billed: BilledOrder;
}

export interface UnmatchedPayment {
  readonly row: BillRow;
  readonly billed: BilledOrder;
}

/** Whether a refund's own number (out_refund_no) is one that this terminal made. */
export type IsOurRefund = (outRefundNo: string) => boolean;

export class Tally {
  readonly known = new Map<string, Known>();
  /** By transaction_id. */
  readonly unmatched = new Map<string, UnmatchedPayment>();
  readonly others = { rows: 0, paidFen: 0 };
  readonly #isOurRefund: IsOurRefund;

  constructor(isOurRefund: IsOurRefund) {
    this.#isOurRefund = isOurRefund;
  }

  /** A row about an order that the journal has. */
  ofOurs(stored: Stored, row: BillRow): void {
    const { orderId, transactionId } = stored.order;
    const before = this.known.get(orderId)?.billed ?? null;
    const billed = withRow(before, row, this.#isOurRefund);
    // Paid a second time under the same order number: WeChat's own number differs.
    const otherNumber = row.state === 'SUCCESS' && transactionId !== null && transactionId !== row.transactionId;
    this.known.set(orderId, { stored, billed: otherNumber ? { ...billed, otherNumber } : billed });
  }

  /** A row that names this terminal, about an order that the journal does not have. */
  ofUnmatched(row: BillRow): void {
    const before = this.unmatched.get(row.transactionId);
    if (before === undefined && this.unmatched.size >= UNMATCHED_MAX) this.ofOthers(row);
    else
      this.unmatched.set(row.transactionId, {
        row: before?.row ?? row,
        billed: withRow(before?.billed ?? null, row, this.#isOurRefund),
      });
  }

  ofOthers(row: BillRow): void {
    this.others.rows += 1;
    if (row.state === 'SUCCESS') this.others.paidFen += row.amountFen;
  }
}

const NONE: BilledOrder = {
  paidFen: null,
  payments: 0,
  otherNumber: false,
  refundedFen: null,
  ourRefundFen: 0,
  revoked: false,
  inYuan: true,
  line: 0,
};

/** `before` plus one more row of the same order. */
export function withRow(before: BilledOrder | null, row: BillRow, isOurRefund: IsOurRefund): BilledOrder {
  const sum = before ?? { ...NONE, line: row.line };
  const inYuan = sum.inYuan && (row.currency === '' || row.currency === 'CNY');
  switch (row.state) {
    case 'SUCCESS':
      return { ...sum, inYuan, paidFen: (sum.paidFen ?? 0) + row.amountFen, payments: sum.payments + 1 };
    case 'REFUND':
      return row.refundFailed
        ? { ...sum, inYuan }
        : {
            ...sum,
            inYuan,
            refundedFen: (sum.refundedFen ?? 0) + row.refundFen,
            ourRefundFen: sum.ourRefundFen + (isOurRefund(row.outRefundNo) ? row.refundFen : 0),
          };
    case 'REVOKED':
      return {
        ...sum,
        inYuan,
        revoked: !row.refundFailed,
        refundedFen: (sum.refundedFen ?? 0) + (row.refundFailed ? 0 : row.refundFen),
      };
  }
}
