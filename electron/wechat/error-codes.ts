import type { ErrCode } from '../../shared/err-code.ts';
import type { Cause } from '../../shared/order.ts';

/**
 * [Note: Error table] What to do on each err_code, by operation. Sources: electron/wechat/README.md, "Pay: err_codes",
 * "Query" and "Reverse: err_codes". An unknown code is treated like no answer: ask, and go on. The words for people are in
 * shared/locales under `errCode.` and `cause.`.
 */

/** What a verified FAIL reply to the pay call says of the payment. */
export type PayVerdict = 'declined' | 'in-doubt';

/** What a verified FAIL reply to a reverse calls for. `stop` names what the manager will read. */
export type ReverseAction =
  | { readonly kind: 'again' } // outcome unknown: ask, then reverse again
  | { readonly kind: 'again-a-few-times'; readonly cause: Cause } // the same, but a row of them is for a manager
  | { readonly kind: 'stop'; readonly cause: Cause } // retrying cannot mend it
  | { readonly kind: 'confirm' }; // it says it is already done: ask for the proof

const AGAIN: ReverseAction = { kind: 'again' };
const stop = (cause: Cause): ReverseAction => ({ kind: 'stop', cause });
const aFewTimes = (cause: Cause): ReverseAction => ({ kind: 'again-a-few-times', cause });

/**
 * What a pay call's "failed" is worth (electron/wechat/README.md, "Pay: err_codes"). `unpaid`: surely not charged, once a
 * query agrees. `doubtful`: a payment may go on to another source, or the code speaks of something else; reversed and proved
 * first. `number-taken`: the number was used before this call.
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
 * SYSTEMERROR, BANKERROR, USERPAYING, LACK_PARAMS and NOT_UTF8 are listed as "result unknown"; ORDERPAID says that
 * this very number is paid, which only a query may confirm. Whatever is in no list is in doubt too.
 */
export const payVerdict = (errCode: string): PayVerdict => (declineOf(errCode) === undefined ? 'in-doubt' : 'declined');

/** Whether a pay call that was refused so, and a query that agrees, mean that the customer may be charged again. */
export const isSurelyUnpaid = (errCode: string): boolean => declineOf(errCode) === 'unpaid';

/** Whether a pay call that was refused so met a number that somebody else had used. */
export const isOurNumberTaken = (errCode: string): boolean => declineOf(errCode) === 'number-taken';

/** We call more often than WeChat Pay allows: nobody's fault, and a reason to wait. */
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
  // Permission, a repeated request, the certificate or the frequency: one of them passes by itself.
  INVALID_REQUEST: aFewTimes('not-permitted'),
  FREQUENCY_LIMITED: AGAIN,
  INVALID_REQ_TOO_MUCH: AGAIN,
  TRADE_ERROR: aFewTimes('trade-error'),
  // Not in the published table, but what a query answers for an unknown number.
  ORDERNOTEXIST: aFewTimes('order-not-found'),
} satisfies Partial<Record<ErrCode, ReverseAction>>;

/** The action for a reverse's err_code; what we have never heard of is tried again, a few times. */
export const reverseAction = (errCode: string): ReverseAction =>
  Object.hasOwn(REVERSE, errCode) ? (REVERSE[errCode] ?? AGAIN) : aFewTimes('refused');

/** The err_code by which a query says that there is no such order. */
export const ORDER_NOT_FOUND = 'ORDERNOTEXIST';

/** What a query's err_code blames; `null` where it blames nobody and asking again is the documented answer. */
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

/** What a row of such refusals means for the manager; codes we have never heard of say only that we were refused. */
export const queryCause = (errCode: string): Cause | null =>
  Object.hasOwn(QUERY, errCode) ? (QUERY[errCode] ?? null) : 'refused';

/** Every code the tables know, so that a test can hold the locales to them. */
export const knownErrCodes = (): readonly string[] =>
  [...new Set([...Object.keys(PAY_DECLINED), ...Object.keys(REVERSE), ...Object.keys(QUERY), 'ORDERPAID'])].sort();
