/** Sums over this terminal's orders, according to the bill: what was paid, what went back and how, what is in doubt. */
import { MONEY_IN_DOUBT, type BillSums, type Comparison, type Difference } from '../../../shared/contract/bill.ts';
import type { Counted } from '../../../shared/contract/shift-sheet.ts';
import type { BilledOrder } from './compare.ts';

const NONE: Counted = { count: 0, fen: 0 };

export class Sums {
  #said: BillSums = { paid: NONE, cancelled: NONE, refunded: NONE, inDoubt: NONE };
  #paidFen = 0;
  #refundedFen = 0;

  /** `hereFen`: the order's own amount, for a reversal without a sum whose payment is in an earlier bill. */
  billed({ paidFen, refundedFen, revoked }: BilledOrder, hereFen: number | null): void {
    this.#paidFen += paidFen ?? 0;
    this.#refundedFen += refundedFen ?? 0;
    if (paidFen !== null) this.#add('paid', paidFen);
    if (revoked) this.#add('cancelled', refundedFen || (paidFen ?? hereFen ?? 0));
    else if (refundedFen !== null && refundedFen > 0) this.#add('refunded', refundedFen);
  }

  differs({ kind, billFen, hereFen, refundedFen }: Difference): void {
    if (!MONEY_IN_DOUBT.includes(kind)) return;
    this.#add('inDoubt', Math.max(0, (billFen ?? hereFen ?? 0) - (refundedFen ?? 0)));
  }

  said(): BillSums {
    return this.#said;
  }

  inAll(): Pick<Comparison, 'paidFen' | 'refundedFen'> {
    return { paidFen: this.#paidFen, refundedFen: this.#refundedFen };
  }

  #add(what: keyof BillSums, fen: number): void {
    const { count, fen: sum } = this.#said[what];
    this.#said = { ...this.#said, [what]: { count: count + 1, fen: sum + fen } };
  }
}
