/** The order of the stuck list, and the acts that each entry allows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderSchema } from '../../../electron/orders/machine/order.ts';
import {
  answerIsOld,
  isStuck,
  managerActions,
  moneyDoubt,
  rankOf,
  worstFirst,
  type Rank,
} from '../../../electron/orders/views/stuck-rank.ts';
import type { MoneyDoubt } from '../../../shared/contract/stuck.ts';
import { REFUND_NEAR_MS, RESULT_OVERDUE_MS, REVERSE_AGE_MAX_MS } from '../../../shared/timing.ts';
import { NUMBER, OneOrder, noResponse } from '../../support/orders/one-order.ts';

const DAY = 86_400_000;
const rank = (orderId: string, money: MoneyDoubt, daysLeft: number, ageMs = 0): Rank => ({
  orderId,
  money,
  deadlineInMs: daysLeft * DAY,
  ageMs,
});
const sorted = (ranks: readonly Rank[]): string[] => [...ranks].sort(worstFirst).map(({ orderId }) => orderId);

describe('the list', () => {
  it('puts money in doubt first, then the nearest deadline, then the oldest', () => {
    const ranks = [
      rank('not charged, overdue', 'not-taken', -1),
      rank('unknown, 5 days', 'unknown', 5),
      rank('taken, 6 days', 'taken', 6),
      rank('taken, 1 day, younger', 'taken', 1, 10),
      rank('unknown, 1 day, older', 'unknown', 1, 20),
      rank('taken, over', 'taken', -2),
      rank('not charged, 3 days', 'not-taken', 3),
    ];
    expect(sorted(ranks)).toEqual([
      'taken, over',
      'unknown, 1 day, older',
      'taken, 1 day, younger',
      'unknown, 5 days',
      'taken, 6 days',
      'not charged, overdue',
      'not charged, 3 days',
    ]);
  });

  it('has one order only, whatever order the journal gives', () => {
    const any = fc.record({
      orderId: fc.string(),
      money: fc.constantFrom<MoneyDoubt>('taken', 'unknown', 'not-taken'),
      deadlineInMs: fc.integer({ min: -3, max: 3 }),
      ageMs: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(any, { selector: ({ orderId }) => orderId }), fc.integer(), (ranks, by) => {
        const turned = ranks
          .map((_, index) => ranks[(((index + by) % ranks.length) + ranks.length) % ranks.length])
          .filter((each) => each !== undefined);
        expect(sorted(turned)).toEqual(sorted(ranks));
      }),
    );
  });
});

describe('an order on the list', () => {
  it('is one whose cancel has come to no end', () => {
    const reversing = OneOrder.reversing();
    expect([isStuck(OneOrder.armed().order, OneOrder.armed().now), isStuck(reversing.order, reversing.now)]).toEqual([
      true,
      true,
    ]);
    reversing.refuses('SIGNERROR');
    expect([reversing.phase, isStuck(reversing.order, reversing.now)]).toEqual(['attention', true]);
    reversing.tell({ type: 'manager-settled', by: 'manager', code: 'duplicate', reason: 'seen to' });
    expect(isStuck(reversing.order, reversing.now)).toBe(false);
  });

  it('is also a payment whose result is long overdue, though nobody cancelled it', () => {
    const hanging = OneOrder.hanging();
    hanging.pass(RESULT_OVERDUE_MS - 1);
    expect(isStuck(hanging.order, hanging.now)).toBe(false);
    hanging.pass(1);
    expect([isStuck(hanging.order, hanging.now), managerActions(hanging.order, hanging.now)]).toEqual([
      true,
      ['query', 'cancel'],
    ]);
  });

  it('that was only looked up is not', () => {
    const entered = OneOrder.entered();
    entered.pass(DAY);
    expect(isStuck(entered.order, entered.now)).toBe(false);
  });

  it('counts as money taken once it was ever seen paid, whatever is said later', () => {
    const one = OneOrder.reversing();
    expect(moneyDoubt(one.order)).toBe('unknown');
    one.reverseGetsNoResponse('timeout');
    one.querySays('SUCCESS');
    expect(moneyDoubt(one.order)).toBe('taken');
    one.tell({ type: 'asked-by-hand' });
    one.querySays('CLOSED');
    expect([one.phase, moneyDoubt(one.order)]).toEqual(['attention', 'taken']);
  });

  it('is "not charged" only by an answer that was asked for after the last reverse and the pay call’s end', () => {
    const one = OneOrder.hanging();
    const saysNotPaid = (): unknown[] => [moneyDoubt(one.order), answerIsOld(one.order)];
    one.pass(4_000);
    one.tell({ type: 'timer' });
    one.querySays('NOTPAY');
    expect(saysNotPaid(), 'asked while the pay call was out').toEqual(['unknown', true]);
    one.pass(4_000);
    one.tell({ type: 'timer' });
    one.payAnswers(noResponse('timeout'));
    one.querySays('NOTPAY');
    expect(saysNotPaid(), 'asked before the pay call ended').toEqual(['unknown', true]);
    one.pass(4_000);
    one.tell({ type: 'timer' });
    one.querySays('NOTPAY');
    expect(saysNotPaid()).toEqual(['not-taken', false]);
    one.tell({ type: 'cancel-tapped', by: 'cashier' });
    one.runUntil(() => one.order.reverse.out !== null);
    expect(saysNotPaid(), 'a reverse has left').toEqual(['unknown', true]);
    one.tell({ type: 'asked-by-hand' });
    one.refuses('SIGNERROR');
    one.querySays('NOTPAY');
    expect(saysNotPaid(), 'asked while the reverse was out').toEqual(['unknown', true]);
    one.pass(25 * 3_600_000);
    expect(saysNotPaid(), 'a day later').toEqual(['unknown', true]);
    one.tell({ type: 'asked-by-hand' });
    one.queryAnswers({ kind: 'not-found' });
    expect([one.phase, ...saysNotPaid()]).toEqual(['attention', 'not-taken', false]);
  });

  it('is in doubt after PAYERROR, and in a state that nobody knows', () => {
    const one = OneOrder.entered();
    one.querySays('PAYERROR');
    expect(moneyDoubt(one.order)).toBe('unknown');
    one.tell({ type: 'asked-by-hand' });
    one.querySays('NOTPAY');
    expect(moneyDoubt(one.order)).toBe('not-taken');
    one.tell({ type: 'asked-by-hand' });
    one.queryAnswers({
      kind: 'unknown-state',
      name: 'DEFERRED',
      outTradeNo: NUMBER,
      transactionId: null,
      amountFen: null,
    });
    expect(moneyDoubt(one.order)).toBe('unknown');
  });

  it('kept by a version that did not know when "not paid" was asked for is in doubt', () => {
    const one = OneOrder.entered();
    one.querySays('NOTPAY');
    const { seenSinceLastCall: _, ...older } = one.order;
    expect(moneyDoubt(orderSchema.parse(older))).toBe('unknown');
  });

  it('is unknown as long as nothing that counts has been heard', () => {
    expect(moneyDoubt(OneOrder.hanging().order)).toBe('unknown');
  });

  it('counts the 7 days from when it was paid', () => {
    const entered = OneOrder.entered(2 * DAY);
    expect(rankOf(entered.order, entered.now)).toMatchObject({ deadlineInMs: 5 * DAY, ageMs: 2 * DAY });
    entered.pass(6 * DAY);
    expect(rankOf(entered.order, entered.now)).toMatchObject({ deadlineInMs: -DAY, ageMs: 8 * DAY });
  });

  it('has no days left once WeChat has refused the cancel as too old, also while it is tried again', () => {
    const one = OneOrder.reversing();
    one.refuses('REVERSE_EXPIRE');
    expect(rankOf(one.order, one.now).deadlineInMs).toBe(0);
    one.tell({ type: 'tried-by-hand', by: 'manager', code: 'duplicate' });
    expect(one.phase).toBe('reversing');
    expect(rankOf(one.order, one.now).deadlineInMs).toBe(0);
  });
});

describe('what a manager may do', () => {
  const acts = (one: OneOrder): string[] => managerActions(one.order, one.now);

  it('grows into a refund by hand in the last day of the 7', () => {
    const one = OneOrder.reversing();
    expect(acts(one)).toEqual(['try-now', 'query']);
    one.pass(REVERSE_AGE_MAX_MS - REFUND_NEAR_MS - one.atMs - 1);
    expect(acts(one)).toEqual(['try-now', 'query']);
    one.pass(1);
    expect(acts(one)).toEqual(['try-now', 'query', 'hand-over']);
    one.tell({ type: 'refund-handed-over', by: 'manager', code: 'duplicate' });
    expect(acts(one)).toEqual(['query']);
  });

  it('before a manager: start over, ask, settle, or hand over; then say that it was refunded, or was not', () => {
    const one = OneOrder.reversing();
    one.refuses('SIGNERROR');
    expect(acts(one)).toEqual(['try-now', 'query', 'settle', 'hand-over']);
    one.tell({ type: 'refund-handed-over', by: 'manager', code: 'duplicate' });
    expect(acts(one)).toEqual(['query', 'settle', 'refund-made', 'refund-not-made']);
  });

  it('offers no cancel of what WeChat calls too old, nor of what our own clock does', () => {
    const told = OneOrder.reversing();
    told.refuses('REVERSE_EXPIRE');
    expect(acts(told)).toEqual(['query', 'settle', 'hand-over']);
    const old = OneOrder.reversing();
    old.refuses('SIGNERROR');
    old.pass(REVERSE_AGE_MAX_MS);
    expect(acts(old)).toEqual(['query', 'settle', 'hand-over']);
  });

  it('is nothing that the machine would refuse', () => {
    const event = {
      'try-now': { type: 'tried-by-hand', by: 'manager', code: 'duplicate' },
      query: { type: 'asked-by-hand' },
      cancel: { type: 'cancel-tapped', by: 'manager', code: 'duplicate' },
      settle: { type: 'manager-settled', by: 'manager', code: 'duplicate', reason: 'x' },
      'hand-over': { type: 'refund-handed-over', by: 'manager', code: 'duplicate' },
      'refund-made': { type: 'refund-made', by: 'manager', code: 'duplicate', refundNumber: null },
      'refund-not-made': { type: 'refund-not-made', by: 'manager', code: 'duplicate' },
    } as const;
    const stages: (() => OneOrder)[] = [() => OneOrder.hanging(), () => OneOrder.armed(), () => OneOrder.reversing(), () => { const one = OneOrder.reversing(); one.accepts('N'); return one; }, () => { const one = OneOrder.reversing(); one.refuses('SIGNERROR'); return one; }, () => { const one = OneOrder.reversing(); one.refuses('SIGNERROR'); one.tell({ type: 'refund-handed-over', by: 'manager', code: 'duplicate' }); return one; }, () => { const one = OneOrder.armed(); one.querySays('SUCCESS'); return one; }]; // prettier-ignore
    for (const make of stages) {
      for (const action of managerActions(make().order, make().now)) {
        const one = make();
        expect(one.tell(event[action]), `${action} of ${make().phase}`).toBeNull();
      }
    }
  });
});
