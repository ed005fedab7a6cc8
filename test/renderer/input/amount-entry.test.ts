import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grouped, readAmount, typedFen, withAmountKey, withoutLast } from '../../../renderer/input/amount-entry.ts';
import { isUnusual } from '../../../renderer/input/usual-amount.ts';
import { AMOUNT_FEN_MAX } from '../../../shared/money.ts';

const typed = (keys: string | readonly string[]): string => Array.from(keys).reduce(withAmountKey, '');

describe('the amount keypad', () => {
  test('builds an amount as it is typed', () => {
    expect(typed('12.34')).toBe('12.34');
    expect(typed(['5', '00'])).toBe('500');
  });

  test('writes a zero before a leading point, and none before a digit', () => {
    expect(typed('.5')).toBe('0.5');
    expect(typed('007')).toBe('7');
    expect(typed(['00', '.', '0', '5'])).toBe('0.05');
    expect(typed('1+.5+007')).toBe('1+0.5+7');
  });

  test.each([
    ['60000', 'too-large'],
    ['50000.01', 'too-large'],
    ['123456', 'too-large'],
    ['12345678', 'too-large'],
    ['30000+20001', 'too-large'],
    ['1.234', 'decimals'],
    ['1.2.3', 'sign'],
    ['20*5', 'sign'],
    ['20-5', 'sign'],
    ['2a', 'sign'],
    ['20+', 'unfinished'],
  ])('makes no other amount of %s: it cannot be taken', (keys, fault) => {
    expect(readAmount(typed(keys)).fault).toBe(fault);
    expect(typedFen(typed(keys))).toBeNull();
  });

  test('adds with a running sum', () => {
    expect(typedFen(typed('20+5'))).toBe(2_500);
    expect(readAmount(typed('20+'))).toEqual({ fen: 2_000, fault: 'unfinished' });
    expect(typedFen(typed('12.5+.5+100='))).toBe(11_300);
    expect(typed('+5')).toBe('5');
    expect(typed('5++5')).toBe('5+5');
  });

  test('is an amount again when the wrong key is deleted', () => {
    expect(typedFen(withoutLast(typed('60000')))).toBe(600_000);
    expect(withoutLast('')).toBe('');
  });

  test('offers nothing to take while the amount is zero', () => {
    expect(['', '0', '0.', '0.00', '0+0'].map(typedFen)).toEqual([null, null, null, null, null]);
    expect(['0.01', '12.', '12.5'].map(typedFen)).toEqual([1, 1200, 1250]);
  });

  test('takes exactly the sum of what was typed, or nothing, whatever the keys are', () => {
    const keys = fc.array(fc.constantFrom(...Array.from('0123456789.+-*/x')), { maxLength: 60 });
    fc.assert(
      fc.property(keys, (all) => {
        const fen = typedFen(typed(all));
        if (fen === null) return;
        const terms = all
          .join('')
          .split('+')
          .filter((term) => term !== '');
        expect(terms.every((term) => /^[0-9]*[.]?[0-9]{0,2}$/.test(term))).toBe(true);
        expect(fen).toBe(terms.reduce((sum, term) => sum + Math.round(Number(`0${term}`) * 100), 0));
        expect(fen).toBeLessThanOrEqual(AMOUNT_FEN_MAX);
      }),
      { numRuns: 2_000 },
    );
  });

  test('shows thousands apart, and leaves the point and the decimals alone', () => {
    expect(['', '999', '1000', '12345.67', '1234567', '0.5', '20*5'].map(grouped)).toEqual([
      '',
      '999',
      '1,000',
      '12,345.67',
      '1,234,567',
      '0.5',
      '20*5',
    ]);
  });
});

describe('an amount far above the usual', () => {
  test('is ten times the middle of the paid ones, and never a small one', () => {
    const day = [1_200, 3_800, 2_500, 90_000, 2_000];
    expect(isUnusual(24_999, day)).toBe(false);
    expect(isUnusual(25_000, day)).toBe(true);
    expect(isUnusual(15_000, [100, 200, 300])).toBe(false);
  });

  test('is a large one while fewer than three are known', () => {
    expect(isUnusual(199_999, [100, 200])).toBe(false);
    expect(isUnusual(200_000, [])).toBe(true);
  });
});
