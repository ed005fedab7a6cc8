/** secapi/pay/refund (electron/wechat/README.md, "Refund", "Refund: err_codes"). */
import { elapsedSince } from '../base/clock.ts';
import { refusal } from './checks.ts';
import { refundAccepted, refundRepeated, takenFen, type LedgerOrder, type PracticeRefund } from './ledger-order.ts';
import { newRefundId } from './ledger.ts';
import { findOrder, transactionIdIsMalformed, type Job, type OperationContext, type Outcome } from './operation.ts';
import { signedReply, type Answer } from './replies.ts';
import { decideRefund } from './scenarios.ts';

// Written out a second time: if the app's own limits were loosened by mistake, these must still refuse.
const GAP_MS = 60_000;
const AGE_MAX_MS = 365 * 86_400_000;
const PARTS_MAX = 50;
const DESC_BYTES_MAX = 80;

type Mistake = readonly [errCode: string, description: string];

const DIFFERS: Mistake = ['REFUND_FEE_MISMATCH', '订单金额或退款金额与之前请求不一致，请核实后再试'];
const REFUSAL_WORDS = {
  BIZERR_NEED_RETRY: '并发情况下，业务被拒绝，请重试',
  NOTENOUGH: '基本账户余额不足，请充值后重新发起',
} as const;

export function answerRefund(job: Job, { ledger, merchant, scenario }: OperationContext): Outcome {
  const { caller, route, arrivedAt } = job;
  const found = transactionIdIsMalformed(job) ? undefined : findOrder(job, ledger);
  const answered = (answer: Answer): Outcome => ({ answer, scenario: found?.scenario ?? scenario });
  const refuse = ([errCode, description]: Mistake): Outcome =>
    answered(refusal(caller, route, merchant, { errCode, description }));
  const mistake = requestMistake(job, found);
  if (mistake !== null) return refuse(mistake);
  if (found === undefined) return refuse(['ORDERNOTEXIST', '订单号不存在']);

  const asked: LedgerOrder = { ...found, refundAskedAt: arrivedAt };
  ledger.put(asked);
  const outRefundNo = caller.fields['out_refund_no'] ?? '';
  const fen = Number(caller.fields['refund_fee']);
  const accepted = (order: LedgerOrder, refund: PracticeRefund): Outcome =>
    answered(signedReply(caller, merchant.apiKey, refundReply(order, refund)));

  const known = ledger.byRefund((refund) => refund.outRefundNo === outRefundNo);
  if (known !== undefined) {
    const same = known.outTradeNo === asked.outTradeNo ? sameRefund(asked, outRefundNo, fen, caller.fields) : undefined;
    if (same === undefined) return refuse(DIFFERS);
    // Whether a number whose refund failed may be used again is not known. Here it pays nothing.
    ledger.put(refundRepeated(asked, outRefundNo, arrivedAt.wallMs));
    return accepted(asked, same);
  }
  const forbidden = orderMistake(asked, fen, job);
  if (forbidden !== null) return refuse(forbidden);

  const counted: LedgerOrder = { ...asked, refundAsks: asked.refundAsks + 1 };
  const decision = decideRefund(counted.scenario, counted.refundAsks);
  if (decision.kind === 'refused') {
    ledger.put(counted);
    return refuse([decision.errCode, REFUSAL_WORDS[decision.errCode]]);
  }
  const refundId = newRefundId(arrivedAt.wallMs);
  ledger.put(refundAccepted(counted, { refundId, outRefundNo, fen }, decision.course, arrivedAt));
  if (decision.kind === 'lost') return answered({ kind: 'hang' });
  return accepted(counted, { refundId, outRefundNo, fen, status: 'PROCESSING' });
}

/** What is wrong with the request, before its refund number counts. */
function requestMistake(job: Job, order: LedgerOrder | undefined): Mistake | null {
  if (transactionIdIsMalformed(job)) return ['INVALID_TRANSACTIONID', '无效transaction_id'];
  const description = job.caller.fields['refund_desc'] ?? '';
  if (Buffer.byteLength(description) > DESC_BYTES_MAX) return ['PARAM_ERROR', 'refund_desc参数长度有误'];
  const last = order?.refundAskedAt ?? null;
  return last !== null && elapsedSince(last, job.arrivedAt) < GAP_MS
    ? ['FREQUENCY_LIMITED', '该笔订单退款请求过于频繁，请稍后再试']
    : null;
}

/** The refund that this request repeats; `undefined` if its sums are others. */
const sameRefund = (
  order: LedgerOrder,
  outRefundNo: string,
  fen: number,
  fields: Job['caller']['fields'],
): PracticeRefund | undefined =>
  Number(fields['total_fee']) === order.amountFen
    ? order.refunds.find((refund) => refund.outRefundNo === outRefundNo && refund.fen === fen)
    : undefined;

/** Why the order has no money for a new refund of `fen`. */
function orderMistake(order: LedgerOrder, fen: number, { caller, arrivedAt }: Job): Mistake | null {
  // What the real gateway says after a reverse is not published. Both would give the money back twice.
  if (order.reversed) return ['ERROR', '订单已撤销，不能退款'];
  if (order.paidFen === 0) return ['ORDERNOTEXIST', '订单未支付成功'];
  if (elapsedSince(order.payReceivedAt, arrivedAt) > AGE_MAX_MS) return ['TRADE_OVERDUE', '订单已经超过退款期限'];
  if (Number(caller.fields['total_fee']) !== order.amountFen) return DIFFERS;
  const leftFen = order.paidFen - takenFen(order);
  if (leftFen <= 0) return ['ERROR', '订单已全额退款'];
  if (fen > leftFen) return ['INVALID_REQUEST', '申请退款金额超过订单可退金额'];
  return order.refunds.length >= PARTS_MAX ? ['INVALID_REQUEST', '部分退款次数超过50次'] : null;
}

/** Practice has no coupons: all of it is cash. */
const refundReply = (order: LedgerOrder, { refundId, outRefundNo, fen }: PracticeRefund): Record<string, string> => ({
  result_code: 'SUCCESS',
  transaction_id: order.transactionId,
  out_trade_no: order.outTradeNo,
  out_refund_no: outRefundNo,
  refund_id: refundId,
  refund_channel: '',
  refund_fee: String(fen),
  total_fee: String(order.amountFen),
  fee_type: 'CNY',
  cash_fee: String(order.amountFen),
  cash_refund_fee: String(fen),
  coupon_refund_fee: '0',
  coupon_refund_count: '0',
});
