/** Which reverse leaves next when more are due than may be out at once. */
import { expect, it } from 'vitest';
import { CALL_TIMEOUT_MS } from '../../../shared/timing.ts';
import { reverseSlots } from '../../../electron/orders/engine/reverse-slots.ts';

const NOBODY: ReadonlySet<string> = new Set();

it('a first attempt goes before sixty that have been tried, and those by turns', () => {
  const slots = reverseSlots(4);
  for (let n = 0; n < 60; n += 1) slots.wait(`old-${String(n)}`, 3);
  slots.wait('fresh', 0);
  expect(slots.next(NOBODY, 0)).toBe('fresh');
  slots.forget('fresh');
  expect(slots.next(NOBODY, 0)).toBe('old-0');
  slots.wait('old-0', 4);
  expect(slots.next(NOBODY, 0)).toBe('old-1');
});

it('a slot is kept for an armed cancel from one call before its window ends', () => {
  const slots = reverseSlots(4);
  slots.keepFor('fresh', 15_100);
  slots.wait('old', 3);
  for (let n = 0; n < 3; n += 1) slots.take();
  const keptFromMs = 15_100 - CALL_TIMEOUT_MS;
  expect([
    slots.next(NOBODY, keptFromMs - 1),
    slots.next(NOBODY, keptFromMs),
    slots.isFree('fresh', 0, keptFromMs),
  ]).toEqual(['old', null, true]);
  slots.forget('fresh');
  expect(slots.next(NOBODY, keptFromMs)).toBe('old');
});

it('no more are ever out than may be, first attempts or not', () => {
  const slots = reverseSlots(2);
  slots.take();
  slots.take();
  slots.wait('fresh', 0);
  expect([slots.isFree('fresh', 0, 0), slots.next(NOBODY, 0)]).toEqual([false, null]);
  slots.giveBack();
  expect(slots.next(NOBODY, 0)).toBe('fresh');
});

it('of two first attempts the one whose window ended first goes first, though it still waits for its last query', () => {
  const slots = reverseSlots(4);
  for (let n = 0; n < 3; n += 1) slots.take();
  slots.keepFor('first', 26_000);
  expect([slots.isFree('second', 0, 27_700), slots.isFree('first', 0, 28_000)]).toEqual([false, true]);
  // Its patience is over and it has not left: something else holds it, and nobody waits for that.
  expect(slots.isFree('second', 0, 28_001)).toBe(true);
});

it('a first attempt that lets an earlier one pass does not hold it up in the queue', () => {
  const slots = reverseSlots(4);
  for (let n = 0; n < 3; n += 1) slots.take();
  slots.wait('second', 0);
  slots.keepFor('second', 28_000);
  slots.wait('first', 0);
  slots.keepFor('first', 27_500);
  expect(slots.next(NOBODY, 28_100)).toBe('first');
});
