import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dayByKey,
  dayProblem,
  dayText,
  firstOfMonth,
  monthsOn,
  weeksOf,
} from '../../../../renderer/components/form/month.ts';
import { dayFromIso, dayToIso } from '../../../../shared/beijing-day.ts';

const day = (iso: string): number => dayFromIso(iso) ?? Number.NaN;
const days = fc.integer({ min: day('1990-01-01'), max: day('2099-12-31') });

describe('a month', () => {
  test('stands in its weeks from Monday, without the days of other months', () => {
    expect(
      weeksOf(day('2026-11-30')).map((week) => week.map((each) => (each === null ? 0 : each - day('2026-10-31')))),
    ).toEqual([
      [0, 0, 0, 0, 0, 0, 1],
      [2, 3, 4, 5, 6, 7, 8],
      [9, 10, 11, 12, 13, 14, 15],
      [16, 17, 18, 19, 20, 21, 22],
      [23, 24, 25, 26, 27, 28, 29],
      [30, 0, 0, 0, 0, 0, 0],
    ]);
  });

  test('holds each of its days once, whichever month it is', () => {
    fc.assert(
      fc.property(days, (any) => {
        const shown = weeksOf(any)
          .flat()
          .filter((each) => each !== null);
        expect(shown[0]).toBe(firstOfMonth(any));
        expect(shown).toContain(any);
        expect(shown.every((each) => dayToIso(each).slice(0, 7) === dayToIso(any).slice(0, 7))).toBe(true);
        expect(dayToIso((shown.at(-1) ?? 0) + 1).slice(8)).toBe('01');
      }),
    );
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-03-31', -1, '2028-02-29'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
  ])('from %s, %i on, is at %s', (from, months, to) => {
    expect(dayToIso(monthsOn(day(from), months))).toBe(to);
  });

  test.each([
    ['ArrowLeft', '2026-10-31'],
    ['ArrowDown', '2026-11-08'],
    ['Home', '2026-10-26'],
    ['End', '2026-11-01'],
    ['PageUp', '2026-10-01'],
  ])('is left by %s from 1 November for %s', (key, to) => {
    expect(dayToIso(dayByKey(key, day('2026-11-01')) ?? 0)).toBe(to);
  });

  test('is not moved by any other key', () => {
    expect(dayByKey('Enter', day('2026-11-01'))).toBeNull();
  });
});

describe('a day that is typed', () => {
  test('needs its digits only', () => {
    fc.assert(
      fc.property(days, (any) => {
        const digits = Array.from(dayToIso(any).replaceAll('-', ''));
        expect(digits.reduce((text, digit) => dayText(text + digit), '')).toBe(dayToIso(any));
      }),
    );
  });

  test.each([
    ['2026/11/23', '2026-11-23'],
    ['2026.1.5', '2026-01-05'],
    ['2026年1月5日', '2026-01-05'],
    ['2026-1-', '2026-01'],
    ['202611234', '2026-11-23'],
    ['x', ''],
  ])('or pasted as %s is read as %s', (typed, text) => {
    expect(dayText(typed)).toBe(text);
  });

  test.each([
    ['2026-11-23', null],
    ['2026-11-24', 'late'],
    ['2026-02-30', 'wrong'],
    ['2026-11', 'wrong'],
    ['', 'wrong'],
  ])('as %j, on 23 November, has the problem %j', (text, problem) => {
    expect(dayProblem(text, '2026-11-23')).toBe(problem);
  });
});
