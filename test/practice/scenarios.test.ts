import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bench, NoReply, paths, until, type Bench } from './terminal.ts';
import { newPracticeMerchant } from '../../electron/practice/practice-merchant.ts';
import { readXml } from '../../electron/wechat/xml.ts';
import { verify } from '../../electron/wechat/sign.ts';
import { scenarioSchema } from '../../shared/practice/scenarios.ts';
import { writeXml } from '../../electron/wechat/xml.ts';

let till: Bench;

beforeEach(async () => {
  till = await bench();
});
afterEach(async () => {
  await till.gateway.close();
});

const money = (outTradeNo: string): unknown => till.gateway.ledger.verdict(outTradeNo);
const REFUNDED = { charged: true, refunded: true, state: 'REFUND' };
const CLOSED = { charged: false, refunded: false, state: 'CLOSED' };
const CHARGED = { charged: true, refunded: false, state: 'SUCCESS' };
const UNPAID = { charged: false, refunded: false, state: 'NOTPAY' };
const ACCEPTED = { return_code: 'SUCCESS', result_code: 'SUCCESS', recall: 'N' };

async function state(outTradeNo: string): Promise<string | undefined> {
  return (await till.query(outTradeNo))['trade_state'];
}

describe('scenario paid', () => {
  it('answers the pay call at once, and the order is charged', async () => {
    const order = till.nextOrder();
    const reply = await till.pay(order);
    expect(reply).toMatchObject({
      result_code: 'SUCCESS',
      out_trade_no: order,
      total_fee: '1234',
      trade_type: 'FACEPAY',
      transaction_id: expect.stringMatching(/^4\d{27}$/),
      time_end: expect.stringMatching(/^\d{14}$/),
    });
    expect(money(order)).toEqual(CHARGED);
    expect(await till.query(order)).toMatchObject({
      trade_state: 'SUCCESS',
      transaction_id: reply['transaction_id'],
      total_fee: '1234',
    });
  });

  it('refunds when it is reversed, and says so again when the reverse is repeated', async () => {
    const order = till.nextOrder();
    await till.pay(order);
    await till.clock.advance(15_000);
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(money(order)).toEqual(REFUNDED);
    expect(till.gateway.ledger.get(order)).toMatchObject({ paidFen: 1234, refundedFen: 1234, reverses: 2 });
  });

  it('tells of a refunded order its number and state, and no details', async () => {
    const order = till.nextOrder();
    await till.pay(order);
    await till.clock.advance(15_000);
    await till.reverse(order);
    const seen = await till.query(order);
    expect(seen).toMatchObject({ result_code: 'SUCCESS', trade_state: 'REFUND', out_trade_no: order });
    expect(seen).not.toHaveProperty('transaction_id');
    expect(seen).not.toHaveProperty('total_fee');
  });
});

describe('scenario paid-late', () => {
  it('hangs, and charges the customer 12 s after the pay request', async () => {
    const order = await till.hangingOrder('paid-late', 11_999);
    expect(await state(order)).toBe('NOTPAY');
    await till.clock.advance(1);
    expect(await state(order)).toBe('SUCCESS');
    await till.clock.advance(9_000);
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(money(order)).toEqual(REFUNDED);
  });
});

describe('scenario needs-password', () => {
  it('says USERPAYING for 16 s, then the order is paid', async () => {
    await till.gateway.setScenario('needs-password');
    const order = till.nextOrder();
    expect(await till.pay(order)).toMatchObject({
      return_code: 'SUCCESS',
      result_code: 'FAIL',
      err_code: 'USERPAYING',
      err_code_des: '需要用户输入支付密码',
    });
    await till.clock.advance(15_999);
    expect(await state(order)).toBe('USERPAYING');
    expect(money(order)).toMatchObject({ charged: false });
    await till.clock.advance(1);
    expect(await state(order)).toBe('SUCCESS');
    expect(money(order)).toEqual(CHARGED);
  });
});

describe('scenario declined', () => {
  it('says NOTSUPORTCARD, and a query agrees that nothing is paid', async () => {
    await till.gateway.setScenario('declined');
    const order = till.nextOrder();
    expect(await till.pay(order)).toMatchObject({ result_code: 'FAIL', err_code: 'NOTSUPORTCARD' });
    expect(await state(order)).toBe('NOTPAY');
    await till.clock.advance(15_000);
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(money(order)).toEqual(CLOSED);
  });
});

describe('scenario never-answers', () => {
  it('hangs and never charges; a reverse closes the order', async () => {
    const order = await till.hangingOrder('never-answers');
    expect(await state(order)).toBe('NOTPAY');
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(await state(order)).toBe('CLOSED');
    expect(money(order)).toEqual(CLOSED);
  });

  it('says REVOKED for an unpaid order of the micropay family', async () => {
    till.family = 'micropay';
    const order = await till.hangingOrder('never-answers');
    await till.reverse(order);
    expect(await state(order)).toBe('REVOKED');
    expect(money(order)).toMatchObject({ charged: false, refunded: false });
  });

  it('keeps a hanging call open until the gateway closes', async () => {
    await till.gateway.setScenario('never-answers');
    const pending = till.pay(till.nextOrder());
    const ended = expect(pending).rejects.toThrow(NoReply);
    await until(() => till.gateway.requests.length === 1);
    await till.clock.advance(60_000);
    await till.gateway.close();
    await ended;
  });
});

describe('scenario charged-silently', () => {
  it('charges at once and lets queries hang until the first reverse', async () => {
    const order = await till.hangingOrder('charged-silently');
    expect(money(order)).toEqual(CHARGED);
    await till.givenUp((signal) => till.query(order, { signal }));
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(await state(order)).toBe('REFUND');
    expect(money(order)).toEqual(REFUNDED);
  });
});

describe('scenario recall-twice', () => {
  it('says recall=Y twice with nothing done, then closes the order', async () => {
    const order = await till.hangingOrder('recall-twice');
    for (const recall of ['Y', 'Y']) {
      expect(await till.reverse(order)).toMatchObject({ result_code: 'SUCCESS', recall });
      expect(await state(order)).toBe('NOTPAY');
    }
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(money(order)).toEqual(CLOSED);
  });
});

describe('scenario system-error', () => {
  it('charges as the first reverse arrives, says SYSTEMERROR twice, then refunds', async () => {
    const order = await till.hangingOrder('system-error');
    expect(money(order)).toEqual(UNPAID);
    for (let nth = 1; nth <= 2; nth += 1) {
      expect(await till.reverse(order)).toMatchObject({ result_code: 'FAIL', err_code: 'SYSTEMERROR', recall: 'Y' });
      expect(await state(order)).toBe('SUCCESS');
    }
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(money(order)).toEqual(REFUNDED);
  });
});

describe('scenarios that reversing again cannot mend', () => {
  it.each([
    ['expired', 'REVERSE_EXPIRE'],
    ['sign-error', 'SIGNERROR'],
  ] as const)('%s answers %s with recall=N, every time', async (scenario, errCode) => {
    const order = await till.hangingOrder(scenario);
    for (let nth = 1; nth <= 3; nth += 1) {
      expect(await till.reverse(order)).toMatchObject({ result_code: 'FAIL', err_code: errCode, recall: 'N' });
    }
    expect(money(order)).toEqual(UNPAID);
  });

  it('reverse-lies says SUCCESS recall=N and leaves the customer charged', async () => {
    const order = await till.hangingOrder('reverse-lies');
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(await state(order)).toBe('SUCCESS');
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(money(order)).toEqual(CHARGED);
  });
});

describe('scenario primary-down', () => {
  it('refuses connections on the main domain once the pay call is in, and answers on the backup', async () => {
    const order = await till.hangingOrder('primary-down');
    await expect(till.query(order)).rejects.toThrow('ECONNREFUSED');
    expect((await till.query(order, { host: 'backup' }))['trade_state']).toBe('NOTPAY');
    await expect(till.reverse(order)).rejects.toThrow('ECONNREFUSED');
    expect(await till.reverse(order, { host: 'backup' })).toMatchObject(ACCEPTED);
    expect(money(order)).toEqual(CLOSED);
  });

  it('leaves the pay call that is under way hanging', async () => {
    await till.gateway.setScenario('primary-down');
    let ended = false;
    const controller = new AbortController();
    const order = till.nextOrder();
    const pending = till.pay(order, { signal: controller.signal }).catch(() => {
      ended = true;
    });
    await until(() => till.gateway.ledger.get(order) !== undefined);
    await till.query(order, { host: 'backup' });
    expect(ended).toBe(false);
    controller.abort();
    await pending;
  });

  it('has the main domain back on the same port when the order is reversed', async () => {
    const { primary } = till.gateway;
    const order = await till.hangingOrder('primary-down');
    await till.reverse(order, { host: 'backup' });
    expect(till.gateway.primary).toBe(primary);
    expect(await state(order)).toBe('CLOSED');
  });

  it('has the main domain back when another scenario is chosen', async () => {
    const order = await till.hangingOrder('primary-down');
    await till.gateway.setScenario('paid');
    expect(await state(order)).toBe('NOTPAY');
  });
});

describe('scenarios that break the connection', () => {
  it('cut-before ends the connection twice with nothing done', async () => {
    const order = await till.hangingOrder('cut-before');
    for (let nth = 1; nth <= 2; nth += 1) {
      await expect(till.reverse(order)).rejects.toThrow('ECONNRESET');
      expect(money(order)).toEqual(UNPAID);
    }
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(money(order)).toEqual(CLOSED);
  });

  it('cut-after refunds, ends the connection once, and then says so', async () => {
    const order = await till.hangingOrder('cut-after');
    await expect(till.reverse(order)).rejects.toThrow('ECONNRESET');
    expect(money(order)).toEqual(REFUNDED);
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(till.gateway.ledger.get(order)?.refundedFen).toBe(1234);
  });
});

describe('scenario slow', () => {
  it('holds every answer back for 3 s', async () => {
    await till.gateway.setScenario('slow');
    const order = till.nextOrder();
    const calls = [
      () => till.pay(order),
      () => till.query(order),
      () => till.query('unknown-order'),
      () => till.call('/pay/facepayquery', till.common()),
    ];
    for (const call of calls) {
      let answered = false;
      const pending = call().finally(() => {
        answered = true;
      });
      await until(() => till.clock.pending > 0);
      await till.clock.advance(2_999);
      expect(answered).toBe(false);
      await till.clock.advance(1);
      await pending;
    }
    expect(money(order)).toEqual(CHARGED);
  });
});

describe('scenario garbage', () => {
  it('answers a reverse with an HTML page, then with half an XML, then properly', async () => {
    const order = await till.hangingOrder('garbage');
    const reverse = async (): ReturnType<Bench['send']> => {
      const xml = writeXml(till.signed({ ...till.common(), out_trade_no: order }));
      return till.send(paths.facepay.reverse, xml.ok ? xml.value : '');
    };
    expect(await reverse()).toMatchObject({ status: 502, text: expect.stringContaining('<html>') });
    const half = await reverse();
    expect(half).toMatchObject({ status: 200, text: expect.stringMatching(/^<xml>/) });
    expect(readXml(Buffer.from(half.text)).ok).toBe(false);
    expect(money(order)).toEqual(UNPAID);
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(money(order)).toEqual(CLOSED);
  });
});

describe('scenario wrong-key', () => {
  it('answers every reverse in the right form under a wrong key, and does nothing', async () => {
    const order = await till.hangingOrder('wrong-key');
    for (let nth = 1; nth <= 4; nth += 1) {
      const xml = writeXml(till.signed({ ...till.common(), out_trade_no: order }));
      const reply = await till.send(paths.facepay.reverse, xml.ok ? xml.value : '');
      const read = readXml(Buffer.from(reply.text));
      const fields = read.ok ? read.value : {};
      expect(fields).toMatchObject({ ...ACCEPTED, sign: expect.stringMatching(/^[0-9A-F]{64}$/) });
      expect(verify(fields, till.merchant.apiKey, 'HMAC-SHA256')).toBe(false);
    }
    expect(money(order)).toEqual(UNPAID);
    expect(await state(order)).toBe('NOTPAY');
  });
});

describe('scenario wrong-order', () => {
  it("answers two queries with somebody else's order, properly signed, then with the right one", async () => {
    const order = await till.hangingOrder('wrong-order');
    const first = await till.query(order);
    expect(first).toMatchObject({ trade_state: 'SUCCESS', total_fee: '1235' });
    expect(first['out_trade_no']).not.toBe(order);
    const second = await till.query(order);
    expect(second).toMatchObject({ trade_state: 'REVOKED' });
    expect(second['out_trade_no']).not.toBe(order);
    expect(await till.query(order)).toMatchObject({ trade_state: 'NOTPAY', out_trade_no: order });
    expect(money(order)).toEqual(UNPAID);
  });
});

describe('scenarios of answers that say something else', () => {
  it('nopay names the state by its older name, beside a field that no document names, until the reverse', async () => {
    const order = await till.hangingOrder('nopay');
    expect(await till.query(order)).toMatchObject({ trade_state: 'NOPAY', out_trade_no: order, clearing_stage: '0' });
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(await state(order)).toBe('CLOSED');
  });

  it('busy refuses without a signature for 6 min, then answers properly', async () => {
    const order = await till.hangingOrder('busy');
    for (const text of ['SYSTEMERROR 系统繁忙，请稍后再试', '频率限制']) {
      expect(await till.query(order)).toEqual({ return_code: 'FAIL', return_msg: text });
      expect(await till.reverse(order)).toEqual({ return_code: 'FAIL', return_msg: text });
    }
    expect(money(order)).toEqual(UNPAID);
    await till.clock.advance(6 * 60_000 - 15_000);
    expect(await till.reverse(order)).toMatchObject(ACCEPTED);
    expect(await state(order)).toBe('CLOSED');
  });

  it('wrong-merchant answers in the name of another merchant, properly signed, and does nothing', async () => {
    const order = await till.hangingOrder('wrong-merchant');
    for (const reply of [await till.query(order), await till.reverse(order)]) {
      expect(reply['mch_id']).not.toBe(till.merchant.mchId);
    }
    expect(money(order)).toEqual(UNPAID);
  });

  it("wrong-merchant answers a partner's terminal in the name of another shop", async () => {
    await till.gateway.close();
    till = await bench({ merchant: { ...newPracticeMerchant(), subMchId: '1900000100' } });
    const order = await till.hangingOrder('wrong-merchant');
    for (const reply of [await till.query(order), await till.reverse(order)]) {
      expect(reply).toMatchObject({
        mch_id: till.merchant.mchId,
        sub_mch_id: expect.not.stringMatching(/^(1900000100)?$/),
      });
    }
  });
});

describe('scenarios of a number that is another till’s', () => {
  it.each([
    ['other-amount', 1_235],
    ['number-used', 1_234],
  ] as const)('%s finds it paid, %i fen, before this pay call came', async (scenario, fen) => {
    await till.gateway.setScenario(scenario);
    const order = till.nextOrder();
    if (scenario === 'number-used')
      expect(await till.pay(order)).toMatchObject({ result_code: 'FAIL', err_code: 'OUT_TRADE_NO_USED' });
    else await till.givenUp((signal) => till.pay(order, { signal }));
    expect(await till.query(order)).toMatchObject({
      trade_state: 'SUCCESS',
      total_fee: String(fen),
      device_info: 'another-till',
    });
    expect(money(order)).toEqual(CHARGED);
  });
});

describe('every scenario', () => {
  it.each(scenarioSchema.options)(
    '%s gives the customer a permit and leaves no order behind by it',
    async (scenario) => {
      await till.gateway.setScenario(scenario);
      const pending = till.call('/face/get_wxpayface_authinfo', till.authinfoFields());
      if (scenario === 'slow') {
        await until(() => till.clock.pending > 0);
        await till.clock.advance(3_000);
      }
      expect(await pending).toMatchObject({ return_code: 'SUCCESS', expires_in: '3600' });
      expect(till.gateway.ledger.orders()).toEqual([]);
    },
  );

  it('stays with an order that was made under it', async () => {
    const order = await till.hangingOrder('expired');
    await till.gateway.setScenario('paid');
    expect(await till.reverse(order)).toMatchObject({ err_code: 'REVERSE_EXPIRE' });
  });
});
