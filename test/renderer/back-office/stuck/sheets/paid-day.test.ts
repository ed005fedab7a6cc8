import { expect, it } from 'vitest';
import { PAID_DAYS_MAX, paidAtOf } from '../../../../../renderer/back-office/stuck/sheets/paid-day.ts';
import { REVERSE_AGE_MAX_MS } from '../../../../../shared/timing.ts';

/** A moment of a day in Beijing, whatever this machine's zone. */
const at = (hour: number, minute = 0): number => Date.UTC(2026, 10, 24, hour - 8, minute);

it('claims nothing of today: it may be a second ago', () => {
  expect(paidAtOf(0, at(23, 59))).toBeNull();
});

it('takes the last moment of an earlier day, so that the 15 s are never cut short', () => {
  expect(paidAtOf(1, at(0))).toBe(at(0) - 1);
  expect(paidAtOf(1, at(23, 59))).toBe(at(0) - 1);
  expect(paidAtOf(3, at(12))).toBe(Date.UTC(2026, 10, 21, 16) - 1);
});

it('never claims more than the 7 days for a day that can be chosen', () => {
  for (const hour of [0, 12, 23])
    expect(at(hour, 59) - (paidAtOf(PAID_DAYS_MAX, at(hour, 59)) ?? 0)).toBeLessThan(REVERSE_AGE_MAX_MS);
});
