import { describe, expect, it } from 'vitest';
import { redact, redactText } from '../../electron/base/redact.ts';

const SIGN_MD5 = '9A0A8659F005D6984697E2CA0A9CF3B7';
const SIGN_HMAC = '6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6';
const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const FACE_CODE = 'd01e6c-face-code-4f2a';
const API_KEY = 'Aq8Zr2Xw7Nc4Vb6Mk1Lj9Hg3Fd5Sp0Ty';
const PEM =
  '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQ==\n-----END PRIVATE KEY-----';
const SECRETS = [
  Buffer.from(`till:${API_KEY}`).toString('base64'),
  SIGN_MD5,
  SIGN_HMAC,
  OPENID,
  FACE_CODE,
  API_KEY,
  'MIIEvQIBADAN',
  'BKcwggSjAgEA',
];

const expectClean = (text: string): void => {
  for (const secret of SECRETS) expect(text).not.toContain(secret);
};

describe('a text', () => {
  it.each<[string, string]>([
    ['a PEM block', `could not load ${PEM} here`],
    ['a PEM block cut off', PEM.slice(0, 60)],
    ['a PEM block in JSON', JSON.stringify({ note: PEM })],
    ['a PEM block of another kind', PEM.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY')],
    ['a sign in XML', `<xml><sign><![CDATA[${SIGN_HMAC}]]></sign></xml>`],
    ['a sign in XML without CDATA', `<xml><sign>${SIGN_MD5}</sign></xml>`],
    [
      'openid and face_code in XML',
      `<xml><openid>${OPENID}</openid><face_code><![CDATA[${FACE_CODE}]]></face_code></xml>`,
    ],
    ['a face_code over two sections', `<face_code><![CDATA[]]]]><![CDATA[>${FACE_CODE}]]></face_code>`],
    ['a canonical string', `appid=wx1&face_code=${FACE_CODE}&openid=${OPENID}&out_trade_no=pos-1&key=${API_KEY}`],
    ['a query string in quotes', `"sign=${SIGN_HMAC}"`],
    [
      'JSON',
      JSON.stringify({ openid: OPENID, sub_openid: OPENID, face_code: FACE_CODE, sign: SIGN_MD5, apiKey: API_KEY }),
    ],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ openid: OPENID, key: API_KEY }))],
    ['an account in an address', `no way through http://till:${API_KEY}@proxy.shop:8080/`],
    ['an account with odd characters in an address', `HTTPS_PROXY=http://till:p@ss/${API_KEY}@proxy.shop`],
    [
      'a proxy’s account in a header',
      `Proxy-Authorization: Basic ${Buffer.from(`till:${API_KEY}`).toString('base64')}`,
    ],
    ['a password in JSON', JSON.stringify({ proxyPassword: API_KEY, proxy: { password: API_KEY } })],
    ['a bare signature', `expected ${SIGN_HMAC}, got ${SIGN_MD5.toLowerCase()}`],
  ])('is rid of %s', (_what, text) => {
    expectClean(redactText(text));
    expect(redactText(text)).toContain('[hidden]');
  });

  it.each([
    '20261123152408008821',
    '1217752501201407033233368018',
    '4200000272201902213633768503',
    '0'.repeat(32),
    'pos-20261123-0001',
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345',
    'recall=N',
    'out_trade_no=pos-1',
    'monkey=1',
    'https://api.mch.weixin.qq.com:443 by http://proxy.shop:8080',
  ])('keeps an order number and what is no secret: %s', (text) => {
    expect(redactText(`order ${text}, again`)).toBe(`order ${text}, again`);
  });
});

describe('a value', () => {
  it('is rid of secrets by name, at any depth, in lists and errors', () => {
    const value = {
      orderId: 'pos-1',
      apiKey: API_KEY,
      nested: {
        list: [{ openid: OPENID, faceCode: FACE_CODE }, `sign=${SIGN_MD5}`],
        credentials: { keyPem: PEM, certPem: PEM, passphrase: API_KEY, proxyPassword: API_KEY },
        headers: { 'proxy-authorization': API_KEY },
      },
      error: new Error(`bad key=${API_KEY} in ${PEM}`),
    };
    const clean = redact(value);
    expectClean(JSON.stringify(clean));
    expect(clean).toMatchObject({
      orderId: 'pos-1',
      apiKey: '[hidden]',
      nested: { list: [{ openid: '[hidden]' }, 'sign=[hidden]'] },
      error: { name: 'Error' },
    });
  });

  it('is cut off where it is deep or refers to itself, and bytes are counted, not shown', () => {
    const circle: Record<string, unknown> = { orderId: 'pos-1' };
    circle['self'] = circle;
    expect(JSON.stringify(redact(circle))).toContain('[deep]');
    expect(redact({ body: Buffer.from(API_KEY) })).toEqual({ body: '[32 bytes]' });
  });

  it('leaves plain values as they are', () => {
    const value = { n: 1, yes: true, none: null, missing: undefined, text: 'pos-1', list: [1, 'two'] };
    expect(redact(value)).toEqual(value);
    expect(redact('pos-1')).toBe('pos-1');
  });
});
