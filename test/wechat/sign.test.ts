import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { canonicalString, sign, verify, type Fields } from '../../electron/wechat/sign.ts';
import { signTypeSchema, type SignType } from '../../shared/settings.ts';
import fixture from '../fixtures/signature-vectors.json' with { type: 'json' };
import { randomFields } from '../support/gateway/random-fields.ts';

const vectorSchema = z.object({
  name: z.string(),
  type: signTypeSchema,
  fields: z.record(z.string(), z.string()),
  canonical: z.string(),
  sign: z.string(),
});
const vectors = z.array(vectorSchema).parse(fixture.vectors);
const KEY = fixture.key;

/**
 * WeChat Pay's own example (electron/wechat/README.md, "Test vectors"), copied from the page and not from the fixture.
 */
const PUBLISHED = {
  key: '192006250b4c09247ec02edce69f6a2d',
  fields: {
    appid: 'wxd930ea5d5a258f4f',
    mch_id: '10000100',
    device_info: '1000',
    body: 'test',
    nonce_str: 'ibuaiVcKdpRxkhJA',
  },
  MD5: '9A0A8659F005D6984697E2CA0A9CF3B7',
  'HMAC-SHA256': '6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6',
};

/** More vectors, made with another language's tools and checked against two other clients. */
const REQUEST = {
  appid: 'wx8888888888888888',
  mch_id: '1900000109',
  nonce_str: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
  out_trade_no: '1217752501201407033233368018',
  sub_mch_id: '1900000100',
};
const REPLY = {
  appid: 'wx8888888888888888',
  mch_id: '1900000109',
  sub_mch_id: '1900000100',
  nonce_str: 'o5bAKF3o2ypC8hwa',
  return_code: 'SUCCESS',
  return_msg: 'OK',
  result_code: 'SUCCESS',
  recall: 'N',
};
const FAILED = { ...REPLY, result_code: 'FAIL', err_code: 'SYSTEMERROR', err_code_des: '系统错误', recall: 'Y' };
const further: readonly [string, SignType, Fields, string][] = [
  ['a request that names MD5', 'MD5', { ...REQUEST, sign_type: 'MD5' }, '1065C9689AB7E6FF982D651DD889E641'],
  [
    'a request with both numbers and an empty sub_appid',
    'HMAC-SHA256',
    { ...REQUEST, sub_appid: '', transaction_id: '4200000272201902213633768503', sign_type: 'HMAC-SHA256' },
    '8A46869B145F43DB2C7A6689E8D5CB4AFA64299F3FCE3D369B0EEBF3759D0396',
  ],
  ['a reply', 'HMAC-SHA256', REPLY, 'DD05A94358CE1C8B170BBB0DA509B5C3FEF3097B62738B3FF19FAA6DF309CEF9'],
  ['a refusal in Chinese', 'HMAC-SHA256', FAILED, '9020181967F688A3940E4A0E13AB56F98007B8AD68D31314FD08A42D698DB33F'],
  [
    'a reply with a field nobody knows',
    'MD5',
    { ...REPLY, some_new_field: 'x y&z<1>' },
    'C612C9B1FD736655EA2F4FB0F7ABD3F6',
  ],
];

/** Refunds: requests signed both ways, and a reply. Made with Python. */
const BASE = { appid: REQUEST.appid, mch_id: REQUEST.mch_id, nonce_str: REQUEST.nonce_str };
const PART = { out_refund_no: 'K7-20261128-0001_R2', refund_fee: '300', total_fee: '888' };
const ofRefunds: readonly [string, Fields, string, string][] = [
  [
    'refund-whole',
    { out_refund_no: '1217752501201407033233368018R1', out_trade_no: REQUEST.out_trade_no, refund_fee: '100', total_fee: '100' },
    '764D58492CA19516D03BDEA40FDFF8AC',
    '19754FAFA0CC390B7F97BEF1D24C2B3088F299686E51AA45F52812DC7011ED91',
  ],
  [
    'refund-part',
    { ...PART, refund_desc: '商品已售完', transaction_id: '4200000272201902213633768503' },
    '3DE369E803C52BE7F85E488CB45BBE29',
    '836EA0A36C2CC81A282AAEFCFDA517DBFFF17BC80959CB4CA3B56ACA47D1A7D2',
  ],
  [
    'refundquery-number',
    { out_refund_no: PART.out_refund_no },
    '126DFC203063500273BC6068B0FCA152',
    '16F7574CD9D772C58FD3C8482F56707DE543DEDEA90AE8127E76062FE4DF8BE3',
  ],
  [
    'refundquery-page',
    { offset: '10', out_trade_no: REQUEST.out_trade_no },
    '11780031F4EDD645E02653B1FD99FC07',
    '1751C5D420892362EAFF78744615050B7C6828B1DB5DDA548909A6717C1A3CFA',
  ],
]; // prettier-ignore
const REFUND_REPLY = {
  ...PART, appid: REQUEST.appid, mch_id: REQUEST.mch_id, nonce_str: 'NfsMFbUFpdbEhPXP', return_code: 'SUCCESS', return_msg: 'OK', result_code: 'SUCCESS', transaction_id: '4200000272201902213633768503',
  out_trade_no: REQUEST.out_trade_no, refund_id: '50000006722019011908420787722', cash_fee: '888', cash_refund_fee: '300', coupon_refund_fee: '0', coupon_refund_count: '0',
}; // prettier-ignore

describe('a signature', () => {
  it.each(signTypeSchema.options)('is the one that WeChat Pay publishes for its example (%s)', (signType) => {
    expect(sign(PUBLISHED.fields, PUBLISHED.key, signType)).toBe(PUBLISHED[signType]);
  });

  it.each(vectors.map((vector) => [vector.name, vector] as const))(
    'is that of the vector %s, and its string too',
    (_name, vector) => {
      expect(canonicalString(vector.fields)).toBe(vector.canonical);
      expect(sign(vector.fields, KEY, vector.type)).toBe(vector.sign);
      expect(verify({ ...vector.fields, sign: vector.sign }, KEY, vector.type)).toBe(true);
    },
  );

  it.each(further)('is that of %s (%s)', (_what, signType, fields, expected) => {
    expect(sign(fields, KEY, signType)).toBe(expected);
  });

  it.each(ofRefunds)('is that of %s, by either algorithm', (_name, fields, md5, hmac) => {
    expect(sign({ ...BASE, ...fields }, KEY, 'MD5')).toBe(md5);
    expect(sign({ ...BASE, ...fields, sign_type: 'HMAC-SHA256' }, KEY, 'HMAC-SHA256')).toBe(hmac);
  });

  it('is that of a reply to a refund, in which 0 is a value', () => {
    const hmac = '27FC49C2273308E51AC57AF47397F775DF3840EDDD4867E38E50C490CC85B3C4';
    expect(sign(REFUND_REPLY, KEY, 'MD5')).toBe('0D4CA4D648AF2261B54C3C76BEAABC85');
    expect(verify({ ...REFUND_REPLY, sign: hmac }, KEY, 'HMAC-SHA256')).toBe(true);
  });

  it('leaves out empty fields and an old signature, and nothing else', () => {
    expect(canonicalString({ b: '', a: '1', sign: 'X', Sign: '2', c: '0', d: ' ' })).toBe('Sign=2&a=1&c=0&d= ');
  });

  it('sorts by ASCII, capitals first, digits before letters, and not as a dictionary would', () => {
    expect(canonicalString({ a: '1', B: '2', _c: '3', a1: '4', aB: '5', ab: '6', A: '7' })).toBe(
      'A=7&B=2&_c=3&a=1&a1=4&aB=5&ab=6',
    );
    expect(canonicalString({ coupon_fee_10: 'x', coupon_fee_2: 'y' })).toBe('coupon_fee_10=x&coupon_fee_2=y');
  });

  it('takes values raw: no URL or XML escaping', () => {
    expect(canonicalString({ a: '中 文&b=c<d>%20+"' })).toBe('a=中 文&b=c<d>%20+"');
  });
});

describe('verification', () => {
  const vector = vectorSchema.parse(
    vectors.find(({ name }) => name === 'resp-fail-REVERSE_EXPIRE-recall-N-HMAC-SHA256'),
  );
  const reply: Fields = { ...vector.fields, sign: vector.sign };

  it('covers every field, those we have never heard of as well', () => {
    expect(verify(reply, KEY, 'HMAC-SHA256')).toBe(true);
    for (const name of Object.keys(reply)) {
      expect(verify({ ...reply, [name]: `${reply[name] ?? ''}x` }, KEY, 'HMAC-SHA256'), name).toBe(false);
    }
    expect(verify({ ...reply, some_new_field: '1' }, KEY, 'HMAC-SHA256')).toBe(false);
    const extended = { ...vector.fields, some_new_field: '新 & <1>' };
    expect(verify({ ...extended, sign: sign(extended, KEY, 'HMAC-SHA256') }, KEY, 'HMAC-SHA256')).toBe(true);
  });

  it('is not talked down to MD5 by a reply that is rightly signed with it', () => {
    const downgraded = { ...vector.fields, sign_type: 'MD5' };
    const forged = { ...downgraded, sign: sign(downgraded, KEY, 'MD5') };
    expect(verify(forged, KEY, 'MD5')).toBe(true);
    expect(verify(forged, KEY, 'HMAC-SHA256')).toBe(false);
    expect(verify({ ...vector.fields, sign: sign(vector.fields, KEY, 'MD5') }, KEY, 'HMAC-SHA256')).toBe(false);
    expect(verify({ ...vector.fields, sign: sign(vector.fields, KEY, 'HMAC-SHA256') }, KEY, 'MD5')).toBe(false);
  });

  it.each<[string, string | undefined]>([
    ['missing', undefined],
    ['empty', ''],
    ['short by one', vector.sign.slice(1)],
    ['long by one', `${vector.sign}0`],
    ['in lower case', vector.sign.toLowerCase()],
    ['of as many bytes in other characters', '签'.repeat(21) + 'A'],
    ['wrong in its last character', vector.sign.slice(0, -1) + (vector.sign.endsWith('0') ? '1' : '0')],
    [
      'the bare digest of the string, without the key',
      createHash('sha256').update(vector.canonical).digest('hex').toUpperCase(),
    ],
  ])('refuses a sign that is %s, and does not throw', (_what, claimed) => {
    const { sign: _right, ...fields } = reply;
    expect(verify(claimed === undefined ? fields : { ...fields, sign: claimed }, KEY, 'HMAC-SHA256')).toBe(false);
  });

  it('refuses another merchant’s key', () => {
    expect(verify(reply, KEY.replace('1', '2'), 'HMAC-SHA256')).toBe(false);
  });

  it('accepts what was signed and nothing that was changed after, whatever the fields', () => {
    fc.assert(
      fc.property(
        randomFields,
        fc.constantFrom(...signTypeSchema.options),
        fc.stringMatching(/^[a-z]{3}$/),
        (fields, signType, name) => {
          const signed = { ...fields, sign: sign(fields, KEY, signType) };
          expect(verify(signed, KEY, signType)).toBe(true);
          expect(verify({ ...signed, [name]: `${fields[name] ?? ''}1` }, KEY, signType)).toBe(false);
        },
      ),
    );
  });
});
