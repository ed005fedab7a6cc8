import { describe, expect, test } from 'vitest';
import {
  CHOICE_TIMEOUT_MS,
  FIRST_QUERY_MS,
  LAST_QUERY_FRESH_MS,
  REFUSALS_SPAN_MS,
  REVERSE_WINDOW_MS,
} from '../../../shared/timing.ts';
import { nextWakeMonoMs, proceed } from '../../../electron/orders/machine/machine.ts';
import { viewOf } from '../../../electron/orders/views/order-view.ts';
import { NUMBER, OneOrder, noResponse, WECHAT_NUMBER } from '../../support/orders/one-order.ts';

const DAY_MS = 24 * 3_600_000;
const viewNow = (one: OneOrder) => viewOf(one.order, 1, 'cashier', one.now);

describe('a payment that goes well or is declined', () => {
  test('a verified reply makes it paid, and nothing is left to do', () => {
    const one = OneOrder.hanging();
    one.payAnswers({ kind: 'paid', transactionId: WECHAT_NUMBER });
    expect([one.phase, one.order.transactionId, nextWakeMonoMs(one.order, one.now)]).toEqual([
      'paid',
      WECHAT_NUMBER,
      null,
    ]);
    expect(viewNow(one)).toMatchObject({ verdict: 'paid', standing: 'done' });
  });

  test('declined counts only once a query agrees', () => {
    const one = OneOrder.hanging();
    one.payAnswers({ kind: 'declined', errCode: 'AUTHCODEEXPIRE' });
    expect([one.phase, viewNow(one).verdict]).toEqual(['paying', 'do-not-charge']);
    one.querySays('NOTPAY');
    expect([one.order.phase, viewNow(one).verdict]).toEqual([
      { name: 'failed', cause: 'AUTHCODEEXPIRE' },
      'charge-again',
    ]);
  });

  test('declined, but the query says paid: paid', () => {
    const one = OneOrder.hanging();
    one.payAnswers({ kind: 'declined', errCode: 'SYSTEMERROR' });
    one.querySays('SUCCESS');
    expect(one.phase).toBe('paid');
  });

  test('a pay call that never left charges nobody: proved without the gateway', () => {
    const one = new OneOrder();
    one.payAnswers(noResponse('not-sent'));
    expect([one.order.phase, viewNow(one).verdict]).toEqual([{ name: 'failed', cause: 'never-sent' }, 'charge-again']);
    expect(one.tell({ type: 'cancel-tapped', by: 'cashier' })).toBe('already-settled');
  });

  test('the same words after the request had left prove nothing', () => {
    const one = OneOrder.hanging();
    one.payAnswers(noResponse('not-sent'));
    expect(one.phase).toBe('paying');
  });
});

describe('while nobody knows', () => {
  test('the first query leaves after 3 s, then one each 4 s, or 5 s while a password is typed', () => {
    const one = OneOrder.hanging();
    one.runUntil(() => one.atMs >= 15_000);
    expect(one.sent.slice(0, 3).map(({ atMs }) => atMs)).toEqual([FIRST_QUERY_MS, 7_000, 11_000]);
    const typing = OneOrder.hanging();
    typing.runUntil(() => typing.atMs >= 15_000, 'USERPAYING');
    expect(typing.sent.slice(0, 3).map(({ atMs }) => atMs)).toEqual([FIRST_QUERY_MS, 8_000, 13_000]);
  });

  test('it asks ever more seldom, and never stops of itself within 7 days', () => {
    const one = OneOrder.hanging();
    one.runUntil(() => one.atMs > DAY_MS, 'NOTPAY');
    expect(one.sent.length).toBeGreaterThan(100);
    expect(one.sent.length).toBeLessThan(400);
    one.runUntil(() => one.phase === 'attention', 'NOTPAY');
    expect(one.order.phase).toMatchObject({ cause: 'expired' });
  });

  test('an order that WeChat revokes by itself is proved closed without a reverse', () => {
    const one = OneOrder.armed();
    one.querySays('REVOKED');
    expect([one.phase, one.reverses]).toEqual(['cancelled', []]);
  });
});

describe('the last look before a reverse', () => {
  test('a query leaves 1.5 s before the end, so that the last query result is fresh and the connection warm', () => {
    const one = OneOrder.armed();
    one.runUntil(() => one.reverses.length > 0);
    const looks = one.sent.filter(({ kind }) => kind === 'send-query').map(({ atMs }) => REVERSE_WINDOW_MS - atMs);
    expect(Math.min(...looks)).toBe(1_500);
  });

  test('tapped long after the window, with an old query result, it asks first', () => {
    const one = OneOrder.hanging();
    one.runUntil(() => one.atMs > 600_000 && one.order.query.out === null);
    one.pass(LAST_QUERY_FRESH_MS + 1);
    one.tell({ type: 'cancel-tapped', by: 'cashier' });
    expect([one.reverses, one.order.query.out === null]).toEqual([[], false]);
    one.querySays('NOTPAY');
    expect(one.reverses).toHaveLength(1);
  });

  test('tapped after the window with a fresh query result, the reverse leaves at once', () => {
    const one = OneOrder.hanging();
    one.runUntil(() => one.atMs >= 19_000 && one.order.query.out === null);
    one.tell({ type: 'cancel-tapped', by: 'cashier' });
    expect(one.reverses).toEqual([one.atMs]);
  });

  test('a gateway that does not answer the question holds the reverse up for 2 s at most', () => {
    const one = OneOrder.armed();
    one.runUntil(() => one.reverses.length > 0, 'no-response');
    expect(one.reverses).toEqual([REVERSE_WINDOW_MS]);
    const late = OneOrder.hanging();
    late.queryAnswers(noResponse('timeout'));
    late.runUntil(() => late.atMs > 40_000 && late.order.query.out === null);
    late.pass(LAST_QUERY_FRESH_MS + 1);
    late.tell({ type: 'cancel-tapped', by: 'cashier' });
    const tappedAtMs = late.atMs;
    late.runUntil(() => late.reverses.length > 0, 'no-response');
    expect(late.reverses).toEqual([tappedAtMs + 2_000]);
  });
});

describe('paid after the cancel was armed', () => {
  const choosing = (): OneOrder => {
    const one = OneOrder.armed();
    one.querySays('SUCCESS');
    return one;
  };

  test('nothing leaves while nobody has chosen, and after 10 minutes a manager is asked', () => {
    const one = choosing();
    one.runUntil(() => one.phase === 'attention', 'SUCCESS');
    expect([one.order.phase, one.reverses]).toEqual([{ name: 'attention', cause: 'undecided', errCode: null }, []]);
    expect(one.atMs).toBe(1_000 + CHOICE_TIMEOUT_MS);
  });

  test('kept, it is paid', () => {
    const one = choosing();
    expect(one.tell({ type: 'keep-chosen' })).toBeNull();
    expect([one.phase, nextWakeMonoMs(one.order, one.now)]).toEqual(['paid', null]);
  });

  test('cancelled all the same, it still waits for the window, then refunds', () => {
    const one = choosing();
    expect(one.tell({ type: 'refund-chosen' })).toBeNull();
    one.runUntil(() => one.reverses.length > 0, 'SUCCESS');
    expect(one.reverses).toEqual([REVERSE_WINDOW_MS]);
    one.accepts('N');
    one.querySays('REFUND');
    expect(one.order.phase).toMatchObject({ name: 'cancelled', outcome: 'refunded' });
  });

  test('and taken back after that, it is paid', () => {
    const one = choosing();
    one.tell({ type: 'refund-chosen' });
    one.tell({ type: 'cancel-withdrawn' });
    expect(one.phase).toBe('paid');
  });

  test('a late pay reply counts like a query', () => {
    const one = OneOrder.armed();
    one.payAnswers({ kind: 'paid', transactionId: WECHAT_NUMBER });
    expect(one.phase).toBe('choosing');
  });

  test('a manager’s cancel asks nobody', () => {
    const one = OneOrder.hanging();
    one.tell({ type: 'cancel-tapped', by: 'manager', code: 'duplicate' });
    one.querySays('SUCCESS');
    expect(one.phase).toBe('armed');
  });

  test('choices where there is nothing to choose are refused', () => {
    const one = OneOrder.armed();
    expect([one.tell({ type: 'keep-chosen' }), one.tell({ type: 'refund-chosen' })]).toEqual([
      'nothing-to-choose',
      'nothing-to-choose',
    ]);
  });
});

describe('an order entered by its number', () => {
  test('is queried at once, and if WeChat does not know it, it says so', () => {
    const one = OneOrder.entered();
    one.tell({ type: 'timer' });
    one.queryAnswers({ kind: 'not-found' });
    expect([one.phase, viewNow(one).actions]).toEqual(['not-found', ['cancel', 'ask']]);
  });

  test('starts its window when we learn of it if the pay time is unknown, otherwise at the pay time', () => {
    for (const [paidAgoMs, leavesAtMs] of [
      [null, REVERSE_WINDOW_MS],
      [10_000, REVERSE_WINDOW_MS - 10_000],
      [60_000, 0],
    ] as const) {
      const one = OneOrder.entered(paidAgoMs);
      one.tell({ type: 'cancel-tapped', by: 'manager', code: 'duplicate' });
      one.runUntil(() => one.reverses.length > 0);
      expect(one.reverses).toEqual([leavesAtMs]);
    }
  });

  test('that was only looked up needs no further work, and its queries stop by themselves', () => {
    const one = OneOrder.entered(DAY_MS);
    one.tell({ type: 'timer' });
    one.runUntil(() => one.order.query.out === null && nextWakeMonoMs(one.order, one.now) === null);
    expect(viewNow(one).standing).toBe('done');
    expect(one.atMs).toBeLessThan(60_000);
  });

  test('older than 7 days is refused', () => {
    const one = OneOrder.entered(7 * DAY_MS + 1);
    expect(one.tell({ type: 'cancel-tapped', by: 'manager', code: 'duplicate' })).toBe('order-too-old');
  });

  test('cancelled though WeChat says there is no such order, it ends before a manager', () => {
    const one = OneOrder.entered(60_000);
    one.tell({ type: 'cancel-tapped', by: 'manager', code: 'duplicate' });
    for (let rounds = 0; rounds < 5 && one.phase !== 'attention'; rounds += 1) {
      one.runUntil(() => one.order.query.out !== null || one.order.reverse.out !== null, 'no-response');
      if (one.order.query.out !== null) one.queryAnswers({ kind: 'not-found' });
      if (one.order.reverse.out !== null) one.refuses('ORDERNOTEXIST');
    }
    expect(one.order.phase).toMatchObject({ name: 'attention', cause: 'order-not-found' });
  });

  test('takes its other number and the amount from the answer', () => {
    const one = OneOrder.entered(60_000);
    one.tell({ type: 'timer' });
    one.queryAnswers({
      kind: 'seen',
      tradeState: 'SUCCESS',
      outTradeNo: NUMBER,
      transactionId: WECHAT_NUMBER,
      amountFen: 1_234,
    });
    expect(one.order).toMatchObject({ transactionId: WECHAT_NUMBER, knownPaid: true, phase: { name: 'paid' } });
  });
});

test('a reverse that is accepted after the order went to a manager brings a question for the proof', () => {
  const one = OneOrder.reversing();
  const beganMs = one.atMs;
  while (one.atMs - beganMs < REFUSALS_SPAN_MS) {
    one.reverseGetsNoResponse('bad-signature');
    one.runUntil(() => one.order.reverse.out !== null);
  }
  one.tell({ type: 'asked-by-hand' });
  one.queryAnswers(noResponse('bad-signature'));
  expect([one.phase, one.order.reverse.out === null]).toEqual(['attention', false]);
  one.queryAnswers(noResponse('timeout'));
  one.accepts('N');
  expect(one.order.query.out).not.toBeNull();
  one.querySays('REVOKED');
  expect(one.phase).toBe('cancelled');
});

describe('before a manager', () => {
  const stuck = (): OneOrder => {
    const one = OneOrder.reversing();
    one.refuses('SIGNERROR');
    one.queryAnswers(noResponse('unsigned-fail'));
    return one;
  };

  test('a cashier can ask, but not try again or settle', () => {
    const one = stuck();
    expect(viewNow(one).actions).toEqual(['ask']);
    expect(one.tell({ type: 'cancel-tapped', by: 'cashier' })).toBe('manager-only');
    expect(one.tell({ type: 'manager-settled', by: 'cashier', reason: 'done' })).toBe('manager-only');
  });

  test('a manager’s try starts over: a reverse leaves at once and old refusals are forgotten', () => {
    const one = stuck();
    expect(one.tell({ type: 'tried-by-hand', by: 'manager', code: 'duplicate' })).toBeNull();
    expect([one.phase, one.reverses.length, one.order.reverse.refusals]).toEqual(['reversing', 2, 0]);
  });

  test('a manager’s word settles it', () => {
    const one = stuck();
    expect(
      one.tell({ type: 'manager-settled', by: 'manager', code: 'duplicate', reason: 'refunded in the platform' }),
    ).toBeNull();
    expect([one.phase, nextWakeMonoMs(one.order, one.now)]).toEqual(['settled', null]);
  });

  test('the same order under its other number rests', () => {
    const one = OneOrder.reversing();
    one.tell({ type: 'same-as', orderId: 'another' });
    expect([one.order.phase, nextWakeMonoMs(one.order, one.now)]).toEqual([
      { name: 'settled', reason: 'same-as:another' },
      null,
    ]);
  });
});

test('trying now shortens the wait, and no more than one reverse comes of it', () => {
  const one = OneOrder.reversing();
  one.accepts('Y');
  one.querySays('NOTPAY');
  one.tell({ type: 'tried-by-hand', by: 'cashier' });
  one.tell({ type: 'tried-by-hand', by: 'cashier' });
  expect(one.reverses).toEqual([REVERSE_WINDOW_MS, REVERSE_WINDOW_MS]);
});

test('a tap that another process writes down changes nothing of an order under way, its waits included', () => {
  const one = OneOrder.reversing();
  one.accepts('Y');
  one.querySays('NOTPAY');
  const [before, due] = [one.order, nextWakeMonoMs(one.order, one.now)];
  one.now = { ...one.now, run: 'another process' };
  expect(one.tell({ type: 'cancel-tapped', by: 'manager', code: 'duplicate' })).toBeNull();
  expect(one.order).toBe(before);
  expect(nextWakeMonoMs(one.order, one.now)).toBe(due);
});

test('the same events give the same order and the same effects', () => {
  const live = (): OneOrder => {
    const one = OneOrder.reversing();
    one.accepts('Y');
    one.runUntil(() => one.reverses.length === 3 || one.order.reverse.out !== null);
    one.reverseGetsNoResponse('timeout');
    one.runUntil(() => one.reverses.length === 3);
    return one;
  };
  const [first, second] = [live(), live()];
  expect(second.order).toEqual(first.order);
  expect(second.sent).toEqual(first.sent);
});

test('a pay call that nobody saw leave, of a process that is gone while the order rested as paid, holds no later cancel for ever', () => {
  const one = new OneOrder();
  one.tell({ type: 'asked-by-hand' });
  one.querySays('SUCCESS');
  expect([one.phase, one.order.payCall.state]).toEqual(['paid', 'leaving']);
  // The order rests, so the next process has nothing to take over.
  one.pass(12_000);
  one.now = { ...one.now, run: 'run-2' };
  one.tell({ type: 'cancel-tapped', by: 'manager', code: 'duplicate' });
  one.runUntil(() => one.reverses.length > 0, 'SUCCESS');
  // It may have left by its own deadline of 10 s; from there the window counts.
  expect(one.reverses[0]).toBeGreaterThanOrEqual(10_000 + REVERSE_WINDOW_MS);
  expect(one.reverses[0]).toBeLessThan(10_000 + REVERSE_WINDOW_MS + 10_000);
});

test('a cancel that waits for a slot is queried again when its last query grows old, so that the slot finds it ready', () => {
  const { order, now } = OneOrder.armed();
  const later = { ...now, wallMs: now.wallMs + REVERSE_WINDOW_MS, monoMs: now.monoMs + REVERSE_WINDOW_MS };
  const waiting = {
    ...order,
    query: { ...order.query, out: null, dueMonoMs: null, endedMonoMs: later.monoMs - 1_000 },
  };
  const wake = nextWakeMonoMs(waiting, later, true);
  expect(wake).toBe(later.monoMs - 1_000 + LAST_QUERY_FRESH_MS + 1);
  const woken = { ...later, monoMs: wake ?? Number.NaN };
  expect(proceed(waiting, woken, false).effects).toMatchObject([{ kind: 'send-query' }]);
});
