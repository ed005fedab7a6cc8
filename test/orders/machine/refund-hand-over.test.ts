/**
 * Handing an order over to a refund in the merchant platform: a note, a manager's statement and a proof are three
 * things, and none counts as another.
 */
import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../../electron/orders/open-journal.ts';
import { viewOf } from '../../../electron/orders/views/order-view.ts';
import { timelineOf } from '../../../electron/orders/views/timeline.ts';
import { orderEntered } from '../../../electron/orders/machine/order.ts';
import { noteSchema, reasonSchema } from '../../../shared/order/reason.ts';
import { REVERSE_AGE_MAX_MS } from '../../../shared/timing.ts';
import { TEST_KEY } from '../../support/secrets/audit-keys.ts';
import { OneOrder } from '../../support/orders/one-order.ts';

const handOver = { type: 'refund-handed-over', by: 'manager', code: 'duplicate' } as const;
const made = {
  type: 'refund-made',
  by: 'manager',
  code: 'duplicate',
  refundNumber: '50300708122026112400001',
} as const;

function expired(): OneOrder {
  const one = OneOrder.reversingPaid();
  one.refuses('REVERSE_EXPIRE');
  return one;
}

const notMade = { type: 'refund-not-made', by: 'manager', code: 'other', note: 'the site was down' } as const;

describe('handing over', () => {
  it('leaves the order where it is and sends nothing', () => {
    const one = expired();
    one.querySays('SUCCESS');
    const { phase } = one.order;
    const sent = one.sent.length;
    expect([one.tell(handOver), one.order.phase, one.sent.length]).toEqual([null, phase, sent]);
    expect(one.order.refundHandedOverAtMs).toBe(one.now.wallMs);
  });

  it('is seen by everybody who is shown the order, until it ends or is said not to be refunded', () => {
    const one = expired();
    const shown = (): unknown => viewOf(one.order, 1, 'cashier', one.now).phase;
    expect(shown()).toMatchObject({ name: 'attention', handedOver: false });
    one.tell(handOver);
    expect(shown()).toMatchObject({ name: 'attention', cause: 'expired', handedOver: true });
    one.tell(notMade);
    one.refuses('SIGNERROR');
    expect(shown()).toMatchObject({ name: 'attention', cause: 'signature', handedOver: false });
  });

  it('twice keeps the first time', () => {
    const one = expired();
    one.tell(handOver);
    const first = one.order.refundHandedOverAtMs;
    one.pass(60_000);
    expect([one.tell(handOver), one.order.refundHandedOverAtMs]).toEqual([null, first]);
  });

  it('does not stop a cancel that goes on: it is tried and asked about as before', () => {
    const one = OneOrder.reversing();
    one.reverseGetsNoResponse('timeout');
    one.pass(REVERSE_AGE_MAX_MS - one.atMs - 3_600_000);
    expect([one.tell(handOver), one.phase, one.reverses.length]).toEqual([null, 'reversing', 2]);
    one.reverseGetsNoResponse('timeout');
    one.runUntil(() => one.reverses.length === 3);
  });

  it.each([
    ['by a cashier', () => expired(), 'cashier', 'manager-only'],
    ['by a technician', () => expired(), 'technician', 'manager-only'],
    ['of a cancel with days left', () => OneOrder.reversing(), 'manager', 'refund-too-early'],
    ['of one that has not left yet', () => OneOrder.armed(), 'manager', 'refund-too-early'],
    ['of a payment that nobody cancelled', () => OneOrder.hanging(), 'manager', 'refund-too-early'],
    ['of one that is proved', () => { const one = OneOrder.hanging(); one.runUntil(() => one.phase === 'cancelled', 'REVOKED'); return one; }, 'manager', 'already-settled'],
  ] as const)('is refused %s', (_name, make, by, code) => {
    const one = make();
    const before = one.order;
    expect([one.tell({ ...handOver, by }), one.order]).toEqual([code, before]);
  }); // prettier-ignore

  it.each([
    ['trying again', { type: 'tried-by-hand', by: 'manager', code: 'duplicate' }],
    ['cancelling again', { type: 'cancel-tapped', by: 'manager', code: 'duplicate' }],
  ] as const)('is not wiped by %s, which is refused: the customer would get it back twice', (_name, event) => {
    const one = expired();
    one.tell(handOver);
    const { order } = one;
    expect([one.tell(event), one.order]).toEqual(['handed-over', order]);
  });

  it('stops nobody’s cancel that goes on by itself, and is not hastened by hand', () => {
    const one = OneOrder.reversing();
    one.reverseGetsNoResponse('timeout');
    one.pass(REVERSE_AGE_MAX_MS - one.atMs - 3_600_000);
    one.tell(handOver);
    expect([one.tell({ type: 'tried-by-hand', by: 'cashier' }), one.phase]).toEqual(['handed-over', 'reversing']);
  });

  it('is taken back by a word of its own, of a manager who says why; that it was handed over stays noted', () => {
    const one = expired();
    one.tell(handOver);
    const atMs = one.order.refundHandedOverAtMs;
    expect(one.tell({ ...notMade, by: 'cashier' })).toBe('manager-only');
    expect(one.tell({ type: 'refund-not-made', by: 'manager' })).toBe('reason-needed');
    one.pass(60_000);
    expect([one.tell(notMade), one.phase]).toEqual([null, 'reversing']);
    expect(one.order).toMatchObject({ refundHandedOverAtMs: atMs, refundNotMadeAtMs: one.now.wallMs });
    expect(one.tell({ type: 'tried-by-hand', by: 'cashier' }), 'it is cancelled like any other again').toBeNull();
  });

  it('can be done again after that', () => {
    const one = expired();
    for (const event of [handOver, notMade]) expect(one.tell(event)).toBeNull();
    one.refuses('REVERSE_EXPIRE');
    one.pass(60_000);
    expect([one.tell(made), one.tell(handOver), one.tell(made)]).toEqual(['not-handed-over', null, null]);
    expect(one.order).toMatchObject({ refundHandedOverAtMs: one.now.wallMs, refundNotMadeAtMs: null });
  });

  it.each([
    ['before it was handed over', () => expired(), 'not-handed-over'],
    ['of a cancel that goes on', () => OneOrder.reversing(), 'still-cancelling'],
    ['of one that is proved', () => { const one = OneOrder.hanging(); one.runUntil(() => one.phase === 'cancelled', 'REVOKED'); return one; }, 'already-settled'],
  ] as const)('cannot be taken back %s', (_name, make, code) => {
    expect(make().tell(notMade)).toBe(code);
  }); // prettier-ignore
});

describe('the refund', () => {
  it('is proved by a query, which goes before anybody’s word', () => {
    const one = expired();
    one.tell(handOver);
    one.tell({ type: 'asked-by-hand' });
    one.refundedElsewhere({ kind: 'summed', refundedFen: 1_234, totalFen: 1_234 });
    expect(one.order.phase).toEqual({ name: 'cancelled', outcome: 'refunded', proof: 'REFUND' });
    expect(one.tell(made)).toBe('already-settled');
  });

  it('said by a manager takes the order off the list, as their word', () => {
    const one = expired();
    one.tell(handOver);
    expect([one.tell(made), one.order.phase]).toEqual([
      null,
      { name: 'settled', reason: `refund-made:${made.refundNumber}` },
    ]);
  });

  it.each([
    ['before it was handed over', () => expired(), 'manager', 'not-handed-over'],
    ['by a cashier', () => { const one = expired(); one.tell(handOver); return one; }, 'cashier', 'manager-only'],
    ['of a cancel that goes on', () => OneOrder.reversing(), 'manager', 'still-cancelling'],
    ['of a paid order that nobody cancels', () => { const one = OneOrder.hanging(); one.runUntil(() => one.phase === 'paid', 'SUCCESS'); return one; }, 'manager', 'already-settled'],
  ] as const)('cannot be said %s', (_name, make, by, code) => {
    expect(make().tell({ ...made, by })).toBe(code);
  }); // prettier-ignore
});

describe('a reason', () => {
  it.each([
    [{ code: 'other', note: null }, false],
    [{ code: 'other', note: ' ' }, false],
    [{ code: 'other', note: 'the shop closed' }, true],
    [{ code: 'duplicate', note: null }, true],
    [{ code: 'duplicate', note: 'x'.repeat(200) }, true],
    [{ code: 'duplicate', note: 'x'.repeat(201) }, false],
    [{ code: 'duplicate', note: 'two\nlines' }, false],
    [{ code: 'duplicate', note: '\u0007' }, false],
    [{ code: 'bored', note: null }, false],
  ])('%j: %s', (reason, good) => {
    expect(reasonSchema.safeParse(reason).success).toBe(good);
  });

  it('in a person’s words never passes for the journal’s own', () => {
    expect(['same-as:pos-1', 'refund-made:', ' same-as:x'].map((note) => noteSchema.safeParse(note).success)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('a journal from before there were reasons', () => {
  it('is read: its orders were handed over to nobody, its acts have no reason', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'facepay-test-')), 'journal.sqlite');
    const now = { wallMs: 1_000_000, monoMs: 0, run: 'run-1' };
    const open = (): Extract<ReturnType<typeof openJournal>, { ok: true }>['value']['journal'] => {
      const opened = openJournal(path, 'practice', now.wallMs, TEST_KEY);
      if (!opened.ok) throw new Error(opened.error);
      return opened.value.journal;
    };
    const {
      refundHandedOverAtMs: _,
      refundNotMadeAtMs: __,
      ...old
    } = orderEntered(
      { orderId: 'old-1', outTradeNo: 'old-1', transactionId: null, family: 'facepay', amountFen: null },
      null,
      now,
    );
    const state = { ...old, phase: { name: 'attention', cause: 'expired', errCode: null } };
    open().close();
    const db = new DatabaseSync(path);
    db.prepare("INSERT INTO orders VALUES ('old-1', 1, 'old-1', NULL, 'attention', 1, ?)").run(JSON.stringify(state));
    const insert = db.prepare(
      "INSERT INTO entries (order_id, at, actor, role, event, effects, phase) VALUES ('old-1', 1, 'screen', 'manager', ?, '[]', ?)",
    );
    for (const event of [
      { type: 'cancel-tapped', by: 'manager' },
      { type: 'tried-by-hand', by: 'manager' },
      { type: 'manager-settled', by: 'manager', reason: 'seen to' },
    ])
      insert.run(JSON.stringify(event), JSON.stringify(state.phase));
    db.close();
    const journal = open();
    expect(journal.unfinished()).toMatchObject({
      orders: [{ order: { orderId: 'old-1', refundHandedOverAtMs: null, refundNotMadeAtMs: null } }],
      unreadable: [],
    });
    expect(timelineOf(journal.history('old-1')).map(({ what, reason, note }) => [what, reason, note])).toEqual([
      ['cancel-armed', null, null],
      ['attention', null, null],
      ['tried-by-hand', null, null],
      ['settled-by-manager', null, null],
    ]);
    journal.close();
  });
});
