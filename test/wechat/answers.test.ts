/** The result of each reply of a server: accepted, or no answer and why. Over the wire, from the independent server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrderRef, PayRequest } from '../../electron/wechat/face-pay.ts';
import { createGateway, type Gateway } from '../../electron/wechat/gateway.ts';
import { httpsTransport } from '../../electron/wechat/transport.ts';
import { merchantSchema, terminalSchema } from '../../shared/settings.ts';
import { FakeClock } from '../support/fake-clock.ts';
import {
  API_KEY,
  APP_ID,
  certificates,
  IndependentGateway,
  MCH_ID,
  replyXml,
  signedByHand,
  xmlByHand,
} from '../support/gateway/independent-gateway.ts';

let folder: string;
let server: IndependentGateway;
let gateway: Gateway;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  const { ca, server: serverCert, merchant: own } = certificates(folder);
  server = await IndependentGateway.start(serverCert, ca);
  const merchant = merchantSchema.parse({
    appid: APP_ID,
    mchId: MCH_ID,
    gateway: { primary: server.origin },
    faceGateway: server.origin,
  });
  const clock = new FakeClock();
  const transport = httpsTransport({ certPem: own.certPem, keyPem: own.keyPem, caPem: ca.certPem }, merchant, clock);
  gateway = createGateway({
    merchant,
    terminal: terminalSchema.parse({}),
    apiKey: API_KEY,
    transport,
    clock,
    nonce: () => 'n',
  });
});
afterAll(async () => {
  gateway.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const T = '4200000272201902213633768503';
const ORDER: OrderRef = { family: 'facepay', outTradeNo: 'pos-1', transactionId: T };
const PAYMENT: PayRequest = {
  family: 'facepay',
  outTradeNo: 'pos-1',
  amountFen: 1_234,
  faceCode: 'f',
  openid: null,
  body: 'b',
  terminalIp: '10.0.0.1',
};
const REFUND = { outTradeNo: 'pos-1', transactionId: T, outRefundNo: 'pos-1R1', totalFen: 1_234, fen: 34, reasonText: null, account: null }; // prettier-ignore
type Values = Readonly<Record<string, string>>;
const says = (text: string): void => {
  server.answer = (response) => response.end(text);
};
const query = async (fields: Values): Promise<unknown> => {
  says(replyXml(fields));
  return (await gateway.query(ORDER)).answer;
};
const reverse = async (fields: Values): Promise<unknown> => {
  says(replyXml(fields));
  return (await gateway.reverse(ORDER)).answer;
};
const pay = async (fields: Values): Promise<unknown> => {
  says(replyXml(fields));
  return (await gateway.pay(PAYMENT, () => undefined)).answer;
};
const none = (why: string, text?: string | null): object =>
  text === undefined ? { kind: 'no-answer', why } : { kind: 'no-answer', why, text };
const OK = { result_code: 'SUCCESS' };
const FAIL = { result_code: 'FAIL' };

describe('a reply is not believed', () => {
  const whole = {
    return_code: 'SUCCESS',
    appid: APP_ID,
    mch_id: MCH_ID,
    nonce_str: 'x',
    result_code: 'SUCCESS',
    recall: 'N',
  };
  it.each<[string, string, object]>([
    ['without a signature', xmlByHand(whole), none('bad-signature')],
    ['with an empty one', xmlByHand({ ...whole, sign: '' }), none('bad-signature')],
    ['signed with another key', xmlByHand(signedByHand(whole, 'HMAC-SHA256', 'x'.repeat(32))), none('bad-signature')],
    ['signed with MD5, which we did not use', xmlByHand(signedByHand(whole, 'MD5')), none('bad-signature')],
    ['changed after it was signed', replyXml({ ...OK, recall: 'Y' }).replace('[Y]', '[N]'), none('bad-signature')],
    ['with a field slipped in', replyXml(OK).replace('</xml>', '<recall>N</recall></xml>'), none('bad-signature')],
    [
      'with recall doubled',
      replyXml({ ...OK, recall: 'Y' }).replace('</xml>', '<recall><![CDATA[N]]></recall></xml>'),
      none('bad-xml', 'repeated-field'),
    ],
    ['for another merchant', replyXml({ ...OK, mch_id: '1900000110' }), none('wrong-merchant', 'mch_id')],
    [
      'that says FAIL, busy',
      xmlByHand({ return_code: 'FAIL', return_msg: '系统繁忙,请稍后再试' }),
      none('busy', '系统繁忙,请稍后再试'),
    ],
    ['that says SYSTEMERROR for return_code', xmlByHand({ return_code: 'SYSTEMERROR', return_msg: '' }), none('busy')],
    [
      'that says FAIL, too often',
      xmlByHand({ return_code: 'FAIL', return_msg: '频率超限' }),
      none('too-often', '频率超限'),
    ],
    ['that says FAIL, limited', xmlByHand({ return_code: 'FAIL', return_msg: '频率限制' }), none('too-often')],
    ['for another appid', replyXml({ ...OK, appid: 'wx1' }), none('wrong-merchant')],
    ['to a sub-merchant that we do not have', replyXml({ ...OK, sub_mch_id: '1' }), none('wrong-merchant')],
    [
      'that says FAIL without a signature',
      xmlByHand({ return_code: 'FAIL', return_msg: '签名错误' }),
      none('unsigned-fail', '签名错误'),
    ],
    ['that says FAIL with one', replyXml({ return_code: 'FAIL', ...OK }), none('unsigned-fail', 'OK')],
    ['that says FAIL and nothing more', xmlByHand({ return_code: 'FAIL' }), none('unsigned-fail', null)],
    [
      'that says FAIL at great length',
      xmlByHand({ return_code: 'FAIL', return_msg: 'x'.repeat(500) }),
      none('unsigned-fail', 'x'.repeat(128)),
    ],
    ['without return_code', xmlByHand({ result_code: 'SUCCESS' }), none('bad-reply', 'return_code')],
    ['that is an HTML page', '<html>502</html>', none('bad-xml', 'not-a-message')],
    ['that is half a message', replyXml(OK).slice(0, 60), none('bad-xml', 'malformed')],
    ['that is empty', '', none('bad-xml', 'not-a-message')],
    ['with a DTD', `<!DOCTYPE xml>${replyXml(OK)}`, none('bad-xml', 'forbidden-markup')],
    ['over 64 KiB', replyXml({ ...OK, attach: 'x'.repeat(65_536) }), none('too-large')],
  ])('%s', async (_what, text, answer) => {
    says(text);
    expect((await gateway.reverse(ORDER)).answer).toMatchObject(answer);
    expect((await gateway.query(ORDER)).answer).toMatchObject(answer);
    expect((await gateway.pay(PAYMENT, () => undefined)).answer).toMatchObject(answer);
    expect((await gateway.refund(REFUND)).answer).toMatchObject(answer);
    expect((await gateway.refundStatus(REFUND)).answer).toMatchObject(answer);
    expect((await gateway.refunds(ORDER)).answer).toMatchObject(answer);
  });
});

describe('the answer to a reverse', () => {
  it.each<[string, Values, object]>([
    ['recall=N', { ...OK, recall: 'N' }, { kind: 'accepted', recall: 'N' }],
    ['recall=Y', { ...OK, recall: 'Y' }, { kind: 'accepted', recall: 'Y' }],
    ['no recall', OK, { kind: 'accepted', recall: 'missing' }],
    ['an empty recall', { ...OK, recall: '' }, { kind: 'accepted', recall: 'missing' }],
    ['another recall', { ...OK, recall: 'n' }, { kind: 'accepted', recall: 'missing' }],
    [
      'a refusal that says call again',
      { ...FAIL, err_code: 'SYSTEMERROR', recall: 'Y' },
      { kind: 'refused', errCode: 'SYSTEMERROR', recall: 'Y' },
    ],
    [
      'a refusal that says do not',
      { ...FAIL, err_code: 'REVERSE_EXPIRE', recall: 'N' },
      { kind: 'refused', errCode: 'REVERSE_EXPIRE', recall: 'N' },
    ],
    [
      'a refusal without recall',
      { ...FAIL, err_code: 'SYSTEMERROR' },
      { kind: 'refused', errCode: 'SYSTEMERROR', recall: 'missing' },
    ],
    [
      'a code we have never heard of',
      { ...FAIL, err_code: 'NEW_CODE_2027' },
      { kind: 'refused', errCode: 'NEW_CODE_2027' },
    ],
    ['a refusal without a code', FAIL, none('bad-reply', 'err_code')],
    ['a code that is a text', { ...FAIL, err_code: '系统错误' }, none('bad-reply', 'err_code')],
    ['no result_code at all', { recall: 'N' }, none('bad-reply', 'err_code')],
  ])('with %s is read for what it says', async (_what, fields, answer) => {
    expect(await reverse(fields)).toMatchObject(answer);
  });
});

describe('the answer to a query', () => {
  const seen = { ...OK, out_trade_no: 'pos-1' };
  it.each(['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR', 'ACCEPT'])(
    'is the state %s',
    async (tradeState) => {
      expect(await query({ ...seen, trade_state: tradeState })).toEqual({
        kind: 'seen',
        tradeState,
        outTradeNo: 'pos-1',
        transactionId: null,
        amountFen: null,
        ...(tradeState === 'REFUND' ? { refunds: expect.anything() as unknown } : {}),
      });
    },
  );

  it.each<[string, Values, object]>([
    [
      'numbers and amount',
      { ...seen, trade_state: 'SUCCESS', transaction_id: T, total_fee: '1234' },
      { transactionId: T, amountFen: 1_234 },
    ],
    [
      'an amount that is none',
      { ...seen, trade_state: 'SUCCESS', total_fee: '12.34' },
      { kind: 'seen', amountFen: null },
    ],
    [
      'somebody else’s out_trade_no',
      { ...OK, out_trade_no: 'pos-2', trade_state: 'REVOKED' },
      none('wrong-merchant', 'out_trade_no'),
    ],
    [
      'somebody else’s transaction_id',
      { ...seen, trade_state: 'REVOKED', transaction_id: `${T.slice(0, -1)}4` },
      none('wrong-merchant', 'transaction_id'),
    ],
    ['no out_trade_no', { ...OK, trade_state: 'REVOKED' }, none('bad-reply', 'out_trade_no')],
    ['no trade_state', seen, none('bad-reply', 'trade_state')],
    [
      'a state we have never heard of',
      { ...seen, trade_state: 'TRADE_PAYING', total_fee: '12' },
      { kind: 'unknown-state', name: 'TRADE_PAYING', outTradeNo: 'pos-1', amountFen: 12 },
    ],
    [
      'a state that is no word',
      { ...seen, trade_state: `<b>${'退'.repeat(40)}` },
      { kind: 'unknown-state', name: `?b?${'?'.repeat(29)}` },
    ],
    [
      'a state by the name of a thing of ours',
      { ...seen, trade_state: 'constructor' },
      { kind: 'unknown-state', name: 'constructor' },
    ],
    ['NOPAY, as older documents call it', { ...seen, trade_state: 'NOPAY' }, { kind: 'seen', tradeState: 'NOTPAY' }],
    ['no such order', { ...FAIL, err_code: 'ORDERNOTEXIST' }, { kind: 'not-found' }],
    ['a refusal', { ...FAIL, err_code: 'SYSTEMERROR' }, { kind: 'refused', errCode: 'SYSTEMERROR' }],
    ['a refusal without a code', FAIL, none('bad-reply', 'err_code')],
  ])('with %s is read for what it says', async (_what, fields, answer) => {
    expect(await query(fields)).toMatchObject(answer);
  });
});

describe('the answer to a payment', () => {
  const paid = { ...OK, out_trade_no: 'pos-1', total_fee: '1234', transaction_id: T };
  it.each<[string, Values, object]>([
    ['all that belongs to it', paid, { kind: 'paid', transactionId: T }],
    ['another order’s number', { ...paid, out_trade_no: 'pos-2' }, none('wrong-merchant', 'out_trade_no')],
    ['another amount', { ...paid, total_fee: '1235' }, { kind: 'other-amount', amountFen: 1_235 }],
    ['no amount', { ...paid, total_fee: '' }, none('bad-reply', 'total_fee')],
    [
      'a number that was used before',
      { ...FAIL, err_code: 'INVALID_REQUEST', err_code_des: '201 商户订单号重复' },
      { kind: 'declined', errCode: 'OUT_TRADE_NO_USED' },
    ],
    [
      'another such refusal',
      { ...FAIL, err_code: 'INVALID_REQUEST', err_code_des: '其他' },
      { kind: 'declined', errCode: 'INVALID_REQUEST' },
    ],
    ['no transaction_id', { ...paid, transaction_id: '' }, none('bad-reply', 'transaction_id')],
    ['NOTENOUGH', { ...FAIL, err_code: 'NOTENOUGH' }, { kind: 'declined', errCode: 'NOTENOUGH' }],
    ['USERPAYING', { ...FAIL, err_code: 'USERPAYING' }, { kind: 'in-doubt', errCode: 'USERPAYING' }],
    ['a code we have never heard of', { ...FAIL, err_code: 'NEW_CODE' }, { kind: 'in-doubt', errCode: 'NEW_CODE' }],
    ['a refusal without a code', FAIL, none('bad-reply', 'err_code')],
  ])('with %s is read for what it says', async (_what, fields, answer) => {
    expect(await pay(fields)).toMatchObject(answer);
  });
});

describe('the permit for the face device', () => {
  it('is what the reply says, and nothing else of it counts', async () => {
    says(replyXml({ authinfo: 'permit', expires_in: '3600' }));
    expect(await gateway.authInfo('raw')).toEqual({ ok: true, value: 'permit' });
    expect(server.seen.at(-1)).toMatchObject({
      path: '/face/get_wxpayface_authinfo',
      fields: { rawdata: 'raw', version: '1', store_id: 'store-1', now: '1767578400' },
    });
  });

  it.each<[string, string, object]>([
    [
      'return_code PARAM_ERROR',
      xmlByHand({ return_code: 'PARAM_ERROR', return_msg: '签名错误' }),
      none('unsigned-fail', '签名错误'),
    ],
    ['no permit in it', replyXml({}), none('bad-reply', 'authinfo')],
    [
      'no signature',
      xmlByHand({ return_code: 'SUCCESS', appid: APP_ID, mch_id: MCH_ID, authinfo: 'permit' }),
      none('bad-signature'),
    ],
  ])('is none where the reply has %s', async (_what, text, problem) => {
    says(text);
    expect(await gateway.authInfo('raw')).toMatchObject({ ok: false, error: problem });
  });
});
