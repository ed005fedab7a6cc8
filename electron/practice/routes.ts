/**
 * The practice gateway's paths, and what each requires of a request (electron/wechat/README.md, "Routes", "Pay",
 * "Query", "Reverse", "Refund", "Refund query", "Bill", "get_wxpayface_authinfo").
 */
import type { Family } from '../../shared/order/order.ts';

export type Operation = 'pay' | 'query' | 'refund' | 'refundquery' | 'reverse' | 'authinfo' | 'downloadbill';

export interface Route {
  readonly operation: Operation;
  readonly family: Family;
  /** Under /secapi/: requires the merchant's client certificate. */
  readonly wantsCertificate: boolean;
  readonly rules: readonly FieldRule[];
}

export interface FieldRule {
  readonly name: string;
  readonly required: boolean;
  /** Characters at most. */
  readonly max: number;
  readonly pattern?: RegExp | undefined;
}

const must = (name: string, max: number, pattern?: RegExp): FieldRule => ({ name, required: true, max, pattern });
const may = (name: string, max: number, pattern?: RegExp): FieldRule => ({ name, required: false, max, pattern });

// Written out a second time: if the app's own rule were loosened by mistake, this one must still refuse.
const OUT_TRADE_NO = /^[0-9A-Za-z_\-|*@]+$/;
// Integer fen, without sign, decimals or leading zeros.
const FEN = /^[1-9]\d*$/;

const COMMON: readonly FieldRule[] = [
  must('appid', 32),
  must('mch_id', 32),
  may('sub_appid', 32),
  may('sub_mch_id', 32),
  must('nonce_str', 32),
  must('sign', 64),
  may('sign_type', 32),
];

/** One of the two must be there; a separate check covers that. */
const ORDER_NUMBERS: readonly FieldRule[] = [may('transaction_id', 32), may('out_trade_no', 32, OUT_TRADE_NO)];

const PAY: readonly FieldRule[] = [
  ...COMMON,
  may('device_info', 32),
  must('body', 128),
  may('detail', 6_000),
  may('attach', 127),
  must('out_trade_no', 32, OUT_TRADE_NO),
  must('total_fee', 10, FEN),
  may('fee_type', 16, /^CNY$/),
  may('goods_tag', 32),
  may('limit_pay', 32),
  may('time_start', 14, /^\d{14}$/),
  may('time_expire', 14, /^\d{14}$/),
  may('openid', 128),
  may('deposit', 1, /^[YN]$/),
];

const FACEPAY = [...PAY, must('spbill_create_ip', 16), must('face_code', 128)];
/** A malformed auth_code is answered by AUTH_CODE_INVALID, not as a parameter error. */
const MICROPAY = [
  ...PAY,
  must('body', 127),
  must('spbill_create_ip', 64),
  must('auth_code', 128),
  may('scene_info', 256),
];
const ABOUT_AN_ORDER = [...COMMON, ...ORDER_NUMBERS];

const REFUND: readonly FieldRule[] = [
  ...ABOUT_AN_ORDER,
  must('out_refund_no', 64, OUT_TRADE_NO),
  must('total_fee', 10, FEN),
  must('refund_fee', 10, FEN),
  may('refund_fee_type', 8, /^CNY$/),
  may('refund_desc', 80),
  may('refund_account', 30, /^REFUND_SOURCE_(UNSETTLED|RECHARGE)_FUNDS$/),
  may('notify_url', 256),
  may('op_user_id', 32),
];

/** One of four numbers must be there; a separate check covers that. */
const REFUND_QUERY: readonly FieldRule[] = [
  ...ABOUT_AN_ORDER,
  may('out_refund_no', 64, OUT_TRADE_NO),
  may('refund_id', 32),
  may('offset', 10, /^\d+$/),
];

const AUTHINFO: readonly FieldRule[] = [
  ...COMMON,
  must('store_id', 32),
  must('store_name', 128),
  must('device_id', 32),
  must('rawdata', 2_048),
  // Seconds since 1970, and the one version there is.
  must('now', 10, /^\d{10}$/),
  must('version', 32, /^1$/),
  may('attach', 6_000),
];

/** Of the types of bill, practice has the one with rows of all kinds. */
const BILL = [...COMMON, must('bill_date', 8, /^\d{8}$/), may('bill_type', 8, /^ALL$/), may('tar_type', 4, /^GZIP$/)];

const route = (operation: Operation, family: Family, rules: readonly FieldRule[]): Route => ({
  operation,
  family,
  wantsCertificate: operation === 'reverse' || operation === 'refund',
  rules,
});

export const routes: ReadonlyMap<string, Route> = new Map([
  ['/pay/facepay', route('pay', 'facepay', FACEPAY)],
  ['/pay/facepayquery', route('query', 'facepay', ABOUT_AN_ORDER)],
  ['/secapi/pay/facepayreverse', route('reverse', 'facepay', ABOUT_AN_ORDER)],
  ['/pay/refundquery', route('refundquery', 'facepay', REFUND_QUERY)],
  ['/secapi/pay/refund', route('refund', 'facepay', REFUND)],
  ['/pay/micropay', route('pay', 'micropay', MICROPAY)],
  ['/pay/orderquery', route('query', 'micropay', ABOUT_AN_ORDER)],
  ['/secapi/pay/reverse', route('reverse', 'micropay', ABOUT_AN_ORDER)],
  ['/pay/downloadbill', route('downloadbill', 'facepay', BILL)],
  ['/face/get_wxpayface_authinfo', route('authinfo', 'facepay', AUTHINFO)],
]);
