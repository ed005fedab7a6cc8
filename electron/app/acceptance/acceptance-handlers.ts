/** The acceptance's commands. */
import { fail, ok } from '../../../shared/result.ts';
import { timelineOf } from '../../orders/views/timeline.ts';
import type { Stored } from '../../orders/journal/journal.ts';
import type { Handlers } from '../core/handler.ts';
import type { Services } from '../core/services.ts';
import { goingOn } from '../orders/orders-service.ts';
import { acceptanceState, giveBack, isAcceptance } from './acceptance.ts';

function accepted({ journal }: Services, orderId: string): Stored | null {
  const stored = journal.load(orderId);
  return stored !== null && isAcceptance(stored) ? goingOn(journal, stored) : null;
}

export const acceptanceHandlers: Pick<Handlers, 'acceptance.read' | 'acceptance.give-back'> = {
  'acceptance.read': (services, { orderId }) => {
    const stored = accepted(services, orderId);
    if (stored === null) return fail('order-not-found');
    const { merchant, journal } = services;
    return ok({
      state: acceptanceState(stored),
      mchId: merchant.mchId,
      family: stored.order.family,
      gateway: merchant.gateway.primary,
      transactionId: stored.order.transactionId,
      rows: timelineOf(journal.history(stored.order.orderId)),
    });
  },
  'acceptance.give-back': (services, { orderId }, caller) =>
    accepted(services, orderId) === null ? fail('order-not-found') : giveBack(services, orderId, caller),
};
