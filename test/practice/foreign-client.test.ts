/**
 * The gateway, called by wechatpay-axios-plugin's own client: what it accepts and answers is correct for another client
 * too.
 */
import { payFields } from '../../electron/wechat/face-pay.ts';
import { terminalSchema } from '../../shared/settings.ts';
import { generateKeyPairSync } from 'node:crypto';
import { Agent } from 'node:https';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Wechatpay } from 'wechatpay-axios-plugin';
import type { Family } from '../../shared/order/order.ts';
import type { SignType } from '../../shared/settings.ts';
import { refundAnswer, refundFields, refundStatusFields } from '../../electron/wechat/refund.ts';
import { AUTHINFO_PATH, bench, paths, REFUND_PATH, REFUND_QUERY_PATH, type Bench } from './terminal.ts';

let till: Bench;

beforeEach(async () => {
  till = await bench();
});
afterEach(async () => {
  await till.gateway.close();
});

/** The plugin wants v3 keys even where only v2 is spoken. */
const v3 = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

function client(secret = till.merchant.apiKey): Wechatpay {
  const { primary, caPem, clientCertPem, clientKeyPem, merchant } = till.gateway;
  return new Wechatpay({
    mchid: merchant.mchId,
    serial: 'unused',
    privateKey: v3.privateKey,
    certs: { unused_v3: v3.publicKey },
    secret,
    baseURL: primary,
    httpsAgent: new Agent({ ca: caPem }),
    merchant: { cert: clientCertPem, key: clientKeyPem, ca: caPem },
  });
}

/** The plugin's own form of a path: one property per segment, then `post`. */
function post(
  path: string,
  fields: Record<string, string>,
  { wxpay = client(), security = path.startsWith('/secapi/') } = {},
): Promise<Record<string, string>> {
  let node: Wechatpay = wxpay;
  for (const segment of ['v2', ...path.slice(1).split('/')]) {
    const next = node[segment];
    if (next === undefined) throw new Error(`the plugin has no ${segment}`);
    node = next;
  }
  return node.post(fields, { security }).then(({ data }) => data);
}

describe("wechatpay-axios-plugin's client", () => {
  it.each<[Family, SignType]>([
    ['facepay', 'MD5'],
    ['facepay', 'HMAC-SHA256'],
    ['micropay', 'MD5'],
    ['micropay', 'HMAC-SHA256'],
  ])('pays, queries, reverses and queries again (%s, %s)', async (family, signType) => {
    till.family = family;
    till.signType = signType;
    const order = till.nextOrder();
    const about = (): Record<string, string> => ({ ...till.common(), out_trade_no: order });
    const length = signType === 'MD5' ? 32 : 64;

    const paid = await post(paths[family].pay, till.payFields(order));
    expect(paid).toMatchObject({
      return_code: 'SUCCESS',
      result_code: 'SUCCESS',
      out_trade_no: order,
      total_fee: '1234',
    });
    expect(paid['sign']).toHaveLength(length);
    expect(await post(paths[family].query, about())).toMatchObject({
      trade_state: 'SUCCESS',
      transaction_id: paid['transaction_id'],
    });
    await till.clock.advance(15_000);
    const reversed = await post(paths[family].reverse, about());
    expect(reversed).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
    expect(reversed['sign']).toHaveLength(length);
    expect(await post(paths[family].query, about())).toMatchObject({ trade_state: 'REFUND', out_trade_no: order });
    expect(till.gateway.ledger.verdict(order)).toEqual({ charged: true, refunded: true, state: 'REFUND' });
  });

  it.each<SignType>(['MD5', 'HMAC-SHA256'])(
    'refunds a part, with our fields, and asks about it (%s)',
    async (signType) => {
      till.signType = signType;
      const order = till.nextOrder();
      await post(paths.facepay.pay, till.payFields(order));
      const request = { outTradeNo: order, transactionId: null, outRefundNo: `${order}R1`, totalFen: 1_234, fen: 34, reasonText: '少找了 & <一件>', account: null }; // prettier-ignore
      const fields = { ...till.common(), ...refundFields(request) };
      const accepted = await post(REFUND_PATH, fields);
      expect(accepted).toMatchObject({ result_code: 'SUCCESS', out_refund_no: `${order}R1`, refund_fee: '34', total_fee: '1234' }); // prettier-ignore
      expect(refundAnswer(accepted, request)).toMatchObject({ kind: 'accepted', refundId: accepted['refund_id'] });
      const seen = await post(REFUND_QUERY_PATH, { ...till.common(), ...refundStatusFields(request) });
      expect(seen).toMatchObject({
        refund_id_0: accepted['refund_id'],
        refund_status_0: 'PROCESSING',
        refund_count: '1',
      });
      await expect(post(REFUND_PATH, fields)).rejects.toMatchObject({ response: { data: { err_code: 'FREQUENCY_LIMITED' } } }); // prettier-ignore
    },
  );

  it('makes the same micropay call as ours: each field of ours, read back by the plugin', async () => {
    till.family = 'micropay';
    const terminal = terminalSchema.parse({ storeName: '江边便利店 & <一号>', storeId: 'S-1' });
    const order = till.nextOrder();
    const fields = payFields(
      {
        family: 'micropay',
        outTradeNo: order,
        amountFen: 1_234,
        faceCode: till.gateway.mintPaymentCode(),
        openid: null,
        body: terminal.storeName,
        terminalIp: '10.0.0.1',
      },
      terminal,
    );
    expect(await post(paths.micropay.pay, { ...till.common(), ...fields })).toMatchObject({
      result_code: 'SUCCESS',
      trade_type: 'MICROPAY',
      out_trade_no: order,
      device_info: terminal.deviceId,
    });
    await expect(
      post(paths.micropay.pay, { ...till.common(), ...fields, out_trade_no: till.nextOrder() }),
    ).rejects.toMatchObject({ response: { data: { err_code: 'AUTH_CODE_ERROR' } } });
  });

  it('gets a permit', async () => {
    const reply = await post(AUTHINFO_PATH, till.authinfoFields());
    expect(reply).toMatchObject({ return_code: 'SUCCESS', authinfo: expect.any(String), expires_in: '3600' });
  });

  it('signs with its own nonce and gets Chinese and markup back as it sent them', async () => {
    const { nonce_str: _ours, ...fields } = till.payFields(till.nextOrder());
    const attach = '附加 & <数据>';
    expect(await post('/pay/facepay', { ...fields, attach })).toMatchObject({ result_code: 'SUCCESS', attach });
  });

  it('sees a refusal with its code, words and recall', async () => {
    const order = await till.hangingOrder('expired');
    await expect(post(paths.facepay.reverse, { ...till.common(), out_trade_no: order })).rejects.toMatchObject({
      response: {
        data: { result_code: 'FAIL', err_code: 'REVERSE_EXPIRE', err_code_des: '订单无法撤销', recall: 'N' },
      },
    });
  });

  it('sees 签名错误 under another key', async () => {
    const wxpay = client('x'.repeat(32));
    await expect(post('/pay/facepayquery', { ...till.common(), out_trade_no: 'any' }, { wxpay })).rejects.toMatchObject(
      {
        response: { data: { return_code: 'FAIL', return_msg: '签名错误' } },
      },
    );
  });

  it('does not believe a reply that was signed with a wrong key', async () => {
    const order = await till.hangingOrder('wrong-key');
    await expect(post(paths.facepay.reverse, { ...till.common(), out_trade_no: order })).rejects.toThrow(/sign/);
  });

  it('gets the 400 page without its certificate', async () => {
    const fields = { ...till.common(), out_trade_no: 'any' };
    await expect(post(paths.facepay.reverse, fields, { security: false })).rejects.toMatchObject({
      response: { status: 400 },
    });
  });
});
