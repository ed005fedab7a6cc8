/** When the till leaves a paid order by itself: only the payment just taken, and only where nothing needs a person. */
import { describe, expect, test } from 'vitest';
import { returnsAfterMs } from '../../../renderer/state/paid-return.ts';
import { createKioskStore, type KioskState } from '../../../renderer/state/store.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import { RETURN_SECONDS_AT_FIRST } from '../../../shared/settings.ts';
import { order, orders } from '../../support/screen/fake-orders.ts';

const paid = order({ name: 'paid' }, { standing: 'done', orderId: 'pos-1', verdict: 'paid' });

const at = (view: OrderView, change: Partial<KioskState> = {}): KioskState => ({
  ...createKioskStore().getState(),
  stage: { name: 'order', amountFen: 1_250, orderId: view.orderId },
  orders: new Map([[view.orderId, { view, bornAtMs: 0, deadline: null, endedAtMs: 500 }]]),
  ...change,
});

describe('the till returns to the keypad', () => {
  test('after a payment that was just taken, after the chosen seconds', () => {
    expect(returnsAfterMs(at(paid))).toBe(RETURN_SECONDS_AT_FIRST * 1_000);
    expect(returnsAfterMs(at(paid, { returnSeconds: 20 }))).toBe(20_000);
  });

  test('never by itself where that was chosen', () => {
    expect(returnsAfterMs(at(paid, { returnSeconds: 0 }))).toBeNull();
  });

  test('from no order in any other state: cancels, a manager’s, open ones, failed ones', () => {
    const others = Object.values(orders).filter(({ phase }) => phase.name !== 'paid');
    expect(others.length).toBeGreaterThan(10);
    for (const view of others) expect(returnsAfterMs(at(view)), view.phase.name).toBeNull();
  });

  test.each<[string, Partial<KioskState>]>([
    ['that somebody opened', { viewing: paid.orderId }],
    ['beside a refusal', { problem: { place: 'till', code: 'busy', field: null } }],
    ['under a manager’s question', { deciding: { orderId: paid.orderId, action: null, leaves: false } }],
    ['while the next amount is being typed', { amount: '3' }],
    ['without a payment on the till', { stage: { name: 'none' } }],
  ])('from no order %s', (_what, change) => {
    expect(returnsAfterMs(at(paid, change))).toBeNull();
  });

  test('from no order with a refund, and from none whose end nobody here has seen', () => {
    expect(returnsAfterMs(at({ ...paid, refunds: { refundedFen: 1, totalFen: 2 } }))).toBeNull();
    const unseen = new Map([[paid.orderId, { view: paid, bornAtMs: 0, deadline: null, endedAtMs: null }]]);
    expect(returnsAfterMs(at(paid, { orders: unseen }))).toBeNull();
  });
});
