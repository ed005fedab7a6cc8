import { describe, expect, test } from 'vitest';
import { typedFen, withAmountKey, withoutLast, type AmountKey } from '../../../renderer/input/amount-entry.ts';

const typed = (keys: readonly AmountKey[]): string => keys.reduce<string>(withAmountKey, '');

describe('the amount keypad', () => {
  test('builds an amount as it is typed', () => {
    expect(typed(['1', '2', '.', '3', '4'])).toBe('12.34');
    expect(typed(['5', '00'])).toBe('500');
  });

  test('writes a zero before a leading point, and none before a digit', () => {
    expect(typed(['.', '5'])).toBe('0.5');
    expect(typed(['0', '0', '7'])).toBe('7');
    expect(typed(['00', '.', '0', '5'])).toBe('0.05');
  });

  test('ignores what would be no amount: a third decimal, a second point', () => {
    expect(typed(['1', '.', '2', '3', '4'])).toBe('1.23');
    expect(typed(['1', '.', '.', '2'])).toBe('1.2');
    expect(typed(['1', '.', '2', '00'])).toBe('1.2');
  });

  test('stops at the most one payment may take', () => {
    expect(typed(['5', '0', '00', '0'])).toBe('50000');
    expect(typed(['5', '0', '00', '1'])).toBe('5000');
    expect(typed(['5', '0', '00', '0', '.', '0', '1'])).toBe('50000.0');
  });

  test('takes back one character at a time, from nothing too', () => {
    expect(withoutLast('12.')).toBe('12');
    expect(withoutLast('')).toBe('');
  });

  test('offers nothing to take while the amount is zero', () => {
    expect(['', '0', '0.', '0.00'].map(typedFen)).toEqual([null, null, null, null]);
    expect(['0.01', '12.', '12.5'].map(typedFen)).toEqual([1, 1200, 1250]);
  });
});
