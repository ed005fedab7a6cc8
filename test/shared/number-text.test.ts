/** What people type, scan and copy: shown as it is understood, or refused; no sign is dropped so that another number remains. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderOfLink } from '../../shared/order/order-link.ts';
import { normalizedAmount, normalizedNumber } from '../../shared/order/number-text.ts';
import { orderNumberSchema } from '../../shared/ipc.ts';
import { parseYuanRange } from '../../shared/money.ts';
import { outTradeNoSchema } from '../../shared/order/order.ts';
import { filterOf, initialSearch, isWrongNumber } from '../../renderer/back-office/history/search-state.ts';

describe('an order number', () => {
  it.each([
    ['2026 1123 1500 07', '20261123150007'],
    ['`20261123150007', '20261123150007'],
    ['４２００0002', '42000002'],
    ['S01@0001', 'S01@0001'],
    ['pos＿1－2｜3＊', 'pos_1-2|3*'],
    ['\uFEFF 20261123\u200B150007\r\n', '20261123150007'],
  ])('%j is understood as %s, on the till and by the command alike', (text, number) => {
    expect(orderNumberSchema.parse(text)).toEqual({ outTradeNo: number });
  });

  it.each(['2026-1123/07', '订单2026', 'a“b', '12。80', '１２#'])('%j is refused, and nothing is dropped', (text) => {
    expect(orderNumberSchema.safeParse(text).error?.issues[0]?.message).toBe('bad-characters');
    expect(isWrongNumber(normalizedNumber(text))).toBe(true);
    expect(filterOf({ ...initialSearch, number: normalizedNumber(text) }).text).toBeNull();
  });

  it('that is one already is never made another', () => {
    const characters = fc.constantFrom(...Array.from('0123456789ABYZabyz_-|*@'));
    fc.assert(
      fc.property(fc.string({ unit: characters, minLength: 1, maxLength: 32 }), (number) => {
        expect(normalizedNumber(number)).toBe(number);
        expect(outTradeNoSchema.parse(number)).toBe(number);
      }),
    );
  });

  it('of any text is either understood without loss of a visible sign, or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const read = orderNumberSchema.safeParse(text);
        const visible = text.normalize('NFKC').replace(/^[\s`]+|\s+/gu, '');
        if (read.success)
          expect(JSON.stringify(read.data)).toContain(JSON.stringify(visible.replace(/^`+/, '')).slice(1, -1));
      }),
    );
  });

  it('with @ comes by a link as well', () => {
    expect(orderOfLink('facepay-kiosk://order/S01%400001')).toBe('S01@0001');
    expect(orderOfLink('facepay-kiosk://order/S01@0001')).toBe('S01@0001');
  });
});

describe('an amount to search for', () => {
  it.each([
    ['12。80', { min: 1_280, max: 1_280 }],
    ['10～20', { min: 1_000, max: 2_000 }],
    ['10–20', { min: 1_000, max: 2_000 }],
    ['￥１２.８０元', { min: 1_280, max: 1_280 }],
    ['1,234.50', { min: 123_450, max: 123_450 }],
    ['１，２３４', { min: 123_400, max: 123_400 }],
  ])('%j is understood', (text, range) => {
    expect(parseYuanRange(text)).toEqual(range);
  });

  it.each(['12,34.5', '1,2345', '12、80', '1.2.3', '十二', '12/80'])('%j is refused', (text) => {
    expect(parseYuanRange(text)).toBeNull();
    expect(normalizedAmount(text)).not.toMatch(/^\d+(\.\d+)?$/);
  });
});
