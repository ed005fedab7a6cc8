/** What the screen receives about orders that change fast, and in which order. */
import { beforeEach, expect, test } from 'vitest';
import { rendererNotifier, type RendererNotifier } from '../../../electron/app/core/renderer-notifier.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import { ORDERS_NOTIFY_EACH_MS } from '../../../shared/timing.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { order } from '../../support/screen/fake-orders.ts';

let clock: FakeClock;
let heard: [string, unknown][];
let screen: RendererNotifier;

beforeEach(() => {
  clock = new FakeClock();
  heard = [];
  screen = rendererNotifier(clock, (name, payload) => heard.push([name, payload]));
});

const view = (orderId: string, version: number): OrderView => ({ ...order({ name: 'paid' }), orderId, version });

test('a change after a rest is told at once', async () => {
  screen.orderChanged(view('a', 1));
  expect(heard).toEqual([['orders.changed', [view('a', 1)]]]);
  await clock.advance(ORDERS_NOTIFY_EACH_MS);
  screen.orderChanged(view('a', 2));
  expect(heard).toHaveLength(2);
});

test('what follows within a frame is told together, each order’s latest alone, the last change last', async () => {
  screen.orderChanged(view('a', 1));
  screen.orderChanged(view('b', 1));
  screen.orderChanged(view('c', 1));
  screen.orderChanged(view('b', 2));
  expect(heard).toHaveLength(1);
  await clock.advance(ORDERS_NOTIFY_EACH_MS);
  expect(heard.slice(1)).toEqual([['orders.changed', [view('c', 1), view('b', 2)]]]);
});

test('a thousand changes in a tenth of a second are told in a handful of messages, and none is lost', async () => {
  for (let n = 0; n < 1_000; n += 1) {
    screen.orderChanged(view(String(n), 1));
    if (n % 10 === 9) await clock.advance(1);
  }
  await clock.advance(ORDERS_NOTIFY_EACH_MS);
  expect(heard.length).toBeLessThanOrEqual(2 + 100 / ORDERS_NOTIFY_EACH_MS);
  expect(heard.flatMap(([, views]) => views as OrderView[])).toHaveLength(1_000);
});

test('anything else is told after the orders that changed before it', async () => {
  screen.orderChanged(view('a', 1));
  screen.orderChanged(view('b', 1));
  screen.notify('payment.stage', { name: 'order', orderId: 'b', amountFen: 1 });
  expect(heard.map(([name]) => name)).toEqual(['orders.changed', 'orders.changed', 'payment.stage']);
  await clock.advance(ORDERS_NOTIFY_EACH_MS);
  expect(heard).toHaveLength(3);
});

test('nothing wakes it once all is told', async () => {
  screen.orderChanged(view('a', 1));
  await clock.advance(ORDERS_NOTIFY_EACH_MS);
  expect(clock.pending).toBe(0);
});
