/** Payments whose code is at hand when they are asked for: by the terminal command and by till software. */
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Actor } from '../../orders/machine/actor.ts';
import type { Stored } from '../../orders/journal/journal.ts';
import type { CodePayment } from '../../orders/engine/take-payment.ts';
import type { Services } from '../core/services.ts';
import { goingOn } from './orders-service.ts';

export type CodePaymentServices = Pick<Services, 'journal' | 'till' | 'merchant' | 'paySource'>;

/**
 * `no-codes`: this terminal is not set up for payment codes. `number-taken`, `amount-differs`: the number is that of an
 * order that this payment is not.
 */
export type CodePaymentProblem = 'no-codes' | 'number-taken' | 'amount-differs' | 'not-saved';

export interface PaidByCode {
  readonly stored: Stored;
  /** Its pay call leaves because of this request; `false`: an earlier request has sent it, and nothing leaves now. */
  readonly isNew: boolean;
}

/** Each number is paid once, however often it is asked for: a request that got no answer may be repeated. */
export function payByCode(
  { journal, till, merchant, paySource }: CodePaymentServices,
  payment: CodePayment,
  actor: Actor,
): Result<PaidByCode, CodePaymentProblem> {
  const known = payment.outTradeNo === null ? null : journal.find(payment.outTradeNo);
  if (known !== null) return sameAs(goingOn(journal, known), payment);
  if (merchant.family !== 'micropay' && paySource.now() !== 'code') return fail('no-codes');
  const begun = till.payByCode(payment, actor);
  const stored = begun.ok
    ? journal.load(begun.value)
    : begun.error.kind === 'duplicate'
      ? journal.load(begun.error.orderId)
      : null;
  if (stored === null) return fail('not-saved');
  // Another process has registered the number between the look and the write.
  return begun.ok ? ok({ stored, isNew: true }) : sameAs(stored, payment);
}

/** The code is nowhere kept, so that of a repeated request is not looked at. */
function sameAs(stored: Stored, { amountFen, outTradeNo }: CodePayment): Result<PaidByCode, CodePaymentProblem> {
  const { order } = stored;
  if (order.origin !== 'taken' || order.family !== 'micropay' || order.outTradeNo !== outTradeNo)
    return fail('number-taken');
  return order.amountFen === amountFen ? ok({ stored, isNew: false }) : fail('amount-differs');
}
