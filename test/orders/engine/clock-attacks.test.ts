/**
 * Somebody sets the clock, the machine sleeps or starts again, its battery is empty: an order is never reversed too
 * early and never forgotten.
 */
import { describe, expect, test } from 'vitest';
import { REVERSE_WINDOW_MS } from '../../../shared/timing.ts';
import { rankOf } from '../../../electron/orders/views/stuck-rank.ts';
import { viewOf } from '../../../electron/orders/views/order-view.ts';
import { OneOrder, noResponse } from '../../support/orders/one-order.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const JUMPS = [
  ['an hour forward, as daylight saving does', HOUR_MS],
  ['an hour back', -HOUR_MS],
  ['a week and a day forward', 8 * DAY_MS],
  ['a week and a day back', -8 * DAY_MS],
  ['to the year 2000, as an empty battery does', -9_800 * DAY_MS],
] as const;

const leaves = (one: OneOrder, times = 1): number | undefined => {
  one.runUntil(() => one.reverses.length === times);
  return one.reverses.at(-1);
};

describe.each(JUMPS)('the wall clock is set %s', (_name, byMs) => {
  test('while a cancel is armed: it leaves when it would have', () => {
    const one = OneOrder.armed();
    one.setWall(byMs);
    expect(leaves(one)).toBe(REVERSE_WINDOW_MS);
  });

  test('between two processes: it leaves not before its time, and not later than a window after', () => {
    const one = OneOrder.armed();
    one.setWall(byMs);
    one.restart(2_000);
    const left = leaves(one) ?? 0;
    expect(left).toBeGreaterThanOrEqual(REVERSE_WINDOW_MS);
    expect(left).toBeLessThanOrEqual(3_000 + REVERSE_WINDOW_MS);
  });

  test('before the cancel is tapped: the cashier may still cancel', () => {
    const one = OneOrder.hanging();
    one.setWall(byMs);
    one.pass(1_000);
    expect(one.tell({ type: 'cancel-tapped', by: 'cashier' })).toBeNull();
    expect(leaves(one)).toBe(REVERSE_WINDOW_MS);
  });

  test('while it is being tried: the next try comes no later for it, and nobody is told that 7 days are over', () => {
    const one = OneOrder.reversing();
    one.setWall(byMs);
    one.accepts('Y');
    const [first = 0, second = 0] = [one.reverses[0], leaves(one, 2)];
    expect(second - first).toBeLessThanOrEqual(2_000);
    expect(one.phase).toBe('reversing');
  });

  test('an order on which a cancel has not been asked for stays open', () => {
    const one = OneOrder.hanging();
    one.setWall(byMs);
    one.runUntil(() => one.atMs > 60_000);
    expect(one.phase).toBe('paying');
  });

  test('a cancel that has gone on for ten minutes is said aloud all the same', () => {
    const one = OneOrder.reversing();
    one.setWall(byMs);
    one.accepts('Y');
    const escalated = (): unknown => {
      const { phase } = viewOf(one.order, 1, 'cashier', one.now);
      return phase.name === 'reversing' && phase.escalated;
    };
    one.querySays('NOTPAY');
    expect(escalated()).toBe(false);
    one.pass(10 * 60_000);
    expect(escalated()).toBe(true);
  });
});

test('while the machine has been up since the order was made, no step of the wall clock makes it a week old', () => {
  const one = OneOrder.reversing();
  one.setWall(8 * DAY_MS);
  for (let tries = 1; tries < 20; tries += 1) {
    one.reverseGetsNoResponse('timeout');
    one.runUntil(() => one.reverses.length === tries + 1, 'timed-out');
  }
  expect(one.phase).toBe('reversing');
});

test('an order made by the clock of an empty battery is a week old in a week, and shows when it was made once the clock is right', () => {
  const one = OneOrder.madeInTheYear2000();
  one.pass(10_000);
  one.setWall(9_800 * DAY_MS);
  const rightMs = one.now.wallMs - 10_000;
  expect([viewOf(one.order, 1, 'cashier', one.now).createdAtMs, rankOf(one.order, one.now).ageMs]).toEqual([
    rightMs,
    10_000,
  ]);
  one.tell({ type: 'cancel-tapped', by: 'cashier' });
  one.runUntil(() => one.reverses.length === 4, 'timed-out');
  expect(one.phase).toBe('reversing');
  // The machine is switched off, and the time can no longer be found out: what was found before stays.
  one.restart(60_000, { upMs: 5_000 });
  expect(viewOf(one.order, 1, 'cashier', one.now).createdAtMs).toBe(rightMs);
  expect(rankOf(one.order, one.now).deadlineInMs).toBeGreaterThan(6 * DAY_MS);
});

describe('the machine was switched off meanwhile, and only the wall clock says that the 7 days are over', () => {
  const tooOldByTheWall = (): OneOrder => {
    const one = OneOrder.hanging();
    one.tell({ type: 'cancel-tapped', by: 'cashier' });
    one.setWall(8 * DAY_MS);
    one.restart(60_000, { upMs: 5_000 });
    one.runUntil(() => one.order.reverse.out !== null);
    return one;
  };

  test('three calls without an answer, and the order stands before a manager', () => {
    const one = tooOldByTheWall();
    one.reverseGetsNoResponse('timeout');
    one.queryAnswers(noResponse('timeout'));
    expect(one.phase).toBe('reversing');
    one.runUntil(() => one.reverses.length === 2);
    one.reverseGetsNoResponse('timeout');
    expect(one.order.phase).toMatchObject({ name: 'attention', cause: 'expired' });
  });

  test('an answer between them starts the count again', () => {
    const one = tooOldByTheWall();
    one.reverseGetsNoResponse('timeout');
    one.querySays('NOTPAY');
    one.runUntil(() => one.reverses.length === 2);
    one.reverseGetsNoResponse('timeout');
    one.queryAnswers(noResponse('timeout'));
    expect(one.phase).toBe('reversing');
  });

  test('a manager may try again, and the gateway says whether it is too late', () => {
    const one = tooOldByTheWall();
    one.refuses('REVERSE_EXPIRE');
    expect(one.tell({ type: 'tried-by-hand', by: 'manager', code: 'duplicate' })).toBeNull();
    expect([one.phase, one.reverses.length]).toEqual(['reversing', 2]);
  });
});

test('both clocks say so: the cancel of an order that old is refused, and one that nobody cancelled stands before a manager', () => {
  const one = OneOrder.hanging();
  one.pass(7 * DAY_MS + 1);
  expect(one.tell({ type: 'cancel-tapped', by: 'manager', code: 'duplicate' })).toBe('order-too-old');
  one.tell({ type: 'timer' });
  expect(one.order.phase).toMatchObject({ name: 'attention', cause: 'expired' });
});

describe('the machine sleeps for hours', () => {
  test('and its monotonic clock with it: the cancel leaves after the rest of the window, then at once', () => {
    const one = OneOrder.armed();
    one.setWall(5 * HOUR_MS);
    expect(leaves(one)).toBe(REVERSE_WINDOW_MS);
  });

  test('and its monotonic clock goes on: the cancel leaves on waking', () => {
    const one = OneOrder.armed();
    one.pass(5 * HOUR_MS);
    one.tell({ type: 'timer' });
    one.querySays('NOTPAY');
    expect(one.reverses).toEqual([1_000 + 5 * HOUR_MS]);
  });
});

test('a machine that is switched off and on again and again comes to its window’s end', () => {
  const one = OneOrder.armed();
  for (let times = 0; times < 3; times += 1) one.restart(20_000, { upMs: 5_000 });
  const left = leaves(one) ?? 0;
  expect(left).toBeGreaterThanOrEqual(REVERSE_WINDOW_MS);
  expect(left).toBeLessThanOrEqual(one.atMs);
  expect(left - 61_000).toBeLessThanOrEqual(REVERSE_WINDOW_MS);
});
