/**
 * The nine invariants of an order, one block each, on the machine alone. (6 and 9 have more in machine-attention and
 * machine-acts; 7 is proved over whole processes by the secrets canary.)
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noAnswerSchema } from '../../../shared/order/order.ts';
import { REFUSALS_SPAN_MS, REVERSE_WINDOW_MS } from '../../../shared/timing.ts';
import { viewOf } from '../../../electron/orders/views/order-view.ts';
import { OneOrder, noResponse, WECHAT_NUMBER } from '../../support/orders/one-order.ts';

const fired = (one: OneOrder) => (): boolean => one.reverses.length > 0;

describe('1: no reverse leaves before the window has ended', () => {
  test('an armed cancel sleeps at the last millisecond and leaves on the next', () => {
    const one = OneOrder.armed();
    one.querySays('NOTPAY');
    one.pass(REVERSE_WINDOW_MS - 1_000 - 1);
    one.tell({ type: 'timer' });
    one.querySays('NOTPAY');
    expect(one.reverses).toEqual([]);
    one.pass(1);
    one.tell({ type: 'timer' });
    expect(one.reverses).toEqual([REVERSE_WINDOW_MS]);
  });

  test('the window is more than the 15 s of the documents', () => {
    expect(REVERSE_WINDOW_MS).toBeGreaterThanOrEqual(15_000);
  });

  test('it counts from when the pay request left, not from when the payment was begun', () => {
    const one = new OneOrder();
    one.pass(5_000);
    one.tell({ type: 'pay-left' });
    one.tell({ type: 'cancel-tapped', by: 'cashier' });
    one.runUntil(fired(one));
    expect(one.reverses).toEqual([5_000 + REVERSE_WINDOW_MS]);
  });

  test('nothing leaves while the pay request itself has not left', () => {
    const one = new OneOrder();
    one.tell({ type: 'cancel-tapped', by: 'cashier' });
    one.querySays('NOTPAY');
    one.pass(60_000);
    one.tell({ type: 'timer' });
    expect(one.reverses).toEqual([]);
  });

  test('setting the wall clock forward or back while the process lives changes nothing', () => {
    for (const jumpMs of [-3_600_000, 3_600_000]) {
      const one = OneOrder.armed();
      one.setWall(jumpMs);
      one.runUntil(fired(one));
      expect(one.reverses).toEqual([REVERSE_WINDOW_MS]);
    }
  });

  test('a restart inside the window keeps the moment', () => {
    const one = OneOrder.armed();
    one.pass(2_000);
    one.restart(4_000);
    one.runUntil(fired(one));
    expect(one.reverses).toEqual([REVERSE_WINDOW_MS]);
  });

  test('a restart with the clock set forward does not open the window early', () => {
    const one = OneOrder.armed();
    one.setWall(3_600_000);
    one.restart(4_000);
    one.runUntil(fired(one));
    expect(one.reverses).toEqual([REVERSE_WINDOW_MS]);
  });

  test('a restart with the clock set back waits at most one whole window more', () => {
    const one = OneOrder.armed();
    one.setWall(-3_600_000);
    one.restart(4_000);
    one.runUntil(fired(one));
    expect(one.reverses).toEqual([5_000 + REVERSE_WINDOW_MS]);
  });

  test('after a reboot only the time the machine has been up is counted', () => {
    const one = OneOrder.armed();
    one.setWall(3_600_000);
    one.restart(9_000, { upMs: 3_000 });
    one.runUntil(fired(one));
    expect(one.reverses).toEqual([10_000 + REVERSE_WINDOW_MS - 3_000]);
  });

  test('a pay call whose leaving is not recorded counts as sent at its deadline, because the next process cannot know that it was not sent', () => {
    for (const downMs of [100, 60_000]) {
      const one = new OneOrder();
      one.tell({ type: 'cancel-tapped', by: 'cashier' });
      one.restart(downMs);
      one.runUntil(fired(one));
      expect(one.reverses).toEqual([Math.max(downMs, 10_000 + REVERSE_WINDOW_MS)]);
    }
  });

  test('a pay call that leaves after all moves the start of the window, even if another process has taken over meanwhile', () => {
    const one = new OneOrder();
    one.tell({ type: 'cancel-tapped', by: 'cashier' });
    one.restart(1_000);
    one.pass(4_900);
    one.tell({ type: 'pay-left' });
    one.runUntil(fired(one));
    expect(one.reverses).toEqual([5_900 + REVERSE_WINDOW_MS]);
  });

  test('a second restart soon after the first takes nothing off that', () => {
    const one = new OneOrder();
    one.tell({ type: 'cancel-tapped', by: 'cashier' });
    one.restart(4_000);
    one.restart(2_000);
    one.runUntil(fired(one));
    expect(one.reverses).toEqual([10_000 + REVERSE_WINDOW_MS]);
  });

  test('whatever restarts, jumps and taps come, every reverse leaves after the window', () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 6_000 }) }),
      fc.record({ kind: fc.constant('wall' as const), ms: fc.integer({ min: -1e8, max: 1e8 }) }),
      fc.record({ kind: fc.constant('restart' as const), ms: fc.integer({ min: 0, max: 8_000 }) }),
      fc.record({ kind: fc.constant('reboot' as const), ms: fc.integer({ min: 0, max: 8_000 }) }),
      fc.record({
        kind: fc.constantFrom('cancel' as const, 'withdraw' as const, 'timer' as const, 'answer' as const),
        ms: fc.constant(0),
      }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const one = OneOrder.hanging();
        for (const { kind, ms } of acts) {
          if (kind === 'pass') one.pass(ms);
          else if (kind === 'wall') one.setWall(ms);
          else if (kind === 'restart') one.restart(ms);
          else if (kind === 'reboot') one.restart(ms, { upMs: Math.floor(ms / 2) });
          else if (kind === 'cancel') one.tell({ type: 'cancel-tapped', by: 'cashier' });
          else if (kind === 'withdraw') one.tell({ type: 'cancel-withdrawn' });
          else if (kind === 'timer') one.tell({ type: 'timer' });
          else if (one.order.query.out !== null) one.querySays('NOTPAY');
        }
        expect(Math.min(...one.reverses, Infinity)).toBeGreaterThanOrEqual(REVERSE_WINDOW_MS);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('2: a tap arms the cancel, it fires by itself, and until then one tap takes it back', () => {
  test('tapped once, it leaves without another touch', () => {
    const one = OneOrder.armed();
    expect(one.phase).toBe('armed');
    one.runUntil(fired(one));
    expect(one.phase).toBe('reversing');
  });

  test('taken back, nothing ever leaves', () => {
    const one = OneOrder.armed();
    expect(one.tell({ type: 'cancel-withdrawn' })).toBeNull();
    one.runUntil(() => one.atMs > 120_000);
    expect([one.phase, one.reverses]).toEqual(['paying', []]);
  });

  test('taking back is refused once a reverse may have left', () => {
    const one = OneOrder.reversing();
    expect(one.tell({ type: 'cancel-withdrawn' })).toBe('too-late');
  });

  test('a second tap changes nothing, and is written: a withdrawal that was not saved may turn up after a crash', () => {
    const one = OneOrder.armed();
    const before = one.order;
    expect(one.tell({ type: 'cancel-tapped', by: 'cashier' })).toBeNull();
    expect(one.order).toEqual(before);
    expect(one.order, 'the same object would not be written').not.toBe(before);
  });
});

describe('3: at most one reverse is out', () => {
  test('no timer, tap, query or restart lets a second one leave while the first is unanswered', () => {
    const one = OneOrder.reversing();
    for (const event of [
      { type: 'timer' },
      { type: 'tried-by-hand', by: 'manager', code: 'duplicate' },
      { type: 'cancel-tapped', by: 'manager', code: 'duplicate' },
    ] as const) {
      one.pass(30_000);
      one.tell(event);
      if (one.order.query.out !== null) one.querySays('NOTPAY');
    }
    expect(one.reverses).toHaveLength(1);
  });

  test('an answer to another attempt is not taken for this one’s', () => {
    const one = OneOrder.reversing();
    one.reverseGetsNoResponse('timeout');
    one.runUntil(() => one.reverses.length === 2);
    one.tell({ type: 'reverse-ended', n: 1, answer: { kind: 'accepted', recall: 'N' }, host: 'x', latencyMs: 1 });
    expect([one.phase, one.order.reverse.out?.n]).toEqual(['reversing', 2]);
  });
});

describe('4: cancelled is said when a verified query proves it, and never else', () => {
  test('SUCCESS with recall=N only asks for the proof', () => {
    const one = OneOrder.reversing();
    one.accepts('N');
    expect(one.phase).toBe('confirming');
    expect(viewOf(one.order, 1, 'cashier', one.now).verdict).toBe('do-not-charge');
  });

  test.each([
    ['CLOSED', 'closed'],
    ['REVOKED', 'closed'],
    ['REFUND', 'refunded'],
  ] as const)('a query that says %s proves it: %s', (state, outcome) => {
    const one = OneOrder.reversing();
    one.accepts('N');
    one.querySays(state);
    expect(one.order.phase).toEqual({ name: 'cancelled', outcome, proof: state });
  });

  test('REVOKED of an order known to be paid means refunded', () => {
    const one = OneOrder.reversingPaid();
    one.accepts('N');
    one.querySays('REVOKED');
    expect(one.order.phase).toEqual({ name: 'cancelled', outcome: 'refunded', proof: 'REVOKED' });
  });

  test('a query that contradicts the reverse brings another reverse, and then a manager', () => {
    const one = OneOrder.reversing();
    one.accepts('N');
    one.runUntil(() => one.reverses.length === 2, 'SUCCESS');
    one.accepts('N');
    one.runUntil(() => one.phase === 'attention', 'SUCCESS');
    expect(one.order.phase).toEqual({ name: 'attention', cause: 'contradiction', errCode: 'SUCCESS' });
  });

  test('an order that was paid and is now said to be closed goes to a manager', () => {
    const one = OneOrder.reversingPaid();
    one.accepts('N');
    one.querySays('CLOSED');
    expect(one.order.phase).toMatchObject({ name: 'attention', cause: 'contradiction' });
  });
});

describe('5: an unknown outcome is asked about and tried again, for as long as the 7 days last', () => {
  const doubts: readonly (readonly [string, (one: OneOrder) => void])[] = [
    ['recall=Y', (one: OneOrder) => one.accepts('Y')],
    ['a missing recall', (one: OneOrder) => one.accepts('missing')],
    ['SYSTEMERROR', (one: OneOrder) => one.refuses('SYSTEMERROR', 'Y')],
    ['SYSTEMERROR with recall=N', (one: OneOrder) => one.refuses('SYSTEMERROR', 'N')],
    ...noAnswerSchema.options
      .filter((why) => why !== 'certificate-refused' && why !== 'too-often')
      .map((why) => [why, (one: OneOrder) => one.reverseGetsNoResponse(why)] as const),
  ];
  test.each(doubts)('after %s a query leaves at once and another reverse after a while', (_name, answer) => {
    const one = OneOrder.reversing();
    const before = one.order.query.count;
    answer(one);
    expect([one.phase, one.order.query.count]).toEqual(['reversing', before + 1]);
    one.runUntil(() => one.reverses.length === 2);
    const [first = 0, second = 0] = one.reverses;
    expect(second - first).toBeGreaterThanOrEqual(1_000);
    expect(second - first).toBeLessThanOrEqual(2_000);
  });

  test('an order without any response is tried for 7 days, ever more seldom, and then stands before a manager', () => {
    const one = OneOrder.reversing();
    one.reverseGetsNoResponse('timeout');
    while (one.phase === 'reversing') {
      one.runUntil(
        () => one.order.reverse.out !== null || one.order.query.out !== null || one.phase !== 'reversing',
        'no-response',
      );
      if (one.order.query.out !== null) one.queryAnswers(noResponse('timeout'));
      if (one.order.reverse.out !== null) one.reverseGetsNoResponse('timeout');
    }
    expect(one.order.phase).toMatchObject({ name: 'attention', cause: 'expired' });
    expect(one.atMs).toBeGreaterThanOrEqual(7 * 24 * 3_600_000);
    expect(one.reverses.length).toBeGreaterThan(300);
    expect(one.reverses.length).toBeLessThan(1_000);
  });

  test('a restart with a reverse out treats it as unknown, asks, and goes on', () => {
    const one = OneOrder.reversing();
    one.restart(500);
    expect(one.order.reverse).toMatchObject({ out: null, lastResult: 'interrupted', count: 1 });
    one.runUntil(() => one.reverses.length === 2);
    expect(one.phase).toBe('reversing');
  });
});

describe('6: what retrying cannot mend stands before a manager, with its cause', () => {
  test.each([
    ['REVERSE_EXPIRE', 'expired'],
    ['SIGNERROR', 'signature'],
    ['PARAM_ERROR', 'parameter'],
    ['INVALID_TRANSACTIONID', 'parameter'],
    ['NOAUTH', 'not-permitted'],
  ] as const)('%s: %s', (errCode, cause) => {
    const one = OneOrder.reversing();
    one.refuses(errCode);
    expect(one.order.phase).toEqual({ name: 'attention', cause, errCode });
    one.pass(24 * 3_600_000);
    one.tell({ type: 'timer' });
    expect([one.phase, one.reverses.length]).toEqual(['attention', 1]);
  });

  test('a refused certificate', () => {
    const one = OneOrder.reversing();
    one.reverseGetsNoResponse('certificate-refused');
    expect(one.order.phase).toMatchObject({ name: 'attention', cause: 'certificate-refused' });
  });

  test('with recall=Y even those are tried again, but a series of them also ends before a manager', () => {
    const one = OneOrder.reversing();
    const beganMs = one.atMs;
    while (one.atMs - beganMs < REFUSALS_SPAN_MS) {
      one.refuses('PARAM_ERROR', 'Y');
      expect(one.phase).toBe('reversing');
      one.runUntil(() => one.order.reverse.out !== null);
    }
    one.refuses('PARAM_ERROR', 'Y');
    expect(one.order.phase).toMatchObject({ name: 'attention', cause: 'parameter' });
  });

  test('a row of unsigned refusals ends there, and proof that comes later still counts', () => {
    const one = OneOrder.reversing();
    const beganMs = one.atMs;
    while (one.atMs - beganMs < REFUSALS_SPAN_MS) {
      one.reverseGetsNoResponse('unsigned-fail');
      one.runUntil(() => one.order.reverse.out !== null);
    }
    one.reverseGetsNoResponse('unsigned-fail');
    expect(one.order.phase).toMatchObject({ name: 'attention', cause: 'refused' });
    one.querySays('REVOKED');
    expect(one.phase).toBe('cancelled');
  });
});

describe('7: an order holds no secret', () => {
  test('what the machine keeps of a whole life has no field for one', () => {
    const one = OneOrder.reversing();
    one.payAnswers({ kind: 'paid', transactionId: WECHAT_NUMBER });
    one.accepts('N');
    one.querySays('REFUND');
    expect(JSON.stringify(one.order)).not.toMatch(/"sign|openid|face_?code|auth_?code|key|cert/i);
  });
});

describe('8: the pay call is never sent again', () => {
  test('the machine has no effect that pays, whatever happens', () => {
    const one = OneOrder.hanging();
    one.payAnswers(noResponse('broken'));
    one.restart(1_000);
    one.runUntil(() => one.atMs > 60_000);
    expect(new Set(one.sent.map(({ kind }) => kind))).toEqual(new Set(['send-query']));
  });
});

describe('9: a cashier cancels what is unresolved or failed, or turned out paid after the tap', () => {
  test('an order known to be paid is refused to a cashier and taken from a manager', () => {
    const one = OneOrder.hanging();
    one.payAnswers({ kind: 'paid', transactionId: WECHAT_NUMBER });
    expect(one.tell({ type: 'cancel-tapped', by: 'cashier' })).toBe('paid-needs-manager');
    expect(one.tell({ type: 'cancel-tapped', by: 'manager', code: 'duplicate' })).toBeNull();
    expect(one.phase).toBe('armed');
  });

  test('a declined payment may be closed by a cashier', () => {
    const one = OneOrder.hanging();
    one.payAnswers({ kind: 'declined', errCode: 'NOTSUPORTCARD' });
    one.querySays('NOTPAY');
    expect(one.order.phase).toEqual({ name: 'failed', cause: 'NOTSUPORTCARD' });
    expect(one.tell({ type: 'cancel-tapped', by: 'cashier' })).toBeNull();
  });

  test('one that turned out paid after the tap waits for the cashier’s choice', () => {
    const one = OneOrder.armed();
    one.querySays('SUCCESS');
    expect([one.phase, viewOf(one.order, 1, 'cashier', one.now).actions]).toEqual(['choosing', ['keep', 'refund']]);
  });
});
