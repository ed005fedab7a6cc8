/** What the gateway's answers mean for the customer's money: the order never claims more than they prove. */
import { describe, expect, test } from 'vitest';
import { orderSchema, outcomeOf, type Order } from '../../../electron/orders/machine/order.ts';
import { viewOf } from '../../../electron/orders/views/order-view.ts';
import type { RefundsAnswer } from '../../../electron/wechat/answers.ts';
import {
  ATTENTION_QUERY_MS,
  REFUND_ASKS_MAX,
  REFUSALS_SPAN_MS,
  TOO_OFTEN_WAIT_MS,
  UNKNOWN_STATE_MAX_MS,
} from '../../../shared/timing.ts';
import { NUMBER, OneOrder, noResponse, WECHAT_NUMBER } from '../../support/orders/one-order.ts';

const AMOUNT = 1_234;
const view = (one: OneOrder) => viewOf(one.order, 1, 'manager', one.now);
const cashiers = (one: OneOrder) => viewOf(one.order, 1, 'cashier', one.now);
const summed = (refundedFen: number, totalFen = AMOUNT): RefundsAnswer => ({ kind: 'summed', refundedFen, totalFen });
const strange = (one: OneOrder, name = 'DEFERRED'): void => {
  one.queryAnswers({ kind: 'unknown-state', name, outTradeNo: NUMBER, transactionId: null, amountFen: null });
};
/** Lets queries leave when they are due, until `isOver`. */
const answering = (one: OneOrder, isOver: () => boolean, answer: () => void): void => {
  for (let calls = 0; calls < 500 && !isOver(); calls += 1) {
    one.runUntil(() => one.order.query.out !== null || one.order.reverse.out !== null || isOver(), 'no-response');
    if (isOver()) return;
    if (one.order.reverse.out !== null) one.reverseGetsNoResponse('timeout');
    if (one.order.query.out !== null) answer();
  }
};

describe('a payment that failed, but not for certain', () => {
  test.each([
    'NOTENOUGH',
    'TRADE_ERROR',
    'NOAUTH',
    'ORDERCLOSED',
    'ORDERREVERSED',
    'BUYER_MISMATCH',
    'INVALID_REQUEST',
    'APPID_MCHID_NOT_MATCH',
  ])('by %s: a query that says NOTPAY does not let anybody charge again', (errCode) => {
    for (const state of ['NOTPAY', 'PAYERROR'] as const) {
      const one = OneOrder.hanging();
      one.payAnswers({ kind: 'declined', errCode });
      one.querySays(state);
      expect(cashiers(one)).toMatchObject({
        verdict: 'do-not-charge',
        phase: { name: 'paying', declined: errCode, cancelFirst: true },
        actions: ['cancel', 'ask'],
      });
    }
  });

  test('by PAYERROR: nobody charges again, whatever the pay call said, and nothing is reversed before somebody cancels', () => {
    for (const errCode of ['USERPAYING', 'AUTHCODEEXPIRE']) {
      const one = OneOrder.hanging();
      one.payAnswers(errCode === 'USERPAYING' ? { kind: 'in-doubt', errCode } : { kind: 'declined', errCode });
      one.runUntil(() => one.order.query.out !== null, 'no-response');
      one.querySays('PAYERROR');
      expect(cashiers(one)).toMatchObject({ verdict: 'do-not-charge', phase: { cancelFirst: true } });
      one.runUntil(() => one.atMs > 120_000, 'PAYERROR');
      expect([one.phase, one.reverses]).toEqual(['paying', []]);
    }
  });

  test('it is charged again only once the cancel is proved', () => {
    const one = OneOrder.hanging();
    one.payAnswers({ kind: 'declined', errCode: 'NOTENOUGH' });
    one.querySays('PAYERROR');
    one.tell({ type: 'cancel-tapped', by: 'cashier' });
    one.runUntil(() => one.order.reverse.out !== null, 'PAYERROR');
    expect(one.atMs).toBeGreaterThanOrEqual(15_000);
    one.accepts('N');
    expect(view(one).verdict).toBe('do-not-charge');
    one.querySays('CLOSED');
    expect(view(one)).toMatchObject({ verdict: 'charge-again', phase: { outcome: 'closed' } });
  });

  test.each([
    'AUTHCODEEXPIRE',
    'AUTH_CODE_ERROR',
    'AUTH_CODE_INVALID',
    'NOTSUPORTCARD',
    'PARAM_ERROR',
    'SIGNERROR',
    'XML_FORMAT_ERROR',
  ])('by %s and a query that agrees, it surely charged nobody', (errCode) => {
    const one = OneOrder.hanging();
    one.payAnswers({ kind: 'declined', errCode });
    expect(view(one)).toMatchObject({ verdict: 'do-not-charge', phase: { cancelFirst: false } });
    one.querySays('NOTPAY');
    expect(view(one)).toMatchObject({ verdict: 'charge-again', phase: { name: 'failed', cause: errCode } });
  });
});

describe('an order that comes out as REVOKED', () => {
  test('was cancelled, and nobody is told that nothing was deducted', () => {
    const one = OneOrder.reversing();
    one.accepts('N');
    one.querySays('REVOKED');
    expect(view(one)).toMatchObject({
      verdict: 'charge-again',
      phase: { name: 'cancelled', outcome: 'revoked', proof: 'REVOKED' },
    });
  });

  test('known paid before, is refunded', () => {
    const one = OneOrder.reversingPaid();
    one.accepts('N');
    one.querySays('REVOKED');
    expect(view(one).phase).toMatchObject({ outcome: 'refunded' });
  });

  test('in a row of an older version says the same, though that kept it as closed', () => {
    expect(outcomeOf({ name: 'cancelled', outcome: 'closed', proof: 'REVOKED' })).toBe('revoked');
    expect(outcomeOf({ name: 'cancelled', outcome: 'closed', proof: 'CLOSED' })).toBe('closed');
    expect(outcomeOf({ name: 'cancelled', outcome: 'refunded', proof: 'REVOKED' })).toBe('refunded');
  });
});

describe('REFUND', () => {
  test('is refunded where the sums make the whole, and where a reverse of ours was accepted before it', () => {
    const whole = OneOrder.armed();
    whole.refundedElsewhere(summed(AMOUNT));
    expect([view(whole).phase, whole.reverses]).toEqual([
      { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' },
      [],
    ]);
    const ours = OneOrder.reversing();
    ours.accepts('N');
    ours.querySays('REFUND');
    expect(view(ours).phase).toMatchObject({ outcome: 'refunded' });
  });

  test('soon after an accepted reverse is a manager’s too if the sums show only a part: that reverse did nothing', () => {
    const part = OneOrder.reversing();
    part.accepts('N');
    part.refundedElsewhere(summed(1_000));
    expect(view(part)).toMatchObject({
      verdict: 'do-not-charge',
      phase: { name: 'attention', cause: 'partly-refunded' },
      refunds: { refundedFen: 1_000, totalFen: AMOUNT },
    });
    const listed = OneOrder.reversing();
    listed.accepts('N');
    listed.refundedElsewhere(summed(AMOUNT));
    expect(view(listed).phase).toMatchObject({ outcome: 'refunded' });
  });

  test.each<[string, RefundsAnswer]>([
    ['no-response', noResponse('timeout')],
    ['a refusal', { kind: 'refused', errCode: 'SYSTEMERROR' }],
  ])(
    'after an accepted reverse, and %s instead of the sums: asked again, then a manager’s, and a late answer proves it',
    (_what, refunds) => {
      const one = OneOrder.reversing();
      one.accepts('N');
      const { length } = one.reverses;
      answering(
        one,
        () => one.phase === 'attention',
        () => {
          one.refundedElsewhere(refunds);
        },
      );
      expect([one.order.phase, one.order.query.refundAsks, one.reverses.length]).toEqual([
        { name: 'attention', cause: 'partly-refunded', errCode: null },
        REFUND_ASKS_MAX,
        length,
      ]);
      one.refundedElsewhere({ kind: 'not-found' });
      expect(view(one).phase).toEqual({ name: 'cancelled', outcome: 'refunded', proof: 'REFUND' });
    },
  );

  test('of a part is a manager’s, with both amounts, and nobody charges again', () => {
    for (const one of [OneOrder.armed(), OneOrder.hanging(), OneOrder.reversing(), OneOrder.entered()]) {
      one.tell({ type: 'asked-by-hand' });
      one.refundedElsewhere(summed(1_000));
      expect(view(one)).toMatchObject({
        verdict: 'do-not-charge',
        standing: 'attention',
        phase: { cause: 'partly-refunded' },
        refunds: { refundedFen: 1_000, totalFen: AMOUNT },
        actions: ['ask'],
      });
      const { length } = one.reverses;
      expect([
        one.tell({ type: 'tried-by-hand', by: 'manager', code: 'other' }),
        one.tell({ type: 'cancel-tapped', by: 'manager', code: 'other' }),
      ]).toEqual(['never-reversed', 'never-reversed']);
      one.refundedElsewhere(summed(AMOUNT));
      expect([view(one).phase, one.reverses.length]).toEqual([
        { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' },
        length,
      ]);
    }
  });

  test('of a part stays known when the pay call says "paid" only after it: no reverse leaves, even by a manager', () => {
    const one = OneOrder.hanging();
    one.tell({ type: 'asked-by-hand' });
    one.refundedElsewhere(summed(1_000));
    one.payAnswers({ kind: 'paid', transactionId: WECHAT_NUMBER });
    expect(view(one)).toMatchObject({
      verdict: 'do-not-charge',
      phase: { cause: 'partly-refunded' },
      refunds: { refundedFen: 1_000, totalFen: AMOUNT },
    });
    expect(one.order.transactionId).toBe(WECHAT_NUMBER);
    expect(one.tell({ type: 'tried-by-hand', by: 'manager', code: 'other' })).toBe('never-reversed');
    one.pass(60_000);
    one.tell({ type: 'timer' });
    expect(one.reverses).toEqual([]);
  });

  test('without its sums, and then the pay call’s "paid": only a manager may cancel, and the sums still end it', () => {
    const one = OneOrder.hanging();
    one.tell({ type: 'asked-by-hand' });
    one.refundedElsewhere({ kind: 'not-found' });
    one.payAnswers({ kind: 'paid', transactionId: WECHAT_NUMBER });
    expect(one.order).toMatchObject({ phase: { name: 'paying' }, knownPaid: true });
    expect(cashiers(one).actions).toEqual(['ask']);
    expect(one.tell({ type: 'cancel-tapped', by: 'cashier' })).toBe('paid-needs-manager');
    expect(one.tell({ type: 'cancel-tapped', by: 'manager' })).toBe('reason-needed');
    one.tell({ type: 'asked-by-hand' });
    one.refundedElsewhere(summed(AMOUNT));
    expect(view(one)).toMatchObject({ phase: { name: 'cancelled', outcome: 'refunded' } });
  });

  test('of a payment that nobody cancels leaves it paid', () => {
    const one = OneOrder.hanging();
    one.payAnswers({ kind: 'paid', transactionId: WECHAT_NUMBER });
    one.tell({ type: 'asked-by-hand' });
    one.refundedElsewhere(summed(1_000));
    expect(view(one)).toMatchObject({ phase: { name: 'paid' }, refunds: { refundedFen: 1_000 } });
    one.tell({ type: 'cancel-tapped', by: 'manager', code: 'other' });
    one.pass(60_000);
    one.tell({ type: 'timer' });
    expect(view(one), 'a manager’s cancel of it is for the merchant platform').toMatchObject({
      phase: { name: 'attention', cause: 'partly-refunded' },
      refunds: { refundedFen: 1_000, totalFen: AMOUNT },
    });
    expect(one.reverses).toEqual([]);
  });

  test.each<[string, RefundsAnswer]>([
    ['no-response', noResponse('timeout')],
    ['a refusal', { kind: 'refused', errCode: 'SYSTEMERROR' }],
    ['"no refund"', { kind: 'not-found' }],
  ])(
    'and %s instead of the sums: asked again some times, with no reverse meanwhile, then a manager’s',
    (_what, refunds) => {
      const one = OneOrder.armed();
      let asks = 0;
      answering(
        one,
        () => one.phase === 'attention',
        () => {
          asks += 1;
          one.refundedElsewhere(refunds);
        },
      );
      expect([one.order.phase, asks, one.reverses, view(one).refunds]).toEqual([
        { name: 'attention', cause: 'partly-refunded', errCode: null },
        REFUND_ASKS_MAX,
        [],
        null,
      ]);
      expect(one.tell({ type: 'tried-by-hand', by: 'manager', code: 'other' })).toBe('never-reversed');
    },
  );

  test('after a reverse whose reply was lost, and no refund by number: that reverse is called again until it is accepted', () => {
    const one = OneOrder.reversing();
    one.reverseGetsNoResponse('timeout');
    one.refundedElsewhere({ kind: 'not-found' });
    one.runUntil(() => one.order.reverse.out !== null, 'no-response');
    one.accepts('N');
    one.querySays('REFUND');
    expect(view(one).phase).toMatchObject({ name: 'cancelled', outcome: 'refunded' });
  });

  test.each(['SUCCESS', 'NOTPAY', 'USERPAYING'] as const)(
    'after a reverse that was accepted and a query that said %s since: the sums decide, for the reverse may have done nothing',
    (state) => {
      const acceptedYetStanding = (): OneOrder => {
        const one = OneOrder.reversing();
        one.accepts('N');
        one.querySays(state);
        one.runUntil(() => one.order.query.out !== null, 'no-response');
        return one;
      };
      for (const [refundedFen, phase] of [
        [1_000, { name: 'attention', cause: 'partly-refunded' }],
        [AMOUNT, { name: 'cancelled', outcome: 'refunded' }],
      ] as const) {
        const one = acceptedYetStanding();
        one.refundedElsewhere(summed(refundedFen));
        expect(one.order.phase).toMatchObject(phase);
      }
      const late = acceptedYetStanding();
      const { length } = late.reverses;
      late.refundedElsewhere({ kind: 'not-found' });
      late.runUntil(() => late.order.reverse.out !== null, 'no-response');
      expect(late.reverses, 'no refund by number: the reverse was ours, and is called once more').toHaveLength(
        length + 1,
      );
      late.accepts('N');
      late.querySays('REFUND');
      expect(late.order.phase).toMatchObject({ name: 'cancelled', outcome: 'refunded' });
    },
  );

  test('told as SUCCESS with recall=Y, a reverse was not accepted', () => {
    const one = OneOrder.reversing();
    one.accepts('Y');
    one.refundedElsewhere(summed(1_000));
    expect(one.order.phase).toMatchObject({ cause: 'partly-refunded' });
  });
});

describe('somebody else’s order under our number', () => {
  const otherAmount = (one: OneOrder, tradeState: 'SUCCESS' | 'REVOKED' = 'SUCCESS'): void => {
    one.queryAnswers({
      kind: 'seen',
      tradeState,
      outTradeNo: NUMBER,
      transactionId: WECHAT_NUMBER,
      amountFen: AMOUNT + 1,
    });
  };

  test('told by its amount, is never reversed, never paid and never proves our cancel', () => {
    for (const one of [OneOrder.hanging(), OneOrder.armed()]) {
      one.tell({ type: 'asked-by-hand' });
      otherAmount(one);
      expect(view(one)).toMatchObject({
        verdict: 'do-not-charge',
        phase: { name: 'attention', cause: 'other-order' },
        transactionId: null,
        actions: ['ask'],
      });
      expect([
        one.tell({ type: 'tried-by-hand', by: 'manager', code: 'other' }),
        one.tell({ type: 'cancel-tapped', by: 'manager', code: 'other' }),
      ]).toEqual(['never-reversed', 'never-reversed']);
      otherAmount(one, 'REVOKED');
      one.tell({ type: 'asked-by-hand' });
      one.querySays('REVOKED');
      one.pass(30 * 86_400_000);
      one.tell({ type: 'timer' });
      expect([one.order.phase, one.reverses]).toEqual([{ name: 'attention', cause: 'other-order', errCode: null }, []]);
    }
  });

  test('told by a refund’s whole, or by the pay call’s own reply, as well', () => {
    const refunded = OneOrder.armed();
    refunded.refundedElsewhere(summed(99, 99));
    const used = OneOrder.armed();
    used.payAnswers({ kind: 'declined', errCode: 'OUT_TRADE_NO_USED' });
    const paid = OneOrder.armed();
    paid.payAnswers({ kind: 'other-amount', amountFen: 99 });
    for (const one of [refunded, used, paid]) {
      expect(one.order.phase).toEqual({ name: 'attention', cause: 'other-order', errCode: null });
      one.pass(60_000);
      one.tell({ type: 'timer' });
      expect(one.reverses).toEqual([]);
    }
  });

  test('an answer that names no amount contradicts none', () => {
    const one = OneOrder.armed();
    one.querySays('SUCCESS');
    expect(one.phase).toBe('choosing');
  });
});

describe('answers that blame', () => {
  test.each(['busy', 'too-often'] as const)('%s for an hour blames nobody, and the cancel goes on by itself', (why) => {
    const one = OneOrder.reversing();
    const beganMs = one.atMs;
    while (one.atMs - beganMs < 3_600_000) {
      if (one.order.reverse.out !== null) one.reverseGetsNoResponse(why);
      one.runUntil(() => one.order.query.out !== null || one.order.reverse.out !== null, 'no-response');
      if (one.order.query.out !== null) one.queryAnswers(noResponse(why));
    }
    expect(one.phase).toBe('reversing');
    one.runUntil(() => one.order.reverse.out !== null, 'no-response');
    one.accepts('N');
    one.querySays('CLOSED');
    expect(one.phase).toBe('cancelled');
  });

  test('"too often" makes both wait, said without a signature or with one', () => {
    for (const refuse of [
      (one: OneOrder) => one.reverseGetsNoResponse('too-often'),
      (one: OneOrder) => one.refuses('FREQUENCY_LIMITED'),
    ]) {
      const one = OneOrder.reversing();
      const { length } = one.sent;
      const atMs = one.atMs;
      refuse(one);
      one.runUntil(() => one.reverses.length === 2, 'no-response');
      for (const call of one.sent.slice(length))
        expect(call.atMs - atMs, call.kind).toBeGreaterThanOrEqual(TOO_OFTEN_WAIT_MS);
    }
    const asking = OneOrder.hanging();
    asking.runUntil(() => asking.order.query.out !== null, 'no-response');
    const atMs = asking.atMs;
    asking.queryAnswers(noResponse('too-often'));
    asking.runUntil(() => asking.order.query.out !== null, 'no-response');
    expect(asking.atMs - atMs).toBeGreaterThanOrEqual(TOO_OFTEN_WAIT_MS);
  });

  test.each([
    ['unsigned-fail', 'refused'],
    ['bad-signature', 'signature'],
    ['wrong-merchant', 'wrong-merchant'],
  ] as const)('%s is a manager’s as "%s" after minutes, not after five in a second', (why, cause) => {
    const one = OneOrder.reversing();
    const beganMs = one.atMs;
    for (let answers = 0; answers < 10; answers += 1) {
      one.tell({ type: 'tried-by-hand', by: 'cashier' });
      if (one.order.reverse.out !== null) one.reverseGetsNoResponse(why);
      if (one.order.query.out !== null) one.queryAnswers(noResponse(why));
    }
    expect([one.phase, one.order.reverse.refusals >= 10]).toEqual(['reversing', true]);
    answering(
      one,
      () => one.phase === 'attention',
      () => one.queryAnswers(noResponse(why)),
    );
    expect(one.order.phase).toMatchObject({ cause });
    expect(one.atMs - beganMs).toBeGreaterThanOrEqual(REFUSALS_SPAN_MS);
  });

  test('blame outlives a restart, and no wall clock that was set forward makes it old', () => {
    const one = OneOrder.reversing();
    for (let answers = 0; answers < 6; answers += 1) {
      one.tell({ type: 'tried-by-hand', by: 'cashier' });
      if (one.order.reverse.out !== null) one.reverseGetsNoResponse('unsigned-fail');
      if (one.order.query.out !== null) one.queryAnswers(noResponse('timeout'));
    }
    one.setWall(86_400_000);
    one.restart(1_000);
    one.runUntil(() => one.order.reverse.out !== null, 'no-response');
    one.reverseGetsNoResponse('unsigned-fail');
    expect([one.phase, one.order.reverse.refusals]).toEqual(['reversing', 7]);
  });

  test('before a manager it is still asked about, seldom, and proof that comes then ends it', () => {
    const one = OneOrder.reversing();
    one.refuses('SIGNERROR');
    one.querySays('NOTPAY');
    const { length } = one.sent;
    const atMs = one.atMs;
    one.runUntil(() => one.sent.length > length, 'no-response');
    expect(one.atMs - atMs).toBeGreaterThan(ATTENTION_QUERY_MS / 2);
    one.runUntil(() => one.sent.length > length + 20);
    expect(one.atMs - atMs).toBeGreaterThan(20 * (ATTENTION_QUERY_MS / 2));
    one.runUntil(() => one.order.query.out !== null, 'no-response');
    one.querySays('CLOSED');
    expect([one.phase, one.reverses.length]).toEqual(['cancelled', 1]);
  });
});

describe('a state that nobody knows', () => {
  test('is kept, shown, proves nothing, and after ten minutes is a manager’s with its name', () => {
    for (const one of [OneOrder.hanging(), OneOrder.reversing()]) {
      if (one.phase === 'reversing') one.accepts('N');
      else one.runUntil(() => one.order.query.out !== null, 'no-response');
      strange(one);
      expect(view(one)).toMatchObject({ unknownState: 'DEFERRED', verdict: 'do-not-charge', standing: 'open' });
      const beganMs = one.atMs;
      answering(
        one,
        () => one.phase === 'attention',
        () => {
          strange(one);
        },
      );
      expect(one.order.phase).toEqual({ name: 'attention', cause: 'unknown-state', errCode: 'DEFERRED' });
      expect(one.atMs - beganMs).toBeGreaterThanOrEqual(UNKNOWN_STATE_MAX_MS);
      expect(one.sent.length).toBeLessThan(120);
      one.querySays('CLOSED');
      expect([one.phase, view(one).unknownState]).toEqual(['cancelled', null]);
    }
  });

  test('does not keep an armed cancel from leaving, and a known state starts the count again', () => {
    const one = OneOrder.armed();
    strange(one);
    answering(
      one,
      () => one.reverses.length > 0,
      () => {
        strange(one);
      },
    );
    expect(one.atMs).toBeLessThan(20_000);
    one.reverseGetsNoResponse('timeout');
    one.querySays('NOTPAY');
    expect(one.order.unknownState).toBeNull();
  });
});

test('a row of an older version, without any of these fields, opens and goes on', () => {
  const older = (order: Order): unknown => {
    const { seenSinceLastCall: _s, unknownState: _u, refunds: _r, query, reverse, ...rest } = order;
    const { overtaken: _o, refundAsks: _a, ...oldQuery } = query;
    const { blamedSince: _b, accepted: _c, ...oldReverse } = reverse;
    return { ...rest, query: oldQuery, reverse: oldReverse };
  };
  const one = OneOrder.reversing();
  one.accepts('N');
  one.order = orderSchema.parse(older(one.order));
  one.querySays('REFUND');
  expect(view(one).phase).toMatchObject({ name: 'cancelled', outcome: 'refunded' });
});
