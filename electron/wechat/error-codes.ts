import type { ErrCode } from '../../shared/order/err-code.ts';
import type { Cause } from '../../shared/order/order.ts';
import type { RefundStop } from '../../shared/order/refund-stop.ts';

/**
 * [Note: Error table] What to do on each err_code, by operation. Sources: electron/wechat/README.md, "Pay: err_codes",
 * "Query", "Reverse: err_codes" and "Refund: err_codes". An unknown code is treated like no answer: query, and go on.
 * The words for people are in shared/locales under `errCode.` and `cause.`.
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

/** What to do after a verified FAIL reply to a refund. None of them says what became of an earlier sending. */
export type RefundAction =
  | { readonly kind: 'unknown' } // may have been accepted: ask by its number, then send the identical request again
  | { readonly kind: 'later' } // not accepted now: the identical request again, after a while
  | { readonly kind: 'not-enough' } // not accepted: the merchant's balance is too small. A manager; then the same number
  | { readonly kind: 'look' } // says one of several things: the refund query decides, then a manager
  | { readonly kind: 'stop'; readonly cause: RefundStop }; // sending it again cannot help

const UNKNOWN: RefundAction = { kind: 'unknown' };
const LATER: RefundAction = { kind: 'later' };
const LOOK: RefundAction = { kind: 'look' };
const refundStop = (cause: RefundStop): RefundAction => ({ kind: 'stop', cause });

/**
 * How far a pay call's "failed" can be trusted (electron/wechat/README.md, "Pay: err_codes"). `unpaid`: certainly not
 * charged, once a query agrees. `doubtful`: the payment may go on from another source, or the code is about something
 * else; so the order is reversed and proved first. `number-taken`: the number was used before this call.
 */
type Decline = 'unpaid' | 'doubtful' | 'number-taken';

/** An err_code, by the operation that answers it; left out where the documents list it for no such operation. */
interface Row {
  readonly pay?: Decline;
  readonly reverse?: ReverseAction;
  /** What a query's err_code blames; `null` where it blames nobody and asking again is the documented answer. */
  readonly query?: Cause | null;
  readonly refund?: RefundAction;
}

const ROWS: Readonly<Record<ErrCode, Row>> = {
  SYSTEMERROR: { reverse: AGAIN, query: null, refund: UNKNOWN },
  BANKERROR: { reverse: AGAIN, query: null },
  USERPAYING: { reverse: AGAIN },
  PARAM_ERROR: { pay: 'unpaid', reverse: stop('parameter'), query: 'parameter', refund: refundStop('parameter') },
  LACK_PARAMS: { reverse: stop('parameter'), query: 'parameter', refund: refundStop('parameter') },
  NOT_UTF8: { reverse: stop('parameter'), refund: refundStop('parameter') },
  XML_FORMAT_ERROR: { pay: 'unpaid', reverse: stop('parameter'), refund: refundStop('parameter') },
  REQUIRE_POST_METHOD: { pay: 'unpaid', reverse: stop('parameter'), refund: refundStop('parameter') },
  SIGNERROR: { pay: 'unpaid', reverse: stop('signature'), query: 'signature', refund: refundStop('signature') },
  CERT_ERROR: { reverse: stop('certificate-refused'), refund: refundStop('certificate-refused') },
  NOAUTH: {
    pay: 'doubtful',
    reverse: stop('not-permitted'),
    query: 'not-permitted',
    refund: refundStop('not-permitted'),
  },
  APPID_NOT_EXIST: { pay: 'unpaid', reverse: stop('parameter'), query: 'parameter', refund: refundStop('parameter') },
  MCHID_NOT_EXIST: { pay: 'unpaid', reverse: stop('parameter'), query: 'parameter', refund: refundStop('parameter') },
  APPID_MCHID_NOT_MATCH: {
    pay: 'doubtful',
    reverse: stop('parameter'),
    query: 'parameter',
    refund: refundStop('parameter'),
  },
  // A reverse: permission, a repeated request, the certificate or the frequency; one of them passes by itself.
  INVALID_REQUEST: { pay: 'doubtful', reverse: aFewTimes('not-permitted'), refund: LOOK },
  FREQUENCY_LIMITED: { reverse: AGAIN, query: null, refund: LATER },
  INVALID_REQ_TOO_MUCH: { reverse: AGAIN, query: null, refund: LATER },
  TRADE_ERROR: { pay: 'doubtful', reverse: aFewTimes('trade-error') },
  ORDERPAID: {},
  ORDERCLOSED: { pay: 'doubtful', reverse: { kind: 'confirm' } },
  ORDERREVERSED: { pay: 'doubtful', reverse: { kind: 'confirm' } },
  // Of a reverse it is not in the published table; it is what a query answers for an unknown number.
  ORDERNOTEXIST: { reverse: aFewTimes('order-not-found'), refund: refundStop('order-not-found') },
  OUT_TRADE_NO_USED: { pay: 'number-taken' },
  INVALID_TRANSACTIONID: { reverse: stop('parameter'), query: 'parameter', refund: refundStop('parameter') },
  AUTHCODEEXPIRE: { pay: 'unpaid' },
  AUTH_CODE_ERROR: { pay: 'unpaid' },
  AUTH_CODE_INVALID: { pay: 'unpaid' },
  NOTENOUGH: { pay: 'doubtful', refund: { kind: 'not-enough' } },
  NOTSUPORTCARD: { pay: 'unpaid' },
  BUYER_MISMATCH: { pay: 'doubtful' },
  REVERSE_EXPIRE: { reverse: stop('expired') },
  BIZERR_NEED_RETRY: { refund: UNKNOWN },
  ORDER_NOT_READY: { refund: LATER },
  // Its text says what it means: all is refunded already, or the refunds together would be more than the payment.
  ERROR: { refund: LOOK },
  REFUND_FEE_MISMATCH: { refund: LOOK },
  TRADE_OVERDUE: { refund: refundStop('too-old') },
  USER_ACCOUNT_ABNORMAL: { refund: refundStop('customer-account') },
};

const BY_CODE: ReadonlyMap<string, Row> = new Map(Object.entries(ROWS));

const declineOf = (errCode: string): Decline | undefined => BY_CODE.get(errCode)?.pay;

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

/** The action for a reverse's err_code; what we have never heard of is tried again, a few times. */
export const reverseAction = (errCode: string): ReverseAction => BY_CODE.get(errCode)?.reverse ?? aFewTimes('refused');

/** The action for a refund's err_code. What we have never heard of proves nothing: the refund query decides. */
export const refundAction = (errCode: string): RefundAction => BY_CODE.get(errCode)?.refund ?? LOOK;

/** The err_code with which a query says that the order does not exist. */
export const ORDER_NOT_FOUND = 'ORDERNOTEXIST';

/** What a row of such refusals means for the manager; codes we have never heard of say only that we were refused. */
export const queryCause = (errCode: string): Cause | null => {
  const cause = BY_CODE.get(errCode)?.query;
  return cause === undefined ? 'refused' : cause;
};

/** Every code of the table, so that a test can hold the locales to it. */
export const knownErrCodes = (): readonly string[] => [...BY_CODE.keys()].sort();
