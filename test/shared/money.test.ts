import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AMOUNT_FEN_MAX, amountFenSchema, formatYuan, parseYuan, parseYuanRange } from '../../shared/money.ts';

const codeOf = (amount: unknown): string | undefined => amountFenSchema.safeParse(amount).error?.issues[0]?.message;

describe('an amount', () => {
  it.each([1, 100, AMOUNT_FEN_MAX])('of %d fen is one', (fen) => {
    expect(amountFenSchema.parse(fen)).toBe(fen);
  });

  it.each<[unknown, string]>([
    [0, 'not-positive'],
    [-1, 'not-positive'],
    [-0, 'not-positive'],
    [0.5, 'fraction-of-fen'],
    [12.34, 'fraction-of-fen'],
    [AMOUNT_FEN_MAX + 1, 'too-large'],
    [Number.NaN, 'not-a-number'],
    [Number.POSITIVE_INFINITY, 'not-a-number'],
    [Number.MAX_SAFE_INTEGER, 'too-large'],
    ['100', 'not-a-number'],
    [null, 'not-a-number'],
    [undefined, 'not-a-number'],
    [100n, 'not-a-number'],
  ])('is refused as %s by a code of its own (%s)', (amount, code) => {
    expect(codeOf(amount)).toBe(code);
  });
});

describe('yuan on the keypad and on the screen', () => {
  it.each<[string, number]>([
    ['0', 0],
    ['12', 1_200],
    ['12.', 1_200],
    ['12.3', 1_230],
    ['12.34', 1_234],
    ['0.01', 1],
    ['007', 700],
    ['999999.99', 99_999_999],
  ])('%s is that many fen', (text, fen) => {
    expect(parseYuan(text)).toBe(fen);
  });

  it.each(['', '.', '.5', '1.234', '1,5', '-1', '+1', ' 1', '1 ', '1e3', '１２', '1000000', 'NaN', '1.2.3'])(
    '%j is no amount',
    (text) => {
      expect(parseYuan(text)).toBeNull();
    },
  );

  it.each<[number, string]>([
    [0, '0.00'],
    [5, '0.05'],
    [50, '0.50'],
    [100, '1.00'],
    [12_345_678, '123456.78'],
    [-5, '-0.05'],
    [-1_234, '-12.34'],
  ])('%d fen are written so', (fen, text) => {
    expect(formatYuan(fen)).toBe(text);
  });

  it('comes back from writing and reading as it was, without a float between', () => {
    fc.assert(fc.property(fc.nat(99_999_999), (fen) => parseYuan(formatYuan(fen)) === fen));
  });
});

describe('a range of yuan', () => {
  it.each([
    ['12.34', { min: 1_234, max: 1_234 }],
    ['12', { min: 1_200, max: 1_200 }],
    ['10-20', { min: 1_000, max: 2_000 }],
    ['20-10', { min: 1_000, max: 2_000 }],
    ['-5', { min: 0, max: 500 }],
    ['100-', { min: 10_000, max: 5_000_000 }],
    ['', null],
    ['-', null],
    ['60000-70000', null],
    ['1.234', null],
    ['1-2-3', null],
    ['999999', null],
    ['.', null],
  ])('takes %j for %j', (text, range) => {
    expect(parseYuanRange(text)).toEqual(range);
  });
});
