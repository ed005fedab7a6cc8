/** Beijing's days in UTC ms, and WeChat's times. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beijingDay,
  beijingIso,
  beijingTime,
  DAY_MS,
  daySchema,
  dayStartMs,
  fromBeijing,
} from '../../shared/beijing.ts';

const day = fc.integer({ min: 0, max: 40_000 }).map((days) => new Date(days * DAY_MS).toISOString().slice(0, 10));

describe('a Beijing day', () => {
  it('begins at 16:00 UTC of the day before, and ends a day later', () => {
    expect(new Date(dayStartMs('2026-11-23')).toISOString()).toBe('2026-11-22T16:00:00.000Z');
    fc.assert(
      fc.property(day, (name) => {
        const start = dayStartMs(name);
        expect([beijingDay(start), beijingDay(start + DAY_MS - 1)]).toEqual([name, name]);
        expect(beijingDay(start - 1)).not.toBe(name);
      }),
    );
  });

  it('is one that there is', () => {
    for (const text of ['2026-02-30', '2026-13-01', '2026-1-1', '26-01-01', '', '2026-11-23T00:00:00Z']) {
      expect(
        daySchema.safeParse(text).error?.issues.map(({ message }) => message),
        text,
      ).toEqual(['not-a-day']);
    }
    expect(daySchema.safeParse('2028-02-29').success).toBe(true);
  });
});

describe('WeChat’s time', () => {
  it('is read as Beijing’s and written as ISO 8601', () => {
    const atMs = fromBeijing('2026-11-23 14:05:09');
    expect(atMs).toBe(Date.UTC(2026, 10, 23, 6, 5, 9));
    expect(beijingIso(atMs ?? 0)).toBe('2026-11-23T14:05:09+08:00');
    expect(beijingTime(atMs ?? 0)).toBe('2026-11-23 14:05:09');
    // Some of WeChat's own samples have two blanks.
    expect(fromBeijing('2016-05-04  02:18:18')).toBe(Date.UTC(2016, 4, 3, 18, 18, 18));
  });

  it('is refused where there is no such time', () => {
    for (const text of ['2026-11-23 24:00:00', '2026-11-31 10:00:00', '2026-11-23T10:00:00', '2026-11-23 10:60:00', ''])
      expect(fromBeijing(text), text).toBeNull();
  });
});
