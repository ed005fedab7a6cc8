import { expect, test } from 'vitest';
import { BOUNCE_MS, DOUBLE_TAP_MS, isBounce, SAME_SPOT_PX, type Tap } from '../../../renderer/input/tap-guard.ts';

const tap = (target: string, atMs: number, x = 0, fast = false): Tap<string> => ({
  target,
  atMs,
  fast,
  at: { x, y: 0 },
});
const first = tap('cancel', 1_000);

test.each([30, 300])('a second tap on the same button after %i ms does nothing', (gapMs) => {
  expect(isBounce(first, tap('cancel', 1_000 + gapMs))).toBe(true);
  expect(isBounce({ ...first, at: null }, { ...tap('cancel', 1_000 + gapMs), at: null })).toBe(true);
});

test.each([30, 300])('a second tap after %i ms does not hit what has slid under the finger', (gapMs) => {
  expect(isBounce(first, tap('next', 1_000 + gapMs, SAME_SPOT_PX - 1))).toBe(true);
});

test('a second thought, and another finger elsewhere, act', () => {
  expect(isBounce(null, first)).toBe(false);
  expect(isBounce(first, tap('cancel', 1_000 + DOUBLE_TAP_MS))).toBe(false);
  expect(isBounce(first, tap('next', 1_010, SAME_SPOT_PX))).toBe(false);
  expect(isBounce(first, tap('next', 1_000 + DOUBLE_TAP_MS))).toBe(false);
});

test('keys are typed fast, and only a bounce is dropped', () => {
  const key = tap('8', 1_000, 0, true);
  expect(isBounce(key, tap('8', 1_030, 0, true))).toBe(true);
  expect(isBounce(key, tap('8', 1_000 + BOUNCE_MS, 0, true))).toBe(false);
  expect(isBounce(key, tap('9', 1_010, 10, true))).toBe(false);
  expect(isBounce(key, tap('take', 1_300, 10))).toBe(true);
});
