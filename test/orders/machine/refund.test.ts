/**
 * A refund by the API, step by step: one number for one intent, sent only on WeChat's word that the order is paid, and
 * called arrived only on WeChat's word.
 */
import { describe, expect, it } from 'vitest';
import { orderFrom } from '../../../electron/orders/machine/order.ts';
import { restFen } from '../../../electron/orders/machine/refund-events.ts';
import type { Refund } from '../../../electron/orders/machine/refund.ts';
import { timelineOf } from '../../../electron/orders/views/timeline.ts';
import { viewOf } from '../../../electron/orders/views/order-view.ts';
import type { RefundAnswer, RefundSeen } from '../../../electron/wechat/answers.ts';
import { REFUND_GAP_MS, REFUND_SLOW_MS, REVERSE_AGE_MAX_MS } from '../../../shared/timing.ts';
import { noResponse, NUMBER, OneOrder, WECHAT_NUMBER } from '../../support/orders/one-order.ts';

const where = { host: 'api.mch.weixin.qq.com', latencyMs: 40 };
const R1 = `${NUMBER}_K7R1`;
const R2 = `${NUMBER}_K7R2`;
const DAY_MS = 86_400_000;
const WHOLE = 1_234;

const asked = (fen: number, outRefundNo = R1) =>
  ({ type: 'refund-asked', by: 'manager', code: 'wrong-amount', outRefundNo, fen, account: null }) as const;
const accepted = (refundId = '5000001', fen = 300): RefundAnswer => ({
  kind: 'accepted',
  refundId,
  fen,
  customerFen: fen,
});
const saw = (status: 'SUCCESS' | 'PROCESSING' | 'CHANGE' | 'REFUNDCLOSE', more: object = {}): RefundSeen => ({
  kind: 'seen',
  ...{ status, refundId: '5000001', fen: 300, totalFen: WHOLE, customerFen: 300 },
  ...{ arrivedAt: status === 'SUCCESS' ? '2026-11-23 14:20:00' : null, arrivedTo: null, ...more },
});

/** A paid order, and what the gateway says of its refunds. */
class Paid extends OneOrder {
  static now(): Paid {
    const one = new Paid();
    one.tell({ type: 'pay-left' });
    one.payAnswers({ kind: 'paid', transactionId: WECHAT_NUMBER });
    return one;
  }

  /** A part was asked for, WeChat says that the order is paid, and the request is out. */
  static refunding(fen = 300): Paid {
    const one = Paid.now();
    one.tell(asked(fen));
    one.querySays('SUCCESS');
    return one;
  }

  get refund(): Refund {
    return this.order.ourRefunds.at(-1) ?? expect.fail('there is no refund');
  }

  get requests(): readonly number[] {
    return this.sent.filter(({ kind }) => kind === 'send-refund').map(({ atMs }) => atMs);
  }

  answers(answer: RefundAnswer): void {
    this.tell({ type: 'refund-ended', n: this.refund.request.out?.n ?? 0, answer, ...where });
  }

  looked(answer: RefundSeen): void {
    this.tell({ type: 'refund-looked', n: this.refund.look.out?.n ?? 0, answer, ...where });
  }

  /** The next call about the refund leaves. The order itself is answered as one that was refunded in part. */
  untilOut(call: 'request' | 'look'): void {
    for (let wakes = 0; wakes < 100 && this.refund[call].out === null; wakes += 1) {
      if (this.order.query.out !== null) this.refundedElsewhere(part(300));
      else this.runOnce();
    }
    expect(this.refund[call].out).not.toBeNull();
  }

  runOnce(): void {
    const before = this.sent.length;
    this.runUntil(() => this.sent.length > before, 'no-response');
  }
}

const part = (refundedFen: number, takenFen = refundedFen) =>
  ({ kind: 'summed', refundedFen, totalFen: WHOLE, takenFen, count: 1 }) as const;

describe('asking for a refund', () => {
  it('writes the intent down, and sends nothing until a query that begins then says that the order is paid', () => {
    const one = Paid.now();
    expect([one.tell(asked(300)), one.refund.phase.name, one.requests]).toEqual([null, 'asked', []]);
    expect(one.sent.at(-1)?.kind).toBe('send-query');
    one.queryAnswers(noResponse('timeout'));
    expect([one.refund.phase.name, one.requests.length]).toEqual(['asked', 0]);
    one.runOnce();
    one.querySays('SUCCESS');
    expect([one.refund.phase.name, one.requests.length]).toEqual(['sending', 1]);
  });

  it('does not trust a query that was out before', () => {
    const one = Paid.now();
    one.tell({ type: 'asked-by-hand' });
    one.tell(asked(300));
    one.querySays('SUCCESS');
    expect([one.refund.phase.name, one.requests.length]).toEqual(['asked', 0]);
    one.querySays('SUCCESS');
    expect(one.requests.length).toBe(1);
  });

  it.each([
    ['is not paid any more', (one: Paid) => one.querySays('REVOKED'), 'not-paid'],
    ['is not known', (one: Paid) => one.queryAnswers({ kind: 'not-found' }), 'not-paid'],
    ['was given back by a reverse', (one: Paid) => one.querySays('REFUND'), 'not-paid'],
    [
      'has less left, since somebody refunded a part',
      (one: Paid) => one.refundedElsewhere(part(500, 1_000)),
      'over-rest',
    ],
  ] as const)('sends nothing for an order that %s, and a manager is told', (_name, say, why) => {
    const one = Paid.now();
    one.tell(asked(300));
    say(one);
    expect([one.refund.phase, one.requests]).toMatchObject([{ name: 'failed', why, notedAtMs: null }, []]);
    expect(viewOf(one.order, 1, 'manager', one.now).ourRefunds).toMatchObject([
      { state: 'failed', needsManager: true },
    ]);
    expect(one.tell({ type: 'refund-settled', by: 'manager', code: 'other', outRefundNo: R1 })).toBeNull();
    expect(viewOf(one.order, 1, 'manager', one.now).ourRefunds).toMatchObject([
      { state: 'failed', needsManager: false },
    ]);
  });

  it('of the rest after a part that somebody else refunded is sent', () => {
    const one = Paid.now();
    one.tell(asked(300));
    one.refundedElsewhere(part(500, 900));
    expect([one.refund.phase.name, one.requests.length]).toEqual(['sending', 1]);
  });

  it.each([
    ['a cashier', { ...asked(300), by: 'cashier' as const }, 'manager-only'],
    ['a technician', { ...asked(300), by: 'technician' as const }, 'manager-only'],
    ['a manager without a reason', { ...asked(300), code: undefined }, 'reason-needed'],
    ['a manager for more than was paid', asked(WHOLE + 1), 'refund-too-much'],
    ['a manager for the whole of a young order', asked(WHOLE), 'reverse-instead'],
  ] as const)('is refused to %s', (_name, event, code) => {
    const one = Paid.now();
    expect([one.tell(event), one.order.ourRefunds]).toEqual([code, []]);
  });

  it('of the whole is for orders older than 7 days, and of orders older than a year for nobody', () => {
    const one = Paid.now();
    one.pass(REVERSE_AGE_MAX_MS + 60_000);
    expect(one.tell(asked(WHOLE))).toBeNull();
    const old = Paid.now();
    old.pass(366 * DAY_MS);
    expect(old.tell(asked(WHOLE))).toBe('refund-too-old');
  });

  it('is refused where the order is not known to be paid, or is being cancelled, or was taken to the platform', () => {
    const hanging = OneOrder.hanging();
    expect(hanging.tell(asked(300))).toBe('refund-impossible');
    expect(OneOrder.reversingPaid().tell(asked(300))).toBe('refund-impossible');
    const expired = OneOrder.reversingPaid();
    expired.refuses('REVERSE_EXPIRE');
    expired.tell({ type: 'refund-handed-over', by: 'manager', code: 'duplicate' });
    expect(expired.tell(asked(WHOLE))).toBe('refund-impossible');
  });

  it('with the same number again is the same intent, and with other sums it is refused', () => {
    const one = Paid.refunding();
    expect([one.tell(asked(300)), one.tell(asked(301)), one.order.ourRefunds.length]).toEqual([
      null,
      'refund-under-way',
      1,
    ]);
  });

  it('is refused while it is not known what became of the last one, and allowed once WeChat holds that', () => {
    const one = Paid.refunding();
    expect(one.tell(asked(100, R2))).toBe('refund-under-way');
    one.answers(accepted());
    expect(one.tell(asked(935, R2))).toBe('refund-too-much');
    expect(one.tell(asked(934, R2))).toBeNull();
    expect(restFen(one.order)).toBe(0);
  });
});

describe('a request', () => {
  it('whose outcome is unknown is asked about, and repeated with the same number, once a minute', () => {
    const one = Paid.refunding();
    one.answers({ kind: 'refused', errCode: 'SYSTEMERROR' });
    one.untilOut('look');
    expect(one.atMs - (one.requests[0] ?? 0)).toBeLessThan(REFUND_GAP_MS);
    one.looked({ kind: 'not-found' });
    expect(one.requests.length).toBe(1);
    one.untilOut('look');
    one.looked({ kind: 'not-found' });
    expect(one.requests.length).toBe(2);
    expect((one.requests[1] ?? 0) - (one.requests[0] ?? 0)).toBeGreaterThanOrEqual(60_000);
    expect(one.order.ourRefunds.map(({ outRefundNo }) => outRefundNo)).toEqual([R1]);
  });

  it.each(['timeout', 'broken', 'http-status', 'bad-signature', 'unsigned-fail', 'too-often', 'interrupted'] as const)(
    'that got no answer (%s) may have been accepted: what WeChat holds is taken up',
    (why) => {
      const one = Paid.refunding();
      one.answers(noResponse(why));
      expect(one.refund.request.inDoubt).toBe(true);
      one.untilOut('look');
      one.looked(saw('PROCESSING'));
      expect([one.refund.phase.name, one.refund.refundId, one.requests.length]).toEqual(['accepted', '5000001', 1]);
    },
  );

  it.each(['not-sent', 'server-not-trusted'] as const)('that never left (%s) is sent again without a doubt', (why) => {
    const one = Paid.refunding();
    one.answers(noResponse(why));
    expect(one.refund.request.inDoubt).toBe(false);
    one.untilOut('request');
    expect(one.requests.length).toBe(2);
  });

  it.each([
    ['NOTENOUGH', 'not-enough'],
    ['USER_ACCOUNT_ABNORMAL', 'customer-account'],
    ['TRADE_OVERDUE', 'too-old'],
    ['SIGNERROR', 'signature'],
    ['CERT_ERROR', 'certificate-refused'],
  ] as const)('refused with %s stands before a manager, and tried again it has the same number', (errCode, cause) => {
    const one = Paid.refunding();
    one.answers({ kind: 'refused', errCode });
    expect(one.refund.phase).toEqual({ name: 'attention', cause, errCode });
    expect(one.tell(asked(200, R2))).toBe('refund-under-way');
    expect(one.tell({ type: 'refund-retried', by: 'manager', outRefundNo: R1 })).toBe('reason-needed');
    expect(one.tell({ type: 'refund-retried', by: 'manager', code: 'other', outRefundNo: R1 })).toBeNull();
    one.untilOut('request');
    expect([one.requests.length, one.order.ourRefunds.length]).toEqual([2, 1]);
  });

  it('that is refused after one in doubt is asked about before anybody is told that it was refused', () => {
    const one = Paid.refunding();
    one.answers(noResponse('timeout'));
    one.untilOut('look');
    one.looked({ kind: 'not-found' });
    one.untilOut('look');
    one.looked({ kind: 'not-found' });
    one.answers({ kind: 'refused', errCode: 'NOTENOUGH' });
    expect(one.refund.phase.name).toBe('sending');
    one.untilOut('look');
    one.looked(saw('PROCESSING'));
    expect(one.refund.phase.name).toBe('accepted');
  });

  it('that WeChat calls refunded already is asked about: it may have been this one', () => {
    const one = Paid.refunding();
    one.answers({ kind: 'refused', errCode: 'ERROR' });
    one.untilOut('look');
    one.looked({ kind: 'not-found' });
    expect(one.refund.phase).toEqual({ name: 'attention', cause: 'refused', errCode: 'ERROR' });
  });

  it('of a process that died may have been accepted', () => {
    const one = Paid.refunding();
    one.restart(5_000);
    expect([one.refund.request.out, one.refund.request.inDoubt, one.requests.length]).toEqual([null, true, 1]);
    one.untilOut('look');
    one.looked(saw('SUCCESS'));
    expect(one.refund.phase.name).toBe('paid');
  });

  it('that is answered with the refund of another intent was a replay, and a manager must look', () => {
    const one = Paid.refunding();
    one.answers(accepted());
    one.tell(asked(200, R2));
    one.queryAnswers(noResponse('timeout'));
    for (let n = 0; n < 20 && one.refund.request.out === null; n += 1) {
      if (one.order.query.out !== null) one.refundedElsewhere(part(300));
      else one.runOnce();
    }
    one.answers(accepted('5000001', 200));
    expect(one.refund.phase).toMatchObject({ name: 'attention', cause: 'other-refund' });
  });
});

describe('a refund that WeChat holds', () => {
  function held(): Paid {
    const one = Paid.refunding();
    one.answers(accepted());
    return one;
  }

  it('is on its way, not paid, and is asked about each minute at first and then less and less often', () => {
    const one = held();
    expect(one.refund.phase.name).toBe('accepted');
    const looks: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      one.untilOut('look');
      looks.push(one.atMs);
      one.looked(saw('PROCESSING'));
    }
    const waits = looks.slice(1).map((atMs, index) => Math.round((atMs - (looks[index] ?? 0)) / 60_000));
    expect(waits.slice(0, 8)).toEqual([1, 1, 1, 1, 5, 10, 20, 30]);
    for (const minutes of waits.slice(8)) expect(minutes).toBeGreaterThanOrEqual(270);
  });

  it('has arrived when refundquery says so, with what the customer got, when and where', () => {
    const one = held();
    one.untilOut('look');
    one.looked(saw('SUCCESS', { customerFen: 250, arrivedTo: '招商银行信用卡0403' }));
    expect(viewOf(one.order, 1, 'manager', one.now).ourRefunds).toEqual([
      expect.objectContaining({ state: 'paid', fen: 300, customerFen: 250, arrivedAt: '2026-11-23 14:20:00', arrivedTo: '招商银行信用卡0403', needsManager: false }),
    ]); // prettier-ignore
    expect(one.phase).toBe('paid');
  });

  it.each([
    ['CHANGE', 'stuck'],
    ['REFUNDCLOSE', 'failed'],
  ] as const)('that ends as %s stands before a manager', (status, name) => {
    const one = held();
    one.untilOut('look');
    one.looked(saw(status));
    expect(one.refund.phase.name).toBe(name);
    expect(viewOf(one.order, 1, 'manager', one.now).ourRefunds).toMatchObject([{ needsManager: true }]);
    // What was closed leaves the whole; what is stuck is still taken.
    if (status === 'REFUNDCLOSE') one.refundedElsewhere(part(0));
    expect(one.tell(asked(1_000, R2))).toBe(status === 'REFUNDCLOSE' ? null : 'refund-under-way');
  });

  it('for more than a week is a manager’s, and proof may still come', () => {
    const one = held();
    one.pass(REFUND_SLOW_MS + 1);
    one.tell({ type: 'asked-by-hand' });
    one.untilOut('look');
    one.looked(saw('PROCESSING'));
    expect(one.refund.phase).toMatchObject({ name: 'stuck', status: 'PROCESSING' });
    one.untilOut('look');
    one.looked(saw('SUCCESS'));
    expect(one.refund.phase.name).toBe('paid');
  });

  it('with other sums at WeChat is somebody else’s under our number', () => {
    const one = held();
    one.untilOut('look');
    one.looked(saw('SUCCESS', { fen: 301 }));
    expect(one.refund.phase).toMatchObject({ name: 'attention', cause: 'other-refund' });
  });

  it('keeps its order from ever being reversed', () => {
    const one = held();
    expect(one.tell({ type: 'cancel-tapped', by: 'manager', code: 'duplicate' })).toBe('has-refund');
    one.tell({ type: 'cancel-handed-over', by: 'manager', evenIfPaid: true });
    expect(one.order.phase).toMatchObject({ name: 'attention', cause: 'partly-refunded' });
    expect(one.tell({ type: 'tried-by-hand', by: 'manager', code: 'device-fault' })).toBe('never-reversed');
    expect(one.reverses).toEqual([]);
  });
});

describe('an order whose cancel came too late', () => {
  it('is refunded whole from the list, and is cancelled only when that has arrived', () => {
    const one = new Paid();
    one.tell({ type: 'pay-left' });
    one.pass(1_000);
    one.tell({ type: 'cancel-tapped', by: 'cashier' });
    one.runUntil(() => one.order.reverse.out !== null);
    one.reverseGetsNoResponse('timeout');
    one.querySays('SUCCESS');
    one.runUntil(() => one.order.reverse.out !== null);
    one.refuses('REVERSE_EXPIRE');
    one.querySays('SUCCESS');
    expect(one.order.phase).toMatchObject({ name: 'attention', cause: 'expired' });
    expect(one.tell(asked(WHOLE))).toBeNull();
    one.querySays('SUCCESS');
    one.answers(accepted('5000009', WHOLE));
    one.refundedElsewhere(part(WHOLE));
    expect(one.order.phase).toMatchObject({ name: 'attention', cause: 'expired' });
    one.untilOut('look');
    one.looked(saw('SUCCESS', { refundId: '5000009', fen: WHOLE }));
    one.refundedElsewhere(part(WHOLE));
    expect(one.order.phase).toEqual({ name: 'cancelled', outcome: 'refunded', proof: 'REFUND' });
  });
});

describe('what is kept and told', () => {
  it('an order with refunds comes back from the journal as it was', () => {
    const one = Paid.refunding();
    expect(orderFrom(JSON.parse(JSON.stringify(one.order)))).toEqual(one.order);
  });

  it('the history names the sum, each request and what WeChat said of it', () => {
    const row = (event: object, effects: object[] = []) =>
      ({ seq: 1, atMs: 0, actor: { who: 'm', role: 'manager' }, event, effects, phase: { name: 'paid' } }) as never;
    const lines = timelineOf([
      row(asked(300)),
      row({ type: 'timer' }, [{ kind: 'send-refund', n: 1 }]),
      row({ type: 'refund-ended', n: 1, answer: { kind: 'refused', errCode: 'NOTENOUGH' }, ...where }),
      row({ type: 'refund-looked', n: 1, answer: saw('CHANGE'), ...where }),
    ]);
    expect(lines.map(({ what, result, errCode }) => [what, result, errCode])).toEqual([
      ['refund-asked', `300 ${R1}`, null],
      ['refund-left', null, null],
      ['refund-answered', 'FAIL', 'NOTENOUGH'],
      ['refund-looked', 'CHANGE', null],
    ]);
  });
});
