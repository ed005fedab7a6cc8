/** pay/facepayquery and pay/orderquery. */
import { randomBytes } from 'node:crypto';
import type { TradeState } from '../../shared/order.ts';
import { refusal } from './checks.ts';
import { findOrder, transactionIdIsMalformed, type Desk, type Job, type Outcome } from './desk.ts';
import { newTransactionId } from './ledger.ts';
import type { LedgerOrder } from './ledger-order.ts';
import { queryFields } from './order-fields.ts';
import { signedReply } from './replies.ts';
import { decideQuery } from './scenarios.ts';

export function answerQuery(job: Job, { ledger, merchant, scenario }: Desk): Outcome {
  const { caller, route } = job;
  const refuse = (errCode: string, description: string): Outcome => ({
    answer: refusal(caller, route, merchant, { errCode, description }),
    scenario,
  });
  if (transactionIdIsMalformed(job)) return refuse('INVALID_TRANSACTIONID', '无效transaction_id');
  const found = findOrder(job, ledger);
  if (found === undefined) return refuse('ORDERNOTEXIST', '此交易订单号不存在');

  const order: LedgerOrder = { ...found, queries: found.queries + 1 };
  ledger.put(order);
  const decision = decideQuery(order.scenario, order.queries, order.reverses);
  if (decision === 'hang') return { answer: { kind: 'hang' }, scenario: order.scenario };
  const shown = decision === 'properly' ? order : stranger(order, decision.strangerIn);
  return { answer: signedReply(caller, merchant.apiKey, queryFields(shown)), scenario: order.scenario };
}

/** Somebody else's order: other numbers, another amount, properly signed. */
const stranger = (order: LedgerOrder, state: TradeState): LedgerOrder => ({
  ...order,
  outTradeNo: `stranger-${randomBytes(8).toString('hex')}`,
  transactionId: newTransactionId(order.payReceivedAt.wallMs),
  amountFen: order.amountFen + 1,
  state,
  echoed: {},
});
