/**
 * The documented codes (electron/wechat/README.md, "Pay: err_codes", "Query", "Reverse: err_codes"), copied by hand
 * from the documents, against the table; and words for all of them.
 */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  isOurNumberTaken,
  isSurelyUnpaid,
  knownErrCodes,
  ORDER_NOT_FOUND,
  payVerdict,
  queryCause,
  reverseAction,
  type PayVerdict,
  type ReverseAction,
} from '../../electron/wechat/error-codes.ts';
import en from '../../shared/locales/en.json' with { type: 'json' };
import zhCN from '../../shared/locales/zh-CN.json' with { type: 'json' };
import { causeSchema, noAnswerSchema, tradeStateSchema } from '../../shared/order/order.ts';

/** The published table, with the act for each code. */
const reverseCodes: readonly [string, ReverseAction][] = [
  ['SYSTEMERROR', { kind: 'again' }],
  ['INVALID_TRANSACTIONID', { kind: 'stop', cause: 'parameter' }],
  ['PARAM_ERROR', { kind: 'stop', cause: 'parameter' }],
  ['REQUIRE_POST_METHOD', { kind: 'stop', cause: 'parameter' }],
  ['SIGNERROR', { kind: 'stop', cause: 'signature' }],
  ['REVERSE_EXPIRE', { kind: 'stop', cause: 'expired' }],
  ['INVALID_REQUEST', { kind: 'again-a-few-times', cause: 'not-permitted' }],
  ['TRADE_ERROR', { kind: 'again-a-few-times', cause: 'trade-error' }],
];

/** For the pay call. ORDERPAID says "paid", which is no failure, and only a query may confirm it. */
const payCodes: Readonly<Record<PayVerdict, readonly string[]>> = {
  'in-doubt': ['SYSTEMERROR', 'BANKERROR', 'USERPAYING', 'LACK_PARAMS', 'NOT_UTF8', 'ORDERPAID'],
  declined: [
    'PARAM_ERROR', 'NOAUTH', 'AUTHCODEEXPIRE', 'NOTENOUGH', 'NOTSUPORTCARD', 'ORDERCLOSED', 'ORDERREVERSED', 'AUTH_CODE_ERROR',
    'AUTH_CODE_INVALID', 'XML_FORMAT_ERROR', 'REQUIRE_POST_METHOD', 'SIGNERROR', 'BUYER_MISMATCH', 'MCHID_NOT_EXIST', 'OUT_TRADE_NO_USED',
  ],
}; // prettier-ignore

describe('a refused reverse', () => {
  it.each(reverseCodes)('does what the table says: %s', (errCode, action) => {
    expect(reverseAction(errCode)).toEqual(action);
  });

  it.each(['NEW_CODE_2027', '', 'constructor', '__proto__', 'toString', 'systemerror'])(
    'is tried again a few times under a code that nobody knows (%j)',
    (errCode) => {
      expect(reverseAction(errCode)).toEqual({ kind: 'again-a-few-times', cause: 'refused' });
    },
  );

  it('never says "cancelled" by itself: at most it asks for the proof', () => {
    const kinds = new Set(knownErrCodes().map((errCode) => reverseAction(errCode).kind));
    expect([...kinds].sort()).toEqual(['again', 'again-a-few-times', 'confirm', 'stop']);
    expect(knownErrCodes().filter((errCode) => reverseAction(errCode).kind === 'confirm')).toEqual([
      'ORDERCLOSED',
      'ORDERREVERSED',
    ]);
  });
});

describe('a refused payment', () => {
  it.each(Object.entries(payCodes).flatMap(([verdict, codes]) => codes.map((code) => [code, verdict] as const)))(
    'is judged as documented: %s is %s',
    (code, verdict) => {
      expect(payVerdict(code)).toBe(verdict);
    },
  );

  it('lets the customer be charged again only by the codes that surely charge nobody', () => {
    const surely = [
      'APPID_NOT_EXIST',
      'AUTHCODEEXPIRE',
      'AUTH_CODE_ERROR',
      'AUTH_CODE_INVALID',
      'MCHID_NOT_EXIST',
      'NOTSUPORTCARD',
      'PARAM_ERROR',
      'REQUIRE_POST_METHOD',
      'SIGNERROR',
      'XML_FORMAT_ERROR',
    ];
    expect(knownErrCodes().filter(isSurelyUnpaid)).toEqual(surely);
    expect(['NEW_CODE_2027', '', 'constructor', 'PAYERROR'].filter(isSurelyUnpaid)).toEqual([]);
    expect(knownErrCodes().filter(isOurNumberTaken)).toEqual(['OUT_TRADE_NO_USED']);
  });

  it.each(['NEW_CODE_2027', '', 'constructor'])('is in doubt under a code that nobody knows (%j)', (code) => {
    expect(payVerdict(code)).toBe('in-doubt');
  });
});

describe('a refused query', () => {
  it('blames nobody where asking again is the documented answer, and us where it is our fault', () => {
    expect(ORDER_NOT_FOUND).toBe('ORDERNOTEXIST');
    expect(['SYSTEMERROR', 'BANKERROR', 'FREQUENCY_LIMITED'].map(queryCause)).toEqual([null, null, null]);
    expect(['SIGNERROR', 'INVALID_TRANSACTIONID', 'NOAUTH'].map(queryCause)).toEqual([
      'signature',
      'parameter',
      'not-permitted',
    ]);
    expect(['NEW_CODE_2027', 'constructor'].map(queryCause)).toEqual(['refused', 'refused']);
  });
});

describe.each([
  ['zh-CN', zhCN],
  ['en', en],
])('the words in %s', (language, words) => {
  const text = z.string().regex(language === 'zh-CN' ? /\p{Script=Han}/u : /[a-z]{2}/);
  const documented = [...reverseCodes.map(([code]) => code), ...Object.values(payCodes).flat(), ORDER_NOT_FOUND];

  it('are there for every code of the tables, and the tables know every documented code', () => {
    expect(documented.filter((code) => !knownErrCodes().includes(code))).toEqual([]);
    const codes = z.record(z.string(), text).parse(words.errCode);
    expect([...knownErrCodes(), 'other'].filter((code) => !(code in codes))).toEqual([]);
  });

  it('are there for every cause (a title, what the cashier does), reason for no response and state', () => {
    const cause = z.strictObject({ title: text, cashier: text });
    expect(Object.keys(z.record(z.string(), cause).parse(words.cause)).sort()).toEqual([...causeSchema.options].sort());
    expect(Object.keys(z.record(z.string(), text).parse(words.noAnswer)).sort()).toEqual(
      [...noAnswerSchema.options].sort(),
    );
    expect(Object.keys(z.record(z.string(), text).parse(words.tradeState)).sort()).toEqual(
      [...tradeStateSchema.options, 'NOTFOUND'].sort(),
    );
  });
});
