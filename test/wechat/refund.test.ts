/** The fields of a refund and of its queries, and what each checked reply means: electron/wechat/README.md, "Refund", "Refund query". */
import { describe, expect, it } from 'vitest';
import { refundAnswerSchema, refundsAnswerSchema, refundSeenSchema } from '../../electron/wechat/answers.ts';
import {
  refundAnswer,
  refundFields,
  refundQueryFields,
  refundSeen,
  refundsOf,
  refundsPage,
  refundStatusFields,
  type RefundRequest,
} from '../../electron/wechat/refund.ts';
import type { Fields } from '../../electron/wechat/sign.ts';

const T = '4200000272201902213633768503';
const REFUND_ID = '50000006722019011908420787722';
const REQUEST: RefundRequest = {
  outTradeNo: 'K7-20261128-0001',
  transactionId: T,
  outRefundNo: 'K7-20261128-0001R2',
  totalFen: 888,
  fen: 300,
  reasonText: '商品已售完',
  account: null,
};
const none = (why: string, text: string): object => ({ kind: 'no-answer', why, text });
const OK = { result_code: 'SUCCESS' };
const refused = (errCode: string): Fields => ({ result_code: 'FAIL', err_code: errCode });

describe('the request for a refund', () => {
  const sent = (more: Partial<RefundRequest>): Fields =>
    Object.fromEntries(Object.entries(refundFields({ ...REQUEST, ...more })).filter(([, value]) => value !== ''));

  it('names one order number, its own number and both sums, and nothing that a till has no use for', () => {
    expect(sent({})).toEqual({
      out_trade_no: 'K7-20261128-0001',
      out_refund_no: 'K7-20261128-0001R2',
      total_fee: '888',
      refund_fee: '300',
      refund_fee_type: 'CNY',
      refund_desc: '商品已售完',
    });
    expect(sent({ outTradeNo: null })).toMatchObject({ transaction_id: T });
    expect(sent({ outTradeNo: null })).not.toHaveProperty('out_trade_no');
  });

  it('says which money it comes from only where that is set, and why only where somebody said it', () => {
    expect(sent({ account: 'unsettled' })).toHaveProperty('refund_account', 'REFUND_SOURCE_UNSETTLED_FUNDS');
    expect(sent({ account: 'recharge' })).toHaveProperty('refund_account', 'REFUND_SOURCE_RECHARGE_FUNDS');
    expect(sent({ reasonText: null })).not.toHaveProperty('refund_desc');
    expect(sent({ reasonText: ' \n' })).not.toHaveProperty('refund_desc');
  });

  it.each([
    ['80 bytes exactly', 'x'.repeat(80), 'x'.repeat(80)],
    ['Chinese, three bytes each', '退'.repeat(40), '退'.repeat(26)],
    ['an emoji that does not fit whole', `${'x'.repeat(77)}🍜🍜`, 'x'.repeat(77)],
    ['an emoji that just fits', `${'x'.repeat(76)}🍜🍜`, `${'x'.repeat(76)}🍜`],
    ['lines and what XML cannot carry', ' 少\r\n找\u0000了\uffff一\ud800件 ', '少 找 了 一\ufffd件'],
  ])('cuts the reason at 80 bytes between characters: %s', (_what, reasonText, expected) => {
    expect(sent({ reasonText })['refund_desc']).toBe(expected);
  });

  it('asks for one refund by its own number alone, and for the pages of an order by the order’s', () => {
    expect(refundStatusFields(REQUEST)).toEqual({ out_refund_no: 'K7-20261128-0001R2' });
    const order = { family: 'micropay', outTradeNo: null, transactionId: T } as const;
    expect(refundQueryFields(order, 0)).toEqual({ transaction_id: T });
    expect(refundQueryFields(order, 20)).toEqual({ transaction_id: T, offset: '20' });
  });
});

describe('the answer to a refund', () => {
  const accepted: Fields = {
    ...OK,
    transaction_id: T,
    out_trade_no: 'K7-20261128-0001',
    out_refund_no: 'K7-20261128-0001R2',
    refund_id: REFUND_ID,
    refund_channel: '',
    refund_fee: '300',
    total_fee: '888',
    cash_fee: '888',
    cash_refund_fee: '300',
    coupon_refund_fee: '0',
    coupon_refund_count: '0',
  };
  const { cash_refund_fee: _cash, ...untold } = accepted;
  const taken = { kind: 'accepted', refundId: REFUND_ID, fen: 300, customerFen: 300 };
  it.each<[string, Fields, object]>([
    ['all that belongs to it', accepted, taken],
    ['less cash than refund: a coupon', { ...accepted, cash_refund_fee: '250' }, { ...taken, customerFen: 250 }],
    ['nothing in cash', { ...accepted, cash_refund_fee: '0' }, { ...taken, customerFen: 0 }],
    ['no word on cash', untold, { ...taken, customerFen: null }],
    ['more cash than refund', { ...accepted, cash_refund_fee: '301' }, { ...taken, customerFen: null }],
    ['cash that is no number', { ...accepted, cash_refund_fee: '3.00' }, { ...taken, customerFen: null }],
    ['another refund’s number', { ...accepted, out_refund_no: 'other' }, none('wrong-merchant', 'out_refund_no')],
    ['another order’s number', { ...accepted, out_trade_no: 'other' }, none('wrong-merchant', 'out_trade_no')],
    ['another WeChat number', { ...accepted, transaction_id: `${T}0` }, none('wrong-merchant', 'transaction_id')],
    ['another sum', { ...accepted, refund_fee: '301' }, none('wrong-merchant', 'refund_fee')],
    ['another amount of the order', { ...accepted, total_fee: '889' }, none('wrong-merchant', 'total_fee')],
    ['no number of its own', { ...accepted, out_refund_no: '' }, none('bad-reply', 'out_refund_no')],
    ['no order number', { ...accepted, out_trade_no: '' }, none('bad-reply', 'out_trade_no')],
    ['no sum', { ...accepted, refund_fee: '' }, none('bad-reply', 'refund_fee')],
    ['a sum in yuan', { ...accepted, refund_fee: '3.00' }, none('bad-reply', 'refund_fee')],
    ['no WeChat number for it', { ...accepted, refund_id: '' }, none('bad-reply', 'refund_id')],
    ['a text for it', { ...accepted, refund_id: '<b>50</b>' }, none('bad-reply', 'refund_id')],
    ['capitals in the fields’ names', { ...OK, Refund_Id: REFUND_ID }, none('bad-reply', 'out_trade_no')],
    ['no result_code', { ...accepted, result_code: '' }, none('bad-reply', 'err_code')],
    ['a refusal', refused('NOTENOUGH'), { kind: 'refused', errCode: 'NOTENOUGH' }],
    ['a refusal nobody knows', refused('NEW_CODE_2027'), { kind: 'refused', errCode: 'NEW_CODE_2027' }],
    ['a refusal without a code', { result_code: 'FAIL' }, none('bad-reply', 'err_code')],
  ])('with %s is read for what it says', (_what, reply, answer) => {
    expect(refundAnswer(reply, REQUEST)).toEqual(answer);
    expect(refundAnswerSchema.parse(answer)).toEqual(answer);
  });

  it('is compared with the numbers that are known, whichever of them was sent', () => {
    expect(refundAnswer({ ...accepted, out_trade_no: 'x' }, { ...REQUEST, outTradeNo: null })).toEqual(taken);
    expect(refundAnswer({ ...accepted, transaction_id: '' }, { ...REQUEST, transactionId: null })).toEqual(taken);
  });
});

interface Row {
  readonly no?: string;
  readonly fen?: string;
  readonly status?: string;
  readonly more?: Fields;
}
/** A page as WeChat writes it; the rows' other numbers are made up. */
function page(rows: readonly Row[], head: Fields = {}): Fields {
  const count = String(rows.length);
  const fields: Record<string, string> = {
    ...OK,
    transaction_id: T,
    out_trade_no: 'K7-20261128-0001',
    total_fee: '888',
    refund_count: count,
    total_refund_count: count,
  };
  for (const [n, { no = `other-${String(n)}`, fen = '300', status = 'SUCCESS', more = {} }] of rows.entries()) {
    fields[`out_refund_no_${String(n)}`] = no;
    fields[`refund_id_${String(n)}`] = `500000000000000000000000000${String(n).padStart(2, '0')}`;
    fields[`refund_fee_${String(n)}`] = fen;
    fields[`refund_status_${String(n)}`] = status;
    for (const [name, value] of Object.entries(more)) fields[`${name}_${String(n)}`] = value;
  }
  return { ...fields, ...head };
}
const OURS = REQUEST.outRefundNo;

describe('what the refund query says of one refund', () => {
  const seen = (reply: Fields): unknown => {
    const answer = refundSeen(reply, REQUEST);
    expect(refundSeenSchema.parse(answer)).toEqual(answer);
    return answer;
  };
  const nothing = { customerFen: null, arrivedAt: null, arrivedTo: null };
  const first = { kind: 'seen', refundId: '50000000000000000000000000000', fen: 300, totalFen: 888, ...nothing };

  it.each([
    ['SUCCESS', 'SUCCESS'],
    ['PROCESSING', 'PROCESSING'],
    ['CHANGE', 'CHANGE'],
    ['REFUNDCLOSE', 'REFUNDCLOSE'],
    ['FAIL', 'REFUNDCLOSE'],
    ['NOTSURE', 'PROCESSING'],
  ])('is the state %s, which is %s today', (name, status) => {
    expect(seen(page([{ no: OURS, status: name }]))).toEqual({ ...first, status });
  });

  it('is read from the row with our number, wherever in a page of twelve it stands', () => {
    const rows = Array.from({ length: 12 }, (): Row => ({ status: 'REFUNDCLOSE', fen: '1' }));
    for (const n of [0, 1, 10, 11])
      expect(seen(page(rows.with(n, { no: OURS, status: 'PROCESSING' })))).toMatchObject({
        status: 'PROCESSING',
        refundId: `500000000000000000000000000${String(n).padStart(2, '0')}`,
        fen: 300,
      });
  });

  const arrived = {
    no: OURS,
    more: { refund_success_time: '2026-11-28 09:30:01', refund_recv_accout: '招商银行信用卡0403' },
  };
  it('tells when the money arrived and where, of a refund that is complete', () => {
    const told = { arrivedAt: '2026-11-28 09:30:01', arrivedTo: '招商银行信用卡0403' };
    expect(seen(page([arrived]))).toEqual({ ...first, status: 'SUCCESS', ...told });
    expect(seen(page([{ ...arrived, status: 'PROCESSING' }]))).toMatchObject({ ...told, arrivedAt: null });
  });

  it.each(['2026-11-28T09:30:01', '2026-02-30 09:30:01', '2026-11-28 24:00:01', '2026-13-01 00:00:00', '0000-00-00 00:00:00', '20261128093001', 'soon'])(
    'does not repeat a time that cannot be: %s',
    (time) => {
      expect(seen(page([{ no: OURS, more: { refund_success_time: time } }]))).toMatchObject({ arrivedAt: null });
    },
  ); // prettier-ignore

  it.each([
    ['支付用户的\u0007零\n钱\u202e', '支付用户的零钱'],
    ['退'.repeat(80), '退'.repeat(64)],
    ['🍜'.repeat(65), '🍜'.repeat(64)],
    [' \t', null],
  ])('shows of an account what is safe to show: %j', (account, shown) => {
    expect(seen(page([{ no: OURS, more: { refund_recv_accout: account } }]))).toMatchObject({ arrivedTo: shown });
  });

  it.each<[string, Fields, number | null]>([
    ['told outright', { cash_refund_fee: '250' }, 250],
    [
      'as the rest beside coupons',
      { coupon_refund_fee: '120', coupon_refund_count: '2', coupon_refund_fee_0: 'x' },
      180,
    ],
    ['all of it cash', { coupon_refund_fee: '0' }, 300],
    ['more coupons than refund', { coupon_refund_fee: '301' }, null],
    ['not at all', {}, null],
  ])('says what the customer gets: %s', (_what, more, customerFen) => {
    expect(seen(page([{ no: OURS, more }]))).toMatchObject({ customerFen });
  });

  it.each<[string, Fields, object]>([
    ['no such refund', refused('REFUNDNOTEXIST'), { kind: 'not-found' }],
    ['busy', refused('SYSTEMERROR'), { kind: 'refused', errCode: 'SYSTEMERROR' }],
    ['a refusal without a code', { result_code: 'FAIL' }, none('bad-reply', 'err_code')],
    ['a state of no document', page([{ no: OURS, status: 'ON_HOLD' }]), { kind: 'unknown-status', name: 'ON_HOLD' }],
    ['a state that is no word', page([{ no: OURS, status: '<b>退' }]), { kind: 'unknown-status', name: '?b??' }],
    ['a thing of ours by name', page([{ no: OURS, status: 'toString' }]), { kind: 'unknown-status', name: 'toString' }],
    ['no state', page([{ no: OURS, status: '' }]), none('bad-reply', 'refund_status_0')],
    ['refunds without ours', page([{}, {}]), none('bad-reply', 'out_refund_no')],
    ['two that say they are ours', page([{ no: OURS }, { no: OURS }]), none('bad-reply', 'out_refund_no')],
    ['ours behind the count', page([{}, { no: OURS }], { refund_count: '1' }), none('bad-reply', 'out_refund_no')],
    ['$n left as it is in the documents', page([], { out_refund_no_$n: OURS, refund_count: '1' }), none('bad-reply', 'out_refund_no')],
    ['no sum', page([{ no: OURS, fen: '' }]), none('bad-reply', 'refund_fee_0')],
    ['no WeChat number', page([{ no: OURS }], { refund_id_0: '' }), none('bad-reply', 'refund_id_0')],
    ['no amount of the order', page([{ no: OURS }], { total_fee: '' }), none('bad-reply', 'total_fee')],
    ['a count that is none', page([{ no: OURS }], { refund_count: 'x' }), none('bad-reply', 'refund_count')],
    ['an endless count', page([{ no: OURS }], { refund_count: '999999999999' }), none('bad-reply', 'refund_count')],
    ['another order', page([{ no: OURS }], { out_trade_no: 'other' }), none('wrong-merchant', 'out_trade_no')],
    ['another WeChat number', page([{ no: OURS }], { transaction_id: '42' }), none('wrong-merchant', 'transaction_id')],
  ])('is no more than is told: %s', (_what, reply, answer) => {
    expect(seen(reply)).toEqual(answer);
  }); // prettier-ignore
});

describe('what the refund query says of an order', () => {
  const order = { family: 'facepay', outTradeNo: 'K7-20261128-0001', transactionId: null } as const;
  const summed = (...pages: readonly Fields[]): unknown => {
    const read = pages.map((fields) => refundsPage(fields, order));
    const answer = refundsOf(read.filter((each) => each.kind === 'page'));
    expect(read.filter((each) => each.kind !== 'page')).toEqual([]);
    expect(refundsAnswerSchema.parse(answer)).toEqual(answer);
    return answer;
  };

  it('tells what went back from what can no longer go back: stuck money is neither, failed money is free again', () => {
    const states = ['SUCCESS', 'PROCESSING', 'CHANGE', 'REFUNDCLOSE', 'FAIL', 'NOTSURE', 'NEW_STATE'];
    const rows = states.map((status, n): Row => ({ status, fen: String(10 ** n) }));
    expect(summed(page(rows))).toEqual({ kind: 'summed', refundedFen: 11, takenFen: 1_100_111, totalFen: 888, count: 7 });
  }); // prettier-ignore

  it('has no sum while refunds are missing, as when one was made between two pages', () => {
    const one = page([{}, {}], { total_refund_count: '3' });
    const pushed = page([{}], { total_refund_count: '3', refund_id_0: '50000000000000000000000000001' });
    expect(summed(one, pushed)).toEqual(none('bad-reply', 'total_refund_count'));
    expect(summed(one, page([{}], { total_refund_count: '3', refund_id_0: '5' }))).toMatchObject({ count: 3 });
  });

  it('reads the sums of versions that did not count what is taken', () => {
    const old = { kind: 'summed', refundedFen: 1, totalFen: 2 };
    expect(refundsAnswerSchema.parse(old)).toEqual(old);
  });
});
