import { describe, expect, test } from 'vitest';
import {
  agesAtMs,
  endedWallMs,
  FINISHED_KEPT_MAX,
  chargesAgainFen,
  finishedOrders,
  lastPaidOrder,
  trayOrders,
  withViews,
  type HeldOrder,
  type HeldOrders,
} from '../../../renderer/state/held-order.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import { CHARGE_AGAIN_FOR_MS, FINISHED_SHOWN_FOR_MS, REVERSE_WINDOW_MS } from '../../../shared/timing.ts';
import { order, orders as fakes } from '../../support/screen/fake-orders.ts';

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
      endedAtMs: null,
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

describe('an order that ended', () => {
  const closed = order(
    { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' },
    { standing: 'done', version: 9, createdAtMs: 500_000, ageMs: 20_000 },
  );
  const begun = { ...paying, ageMs: 3_000, createdAtMs: 500_000 };
  const heldOf = (orders: HeldOrders): HeldOrder => {
    const [held] = [...orders.values()];
    if (held === undefined) throw new Error('nothing is held');
    return held;
  };

  test('ended when this page saw it end, whatever is heard of it later', () => {
    const ended = withViews(withViews(none, [begun], 1_000), [closed], 18_000);
    const later = heldOf(withViews(ended, [{ ...closed, version: 10, ageMs: 400_000 }], 398_000));
    expect([later.endedAtMs, endedWallMs(later), agesAtMs(later)]).toEqual([
      18_000,
      500_000 + 20_000,
      18_000 + CHARGE_AGAIN_FOR_MS,
    ]);
  });

  test('is out of date at once if it is opened later, and nobody here knows when it ended', () => {
    const old = heldOf(withViews(none, [{ ...closed, ageMs: CHARGE_AGAIN_FOR_MS }], 1_000));
    expect([old.endedAtMs, endedWallMs(old)]).toEqual([null, null]);
    expect(agesAtMs(old)).toBeLessThanOrEqual(1_000);
  });

  test('is news if it is so young that it must have ended a moment ago', () => {
    const young = heldOf(withViews(none, [{ ...closed, ageMs: CHARGE_AGAIN_FOR_MS - 1 }], 1_000));
    expect(agesAtMs(young)).toBe(1_000 + CHARGE_AGAIN_FOR_MS);
  });

  test('ages from its beginning while it goes on: its customer has gone by then', () => {
    expect(agesAtMs(heldOf(withViews(none, [{ ...begun, ageMs: 4_000 }], 9_000)))).toBe(5_000 + CHARGE_AGAIN_FOR_MS);
  });

  test('leaves the tray after its time, and an open one never does', () => {
    const orders = withViews(withViews(none, [begun, { ...paying, orderId: 'open' }], 1_000), [closed], 18_000);
    const shownAt = (nowMs: number): string[] => ids(finishedOrders(orders, undefined, nowMs));
    expect(shownAt(18_000 + FINISHED_SHOWN_FOR_MS - 1)).toEqual([closed.orderId]);
    expect(shownAt(18_000 + FINISHED_SHOWN_FOR_MS)).toEqual([]);
    expect(ids(trayOrders(orders))).toEqual(['open']);
  });
});

describe('what may be charged again at a tap', () => {
  test.each<[string, number | null]>([
    ['closed', 12_800],
    ['failed', 12_800],
    ['revoked', null],
    ['refunded', null],
    ['paid', null],
    ['paying', null],
    ['armed', null],
    ['settled', null],
    ['not-found', null],
  ])('of %s: %s', (name, fen) => {
    const view = fakes[name];
    if (view === undefined) throw new Error(`fake-orders.ts has no ${name}`);
    expect(chargesAgainFen(view)).toBe(fen);
    expect(chargesAgainFen({ ...view, amountFen: null })).toBeNull();
  });
});

describe('the order that was paid last', () => {
  const taken = (orderId: string, phase = paid) => ({ ...phase, orderId });
  const atWork = (orderId: string) => ({ ...paying, orderId, ageMs: 0 });

  test('is the one that was paid on this till last, whatever came to the others since', () => {
    const begin = withViews(none, ['one', 'two', 'three'].map(atWork), 0);
    const afterOne = withViews(begin, [{ ...taken('one'), version: 2 }], 1_000);
    expect(lastPaidOrder(begin, 0)).toBeNull();
    expect(lastPaidOrder(afterOne, 1_000)?.view.orderId).toBe('one');
    const afterTwo = withViews(afterOne, [{ ...taken('two'), version: 2 }], 5_000);
    const later = withViews(
      afterTwo,
      [
        { ...taken('one'), version: 3 },
        { ...paid, orderId: 'three', phase: { name: 'failed', cause: 'NOTENOUGH' } },
      ],
      9_000,
    );
    expect(lastPaidOrder(later, 9_000)?.view.orderId).toBe('two');
  });

  test('leaves with its place in the tray, and an order that was only looked up never comes', () => {
    const orders = withViews(withViews(none, [atWork('one')], 0), [{ ...taken('one'), version: 2 }], 1_000);
    expect(lastPaidOrder(orders, 1_000 + FINISHED_SHOWN_FOR_MS - 1)?.view.orderId).toBe('one');
    expect(lastPaidOrder(orders, 1_000 + FINISHED_SHOWN_FOR_MS)).toBeNull();
    const looked = withViews(
      none,
      [
        { ...taken('pos-1'), origin: 'entered' },
        { ...taken('old'), ageMs: 9e9 },
      ],
      1_000,
    );
    expect(lastPaidOrder(looked, 1_000)).toBeNull();
  });
});

describe('the tray', () => {
  const stuck = order(
    { name: 'attention', cause: 'expired', errCode: null, handedOver: false },
    { standing: 'attention' },
  );

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
    expect(ids(finishedOrders(orders, 'on-the-till', 1_000))).toEqual(['third', 'second']);
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
