/**
 * The meaning of a reply, written down a second time from electron/wechat/README.md: the fuzz compares the product with
 * it. It never sees XML: it gets the fields that were put into it.
 */
import { APP_ID, MCH_ID, signedByHand } from '../support/gateway/independent-gateway.ts';
import { fromBeijing } from '../../shared/beijing.ts';
import { AMOUNT_FEN, OUT_TRADE_NO, REFUND, REFUND_FEN, TRANSACTION_ID, type Operation } from './fire-world.ts';

/** In their order in the XML; a name may come twice. */
export type FieldList = readonly (readonly [name: string, value: string])[];

/** The settings of the call that the reply answers. */
export interface Asked {
  readonly operation: Operation | 'refund' | 'refundStatus';
  readonly by: 'out_trade_no' | 'transaction_id';
  readonly signType: 'MD5' | 'HMAC-SHA256';
  readonly partner: boolean;
}

export const SUB_APP_ID = 'wx7777777777777777';
export const SUB_MCH_ID = '1900000110';

const NOTHING = { kind: 'no-answer' } as const;
export type Meaning = { readonly kind: string } & Readonly<Record<string, unknown>>;

/**
 * The answer that these fields give to this call. `no-answer` if any of it is not as it must be. Names are
 * case-sensitive. The ids of a partner's shop may be missing, like any field that the documents do not demand
 * (electron/wechat/README.md, "Trust in a reply"); an id that is there and is not ours makes it another party's reply.
 */
export function meaningOf(list: FieldList, asked: Asked): Meaning {
  if (new Set(list.map(([name]) => name)).size !== list.length) return NOTHING;
  const fields = Object.fromEntries(list);
  const of = (name: string): string => (Object.hasOwn(fields, name) ? (fields[name] ?? '') : '');
  const { sign, ...signed } = fields;
  if (of('return_code') !== 'SUCCESS' || sign !== signedByHand(signed, asked.signType)['sign']) return NOTHING;
  if (of('appid') !== APP_ID || of('mch_id') !== MCH_ID) return NOTHING;
  if (of('sub_mch_id') !== '' && !(asked.partner && of('sub_mch_id') === SUB_MCH_ID)) return NOTHING;
  if (of('sub_appid') !== '' && !(asked.partner && of('sub_appid') === SUB_APP_ID)) return NOTHING;
  const went = of('result_code') === 'SUCCESS';
  const errCode = /^[A-Z0-9_]{1,32}$/.test(of('err_code')) ? of('err_code') : null;
  switch (asked.operation) {
    case 'reverse': {
      const recall = of('recall') === 'Y' || of('recall') === 'N' ? of('recall') : 'missing';
      if (went) return { kind: 'accepted', recall };
      return errCode === null ? NOTHING : { kind: 'refused', errCode, recall };
    }
    case 'query':
      if (!went)
        return errCode === null
          ? NOTHING
          : errCode === 'ORDERNOTEXIST'
            ? { kind: 'not-found' }
            : { kind: 'refused', errCode };
      return seen(of, asked);
    case 'pay':
      // error-codes.test.ts checks which codes mean "declined" and which "in doubt"; neither is a success.
      if (!went)
        return errCode === null
          ? NOTHING
          : { errCode: numberIsTaken(of) ? 'OUT_TRADE_NO_USED' : errCode, kind: 'not-paid' };
      if (of('out_trade_no') !== OUT_TRADE_NO) return NOTHING;
      return paid(amount(of('total_fee')), of('transaction_id'));
    case 'refund':
      if (!went) return errCode === null ? NOTHING : { kind: 'refused', errCode };
      return accepted(of, asked);
    case 'refundStatus':
      if (!went)
        return errCode === null
          ? NOTHING
          : errCode === 'REFUNDNOTEXIST'
            ? { kind: 'not-found' }
            : { kind: 'refused', errCode };
      return refundSeen(of, asked);
  }
}

type Of = (name: string) => string;

/**
 * A number that was used before is reported by a code of its own, or by a general code with these words
 * (electron/wechat/README.md, "Pay: err_codes").
 */
const numberIsTaken = (of: Of): boolean =>
  of('err_code') === 'INVALID_REQUEST' && of('err_code_des').includes('订单号重复');

/** Another amount under our number is another party's order: no payment of ours, but still an answer. */
function paid(amountFen: number | null, transactionId: string): Meaning {
  if (amountFen === null) return NOTHING;
  if (amountFen !== AMOUNT_FEN) return { kind: 'other-amount', amountFen };
  return transactionId === '' ? NOTHING : { kind: 'paid', transactionId };
}

const isRefundId = (text: string): boolean => /^[0-9A-Za-z]{1,32}$/.test(text);
const ourNumber = (by: Asked['by']): string => (by === 'out_trade_no' ? OUT_TRADE_NO : TRANSACTION_ID);
/** What the customer gets of a refund of `fen`; more than that is no such sum. */
const atMost = (fen: number, told: number | null): number | null => (told === null || told > fen ? null : told);

/** A refund is accepted only under its own numbers and sums. */
function accepted(of: Of, { by }: Asked): Meaning {
  const isOurs =
    of(by) === ourNumber(by) &&
    of('out_refund_no') === REFUND.outRefundNo &&
    amount(of('total_fee')) === AMOUNT_FEN &&
    amount(of('refund_fee')) === REFUND_FEN;
  if (!isOurs || !isRefundId(of('refund_id'))) return NOTHING;
  const customerFen = atMost(REFUND_FEN, amount(of('cash_refund_fee')));
  return { kind: 'accepted', refundId: of('refund_id'), fen: REFUND_FEN, customerFen };
}

/** Today's name of each state that a document names. */
const REFUND_STATES: Readonly<Record<string, string>> = {
  SUCCESS: 'SUCCESS',
  PROCESSING: 'PROCESSING',
  NOTSURE: 'PROCESSING',
  CHANGE: 'CHANGE',
  REFUNDCLOSE: 'REFUNDCLOSE',
  FAIL: 'REFUNDCLOSE',
};

/** Of the refunds in the reply, the one row with our number. */
function refundSeen(of: Of, { by }: Asked): Meaning {
  const [total, count] = [amount(of('total_fee')), amount(of('refund_count'))];
  if ((of(by) !== '' && of(by) !== ourNumber(by)) || total === null || count === null || count > 50) return NOTHING;
  const rows = [...Array(count).keys()].filter((n) => of(`out_refund_no_${String(n)}`) === REFUND.outRefundNo);
  if (rows.length !== 1) return NOTHING;
  const row = (name: string): string => of(`${name}_${String(rows[0])}`);
  const state = row('refund_status');
  if (state === '') return NOTHING;
  if (!Object.hasOwn(REFUND_STATES, state)) return { kind: 'unknown-status', name: fitForAScreen(state) };
  const fen = amount(row('refund_fee'));
  if (fen === null || !isRefundId(row('refund_id'))) return NOTHING;
  const status = REFUND_STATES[state];
  const [cash, coupons] = [amount(row('cash_refund_fee')), amount(row('coupon_refund_fee'))];
  const time = row('refund_success_time');
  const isTime = time.startsWith('20') && !time.includes('  ') && fromBeijing(time) !== null;
  const account = Array.from(row('refund_recv_accout')).filter((each) => !/\p{Cc}|\p{Cf}/u.test(each));
  const shown = Array.from(account.join('').trim()).slice(0, 64).join('');
  return {
    kind: 'seen',
    status,
    refundId: row('refund_id'),
    fen,
    totalFen: total,
    customerFen: cash === null ? (coupons === null || coupons > fen ? null : fen - coupons) : atMost(fen, cash),
    arrivedAt: status === 'SUCCESS' && isTime ? time : null,
    arrivedTo: shown === '' ? null : shown,
  };
}

const TRADE_STATES = ['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR', 'ACCEPT'];

/**
 * A state that no document names proves nothing, but it was an answer: it is kept by its name. NOPAY is the older
 * documents' name for NOTPAY.
 */
function seen(of: Of, { by }: Asked): Meaning {
  const outTradeNo = of('out_trade_no');
  const transactionId = of('transaction_id');
  const state = of('trade_state') === 'NOPAY' ? 'NOTPAY' : of('trade_state');
  if (outTradeNo === '' || state === '') return NOTHING;
  if (by === 'out_trade_no' && outTradeNo !== OUT_TRADE_NO) return NOTHING;
  if (by === 'transaction_id' && transactionId !== '' && transactionId !== TRANSACTION_ID) return NOTHING;
  return {
    ...(TRADE_STATES.includes(state)
      ? { kind: 'seen', tradeState: state }
      : { kind: 'unknown-state', name: fitForAScreen(state) }),
    outTradeNo,
    transactionId: transactionId === '' ? null : transactionId,
    amountFen: amount(of('total_fee')),
  };
}

/** At most 32 characters, with a question mark for each that is no plain letter, digit or underscore. */
const fitForAScreen = (name: string): string =>
  name
    .slice(0, 32)
    .split('')
    .map((unit) => (/^\w$/.test(unit) ? unit : '?'))
    .join('');

const amount = (text: string): number | null => (/^[0-9]{1,12}$/.test(text) ? Number.parseInt(text, 10) : null);

/**
 * An answer of the gateway in the terms of `meaningOf`. Left out: why there is no answer, and the two kinds of "not
 * paid".
 */
export function meantBy(answer: Meaning): Meaning {
  if (answer.kind === 'no-answer') return NOTHING;
  return answer.kind === 'declined' || answer.kind === 'in-doubt' ? { ...answer, kind: 'not-paid' } : answer;
}
