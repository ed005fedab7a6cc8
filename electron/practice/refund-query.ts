/** pay/refundquery: refunds by number, ten at a time. What a reverse gave back is not among them. */
import { beijingTime } from '../../shared/beijing.ts';
import { refusal } from './checks.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerOrder, PracticeRefund } from './ledger-order.ts';
import { findOrder, transactionIdIsMalformed, type OperationContext, type Job, type Outcome } from './operation.ts';
import { signedReply } from './replies.ts';

const PAGE = 10;

export function answerRefundQuery(job: Job, { ledger, merchant, scenario }: OperationContext): Outcome {
  const { caller, route } = job;
  const { order, refunds } = asked(job, ledger);
  const ways = order?.scenario ?? scenario;
  const refuse = (errCode: string, description: string): Outcome => ({
    answer: refusal(caller, route, merchant, { errCode, description }),
    scenario: ways,
  });
  if (transactionIdIsMalformed(job)) return refuse('INVALID_TRANSACTIONID', '无效transaction_id');
  if (order === undefined || refunds.length === 0) return refuse('REFUNDNOTEXIST', '退款不存在');
  const offset = Number(caller.fields['offset'] ?? '0');
  const page = refunds.slice(offset, offset + PAGE);
  if (page.length === 0) return refuse('PARAM_ERROR', 'offset参数错误');
  const fields: Record<string, string> = {
    result_code: 'SUCCESS',
    transaction_id: order.transactionId,
    out_trade_no: order.outTradeNo,
    total_fee: String(order.amountFen),
    cash_fee: String(order.amountFen),
    refund_count: String(page.length),
    total_refund_count: String(refunds.length),
  };
  for (const [n, { refundId, outRefundNo, fen, status, arrivedAtMs }] of page.entries()) {
    fields[`refund_id_${String(n)}`] = refundId;
    fields[`out_refund_no_${String(n)}`] = outRefundNo;
    fields[`refund_fee_${String(n)}`] = String(fen);
    fields[`refund_status_${String(n)}`] = status;
    fields[`refund_channel_${String(n)}`] = 'ORIGINAL';
    fields[`refund_recv_accout_${String(n)}`] = '支付用户零钱';
    if (arrivedAtMs !== undefined) fields[`refund_success_time_${String(n)}`] = beijingTime(arrivedAtMs);
  }
  return { answer: signedReply(caller, merchant.apiKey, fields), scenario: ways };
}

interface Asked {
  readonly order: LedgerOrder | undefined;
  readonly refunds: readonly PracticeRefund[];
}

/** refund_id wins over out_refund_no, and both over an order's numbers. By a refund's number only that one is told. */
function asked(job: Job, ledger: Ledger): Asked {
  const { refund_id: refundId = '', out_refund_no: outRefundNo = '' } = job.caller.fields;
  if (refundId === '' && outRefundNo === '') {
    const order = transactionIdIsMalformed(job) ? undefined : findOrder(job, ledger);
    return { order, refunds: order?.refunds ?? [] };
  }
  const is = (refund: PracticeRefund): boolean =>
    refundId === '' ? refund.outRefundNo === outRefundNo : refund.refundId === refundId;
  const order = ledger.byRefund(is);
  return { order, refunds: order?.refunds.filter(is) ?? [] };
}
