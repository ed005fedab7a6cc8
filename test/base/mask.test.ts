/**
 * Text for other people's eyes: numbers are cut to their last digits, and everything that is no number stays as it was.
 */
import { describe, expect, it } from 'vitest';
import { maskId, maskText, maskValue } from '../../electron/base/mask.ts';

describe('the mask', () => {
  it('leaves the last four of a long number, and nothing of a short one', () => {
    expect([maskId('4200000272201902213633768503'), maskId('pos-1')]).toEqual(['…8503', '…']);
  });

  it('finds numbers in the middle of a text', () => {
    expect(maskText('order 202611231200009988776655 not saved')).toBe('order …6655 not saved');
    expect(maskText('openid oUpF8uMuAJO_M2pxb1Q9zNjWeS6o, appid wx8888888888888888')).toBe('openid …eS6o, appid …8888');
  });

  it('leaves times, versions, addresses, codes and short figures alone', () => {
    for (const text of [
      '2026-11-23T12:00:00.123Z',
      '0.1.0',
      'https://api.mch.weixin.qq.com',
      'REVERSE_EXPIRE',
      'out/main/main.js:12:345',
      'took 1234567 ms',
    ]) {
      expect(maskText(text)).toBe(text);
    }
  });

  it('takes people’s names out of paths', () => {
    expect(maskText('/home/alice/.facepay and /Users/bob/x and C:\\Users\\carol\\y')).toBe(
      '/home/…/.facepay and /Users/…/x and C:\\Users\\…\\y',
    );
  });

  it('goes by the field’s name where the value looks like nothing in particular', () => {
    expect(
      maskValue({ orderId: 'pos-order-42', who: 'terminal:alice', mchId: 1900000109, phase: 'paid', n: 3 }),
    ).toEqual({ orderId: '…r-42', who: '…lice', mchId: '…', phase: 'paid', n: 3 });
  });
});
