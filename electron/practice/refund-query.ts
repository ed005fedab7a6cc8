/** pay/refundquery: the refunds of an order by number, ten at a time. Refunds made by reverses are not among them. */
import { refusal } from './checks.ts';
import { findOrder, transactionIdIsMalformed, type OperationContext, type Job, type Outcome } from './operation.ts';
import { signedReply } from './replies.ts';

const PAGE = 10;

export function answerRefundQuery(job: Job, { ledger, merchant, scenario }: OperationContext): Outcome {
  const { caller, route } = job;
  const found = findOrder(job, ledger);
  const ways = found?.scenario ?? scenario;
  const refuse = (errCode: string, description: string): Outcome => ({
    answer: refusal(caller, route, merchant, { errCode, description }),
    scenario: ways,
  });
  if (transactionIdIsMalformed(job)) return refuse('INVALID_TRANSACTIONID', '无效transaction_id');
  if (found === undefined || found.refunds.length === 0) return refuse('REFUNDNOTEXIST', '退款不存在');
  const offset = Number(caller.fields['offset'] ?? '0');
  const page = found.refunds.slice(offset, offset + PAGE);
  if (page.length === 0) return refuse('PARAM_ERROR', 'offset参数错误');
  const fields: Record<string, string> = {
    result_code: 'SUCCESS',
    transaction_id: found.transactionId,
    out_trade_no: found.outTradeNo,
    total_fee: String(found.amountFen),
    cash_fee: String(found.amountFen),
    refund_count: String(page.length),
    total_refund_count: String(found.refunds.length),
  };
  for (const [n, { refundId, outRefundNo, fen, status }] of page.entries()) {
    fields[`refund_id_${String(n)}`] = refundId;
    fields[`out_refund_no_${String(n)}`] = outRefundNo;
    fields[`refund_fee_${String(n)}`] = String(fen);
    fields[`refund_status_${String(n)}`] = status;
  }
  return { answer: signedReply(caller, merchant.apiKey, fields), scenario: ways };
}
