/**
 * Acceptance: one fen is taken and given back. It proves certificate, key, family, device, network and the whole way of
 * a cancel at the technician's first visit.
 */
import { ACCEPTANCE_FEN, type AcceptanceState } from '../../../shared/contract/acceptance.ts';
import type { OrderView, RefusedAct } from '../../../shared/order/order.ts';
import type { Result } from '../../../shared/result.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { Stored } from '../../orders/journal/journal.ts';
import { act, type OrderServices } from '../orders/orders-service.ts';

/** In the audit trail beside the reason's code, so that a person tells this refund from a customer's. */
const NOTE = '验收 acceptance';

/** Whether this terminal has taken the order as an acceptance is: one fen. */
export const isAcceptance = ({ order }: Stored): boolean =>
  order.origin === 'taken' && order.amountFen === ACCEPTANCE_FEN;

/** How far the acceptance with this order is. */
export function acceptanceState({ order }: Stored): AcceptanceState {
  const { phase, knownPaid } = order;
  switch (phase.name) {
    case 'paid':
      return 'paid';
    case 'cancelled':
      // An order that was closed without a payment proves the half of it.
      return knownPaid ? 'accepted' : 'not-charged';
    case 'failed':
    case 'not-found':
      return 'not-charged';
    case 'attention':
    case 'choosing':
    case 'settled':
      return 'stuck';
    case 'armed':
    case 'reversing':
    case 'confirming':
      return knownPaid ? 'returning' : 'taking';
    case 'paying':
      return 'taking';
  }
}

/** Gives the fen back; it leaves once the 15 s are over, like every cancel. `caller` installs this terminal. */
export const giveBack = (
  services: OrderServices,
  orderId: string,
  caller: Caller,
): Result<OrderView, RefusedAct | 'not-saved'> =>
  act(services, orderId, { type: 'cancel-tapped', by: 'manager', code: 'other', note: NOTE }, caller);
