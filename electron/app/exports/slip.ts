/**
 * What a void slip says of an order. It contains nothing about the customer: an order holds no openid and no face code.
 */
import type { Person, Slip, SlipEnd } from '../../../shared/contract/exports.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { redactText } from '../../base/redact.ts';
import type { HistoryRow } from '../../orders/journal/journal.ts';
import { awaitsRefund, outcomeOf, restsAs, type Order, type Phase } from '../../orders/machine/order.ts';
import type { Services } from '../core/services.ts';
import { goingOn } from '../orders/orders-service.ts';

/** `no-slip`: the order has not ended in a way that a slip could state. */
export function slipOf(
  { journal, environment, terminal }: Pick<Services, 'journal' | 'environment' | 'terminal'>,
  orderId: string,
): Result<Slip, 'order-not-found' | 'no-slip'> {
  const stored = journal.load(orderId);
  if (stored === null) return fail('order-not-found');
  const { order } = goingOn(journal, stored);
  const end = endOf(order);
  if (end === null || restsAs(order) !== null) return fail('no-slip');
  const history = journal.history(order.orderId);
  return ok({
    environment,
    storeName: terminal.storeName,
    deviceId: terminal.deviceId,
    outTradeNo: order.outTradeNo,
    transactionId: order.transactionId,
    amountFen: order.amountFen,
    knownPaid: order.knownPaid,
    end,
    createdAtMs: order.createdAtMs,
    endedAtMs: endedAtMs(history, order.phase) ?? order.createdAtMs,
    attemptCount: order.reverse.count,
    takenBy: personOf(history.find(({ actor }) => actor.role !== null)),
    endedBy: personOf(history.findLast(({ event }) => ENDINGS.includes(event.type))),
  });
}

function endOf(order: Order): SlipEnd | null {
  const { phase } = order;
  switch (phase.name) {
    case 'cancelled':
      return { name: outcomeOf(phase), proof: phase.proof };
    case 'settled':
      return { name: 'settled', reason: redactText(phase.reason) };
    case 'attention':
      return { name: 'attention', cause: phase.cause, handedOver: awaitsRefund(order) };
    default:
      return null;
  }
}

/** The acts by which a person ends an order. */
const ENDINGS = [
  'cancel-tapped',
  'cancel-handed-over',
  'refund-chosen',
  'tried-by-hand',
  'manager-settled',
  'refund-made',
  'refund-not-made',
];

/** When it came to its present phase. */
function endedAtMs(history: readonly HistoryRow[], { name }: Phase): number | null {
  const before = history.findLastIndex(({ phase }) => phase?.name !== name);
  return history[before + 1]?.atMs ?? null;
}

function personOf(row: HistoryRow | undefined): Person | null {
  const { who, role } = row?.actor ?? { who: '', role: null };
  return role === null ? null : { who, role };
}
