/** What a scanner has read: an order's number, a customer's payment code, or neither. */
import { describe, expect, test } from 'vitest';
import { whatIsScanned, whatIsShown } from '../../../renderer/input/scanned.ts';

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

describe('where a payment waits for a code', () => {
  const shown = (text: string, burst = text): unknown => whatIsShown({ text, burst });

  test('a whole code is taken, also one that was read twice in one go or that stray keys came before', () => {
    for (const [text, burst] of [
      [CODE, CODE],
      [CODE + CODE, CODE + CODE],
      [`7${CODE}`, CODE],
      [CODE, '8'],
    ] as const)
      expect(shown(text, burst)).toEqual({ what: 'code', code: CODE });
  });

  test("two customers' codes in one go, a part of a code and an order number are not", () => {
    for (const text of [CODE + CODE.replace('16', '13'), CODE.slice(0, 17), `${CODE}9`, '20261123150007', 'EMP00123'])
      expect(shown(text)).toEqual({ what: 'other-scan' });
  });

  test('codes of other wallets are named, and a few keys are nothing', () => {
    expect(shown('281234567890123456')).toEqual({ what: 'alipay' });
    expect(shown('6222021234567890123')).toEqual({ what: 'unionpay' });
    for (const text of ['', '5', '12345']) expect(shown(text)).toBeNull();
  });
});
