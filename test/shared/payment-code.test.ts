/** Payment codes of the wallets, told from each other and from order numbers. */
import { describe, expect, it } from 'vitest';
import { looksLikePaymentCode, paymentCodeSchema, walletOf } from '../../shared/order/payment-code.ts';

describe('where an order number is expected', () => {
  it.each([
    ['100000000000000000', true],
    ['159999999999999999', true],
    ['１３45 6789 0123 4567 89\r', true],
    ['250000000000000000', true],
    ['309999999999999999', true],
    ['169999999999999999', true],
    ['170000000000000000', false],
    ['202611231500070012', false],
    ['310000000000000000', false],
    ['13456789012345678', false],
    ['1345678901234567890', false],
    ['13456789012345678x', false],
  ])('%s is a payment code: %s', (text, isCode) => {
    expect(looksLikePaymentCode(text)).toBe(isCode);
  });
});

describe('where a payment code is expected', () => {
  it.each([
    ['100000000000000000', 'wechat'],
    ['169999999999999999', 'wechat'],
    ['170000000000000000', null],
    ['13456789012345678', null],
    ['1345678901234567890', null],
    ['2500000000000000', 'alipay'],
    ['300000000000000000000000', 'alipay'],
    ['3000000000000000000000001', null],
    [`fp${'0a'.repeat(17)}b`, 'alipay'],
    [`FP${'0A'.repeat(17)}B`, 'alipay'],
    [`fp${'0a'.repeat(17)}`, null],
    ['6222021234567890123', 'unionpay'],
    ['4200000272201902213633768503', null],
    ['6901234567892', null],
  ])('%s is a code of %s', (text, wallet) => {
    expect(walletOf(text)).toBe(wallet);
  });

  it('only a whole code of WeChat Pay, in plain digits, may leave the screen', () => {
    for (const code of [
      '13 4567890123456789',
      '１３４５６７８９０１２３４５６７８９',
      '134567890123456789\n',
      '250000000000000000',
    ])
      expect(paymentCodeSchema.safeParse(code).success).toBe(false);
    expect(paymentCodeSchema.safeParse('134567890123456789').success).toBe(true);
  });
});
