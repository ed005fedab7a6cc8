/**
 * One order compared with what the bill has of it. Pure. The table of test/app/bill/compare.test.ts covers every cell.
 */
import type { DifferenceKind, StandingHere } from '../../../shared/contract/bill.ts';
import { outcomeOf, type Order } from '../../orders/machine/order.ts';

/** What all rows of a bill say of one order, together. */
export interface BilledOrder {
  /** `null` if the bill has no payment of it. */
  readonly paidFen: number | null;
  readonly payments: number;
  /** In the bill the payment has another WeChat number than the order has here. */
  readonly otherNumber: boolean;
  /** What went back, by refunds that did not fail; `null` if the bill has none. */
  readonly refundedFen: number | null;
  /** How much of that went back by refunds of our own, found by their numbers. */
  readonly ourRefundFen: number;
  /** A row says that the whole payment was reversed. */
  readonly revoked: boolean;
  /** All sums are in yuan. */
  readonly inYuan: boolean;
  readonly line: number;
}

export const standingHere = ({ phase, origin }: Pick<Order, 'phase' | 'origin'>): StandingHere => {
  switch (phase.name) {
    case 'paid':
    case 'failed':
    case 'settled':
      return phase.name;
    case 'cancelled':
      return outcomeOf(phase);
    case 'not-found':
      return 'looked-up';
    case 'paying':
      return origin === 'entered' ? 'looked-up' : 'unresolved';
    default:
      return 'unresolved';
  }
};

type Money = 'none' | 'paid' | 'partly-refunded' | 'refunded';

/**
 * Where the money is according to the bill. `hereFen` is the order's own amount, used for a refund whose payment is not
 * in the bill.
 */
export function moneyOf(billed: BilledOrder | null, hereFen: number | null): Money {
  if (billed === null) return 'none';
  const { paidFen, refundedFen, revoked } = billed;
  if (revoked) return 'refunded';
  if (refundedFen === null || refundedFen === 0) return paidFen === null ? 'none' : 'paid';
  return refundedFen >= (paidFen ?? hereFen ?? 0) ? 'refunded' : 'partly-refunded';
}

const AGREES = null;
type Verdict = DifferenceKind | typeof AGREES;

/** Columns: not in the bill, paid, refunded in part, refunded whole. */
const TABLE: Readonly<Record<Exclude<StandingHere, 'unknown'>, Readonly<Record<Money, Verdict>>>> = {
  paid: {
    none: 'paid-here-not-in-bill',
    paid: AGREES,
    'partly-refunded': 'refunded-in-bill-not-here',
    refunded: 'refunded-in-bill-not-here',
  },
  closed: {
    none: AGREES,
    paid: 'cancelled-here-paid-in-bill',
    'partly-refunded': 'cancelled-here-paid-in-bill',
    refunded: AGREES,
  },
  refunded: {
    // Neither the payment nor its refund is in the bill: no money was kept, and we say the same.
    none: AGREES,
    paid: 'cancelled-here-paid-in-bill',
    'partly-refunded': 'cancelled-here-paid-in-bill',
    refunded: AGREES,
  },
  revoked: {
    // Never seen paid, and anything deducted goes back by itself. The bill says so too, or has nothing.
    none: AGREES,
    paid: 'cancelled-here-paid-in-bill',
    'partly-refunded': 'cancelled-here-paid-in-bill',
    refunded: AGREES,
  },
  failed: {
    none: AGREES,
    paid: 'failed-here-paid-in-bill',
    'partly-refunded': 'failed-here-paid-in-bill',
    refunded: AGREES,
  },
  unresolved: {
    // An order that was never paid is in no bill, so its absence proves nothing.
    none: AGREES,
    paid: 'unresolved-here-settled-in-bill',
    'partly-refunded': 'unresolved-here-settled-in-bill',
    refunded: 'unresolved-here-settled-in-bill',
  },
  settled: {
    none: AGREES,
    paid: 'settled-here-paid-in-bill',
    'partly-refunded': 'settled-here-paid-in-bill',
    refunded: AGREES,
  },
  // Only looked up here: it is another terminal's business whose order it is and how it stands.
  'looked-up': { none: AGREES, paid: AGREES, 'partly-refunded': AGREES, refunded: AGREES },
};

/** An order that the journal has. */
export interface Here {
  readonly standing: Exclude<StandingHere, 'unknown'>;
  readonly fen: number | null;
  /** Its other half may be in another day's bill: it was paid or cancelled too close to midnight, or later. */
  readonly overlaps: boolean;
}

/** What differs, worst first; empty if they agree. */
export function differencesOf({ standing, fen, overlaps }: Here, billed: BilledOrder | null): DifferenceKind[] {
  const verdict = verdictOf(standing, fen, billed);
  // A cancel that proved "not charged" has no other half: a payment in the bill means doubt at any hour.
  const softens =
    overlaps &&
    (verdict === 'paid-here-not-in-bill' ||
      (verdict === 'cancelled-here-paid-in-bill' && (standing === 'refunded' || standing === 'revoked')));
  return [
    ...(verdict === AGREES ? [] : [softens ? ('perhaps-in-next-bill' as const) : verdict]),
    ...(amountDiffers(fen, billed) ? ['amount-differs' as const] : []),
    ...(billed !== null && (billed.payments > 1 || billed.otherNumber) ? ['duplicate-in-bill' as const] : []),
  ];
}

function verdictOf(standing: Here['standing'], fen: number | null, billed: BilledOrder | null): Verdict {
  const verdict = TABLE[standing][moneyOf(billed, fen)];
  // What we gave back ourselves is no surprise; what others gave back by hand is.
  const isOurs = billed !== null && !billed.revoked && billed.ourRefundFen >= (billed.refundedFen ?? 0);
  return verdict === 'refunded-in-bill-not-here' && isOurs ? AGREES : verdict;
}

const amountDiffers = (fen: number | null, billed: BilledOrder | null): boolean =>
  billed !== null &&
  ((billed.paidFen !== null && fen !== null && billed.payments === 1 && billed.paidFen !== fen) || !billed.inYuan);
