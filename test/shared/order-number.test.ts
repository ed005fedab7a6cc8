import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { orderNumberSchema } from '../../shared/ipc.ts';
import { looksLikeTransactionId, outTradeNoSchema, transactionIdSchema } from '../../shared/order/order.ts';
import { newOutTradeNo, terminalPart } from '../../electron/orders/engine/order-number.ts';

const codeOf = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value).error?.issues[0]?.message;
const T = '4200000272201902213633768503';

describe('an out_trade_no', () => {
  it.each(['1', 'pos_1-2|3*', 'S01@0001', 'A'.repeat(32), T])('may be %s', (number) => {
    expect(outTradeNoSchema.parse(number)).toBe(number);
  });

  it.each<[unknown, string]>([
    ['', 'missing'],
    [undefined, 'missing'],
    [1_234, 'missing'],
    ['9'.repeat(33), 'too-long'],
    ['pos 1', 'bad-characters'],
    [' pos', 'bad-characters'],
    ['pos\n', 'bad-characters'],
    ['订单', 'bad-characters'],
    ['１２３', 'bad-characters'],
    ['a&b', 'bad-characters'],
    ['<xml>', 'bad-characters'],
    ["a'b", 'bad-characters'],
  ])('is refused as %j by a code of its own (%s)', (number, code) => {
    expect(codeOf(outTradeNoSchema, number)).toBe(code);
  });

  it('of this terminal is Beijing time, its own nine digits and five random ones, and is one of WeChat Pay’s', () => {
    const number = newOutTradeNo(Date.UTC(2026, 10, 23, 16, 30, 59), '012345678', () => 7);
    expect(number).toBe('2026112400305901234567800007');
    expect(outTradeNoSchema.parse(number)).toBe(number);
    expect(looksLikeTransactionId(number)).toBe(false);
  });

  it('has the same nine digits each time on one machine, and others on another, also under a copied secret', () => {
    const secret = Buffer.alloc(32, 7);
    const part = terminalPart(secret, 'till-1');
    expect([part, terminalPart(secret, 'till-1')]).toEqual([expect.stringMatching(/^\d{9}$/), part]);
    const parts = new Set([
      part,
      terminalPart(secret, 'till-2'),
      ...Array.from({ length: 1_000 }, (_, n) => terminalPart(Buffer.from(String(n).padStart(32, '0')), 'till-1')),
    ]);
    expect(parts.size).toBe(1_002);
  });
});

describe('a transaction_id', () => {
  it('is a string of digits and letters, however long its number', () => {
    expect(transactionIdSchema.parse(T)).toBe(T);
    expect([
      codeOf(transactionIdSchema, '4200 1'),
      codeOf(transactionIdSchema, '4'.repeat(33)),
      codeOf(transactionIdSchema, Number(T)),
    ]).toEqual(['bad-characters', 'too-long', 'missing']);
  });

  it('is known by its 28 digits and its 4', () => {
    expect([T, `5${T.slice(1)}`, T.slice(1), `${T}0`, `${T.slice(0, -1)}x`].map(looksLikeTransactionId)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('a number as scanned or typed', () => {
  it('is taken for what it looks like, blanks dropped', () => {
    expect(orderNumberSchema.parse(` ${T}\n`)).toEqual({ transactionId: T });
    expect(orderNumberSchema.parse('pos-1\r')).toEqual({ outTradeNo: 'pos-1' });
    expect([
      codeOf(orderNumberSchema, '   '),
      codeOf(orderNumberSchema, 'a/b'),
      codeOf(orderNumberSchema, '1'.repeat(40)),
    ]).toEqual(['missing', 'bad-characters', 'too-long']);
  });
});
