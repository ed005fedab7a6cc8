/** One order before a manager, stuck or not, found by its id or by a number. Nothing here changes an order. */
import type { StuckRow } from '../../../shared/contract/stuck.ts';
import type { CommandCode, CommandParsed } from '../../../shared/ipc.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Role } from '../../../shared/role.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { Journal, Stored } from '../../orders/journal/journal.ts';
import { checkedPayTime } from '../../orders/views/pay-time.ts';
import { rankOf } from '../../orders/views/stuck-rank.ts';
import type { Services } from '../core/services.ts';
import { findOrEnter, goingOn, wallOfLate } from '../orders/orders-service.ts';
import { rowOf } from './stuck-row.ts';

/** The order, or the order that it turned out to be. */
export function orderRow(
  { journal, clock }: Pick<Services, 'journal' | 'clock'>,
  orderId: string,
  role: Role,
): Result<StuckRow, 'order-not-found'> {
  const stored = journal.load(orderId);
  return stored === null ? fail('order-not-found') : ok(shown(goingOn(journal, stored), clock, role));
}

function shown(stored: Stored, clock: Services['clock'], role: Role): StuckRow {
  const now = clock.read();
  return rowOf(stored, rankOf(stored.order, now), role, now);
}

/**
 * The order with these numbers, so that a manager sees its amount and state before deciding. If this terminal does not
 * know it, it is registered, and WeChat is asked.
 */
export function findByNumber(
  services: Services,
  { outTradeNo, transactionId, paidAtMs }: CommandParsed<'manager.find-number'>,
  caller: Caller,
): Result<StuckRow, CommandCode<'manager.find-number'>> {
  const paidAt =
    paidAtMs === null ? null : checkedPayTime({ fromMs: paidAtMs, toMs: paidAtMs }, wallOfLate(services.clock));
  if (paidAt?.ok === false) return fail(paidAt.error);
  if (outTradeNo !== null && transactionId !== null && differ(services.journal, outTradeNo, transactionId))
    return fail('numbers-differ');
  const found = findOrEnter(
    services,
    { outTradeNo: outTradeNo ?? undefined, transactionId: transactionId ?? undefined },
    paidAtMs,
    caller,
  );
  return found.ok ? ok(shown(found.value, services.clock, caller.role)) : found;
}

/** Whether two numbers that are given for one order are known to belong to two orders. */
function differ(journal: Journal, outTradeNo: string, transactionId: string): boolean {
  const stored = journal.find(outTradeNo);
  const other = journal.find(transactionId);
  if (stored !== null && other !== null)
    return goingOn(journal, stored).order.orderId !== goingOn(journal, other).order.orderId;
  const known = stored?.order.transactionId ?? other?.order.outTradeNo ?? null;
  return known !== null && known !== (stored === null ? outTradeNo : transactionId);
}
