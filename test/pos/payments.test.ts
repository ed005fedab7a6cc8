/** Payments whose code the till software has scanned itself: once per number, and the code stays nowhere. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPosShop, orderIn, refusalIn, type PosShop } from '../support/terminal/pos-shop.ts';

const CODE = '134567890123456789';

let shop: PosShop;

beforeEach(async () => {
  shop = await openPosShop();
  shop.paySource.choose('code');
});
afterEach(async () => {
  await shop.close();
});

const payment = (over: object = {}): object => ({
  outTradeNo: 'pos-1',
  amountFen: 1_250,
  paymentCode: CODE,
  ...over,
});
const pay = (body: object): ReturnType<PosShop['call']> => shop.call('POST', '/v1/payments', body);
const order = async (): Promise<ReturnType<typeof orderIn>> => orderIn(await shop.call('GET', '/v1/orders/pos-1'));

describe('a payment by code', () => {
  it('leaves once through micropay, with the code and under the number that the till software gave', async () => {
    const answer = await pay(payment());
    expect([answer.status, orderIn(answer)]).toMatchObject([201, { outTradeNo: 'pos-1', verdict: 'do-not-charge' }]);
    expect(shop.payCalls).toMatchObject([
      { family: 'micropay', outTradeNo: 'pos-1', amountFen: 1_250, faceCode: CODE, openid: null },
    ]);
  });

  it('is taken from a code with blanks or full-width digits, as scanners and people type it', async () => {
    await pay(payment({ paymentCode: ' 1３4567890123456789\n' }));
    expect(shop.payCalls.map(({ faceCode }) => faceCode)).toEqual([CODE]);
  });

  it('that WeChat Pay confirms is paid', async () => {
    shop.payAnswer = { kind: 'paid', transactionId: '4200000000000000000000000001' };
    await pay(payment());
    await shop.clock.advance(10);
    expect(await order()).toMatchObject({ verdict: 'paid', transactionId: '4200000000000000000000000001' });
  });

  it('sent again is the same order, whatever code it has then, and no second call leaves', async () => {
    await pay(payment());
    for (const again of [payment(), payment({ paymentCode: '150000000000000000' })])
      expect((await pay(again)).status).toBe(200);
    expect(shop.payCalls).toHaveLength(1);
  });

  it('sent again after it was cancelled tells how that ended, and no call leaves', async () => {
    await pay(payment());
    await shop.call('POST', '/v1/orders/pos-1/cancel');
    await shop.clock.advance(60_000);
    const again = await pay(payment());
    expect([again.status, orderIn(again)]).toMatchObject([200, { phase: 'cancelled', verdict: 'charge-again' }]);
    expect(shop.payCalls).toHaveLength(1);
  });

  it.each([
    ['with another amount', payment({ amountFen: 1_251 }), '409 differs amountFen'],
    [
      'under the number of an order that was paid elsewhere',
      payment({ outTradeNo: 'elsewhere' }),
      '409 number-taken outTradeNo',
    ],
    ['with a code of Alipay', payment({ paymentCode: '281234567890123456' }), '400 code-of-alipay paymentCode'],
    ['with a code of UnionPay', payment({ paymentCode: '6222021234567890123' }), '400 code-of-unionpay paymentCode'],
    ['with half a code', payment({ paymentCode: CODE.slice(0, 17) }), '400 no-payment-code paymentCode'],
    ['without a code', { outTradeNo: 'pos-2', amountFen: 1 }, '400 missing paymentCode'],
    ['with a code that is a number', payment({ paymentCode: 134567890123456 }), '400 wrong-type paymentCode'],
    ['without a number', { amountFen: 1, paymentCode: CODE }, '400 missing outTradeNo'],
    ['of nothing', payment({ outTradeNo: 'pos-2', amountFen: 0 }), '400 not-positive amountFen'],
    ['with a field more', payment({ outTradeNo: 'pos-2', paidAt: null }), '400 unknown-field paidAt'],
  ])('is refused %s, and nothing leaves', async (_how, body, refused) => {
    await pay(payment());
    await shop.call('POST', '/v1/orders', { outTradeNo: 'elsewhere', amountFen: 1_250, paidAt: null });
    expect(refusalIn(await pay(body))).toBe(refused);
    expect(shop.payCalls).toHaveLength(1);
  });

  it('is refused where a technician has not chosen codes, with the remedy, and nothing is registered', async () => {
    shop.paySource.choose('face');
    expect(refusalIn(await pay(payment()))).toBe('409 no-codes -');
    expect((await shop.call('GET', '/v1/orders/pos-1')).status).toBe(404);
  });

  it('keeps its code out of the journal, the answers, the log and the events', async () => {
    const answers = [await pay(payment()), await pay(payment({ amountFen: 2 })), await pay(payment({ extra: CODE }))];
    await shop.clock.advance(60_000);
    const { journal } = shop.world;
    const kept = JSON.stringify([
      answers.map(({ json }) => json),
      journal.load('pos-1'),
      journal.history('pos-1'),
      shop.logged,
      shop.notices,
    ]);
    expect(kept).toContain('pos-1');
    expect(kept).not.toContain(CODE.slice(0, 10));
  });
});
