/** Comparing an order with a bill: every state here against every state there, cell by cell. */
import { describe, expect, it, test } from 'vitest';
import {
  differencesOf,
  moneyOf,
  standingHere,
  type BilledOrder,
  type Here,
} from '../../../electron/app/bill/compare.ts';
import { phaseSchema } from '../../../electron/orders/machine/order.ts';
import type { Phase } from '../../../electron/orders/machine/order.ts';

const FEN = 1_280;
const billed = (more: Partial<BilledOrder>): BilledOrder => ({
  paidFen: null,
  payments: 0,
  otherNumber: false,
  refundedFen: null,
  revoked: false,
  ourRefundFen: 0,
  inYuan: true,
  line: 2,
  ...more,
});

const BILL = {
  absent: null,
  paid: billed({ paidFen: FEN, payments: 1 }),
  part: billed({ paidFen: FEN, payments: 1, refundedFen: 1 }),
  refunded: billed({ paidFen: FEN, payments: 1, refundedFen: FEN }),
  revoked: billed({ paidFen: FEN, payments: 1, revoked: true }),
  'refund only': billed({ refundedFen: FEN }),
  'failed refund only': billed({}),
} as const;

const doubt = ['cancelled-here-paid-in-bill'];
const again = ['failed-here-paid-in-bill'];
const back = ['refunded-in-bill-not-here'];
const late = ['unresolved-here-settled-in-bill'];
const hand = ['settled-here-paid-in-bill'];

const TABLE = {
  paid: {
    absent: ['paid-here-not-in-bill'],
    paid: [],
    part: back,
    refunded: back,
    revoked: back,
    'refund only': back,
    'failed refund only': ['paid-here-not-in-bill'],
  },
  closed: {
    absent: [],
    paid: doubt,
    part: doubt,
    refunded: [],
    revoked: [],
    'refund only': [],
    'failed refund only': [],
  },
  refunded: {
    absent: [],
    paid: doubt,
    part: doubt,
    refunded: [],
    revoked: [],
    'refund only': [],
    'failed refund only': [],
  },
  revoked: {
    absent: [],
    paid: doubt,
    part: doubt,
    refunded: [],
    revoked: [],
    'refund only': [],
    'failed refund only': [],
  },
  failed: {
    absent: [],
    paid: again,
    part: again,
    refunded: [],
    revoked: [],
    'refund only': [],
    'failed refund only': [],
  },
  unresolved: {
    absent: [],
    paid: late,
    part: late,
    refunded: late,
    revoked: late,
    'refund only': late,
    'failed refund only': [],
  },
  settled: {
    absent: [],
    paid: hand,
    part: hand,
    refunded: [],
    revoked: [],
    'refund only': [],
    'failed refund only': [],
  },
  'looked-up': {
    absent: [],
    paid: [],
    part: [],
    refunded: [],
    revoked: [],
    'refund only': [],
    'failed refund only': [],
  },
} as const satisfies Record<Here['standing'], Record<keyof typeof BILL, readonly string[]>>;

const names = Object.keys(BILL) as (keyof typeof BILL)[];
const standings = Object.keys(TABLE) as (keyof typeof TABLE)[];
const cells = standings.flatMap((standing) => names.map((name) => [standing, name, TABLE[standing][name]] as const));

describe('an order and its bill', () => {
  test.each(cells)('%s here, %s there: %j', (standing, name, kinds) => {
    expect(differencesOf({ standing, fen: FEN, overlaps: false }, BILL[name])).toEqual(kinds);
  });

  it('softens near midnight only what another day’s bill may hold the other half of', () => {
    const near = (standing: Here['standing'], name: keyof typeof BILL): string[] =>
      differencesOf({ standing, fen: FEN, overlaps: true }, BILL[name]);
    expect(near('paid', 'absent')).toEqual(['perhaps-in-next-bill']);
    expect(near('refunded', 'paid')).toEqual(['perhaps-in-next-bill']);
    expect(near('revoked', 'paid')).toEqual(['perhaps-in-next-bill']);
    // The order was proved never charged, and yet there is a payment: that is a doubtful case at any hour.
    expect(near('closed', 'paid')).toEqual(doubt);
    expect(near('failed', 'paid')).toEqual(again);
    expect(near('paid', 'refunded')).toEqual(back);
  });

  it('tells another amount, another currency and a second payment beside what else differs', () => {
    const here = { standing: 'paid', fen: FEN, overlaps: false } as const;
    expect(differencesOf(here, billed({ paidFen: FEN + 1, payments: 1 }))).toEqual(['amount-differs']);
    expect(differencesOf(here, billed({ paidFen: FEN, payments: 1, inYuan: false }))).toEqual(['amount-differs']);
    expect(differencesOf(here, billed({ paidFen: 2 * FEN, payments: 2 }))).toEqual(['duplicate-in-bill']);
    expect(differencesOf(here, billed({ paidFen: FEN + 1, payments: 1, otherNumber: true }))).toEqual([
      'amount-differs',
      'duplicate-in-bill',
    ]);
    expect(differencesOf({ ...here, standing: 'closed' }, billed({ paidFen: FEN + 1, payments: 1 }))).toEqual([
      ...doubt,
      'amount-differs',
    ]);
    expect(differencesOf({ ...here, fen: null }, BILL.paid), 'an amount that is not known here cannot differ').toEqual(
      [],
    );
  });

  it('takes a refund for whole only where it is', () => {
    expect(moneyOf(billed({ paidFen: FEN, payments: 1, refundedFen: FEN - 1 }), FEN)).toBe('partly-refunded');
    expect(moneyOf(billed({ refundedFen: FEN - 1 }), FEN)).toBe('partly-refunded');
    expect(moneyOf(billed({ paidFen: FEN, payments: 1, refundedFen: 0 }), FEN)).toBe('paid');
  });

  it('has a standing for every phase', () => {
    const phases: Phase[] = [
      { name: 'paying' },
      { name: 'paid' },
      { name: 'failed', cause: 'x' },
      { name: 'not-found' },
      { name: 'armed', by: 'cashier', evenIfPaid: false, from: 'paying' },
      { name: 'choosing', by: 'cashier', sinceMonoMs: 0 },
      { name: 'reversing', dueMonoMs: 0 },
      { name: 'confirming', asks: 0 },
      { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' },
      { name: 'attention', cause: 'expired', errCode: null },
      { name: 'settled', reason: 'x' },
    ];
    expect(phases).toHaveLength(phaseSchema.options.length);
    expect(phases.map((phase) => standingHere({ phase, origin: 'taken' }))).toEqual([
      'unresolved',
      'paid',
      'failed',
      'looked-up',
      'unresolved',
      'unresolved',
      'unresolved',
      'unresolved',
      'closed',
      'unresolved',
      'settled',
    ]);
    expect(standingHere({ phase: { name: 'paying' }, origin: 'entered' })).toBe('looked-up');
    expect(standingHere({ phase: { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' }, origin: 'taken' })).toBe(
      'refunded',
    );
  });
});
