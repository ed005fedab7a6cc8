/** pay/facepayquery and pay/orderquery. */
import { randomBytes } from 'node:crypto';
import type { TradeState } from '../../shared/order/order.ts';
import { elapsedSince } from '../base/clock.ts';
import type { Fields } from '../wechat/sign.ts';
import { refusal } from './checks.ts';
import { findOrder, transactionIdIsMalformed, type OperationContext, type Job, type Outcome } from './operation.ts';
import { newTransactionId } from './ledger.ts';
import type { LedgerOrder } from './ledger-order.ts';
import { queryFields } from './order-fields.ts';
import type { PracticeMerchant } from './practice-merchant.ts';
import { foreignIds, signedReply, unsignedFail, type Answer } from './replies.ts';
import { decideQuery, type QueryDecision } from './scenarios.ts';

export function answerQuery(job: Job, { ledger, merchant, scenario }: OperationContext): Outcome {
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
  const sincePayMs = elapsedSince(order.payReceivedAt, job.arrivedAt);
  const decision = decideQuery(order.scenario, { nth: order.queries, sincePayMs }, order.reverses);
  return { answer: answerOf(decision, order, job, merchant), scenario: order.scenario };
}

function answerOf(decision: QueryDecision, order: LedgerOrder, { caller }: Job, merchant: PracticeMerchant): Answer {
  const signed = (shown: LedgerOrder, over: Fields = {}): Answer =>
    signedReply(caller, merchant.apiKey, { ...queryFields(shown), ...over });
  if (decision === 'properly') return signed(order);
  if (decision === 'hang') return { kind: 'hang' };
  if (decision === 'foreign') return signed(order, foreignIds(merchant));
  if ('unsigned' in decision) return unsignedFail(decision.unsigned);
  return 'shows' in decision ? signed(order, decision.shows) : signed(stranger(order, decision.strangerIn));
}

/** Another till's order: other numbers, another amount, properly signed. */
const stranger = (order: LedgerOrder, state: TradeState): LedgerOrder => ({
  ...order,
  outTradeNo: `stranger-${randomBytes(8).toString('hex')}`,
  transactionId: newTransactionId(order.payReceivedAt.wallMs),
  amountFen: order.amountFen + 1,
  state,
  echoed: {},
});
