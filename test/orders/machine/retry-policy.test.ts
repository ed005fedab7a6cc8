/**
 * The waits between attempts: none when allowed, then 2, 4, 8, 15, 30, 60 s, each minute for an hour, each 10 min for a
 * day, then hourly; each shortened at random to 50-100 %.
 */
import { describe, expect, test } from 'vitest';
import { backoffMs } from '../../../electron/orders/machine/backoff.ts';
import { OneOrder } from '../../support/orders/one-order.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** When each attempt of a cancel that never ends was sent, ms after the first. */
function tries(answer: (one: OneOrder) => void): readonly number[] {
  const one = OneOrder.reversing();
  while (one.phase === 'reversing' && one.atMs < 7 * DAY_MS) {
    answer(one);
    if (one.order.query.out !== null) one.querySays('NOTPAY');
    one.runUntil(() => one.order.reverse.out !== null);
  }
  const [first = 0] = one.reverses;
  return one.reverses.map((atMs) => atMs - first);
}

describe('a cancel that is answered "again" for a week', () => {
  const at = tries((one) => one.accepts('Y'));
  const waits = at.slice(1).map((atMs, index) => ({ sinceMs: at[index] ?? 0, waitMs: atMs - (at[index] ?? 0) }));

  test.each([2_000, 4_000, 8_000, 15_000, 30_000, 60_000].map((ms, index) => [index + 2, ms] as const))(
    'try %i comes within %i ms, and not before half of it',
    (nth, ms) => {
      const { waitMs = 0 } = waits[nth - 2] ?? {};
      expect(waitMs).toBeGreaterThanOrEqual(ms / 2);
      expect(waitMs).toBeLessThanOrEqual(ms);
    },
  );

  test.each([
    ['the first hour', 3 * MINUTE_MS, HOUR_MS, MINUTE_MS],
    ['the first day', HOUR_MS, DAY_MS, 10 * MINUTE_MS],
    ['the rest of the week', DAY_MS, 7 * DAY_MS, HOUR_MS],
  ] as const)('in %s it goes on at that pace', (_name, fromMs, toMs, ms) => {
    const then = waits.filter(({ sinceMs }) => sinceMs >= fromMs && sinceMs < toMs);
    expect(then.length).toBeGreaterThan(50);
    expect(then.filter(({ waitMs }) => waitMs < ms / 2 || waitMs > ms)).toEqual([]);
  });
});

test('the jitter differs from order to order, and is the same each time for one', () => {
  const waits = Array.from({ length: 100 }, (_, order) => backoffMs(3, 0, `order-${String(order)}`));
  expect(new Set(waits).size).toBeGreaterThan(90);
  expect(backoffMs(3, 0, 'order-7')).toBe(waits[7]);
});

describe('while the customer types a password', () => {
  test('neither a query nor a reverse comes sooner than 5 s after a reverse that says so', () => {
    const one = OneOrder.reversing();
    const [queriesBefore, repliedMs] = [one.order.query.count, one.atMs];
    one.refuses('USERPAYING', 'Y');
    expect(one.order.query.out).toBeNull();
    one.runUntil(() => one.order.query.count > queriesBefore || one.reverses.length === 2);
    expect(one.atMs - repliedMs).toBeGreaterThanOrEqual(5_000);
    one.runUntil(() => one.reverses.length === 2);
    expect((one.reverses[1] ?? 0) - repliedMs).toBeGreaterThanOrEqual(5_000);
  });

  test('queries are 5 s apart, also just before the window ends, and the cancel still leaves on time', () => {
    const one = OneOrder.armed();
    const asked: number[] = [];
    for (;;) {
      one.runUntil(() => one.order.query.out !== null || one.reverses.length > 0, 'no-response');
      if (one.reverses.length > 0) break;
      asked.push(one.atMs);
      one.querySays('USERPAYING');
    }
    const gaps = asked.slice(1).map((atMs, index) => atMs - (asked[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5_000);
    expect(one.reverses).toEqual([15_100]);
  });
});

test('trying by hand does not wait, and the pace afterwards is the same', () => {
  const one = OneOrder.reversing();
  one.accepts('Y');
  one.querySays('NOTPAY');
  one.tell({ type: 'tried-by-hand', by: 'cashier' });
  expect(one.reverses).toHaveLength(2);
  one.accepts('Y');
  one.querySays('NOTPAY');
  one.runUntil(() => one.reverses.length === 3);
  const [, second = 0, third = 0] = one.reverses;
  expect(third - second).toBeGreaterThanOrEqual(2_000);
  expect(third - second).toBeLessThanOrEqual(4_000);
});
