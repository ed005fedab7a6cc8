import { describe, expect, test } from 'vitest';
import {
  FINISHED_KEPT_MAX,
  finishedOrders,
  trayOrders,
  withViews,
  type HeldOrder,
  type HeldOrders,
} from '../../../renderer/state/held-order.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import { REVERSE_WINDOW_MS } from '../../../shared/timing.ts';
import { order } from '../../support/screen/fake-orders.ts';

const none: HeldOrders = new Map();
const ids = (orders: readonly HeldOrder[]): string[] => orders.map(({ view }) => view.orderId);
const holding = (...views: readonly OrderView[]): HeldOrders =>
  views.reduce((orders, view) => withViews(orders, [view], 1_000), none);

const paying = order({ name: 'paying', windowEndsInMs: 12_000, declined: null, cancelFirst: false }, { ageMs: 3_000 });
const paid = order({ name: 'paid' }, { standing: 'done' });

describe('an order as the screen holds it', () => {
  test('turns durations into moments of this page’s clock when it arrives', () => {
    expect(withViews(none, [paying], 1_000).get(paying.orderId)).toEqual({
      view: paying,
      bornAtMs: -2_000,
      deadline: { atMs: 13_000, spanMs: REVERSE_WINDOW_MS },
    });
  });

  test('keeps the newer of two views, whichever comes first', () => {
    const newer = { ...paid, version: 5 };
    const older = { ...paying, version: 4 };
    expect(holding(older, newer).get(paid.orderId)?.view).toBe(newer);
    expect(holding(newer, older).get(paid.orderId)?.view).toBe(newer);
  });

  test('has no deadline where main is busy or the order is at rest', () => {
    const calling = order({
      name: 'reversing',
      activity: 'calling',
      attempt: 1,
      nextInMs: null,
      recall: null,
      lastResult: null,
      escalated: false,
    });
    expect(holding(calling).get(calling.orderId)?.deadline).toBeNull();
    expect(holding(paid).get(paid.orderId)?.deadline).toBeNull();
  });
});

describe('the wait for the next attempt', () => {
  const waiting = order({
    name: 'reversing',
    activity: 'waiting',
    attempt: 2,
    nextInMs: 8_000,
    recall: 'Y',
    lastResult: null,
    escalated: false,
  });
  const told = (nextInMs: number, version: number): OrderView => ({
    ...waiting,
    version,
    phase: { ...waiting.phase, nextInMs } as OrderView['phase'],
  });
  const deadlineAfter = (nextInMs: number, afterMs: number): HeldOrder['deadline'] | undefined =>
    withViews(withViews(none, [told(8_000, 1)], 1_000), [told(nextInMs, 2)], 1_000 + afterMs).get(waiting.orderId)
      ?.deadline;

  test('goes on where it is when it is told again, late by a little', () => {
    expect(deadlineAfter(5_000, 3_020)).toEqual({ atMs: 9_000, spanMs: 8_000 });
  });

  test('begins again when the next attempt is at another moment', () => {
    expect(deadlineAfter(15_000, 3_000)).toEqual({ atMs: 19_000, spanMs: 15_000 });
  });
});

describe('the tray', () => {
  const stuck = order({ name: 'attention', cause: 'expired', errCode: null }, { standing: 'attention' });

  test('shows what needs a manager first, then the oldest, and nothing that is done', () => {
    const orders = holding(
      { ...paying, orderId: 'young', ageMs: 1_000 },
      { ...paying, orderId: 'old', ageMs: 9_000 },
      { ...paid, orderId: 'done' },
      { ...stuck, orderId: 'stuck' },
    );
    expect(ids(trayOrders(orders))).toEqual(['stuck', 'old', 'young']);
  });

  test('shows the orders that ended last, without the one on the till and without doubles', () => {
    const twin = order({ name: 'settled', reason: 'same-as:other' }, { standing: 'done', orderId: 'twin' });
    const orders = holding(
      { ...paid, orderId: 'first' },
      { ...paid, orderId: 'second' },
      { ...paid, orderId: 'third' },
      { ...paid, orderId: 'on-the-till' },
      twin,
    );
    expect(ids(finishedOrders(orders, 'on-the-till'))).toEqual(['third', 'second']);
  });

  test('forgets finished orders after a while, and open ones never', () => {
    const finished = Array.from({ length: FINISHED_KEPT_MAX + 5 }, (_, n) => ({
      ...paid,
      orderId: `done-${String(n)}`,
    }));
    const orders = holding(paying, ...finished);
    expect(orders.size).toBe(FINISHED_KEPT_MAX + 1);
    expect(orders.has(paying.orderId)).toBe(true);
    expect(orders.has('done-4')).toBe(false);
  });
});
