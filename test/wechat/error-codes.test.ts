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
  refundAction,
  reverseAction,
  type PayVerdict,
  type RefundAction,
  type ReverseAction,
} from '../../electron/wechat/error-codes.ts';
import en from '../../shared/locales/en.json' with { type: 'json' };
import zhCN from '../../shared/locales/zh-CN.json' with { type: 'json' };
import type { RefundStop } from '../../shared/order/refund-stop.ts';
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

/** For a refund: the published table, with two codes of the common list behind it. */
const stopped = (cause: RefundStop, ...codes: string[]): [string, RefundAction][] =>
  codes.map((code) => [code, { kind: 'stop', cause }]);
const refundCodes: readonly [string, RefundAction][] = [
  ['SYSTEMERROR', { kind: 'unknown' }],
  ['BIZERR_NEED_RETRY', { kind: 'unknown' }],
  ['INVALID_REQ_TOO_MUCH', { kind: 'later' }],
  ['FREQUENCY_LIMITED', { kind: 'later' }],
  ['ORDER_NOT_READY', { kind: 'later' }],
  ['NOTENOUGH', { kind: 'not-enough' }],
  ['ERROR', { kind: 'look' }],
  ['INVALID_REQUEST', { kind: 'look' }],
  ['REFUND_FEE_MISMATCH', { kind: 'look' }],
  ...stopped('too-old', 'TRADE_OVERDUE'),
  ...stopped('customer-account', 'USER_ACCOUNT_ABNORMAL'),
  ...stopped('order-not-found', 'ORDERNOTEXIST'),
  ...stopped('parameter', 'PARAM_ERROR', 'INVALID_TRANSACTIONID', 'XML_FORMAT_ERROR', 'REQUIRE_POST_METHOD', 'LACK_PARAMS', 'NOT_UTF8', 'APPID_NOT_EXIST', 'MCHID_NOT_EXIST', 'APPID_MCHID_NOT_MATCH'), // prettier-ignore
  ...stopped('signature', 'SIGNERROR'),
  ...stopped('certificate-refused', 'CERT_ERROR'),
  ...stopped('not-permitted', 'NOAUTH'),
];

describe('a refused refund', () => {
  it.each(refundCodes)('does what the table says: %s', (errCode, action) => {
    expect(refundAction(errCode)).toEqual(action);
  });

  it('leaves every other code to the refund query, also one that other operations know or that nobody knows', () => {
    const others = knownErrCodes().filter((code) => !refundCodes.some(([known]) => known === code));
    for (const code of [...others, 'BANKERROR', 'NEW_CODE_2027', '', 'constructor', '__proto__', 'error'])
      expect(refundAction(code), code).toEqual({ kind: 'look' });
  });

  it('does not change what a reverse and a payment do', () => {
    const added = ['BIZERR_NEED_RETRY', 'ORDER_NOT_READY', 'ERROR', 'REFUND_FEE_MISMATCH', 'TRADE_OVERDUE', 'USER_ACCOUNT_ABNORMAL']; // prettier-ignore
    for (const code of added) {
      expect(reverseAction(code)).toEqual(reverseAction('NEW_CODE_2027'));
      expect(payVerdict(code)).toBe('in-doubt');
      expect(queryCause(code)).toBe('refused');
    }
  });
});

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
  const documented = [
    ...[...reverseCodes, ...refundCodes].map(([code]) => code),
    ...Object.values(payCodes).flat(),
    ORDER_NOT_FOUND,
  ];

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
