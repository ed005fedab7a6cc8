import { describe, expect, test } from 'vitest';
import {
  digitKeys,
  groupsOfFour,
  letterRows,
  NUMBER_TEXT_MAX,
  splitNumber,
  withText,
} from '../../../renderer/input/number-entry.ts';
import { outTradeNoSchema } from '../../../shared/order/order.ts';

describe('the order number dialog', () => {
  test('has a key for every character an order number may hold', () => {
    const letters = letterRows.join('');
    const keys = [...digitKeys, ...letters.split(''), ...letters.toUpperCase().split('')];
    const characters = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    const allowed = characters.filter((character) => outTradeNoSchema.safeParse(character).success);
    expect(allowed.filter((character) => !keys.includes(character))).toEqual([]);
    expect(keys.filter((key) => !allowed.includes(key))).toEqual([]);
  });

  test('takes no more than the contract does', () => {
    expect(withText('4', '2')).toBe('42');
    expect(withText('9'.repeat(NUMBER_TEXT_MAX), '1')).toHaveLength(NUMBER_TEXT_MAX);
  });

  test('shows numbers in groups of four with the last four apart', () => {
    expect(groupsOfFour('420000027')).toEqual(['4200', '0002', '7']);
    expect(splitNumber('20261123150007')).toEqual({ head: ['2026', '1123', '15'], tail: '0007' });
    expect(splitNumber('123')).toEqual({ head: [], tail: '123' });
  });
});
