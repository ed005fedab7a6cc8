/** What a scanner has read: an order's number, a customer's payment code, or neither. */
import { describe, expect, test } from 'vitest';
import { whatIsScanned } from '../../../renderer/input/scanned.ts';

const CODE = '163456789012345678';

describe('a scan is', () => {
  test.each(['20261123150007', '4200000272201902213633768503', 'S01@0001', 'pos_1-2|3*', 'EMP00123', '９'.repeat(28)])(
    'a number: %s',
    (text) => {
      expect(whatIsScanned({ text, typed: 0 })).toEqual({ what: 'number' });
    },
  );

  test.each(['https://example.com/a', '128.50', 'x'.repeat(33), '王芳 店长', 'a b.c'])('neither: %s', (text) => {
    expect(whatIsScanned({ text, typed: 0 })).toEqual({ what: 'neither' });
  });

  test('a payment code, also when its first keys came slowly, or when somebody was typing just before', () => {
    for (const typed of [0, 1, 3])
      expect(whatIsScanned({ text: CODE, typed })).toEqual({ what: 'payment-code', code: CODE });
    expect(whatIsScanned({ text: `12${CODE}`, typed: 2 })).toEqual({ what: 'payment-code', code: CODE });
    expect(whatIsScanned({ text: `12${CODE}`, typed: 0 })).toEqual({ what: 'number' });
  });
});
