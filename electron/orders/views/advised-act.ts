/** Of what a manager may do with an order, what its cause advises: the blue button. Pure. */
import type { ManagerAction } from '../../../shared/contract/stuck.ts';
import type { Cause } from '../../../shared/order/order.ts';
import { REFUND_NEAR_MS } from '../../../shared/timing.ts';
import type { Timestamp } from '../../base/clock.ts';
import { awaitsRefund, type Order } from '../machine/order.ts';
import { managerActions, rankOf } from './stuck-rank.ts';

/**
 * What solves it, by its cause. `again`: once what was wrong is put right, the cancel starts again, as long as WeChat
 * still takes it. It is in step with the words for managers (`stuck.todo.*` and `stuck.advice.*` in the
 * back office's locales).
 */
const BY_CAUSE = {
  expired: 'hand-over',
  signature: 'again',
  'wrong-merchant': 'again',
  'certificate-refused': 'again',
  refused: 'again',
  undecided: 'again',
  parameter: 'hand-over',
  'not-permitted': 'hand-over',
  'trade-error': 'hand-over',
  contradiction: 'hand-over',
  'partly-refunded': 'hand-over',
  'unknown-state': 'hand-over',
  'order-not-found': 'query',
  // A refund under this number would go to somebody else. What is left to do here is to close the entry.
  'other-order': 'settle',
} as const satisfies Record<Cause, ManagerAction | 'again'>;

/** The act that the order's cause, its age and what was done before advise; `null` where none stands out. */
export function advisedAct(order: Order, now: Timestamp): ManagerAction | null {
  const acts = managerActions(order, now);
  return wanted(order, now).find((action) => acts.includes(action)) ?? null;
}

/** Best first. */
function wanted(order: Order, now: Timestamp): readonly ManagerAction[] {
  const { phase } = order;
  // Once WeChat sees the refund, the order ends by proof; a manager's word is second to that.
  if (awaitsRefund(order)) return ['query'];
  switch (phase.name) {
    case 'attention': {
      const best = BY_CAUSE[phase.cause];
      if (best !== 'again') return [best];
      return rankOf(order, now).deadlineInMs <= REFUND_NEAR_MS ? ['hand-over'] : ['try-now', 'cancel', 'hand-over'];
    }
    case 'reversing':
    case 'confirming':
      return ['try-now'];
    case 'paying':
    case 'armed':
      return ['query'];
    case 'choosing':
    case 'paid':
    case 'failed':
    case 'not-found':
      return ['cancel'];
    case 'cancelled':
    case 'settled':
      return [];
  }
}
