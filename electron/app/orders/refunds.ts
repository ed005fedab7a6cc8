/** Refunds that a manager asks for at this terminal, for the screen and the terminal command alike. */
import type { OrderView, RefusedAct } from '../../../shared/order/order.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { OrderEvent } from '../../orders/machine/event.ts';
import { restFen } from '../../orders/machine/refund-events.ts';
import type { Services } from '../core/services.ts';
import { act, type OrderServices } from './orders-service.ts';

export type RefundServices = OrderServices & Pick<Services, 'newOutRefundNo'>;

/** Who decided, and why, as a manager's act on money gives it. */
export type RefundDecision = Pick<Extract<OrderEvent, { type: 'refund-asked' }>, 'by' | 'code' | 'note'>;

/** The refund's number, and the order as it then is on disk. */
export interface AskedRefund {
  readonly outRefundNo: string;
  readonly view: OrderView;
}

/**
 * Writes the intent down under a number of its own; the engine sends it once WeChat says that the order is paid. `fen`:
 * `all` is what is known to be left of the order.
 */
export function askRefund(
  services: RefundServices,
  orderId: string,
  fen: number | 'all',
  decision: RefundDecision,
  caller: Caller,
): Result<AskedRefund, RefusedAct | 'not-saved'> {
  const stored = services.journal.load(orderId);
  if (stored === null) return fail('order-not-found');
  const outRefundNo = services.newOutRefundNo(stored.order);
  const sum = fen === 'all' ? restFen(stored.order) : fen;
  // Nothing is left, or nobody knows how much was paid: the machine says why.
  const asked = { type: 'refund-asked', outRefundNo, fen: Math.max(1, sum ?? 1), account: null, ...decision } as const;
  const done = act(services, orderId, asked, caller);
  return done.ok ? ok({ outRefundNo, view: done.value }) : done;
}
