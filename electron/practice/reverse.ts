/** secapi/pay/facepayreverse and secapi/pay/reverse. */
import { randomBytes } from 'node:crypto';
import { unreachable } from '../../shared/result.ts';
import { REVERSE_AGE_MAX_MS, DOCUMENTED_WINDOW_MS } from '../../shared/timing.ts';
import { elapsedSince } from '../base/clock.ts';
import { refusal } from './checks.ts';
import { findOrder, transactionIdIsMalformed, type OperationContext, type Job, type Outcome } from './operation.ts';
import { charged, noted, reversed, type LedgerOrder } from './ledger-order.ts';
import type { PracticeMerchant } from './practice-merchant.ts';
import { foreignIds, halfReply, proxyPage, signedReply, unsignedFail, type Answer } from './replies.ts';
import { decideReverse, type ReverseDecision, type ReverseReply } from './scenarios.ts';

/** No published table connects an err_code with a recall. Codes that calling again cannot mend say N here. */
export function answerReverse(job: Job, { ledger, merchant, scenario }: OperationContext): Outcome {
  const refuse = (errCode: string, description: string, order?: LedgerOrder): Outcome => ({
    answer: refusal(job.caller, job.route, merchant, { errCode, description }),
    scenario: order?.scenario ?? scenario,
  });
  if (transactionIdIsMalformed(job)) return refuse('INVALID_TRANSACTIONID', '无效transaction_id');
  const found = findOrder(job, ledger);
  // What the real gateway says here is not published. This is its query's code.
  if (found === undefined) return refuse('ORDERNOTEXIST', '此交易订单号不存在');
  // What the real gateway says here is not published either. Both would give the money back twice.
  if (found.refunds.length > 0) return refuse('INVALID_REQUEST', '订单已有退款，不能撤销', found);
  const elapsedMs = elapsedSince(found.payReceivedAt, job.arrivedAt);
  if (elapsedMs < DOCUMENTED_WINDOW_MS) {
    ledger.violated(found, elapsedMs);
    return refuse('INVALID_REQUEST', '支付后15秒内不允许撤销', found);
  }
  if (elapsedMs > REVERSE_AGE_MAX_MS) return refuse('REVERSE_EXPIRE', '订单无法撤销', found);

  const decision = decideReverse(found.scenario, { nth: found.reverses + 1, sincePayMs: elapsedMs });
  const order = carriedOut(found, decision, job.arrivedAt.wallMs);
  ledger.put(order);
  const outcome: Outcome = { answer: answerOf(decision.reply, job, merchant), scenario: order.scenario };
  const endsOutage = order.scenario === 'primary-down' && decision.acts;
  return endsOutage ? { ...outcome, primary: 'comes-back' } : outcome;
}

function carriedOut(order: LedgerOrder, decision: ReverseDecision, atMs: number): LedgerOrder {
  const received = noted({ ...order, reverses: order.reverses + 1 }, atMs, 'reverse', wordsFor(decision.reply));
  const before = decision.chargesFirst && !received.reversed ? charged(received, atMs) : received;
  return decision.acts ? reversed(before, atMs) : before;
}

function wordsFor(reply: ReverseReply): string {
  if (reply.kind === 'accepted') return `SUCCESS recall=${reply.recall}`;
  return reply.kind === 'refused' ? `${reply.errCode} recall=${reply.recall}` : reply.kind;
}

const REFUSAL_WORDS = {
  SYSTEMERROR: '系统错误',
  REVERSE_EXPIRE: '订单无法撤销',
  SIGNERROR: '签名错误',
} as const;

function answerOf(reply: ReverseReply, { caller, route }: Job, merchant: PracticeMerchant): Answer {
  const success = { result_code: 'SUCCESS', recall: 'N' };
  switch (reply.kind) {
    case 'accepted':
      return signedReply(caller, merchant.apiKey, { ...success, recall: reply.recall });
    case 'refused': {
      const { errCode, recall } = reply;
      return refusal(caller, route, merchant, { errCode, description: REFUSAL_WORDS[errCode] }, recall);
    }
    case 'cut':
      return { kind: 'cut' };
    case 'error-page':
      return proxyPage(502, 'Bad Gateway');
    case 'half-xml':
      return halfReply(caller, merchant.apiKey, success);
    case 'foreign':
      return signedReply(caller, merchant.apiKey, { ...success, ...foreignIds(merchant) });
    case 'unsigned':
      return unsignedFail(reply.text);
    case 'forged':
      return signedReply(caller, randomBytes(16).toString('hex'), success);
    default:
      return unreachable(reply);
  }
}
