import { expect, test } from 'vitest';
import { callAgain, cueFor, unseenCalls } from '../../../renderer/order/cues.ts';
import type { HeldOrders } from '../../../renderer/state/held-order.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import { order } from '../../support/screen/fake-orders.ts';

const paying = order({ name: 'paying', windowEndsInMs: 0, declined: null, cancelFirst: false });
const cancelled = order({ name: 'cancelled', outcome: 'closed', proof: 'CLOSED' });
const stuck = order(
  { name: 'attention', cause: 'expired', errCode: null, handedOver: false },
  { orderId: 'stuck', standing: 'attention' },
);
const choosing = order({ name: 'choosing' }, { orderId: 'choosing' });
const reversing = (attempt: number, lastResult: string | null): OrderView =>
  order({
    name: 'reversing',
    activity: 'waiting',
    attempt,
    nextInMs: 8_000,
    recall: 'Y',
    lastResult,
    escalated: false,
  });

const held = (...views: readonly OrderView[]): HeldOrders =>
  new Map(views.map((view) => [view.orderId, { view, deadline: null, endedAtMs: null, bornAtMs: 0 }]));

test('an order is heard when it ends or needs somebody, and not otherwise', () => {
  expect(cueFor(paying, cancelled)).toBe('cancelled');
  expect(cueFor(paying, stuck)).toBe('manager');
  expect(cueFor(paying, choosing)).toBe('look');
  expect(cueFor(paying, order({ name: 'armed', firesInMs: 9_000, lastLook: false }))).toBeNull();
});

test('a cancel that has to be repeated is heard once, not at each try', () => {
  expect(cueFor(paying, reversing(0, null))).toBeNull();
  expect(cueFor(reversing(1, null), reversing(1, 'SYSTEMERROR'))).toBe('look');
  expect(cueFor(reversing(1, 'SYSTEMERROR'), reversing(2, 'SYSTEMERROR'))).toBeNull();
  expect(cueFor(reversing(2, 'SYSTEMERROR'), cancelled)).toBe('cancelled');
});

test('what was so before the screen knew it is not heard', () => {
  expect(cueFor(undefined, stuck)).toBeNull();
  expect(cueFor(stuck, stuck)).toBeNull();
});

test('a cancel that goes on is called out again until a hand has touched the screen, and its manager all the same', () => {
  const repeating = { ...reversing(1, 'SYSTEMERROR'), orderId: 'repeating' };
  expect(callAgain(held(paying, reversing(1, null)), new Set())).toBeNull();
  expect(callAgain(held(paying, repeating), new Set())).toBe('look');
  const touched = new Set(['repeating again']);
  expect(callAgain(held(repeating), touched)).toBeNull();
  expect(callAgain(held({ ...stuck, orderId: 'repeating' }), touched)).toBe('manager');
});

test('a failed payment has a sound that differs from a successful one’s', () => {
  expect(cueFor(paying, order({ name: 'failed', cause: 'NOTENOUGH' }))).toBe('failed');
});

test('a manager is called again until the order was looked at, and the cashier until the choice is made', () => {
  const orders = held(paying, choosing, stuck);
  expect(unseenCalls(orders, new Set())).toEqual(['stuck']);
  expect(callAgain(orders, new Set())).toBe('manager');
  expect(callAgain(orders, new Set(['stuck']))).toBe('look');
  expect(callAgain(held(paying, stuck), new Set(['stuck']))).toBeNull();
});
