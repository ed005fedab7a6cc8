import type { ErrCode } from '../../shared/err-code.ts';
import type { Cause } from '../../shared/order.ts';

/**
 * [Note: Error table] What to do on each err_code, by operation. Sources: electron/wechat/README.md, "Pay: err_codes",
 * "Query" and "Reverse: err_codes". An unknown code is treated like no answer: query, and go on. The words for people
 * are in shared/locales under `errCode.` and `cause.`.
 */

/** What a verified FAIL reply to the pay call means for the payment. */
export type PayVerdict = 'declined' | 'in-doubt';

/** What to do after a verified FAIL reply to a reverse. `stop` names the cause that the manager will read. */
export type ReverseAction =
  | { readonly kind: 'again' } // outcome unknown: query, then reverse again
  | { readonly kind: 'again-a-few-times'; readonly cause: Cause } // the same, but a series of them goes to a manager
  | { readonly kind: 'stop'; readonly cause: Cause } // retrying cannot help
  | { readonly kind: 'confirm' }; // it says it is already done: query for the proof

const AGAIN: ReverseAction = { kind: 'again' };
const stop = (cause: Cause): ReverseAction => ({ kind: 'stop', cause });
const aFewTimes = (cause: Cause): ReverseAction => ({ kind: 'again-a-few-times', cause });

/**
 * How far a pay call's "failed" can be trusted (electron/wechat/README.md, "Pay: err_codes"). `unpaid`: certainly not
 * charged, once a query agrees. `doubtful`: the payment may go on from another source, or the code is about something
 * else; so the order is reversed and proved first. `number-taken`: the number was used before this call.
 */
type Decline = 'unpaid' | 'doubtful' | 'number-taken';

const PAY_DECLINED: Readonly<Record<string, Decline>> = {
  PARAM_ERROR: 'unpaid',
  NOAUTH: 'doubtful',
  AUTHCODEEXPIRE: 'unpaid',
  NOTENOUGH: 'doubtful',
  NOTSUPORTCARD: 'unpaid',
  ORDERCLOSED: 'doubtful',
  ORDERREVERSED: 'doubtful',
  AUTH_CODE_ERROR: 'unpaid',
  AUTH_CODE_INVALID: 'unpaid',
  XML_FORMAT_ERROR: 'unpaid',
  REQUIRE_POST_METHOD: 'unpaid',
  SIGNERROR: 'unpaid',
  BUYER_MISMATCH: 'doubtful',
  APPID_NOT_EXIST: 'unpaid',
  MCHID_NOT_EXIST: 'unpaid',
  APPID_MCHID_NOT_MATCH: 'doubtful',
  OUT_TRADE_NO_USED: 'number-taken',
  INVALID_REQUEST: 'doubtful',
  TRADE_ERROR: 'doubtful',
} satisfies Partial<Record<ErrCode, Decline>>;

const declineOf = (errCode: string): Decline | undefined =>
  Object.hasOwn(PAY_DECLINED, errCode) ? PAY_DECLINED[errCode] : undefined;

/**
 * SYSTEMERROR, BANKERROR, USERPAYING, LACK_PARAMS and NOT_UTF8 are listed as "result unknown". ORDERPAID says that this
 * very number is paid, which only a query may confirm. A code that is in no list is also unknown.
 */
export const payVerdict = (errCode: string): PayVerdict => (declineOf(errCode) === undefined ? 'in-doubt' : 'declined');

/** Whether the customer may be charged again after a pay call refused with this code, once a query agrees. */
export const isSurelyUnpaid = (errCode: string): boolean => declineOf(errCode) === 'unpaid';

/** Whether a pay call refused with this code used a number that another sender had used before. */
export const isOurNumberTaken = (errCode: string): boolean => declineOf(errCode) === 'number-taken';

/** We call more often than WeChat Pay allows. Nothing is wrong; it is only a reason to wait. */
export const isTooOften = (errCode: string): boolean =>
  errCode === 'FREQUENCY_LIMITED' || errCode === 'INVALID_REQ_TOO_MUCH';

const REVERSE: Readonly<Record<string, ReverseAction>> = {
  SYSTEMERROR: AGAIN,
  USERPAYING: AGAIN,
  BANKERROR: AGAIN,
  ORDERREVERSED: { kind: 'confirm' },
  ORDERCLOSED: { kind: 'confirm' },
  REVERSE_EXPIRE: stop('expired'),
  SIGNERROR: stop('signature'),
  CERT_ERROR: stop('certificate-refused'),
  PARAM_ERROR: stop('parameter'),
  LACK_PARAMS: stop('parameter'),
  NOT_UTF8: stop('parameter'),
  XML_FORMAT_ERROR: stop('parameter'),
  REQUIRE_POST_METHOD: stop('parameter'),
  INVALID_TRANSACTIONID: stop('parameter'),
  APPID_NOT_EXIST: stop('parameter'),
  MCHID_NOT_EXIST: stop('parameter'),
  APPID_MCHID_NOT_MATCH: stop('parameter'),
  NOAUTH: stop('not-permitted'),
  // Permission, a repeated request, the certificate or the call frequency. One of these four passes by itself.
  INVALID_REQUEST: aFewTimes('not-permitted'),
  FREQUENCY_LIMITED: AGAIN,
  INVALID_REQ_TOO_MUCH: AGAIN,
  TRADE_ERROR: aFewTimes('trade-error'),
  // Not in the published table, but queries for an unknown number return it.
  ORDERNOTEXIST: aFewTimes('order-not-found'),
} satisfies Partial<Record<ErrCode, ReverseAction>>;

/** What to do for a reverse's err_code. An unknown code is tried again, a few times. */
export const reverseAction = (errCode: string): ReverseAction =>
  Object.hasOwn(REVERSE, errCode) ? (REVERSE[errCode] ?? AGAIN) : aFewTimes('refused');

/** The err_code with which a query says that the order does not exist. */
export const ORDER_NOT_FOUND = 'ORDERNOTEXIST';

/** What a query's err_code blames; `null` if it blames nothing and the documents say to query again. */
const QUERY: Readonly<Record<string, Cause | null>> = {
  SYSTEMERROR: null,
  BANKERROR: null,
  FREQUENCY_LIMITED: null,
  INVALID_REQ_TOO_MUCH: null,
  SIGNERROR: 'signature',
  PARAM_ERROR: 'parameter',
  LACK_PARAMS: 'parameter',
  INVALID_TRANSACTIONID: 'parameter',
  APPID_NOT_EXIST: 'parameter',
  MCHID_NOT_EXIST: 'parameter',
  APPID_MCHID_NOT_MATCH: 'parameter',
  NOAUTH: 'not-permitted',
} satisfies Partial<Record<ErrCode, Cause | null>>;

/** What a series of such refusals means for the manager. Of unknown codes it says only that WeChat refused. */
export const queryCause = (errCode: string): Cause | null =>
  Object.hasOwn(QUERY, errCode) ? (QUERY[errCode] ?? null) : 'refused';

/** Every code in the tables, so that a test can check that the locales have words for each. */
export const knownErrCodes = (): readonly string[] =>
  [...new Set([...Object.keys(PAY_DECLINED), ...Object.keys(REVERSE), ...Object.keys(QUERY), 'ORDERPAID'])].sort();
