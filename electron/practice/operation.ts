/** What the gateway's operations share: their context, their results, and looking an order up. */
import { looksLikeTransactionId } from '../../shared/order/order.ts';
import type { Scenario } from '../../shared/practice/scenarios.ts';
import type { Timestamp } from '../base/clock.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerOrder } from './ledger-order.ts';
import type { PracticeMerchant } from './practice-merchant.ts';
import type { Answer, Caller } from './replies.ts';
import type { Route } from './routes.ts';

export interface OperationContext {
  readonly merchant: PracticeMerchant;
  readonly ledger: Ledger;
  readonly faceSecret: Uint8Array;
  /** The scenario of the next payment. */
  readonly scenario: Scenario;
}

/** One request that passed the checks. */
export interface Job {
  readonly caller: Caller;
  readonly route: Route;
  /** When its first line was read. */
  readonly arrivedAt: Timestamp;
}

export interface Outcome {
  readonly answer: Answer;
  /** The scenario that the answer follows: the order's, or the next payment's if there is no order. */
  readonly scenario: Scenario;
  /** What it does to the main domain. */
  readonly primary?: 'goes-down' | 'comes-back';
}

/** The order a query or reverse is about. transaction_id wins; an order of the other route family is not seen. */
export function findOrder({ caller: { fields }, route }: Job, ledger: Ledger): LedgerOrder | undefined {
  const transactionId = fields['transaction_id'] ?? '';
  const order = transactionId === '' ? ledger.get(fields['out_trade_no'] ?? '') : ledger.byTransactionId(transactionId);
  // Refunds are shared by both families.
  const isShared = route.operation === 'refund' || route.operation === 'refundquery';
  return isShared || order?.family === route.family ? order : undefined;
}

/** The form of WeChat's own numbers: 28 digits that begin with 4. Other texts are not such numbers. */
export function transactionIdIsMalformed({ caller: { fields } }: Job): boolean {
  const transactionId = fields['transaction_id'] ?? '';
  return transactionId !== '' && !looksLikeTransactionId(transactionId);
}
