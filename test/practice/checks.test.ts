import { offeredCodes } from '../../electron/practice/offered-codes.ts';
import { connect } from 'node:tls';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createThrowawayCa, type KeyedCertificate } from '../../electron/practice/throwaway-ca.ts';
import { sign, type Fields } from '../../electron/wechat/sign.ts';
import { writeXml } from '../../electron/wechat/xml.ts';
import type { Family } from '../../shared/order/order.ts';
import { AUTHINFO_PATH, bench, paths, type Bench, type Reply } from './terminal.ts';

let till: Bench;

beforeAll(async () => {
  till = await bench();
});
beforeEach(async () => {
  till.family = 'facepay';
  till.signType = 'HMAC-SHA256';
  await till.gateway.setScenario('paid');
});
afterAll(async () => {
  await till.gateway.close();
});

/** Sends fields as they are, `sign` included. */
async function sendFields(path: string, fields: Fields): Promise<string> {
  const xml = writeXml(fields);
  if (!xml.ok) throw new Error(xml.error.code);
  return (await till.send(path, xml.value)).text;
}

const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));

async function paidOrder(): Promise<string> {
  const order = till.nextOrder();
  await till.pay(order);
  return order;
}

describe('the http side', () => {
  const reverseXml = (): string => {
    const xml = writeXml(till.signed({ ...till.common(), out_trade_no: 'any' }));
    return xml.ok ? xml.value : '';
  };

  it.each([paths.facepay.reverse, paths.micropay.reverse])(
    'answers %s without a client certificate with the 400 page of the proxy',
    async (path) => {
      const reply = await till.send(path, reverseXml(), { certificate: null });
      expect(reply.status).toBe(400);
      expect(reply.text).toContain('No required SSL certificate was sent');
    },
  );

  it('wants no client certificate outside /secapi/', async () => {
    const order = till.nextOrder();
    expect(await till.pay(order, { certificate: null })).toMatchObject({ result_code: 'SUCCESS' });
    expect(await till.query(order, { certificate: null })).toMatchObject({ trade_state: 'SUCCESS' });
  });

  it('wants POST', async () => {
    const reply = await till.send('/pay/facepayquery', '', { method: 'GET' });
    expect(reply.text).toContain('<return_code><![CDATA[FAIL]]>');
    expect(reply.text).toContain('REQUIRE_POST_METHOD');
  });

  it('has no other paths, the well-known misspelling included', async () => {
    expect(await till.send('/pay/facepayqueryy', reverseXml())).toMatchObject({ status: 404 });
  });

  it.each([
    ['an empty body', ''],
    ['no XML', 'appid=1&mch_id=2'],
    ['half an XML', '<xml><appid>wx'],
    ['a DTD', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><appid>&a;</appid></xml>'],
    ['a repeated field', '<xml><appid>a</appid><appid>b</appid></xml>'],
    ['over 64 KiB', `<xml><attach>${'a'.repeat(70_000)}</attach></xml>`],
  ])('refuses %s as XML_FORMAT_ERROR, unsigned', async (_what, body) => {
    const reply = await till.send('/pay/facepay', body);
    expect(reply.text).toContain('XML_FORMAT_ERROR');
    expect(reply.text).not.toContain('<sign>');
  });

  it('listens on 127.0.0.1 alone and speaks TLS 1.2 at least', async () => {
    const { hostname, port } = new URL(till.gateway.primary);
    expect(hostname).toBe('127.0.0.1');
    const old = connect({
      host: hostname,
      port: Number(port),
      ca: till.gateway.caPem,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
    });
    const [error] = await once(old, 'error');
    expect(String(error)).toMatch(/protocol|version|EPROTO|unsupported/i);
  });

  it('keeps a connection open for the next request', async () => {
    const { hostname, port } = new URL(till.gateway.primary);
    const socket = connect({ host: hostname, port: Number(port), ca: till.gateway.caPem });
    await once(socket, 'secureConnect');
    const body = '<xml/>';
    for (let nth = 1; nth <= 2; nth += 1) {
      socket.write(
        `POST /pay/facepayquery HTTP/1.1\r\nHost: x\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`,
      );
      const [chunk] = await once(socket, 'data');
      expect(String(chunk)).toMatch(/^HTTP\/1\.1 200[\s\S]*connection: keep-alive/i);
    }
    socket.destroy();
  });
});

describe('the client certificate on /secapi/', () => {
  const reverse = (certificate: KeyedCertificate): Promise<Fields> => till.reverse('any', { certificate });

  it('must be of our authority', async () => {
    const foreign = await createThrowawayCa(Date.now());
    expect(await reverse(await foreign.issueMerchant(till.merchant.mchId))).toEqual({
      return_code: 'FAIL',
      return_msg: 'certificate not match',
    });
  });

  it("must not be another merchant's", async () => {
    expect(await reverse(await till.gateway.ca.issueMerchant('1900000999'))).toMatchObject({
      return_code: 'FAIL',
      return_msg: 'certificate not match',
    });
  });

  it('must not be expired', async () => {
    const validity = { fromMs: Date.now() - 7_200_000, untilMs: Date.now() - 3_600_000 };
    expect(await reverse(await till.gateway.ca.issueMerchant(till.merchant.mchId, validity))).toMatchObject({
      return_code: 'FAIL',
      return_msg: 'certificate not match',
    });
  });
});

describe('required fields', () => {
  it.each(['appid', 'mch_id', 'nonce_str', 'body', 'out_trade_no', 'total_fee', 'spbill_create_ip', 'face_code'])(
    'pay/facepay without %s is 缺少参数, unsigned',
    async (name) => {
      const reply = await till.call('/pay/facepay', without(till.payFields(till.nextOrder()), name));
      expect(reply).toEqual({ return_code: 'FAIL', return_msg: `缺少参数 ${name}` });
    },
  );

  it('pay/micropay wants an auth_code', async () => {
    till.family = 'micropay';
    const reply = await till.call('/pay/micropay', without(till.payFields(till.nextOrder()), 'auth_code'));
    expect(reply['return_msg']).toBe('缺少参数 auth_code');
  });

  it.each(['store_id', 'store_name', 'device_id', 'rawdata', 'now', 'version', 'nonce_str'])(
    'get_wxpayface_authinfo without %s is PARAM_ERROR in its return_code',
    async (name) => {
      const reply = await till.call(AUTHINFO_PATH, without(till.authinfoFields(), name));
      expect(reply).toEqual({ return_code: 'PARAM_ERROR', return_msg: `缺少参数 ${name}` });
    },
  );

  it.each([paths.facepay.query, paths.facepay.reverse, paths.micropay.query, paths.micropay.reverse])(
    '%s wants one of the two order numbers',
    async (path) => {
      expect(await till.call(path, till.common())).toEqual({
        return_code: 'FAIL',
        return_msg: '缺少参数 out_trade_no',
      });
    },
  );

  it('an empty field is a missing one, and so is the signature', async () => {
    const text = await sendFields('/pay/facepayquery', { ...till.common(), out_trade_no: 'any' });
    expect(text).toContain('缺少参数 sign');
  });
});

describe('the signature', () => {
  const query = (): Fields => till.signed({ ...till.common(), out_trade_no: 'any' });

  it.each<[string, (fields: Fields) => Fields]>([
    ['by another key', (fields) => ({ ...fields, sign: sign(fields, 'x'.repeat(32), 'HMAC-SHA256') })],
    ['in lower case', (fields) => ({ ...fields, sign: fields['sign']?.toLowerCase() ?? '' })],
    [
      'by MD5 where sign_type says HMAC-SHA256',
      (fields) => ({ ...fields, sign: sign(fields, till.merchant.apiKey, 'MD5') }),
    ],
    ['of other fields', (fields) => ({ ...fields, out_trade_no: 'other' })],
  ])('%s is 签名错误, unsigned', async (_what, spoil) => {
    const text = await sendFields('/pay/facepayquery', spoil(query()));
    expect(text).toContain('签名错误');
    expect(text).not.toContain('<sign>');
  });

  it('is MD5 where sign_type is absent, and the reply follows it', async () => {
    till.signType = 'MD5';
    const reply = await till.query('any');
    expect(reply['sign']).toMatch(/^[0-9A-F]{32}$/);
    expect(reply).toMatchObject({ return_code: 'SUCCESS', err_code: 'ORDERNOTEXIST' });
  });

  it('covers fields the gateway does not know', async () => {
    const fields = { ...till.common(), out_trade_no: 'any', some_new_field: 'x y&z<1>' };
    expect(await till.call('/pay/facepayquery', fields)).toMatchObject({ return_code: 'SUCCESS' });
  });

  it('under an algorithm nobody knows is refused', async () => {
    const text = await sendFields('/pay/facepayquery', { ...query(), sign_type: 'SHA1' });
    expect(text).toContain('sign_type参数格式错误');
  });

  it('that is wrong at get_wxpayface_authinfo is PARAM_ERROR 签名错误', async () => {
    const text = await sendFields(AUTHINFO_PATH, { ...till.signed(till.authinfoFields()), now: '1767578401' });
    expect(text).toContain('<return_code><![CDATA[PARAM_ERROR]]>');
    expect(text).toContain('签名错误');
  });
});

describe('who is calling', () => {
  it('an unknown mch_id is refused, unsigned for want of a key', async () => {
    const reply = await till.call('/pay/facepayquery', { ...till.common(), mch_id: '1', out_trade_no: 'any' });
    expect(reply).toEqual({ return_code: 'FAIL', return_msg: 'MCHID_NOT_EXIST 商户号mch_id不存在' });
  });

  it('an unknown appid is refused, signed', async () => {
    const reply = await till.call('/pay/facepayquery', { ...till.common(), appid: 'wx1', out_trade_no: 'any' });
    expect(reply).toMatchObject({ result_code: 'FAIL', err_code: 'APPID_NOT_EXIST' });
  });

  it('a merchant without sub-merchants may not name one', async () => {
    const fields = { ...till.common(), sub_mch_id: '1900000100', out_trade_no: 'any' };
    expect(await till.call('/pay/facepayquery', fields)).toMatchObject({ err_code: 'MCHID_NOT_EXIST' });
  });

  it('a partner must name its sub-merchant, and the reply names it too', async () => {
    const merchant = { ...till.merchant, subMchId: '1900000100', subAppid: 'wx1111111111111111' };
    const partner = await bench({ merchant });
    try {
      const order = partner.nextOrder();
      const ours = { sub_mch_id: '1900000100', sub_appid: 'wx1111111111111111' };
      expect(await partner.pay(order)).toMatchObject({ result_code: 'SUCCESS', ...ours });
      const fields = { ...partner.common(), out_trade_no: order };
      const ask = (asked: Fields): Promise<Fields> => partner.call('/pay/facepayquery', asked);
      expect(await ask(without(fields, 'sub_mch_id'))).toMatchObject({ return_msg: '缺少参数 sub_mch_id' });
      expect(await ask({ ...fields, sub_mch_id: '2' })).toMatchObject({ err_code: 'MCHID_NOT_EXIST' });
      expect(await ask({ ...fields, sub_appid: 'wx2' })).toMatchObject({ err_code: 'APPID_NOT_EXIST' });
      expect(await ask(without(fields, 'sub_appid'))).toMatchObject({ trade_state: 'SUCCESS' });
    } finally {
      await partner.gateway.close();
    }
  });
});

describe('the form of fields', () => {
  it.each([
    ['total_fee', '0'],
    ['total_fee', '-1'],
    ['total_fee', '1.5'],
    ['total_fee', '0100'],
    ['body', 'b'.repeat(129)],
    ['attach', 'a'.repeat(128)],
    ['device_info', 'd'.repeat(33)],
    ['nonce_str', 'n'.repeat(33)],
    ['spbill_create_ip', '1'.repeat(17)],
    ['time_start', '20260105'],
    ['fee_type', 'USD'],
    ['face_code', 'f'.repeat(129)],
    ['out_trade_no', 'with space'],
    ['out_trade_no', 'x'.repeat(33)],
  ])('%s "%s" is PARAM_ERROR, signed', async (name, value) => {
    const reply = await till.call('/pay/facepay', { ...till.payFields(till.nextOrder()), [name]: value });
    expect(reply).toMatchObject({
      return_code: 'SUCCESS',
      result_code: 'FAIL',
      err_code: 'PARAM_ERROR',
      err_code_des: `${name}参数格式错误`,
    });
  });

  it.each([paths.facepay, paths.micropay])(
    'an order number of 33 characters is PARAM_ERROR ($query)',
    async (family) => {
      const fields = { ...till.common(), out_trade_no: 'x'.repeat(33) };
      expect(await till.call(family.query, fields)).toMatchObject({ err_code: 'PARAM_ERROR' });
      expect(await till.call(family.reverse, fields)).toMatchObject({ err_code: 'PARAM_ERROR', recall: 'N' });
    },
  );

  it.each([paths.facepay.query, paths.facepay.reverse])(
    'a malformed transaction_id is INVALID_TRANSACTIONID (%s)',
    async (path) => {
      const fields = { ...till.common(), transaction_id: '1217752501201407033233368018' };
      expect(await till.call(path, fields)).toMatchObject({ err_code: 'INVALID_TRANSACTIONID' });
    },
  );

  it('values that no reply could repeat are refused', async () => {
    const { appid = '', mch_id = '', nonce_str = '' } = till.common();
    const fields = { appid, mch_id, nonce_str, out_trade_no: 'any', attach: 'a\rb' };
    const proof = sign(fields, till.merchant.apiKey, 'MD5');
    const body =
      `<xml><appid>${appid}</appid><mch_id>${mch_id}</mch_id><nonce_str>${nonce_str}</nonce_str>` +
      `<out_trade_no>any</out_trade_no><attach>a&#13;b</attach><sign>${proof}</sign></xml>`;
    expect((await till.send('/pay/facepayquery', body)).text).toContain('attach含有非法字符');
  });
});

describe('the pay call', () => {
  it('is refused for a number that is paid, reversed or used', async () => {
    const order = await paidOrder();
    expect(await till.pay(order)).toMatchObject({ result_code: 'FAIL', err_code: 'ORDERPAID' });
    await till.clock.advance(15_000);
    await till.reverse(order);
    expect(await till.pay(order)).toMatchObject({ err_code: 'ORDERREVERSED' });
    await till.gateway.setScenario('declined');
    const declined = await paidOrder();
    expect(await till.pay(declined)).toMatchObject({ err_code: 'OUT_TRADE_NO_USED' });
  });

  it('sent again with the same face_code, to the backup domain, is answered as in the field: face_code已被使用', async () => {
    const order = till.nextOrder();
    const fields = till.payFields(order);
    await till.call('/pay/facepay', fields);
    expect(await till.call('/pay/facepay', fields, { host: 'backup' })).toMatchObject({
      result_code: 'FAIL',
      err_code_des: 'face_code已被使用',
    });
    expect(till.gateway.ledger.get(order)).toMatchObject({ paidFen: 1234 });
  });

  it('with a face_code that has paid for another order is refused', async () => {
    const first = till.payFields(till.nextOrder());
    await till.call('/pay/facepay', first);
    const second = { ...till.payFields(till.nextOrder()), face_code: first['face_code'] ?? '' };
    expect(await till.call('/pay/facepay', second)).toMatchObject({ err_code_des: 'face_code已被使用' });
  });

  it.each<[string, (fields: Fields) => Fields]>([
    ['another order', (fields) => ({ ...fields, out_trade_no: `${fields['out_trade_no'] ?? ''}x` })],
    ['another amount', (fields) => ({ ...fields, total_fee: '1235' })],
    ['nobody', (fields) => ({ ...fields, face_code: 'made-up.code' })],
    ['a forger', (fields) => ({ ...fields, face_code: `${fields['face_code'] ?? ''}x`.slice(1) })],
  ])('with a face_code of %s is face_code业务信息不匹配, and makes no order', async (_whose, spoil) => {
    const order = till.nextOrder();
    const fields = spoil(till.payFields(order));
    expect(await till.call('/pay/facepay', fields)).toMatchObject({ err_code_des: 'face_code业务信息不匹配' });
    expect(till.gateway.ledger.get(order)).toBeUndefined();
  });

  it.each(['12345678901234567', '171234567890123456', '0'.repeat(18), '10123456789012345x'])(
    'pay/micropay with auth_code %s is AUTH_CODE_INVALID',
    async (auth_code) => {
      till.family = 'micropay';
      const fields = { ...till.payFields(till.nextOrder()), auth_code };
      expect(await till.call('/pay/micropay', fields)).toMatchObject({ err_code: 'AUTH_CODE_INVALID' });
    },
  );

  it('the codes that practice offers do what they say', async () => {
    till.family = 'micropay';
    const answers = await Promise.all(
      offeredCodes().map(async ({ kind, code }) => {
        const reply = await till.call('/pay/micropay', { ...till.payFields(till.nextOrder()), auth_code: code });
        return [kind, reply['err_code'] ?? reply['result_code']];
      }),
    );
    expect(Object.fromEntries(answers)).toEqual({
      usual: 'SUCCESS',
      'needs-password': 'USERPAYING',
      spent: 'AUTH_CODE_ERROR',
      'other-wallet': 'AUTH_CODE_INVALID',
    });
  });

  it('pay/micropay takes a payment code once', async () => {
    till.family = 'micropay';
    const first = till.payFields(till.nextOrder());
    expect(await till.call('/pay/micropay', first)).toMatchObject({ result_code: 'SUCCESS', trade_type: 'MICROPAY' });
    const second = { ...till.payFields(till.nextOrder()), auth_code: first['auth_code'] ?? '' };
    expect(await till.call('/pay/micropay', second)).toMatchObject({
      err_code: 'AUTH_CODE_ERROR',
      err_code_des: '每个二维码仅限使用一次，请刷新再试',
    });
  });

  it('gives back device_info and attach', async () => {
    const order = till.nextOrder();
    const echoed = { device_info: 'kiosk-1', attach: '附加 & "数据" ]]>' };
    expect(await till.call('/pay/facepay', { ...till.payFields(order), ...echoed })).toMatchObject(echoed);
    expect(await till.query(order)).toMatchObject(echoed);
  });
});

describe('query and reverse', () => {
  it('know no order that was never paid for', async () => {
    expect(await till.query('unknown')).toMatchObject({ result_code: 'FAIL', err_code: 'ORDERNOTEXIST' });
    expect(await till.reverse('unknown')).toMatchObject({
      result_code: 'FAIL',
      err_code: 'ORDERNOTEXIST',
      recall: 'N',
    });
  });

  it.each<[Family, Family]>([
    ['facepay', 'micropay'],
    ['micropay', 'facepay'],
  ])('do not see a %s order by the paths of %s', async (own, other) => {
    till.family = own;
    const order = await paidOrder();
    await till.clock.advance(15_000);
    till.family = other;
    expect(await till.query(order)).toMatchObject({ err_code: 'ORDERNOTEXIST' });
    expect(await till.reverse(order)).toMatchObject({ err_code: 'ORDERNOTEXIST' });
    expect(till.gateway.ledger.verdict(order)).toMatchObject({ refunded: false });
  });

  it('take the transaction_id where both numbers are given', async () => {
    const first = await paidOrder();
    const second = await paidOrder();
    const transactionId = till.gateway.ledger.get(second)?.transactionId ?? '';
    await till.clock.advance(15_000);
    const fields = { ...till.common(), out_trade_no: first, transaction_id: transactionId };
    expect(await till.call('/pay/facepayquery', fields)).toMatchObject({ out_trade_no: second });
    await till.call('/secapi/pay/facepayreverse', fields);
    expect(till.gateway.ledger.verdict(first)).toMatchObject({ refunded: false });
    expect(till.gateway.ledger.verdict(second)).toMatchObject({ refunded: true });
  });

  it('refuse a reverse 14.999 s after the pay request, record it as a violation, and take it at 15.000 s', async () => {
    const order = await paidOrder();
    const before = till.gateway.ledger.violations.length;
    await till.clock.advance(14_999);
    expect(await till.reverse(order)).toMatchObject({ result_code: 'FAIL', err_code: 'INVALID_REQUEST', recall: 'N' });
    expect(till.gateway.ledger.violations.slice(before)).toEqual([
      expect.objectContaining({ outTradeNo: order, elapsedMs: 14_999 }),
    ]);
    expect(till.gateway.ledger.get(order)).toMatchObject({ reverses: 0, refundedFen: 0 });
    await till.clock.advance(1);
    expect(await till.reverse(order)).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
    expect(till.gateway.ledger.violations.length).toBe(before + 1);
  });

  it.each([3_600_000, -3_600_000])('count the 15 s by no clock that a person can set (%i ms)', async (jump) => {
    const order = await paidOrder();
    till.clock.jumpWall(jump);
    expect(await till.reverse(order)).toMatchObject({ err_code: 'INVALID_REQUEST' });
    await till.clock.advance(15_000);
    expect(await till.reverse(order)).toMatchObject({ result_code: 'SUCCESS' });
    till.clock.jumpWall(-jump);
  });

  it('answer REVERSE_EXPIRE once an order is older than 7 days', async () => {
    const order = await paidOrder();
    await till.clock.advance(7 * 86_400_000 + 1);
    expect(await till.reverse(order)).toMatchObject({ err_code: 'REVERSE_EXPIRE', recall: 'N' });
    expect(till.gateway.ledger.verdict(order)).toMatchObject({ refunded: false });
  });

  it('say recall in every signed reply to a reverse', async () => {
    const replies = [
      await till.reverse('unknown'),
      await till.reverse(await paidOrder()),
      await till.call(paths.facepay.reverse, { ...till.common(), appid: 'wx1', out_trade_no: 'any' }),
    ];
    for (const reply of replies) expect(reply['recall']).toMatch(/^[YN]$/);
  });
});

describe('the record of requests', () => {
  it('says which domain got what, and keeps no secret', async () => {
    const order = till.nextOrder();
    await till.pay(order);
    await till.query(order, { host: 'backup' });
    await till.call(AUTHINFO_PATH, till.authinfoFields());
    const [pay, query, authinfo] = till.gateway.requests.slice(-3);
    expect(pay).toMatchObject({ host: 'primary', path: '/pay/facepay', fields: { out_trade_no: order } });
    expect(query).toMatchObject({ host: 'backup', path: '/pay/facepayquery', at: till.clock.read() });
    const text = JSON.stringify([pay, query, authinfo]);
    for (const name of ['"sign"', 'face_code', 'rawdata', 'openid']) expect(text).not.toContain(name);
  });
});

describe('a ledger that cannot be saved', () => {
  it('is said to the client, as a gateway in trouble says it', async () => {
    const broken = await bench({
      save: () => {
        throw new Error('disk full');
      },
    });
    try {
      const xml = writeXml(broken.signed(broken.payFields('a1')));
      const reply: Reply = await broken.send('/pay/facepay', xml.ok ? xml.value : '');
      expect(reply).toMatchObject({ status: 500, text: expect.stringContaining('disk full') });
    } finally {
      await broken.gateway.close();
    }
  });
});
