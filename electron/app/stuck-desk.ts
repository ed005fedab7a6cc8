/** The manager's list of stuck orders, and what a manager does about them. */
import type { ActResult, ManagerAct, StuckRow } from '../../shared/contract/manager.ts';
import type { CommandCode, CommandOutput, CommandParsed } from '../../shared/ipc.ts';
import type { OrderView } from '../../shared/order.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { Role } from '../../shared/roles.ts';
import type { Reading } from '../base/clock.ts';
import type { Caller } from '../orders/actor.ts';
import type { OrderEvent } from '../orders/event.ts';
import type { Journal, Stored } from '../orders/journal.ts';
import type { Order } from '../orders/order.ts';
import { checkedPayTime } from '../orders/pay-time.ts';
import { isStuck, managerActions, rankOf, worstFirst, type Rank } from '../orders/stuck-rank.ts';
import { viewOf } from '../orders/view.ts';
import type { Services } from '../services.ts';
import { act, findOrEnter, goingOn, wallOfLate, whyOf } from './orders-desk.ts';

/** Everything that is stuck, worst first, at most `limit` of it, with the count of all. Reads the journal and no network. */
export function stuckList({ journal, clock }: Pick<Services, 'journal' | 'clock'>, limit: number, role: Role): CommandOutput<'manager.stuck'> {
  const now = clock.read();
  const { orders, unreadable } = journal.unfinished();
  const ranked = orders
    .filter(({ order }) => isStuck(order, now))
    .map((stored) => ({ stored, rank: rankOf(stored.order, now) }))
    .sort((a, b) => worstFirst(a.rank, b.rank));
  const rows = ranked.slice(0, limit).map(({ stored, rank }) => rowOf(stored, rank, role, now));
  return { rows, total: ranked.length, unreadable: [...unreadable] };
}

function rowOf({ order, version }: Stored, { money, ageMs, deadlineInMs }: Rank, role: Role, now: Reading): StuckRow {
  const view = viewOf(order, version, role, now);
  const { refundHandedOverAtMs } = order;
  return {
    order: view,
    money,
    ageMs,
    deadlineInMs,
    deadlineIsAtMost: order.origin === 'entered' && order.payCall.at.wallMs === order.createdAtMs,
    lastResult: order.reverse.lastResult,
    nextTryInMs: nextTryInMs(view, order, now),
    handedOverMs: refundHandedOverAtMs === null ? null : Math.max(0, Math.round(now.wallMs - refundHandedOverAtMs)),
    acts: managerActions(order, now),
  };
}

function nextTryInMs({ phase }: OrderView, { run, query }: Order, now: Reading): number | null {
  switch (phase.name) {
    case 'reversing':
    case 'confirming':
      return phase.nextInMs;
    case 'armed':
      return phase.firesInMs;
    case 'paying':
      return query.dueMonoMs === null || run !== now.run ? null : Math.max(0, Math.ceil(query.dueMonoMs - now.monoMs));
    default:
      return null;
  }
}

/** Does one thing to several orders, each on its own: what one is refused hinders no other. */
export const actOnAll = (services: Services, given: ManagerAct, caller: Caller): ActResult[] =>
  given.orderIds.map((orderId) => {
    const done = act(services, orderId, eventOf(given, caller.role), caller);
    return done.ok ? { ok: true, orderId, order: done.value } : { ok: false, orderId, code: done.error };
  });

function eventOf(given: ManagerAct, by: Role): OrderEvent {
  switch (given.action) {
    case 'query':
      return { type: 'asked-by-hand' };
    case 'try-now':
      return { type: 'tried-by-hand', by, ...whyOf(given.reason) };
    case 'cancel':
      return { type: 'cancel-tapped', by, ...whyOf(given.reason) };
    case 'hand-over':
      return { type: 'refund-handed-over', by, ...whyOf(given.reason) };
    case 'settle':
      return { type: 'manager-settled', by, code: given.reason.code, reason: given.reason.note ?? given.reason.code };
    case 'refund-made':
      return { type: 'refund-made', by, refundNumber: given.refundNumber };
  }
}

/** Cancels the order with these numbers, taken in first where this terminal does not know it. */
export function cancelByNumber(
  services: Services,
  { outTradeNo, transactionId, paidAtMs, reason }: CommandParsed<'manager.cancel-number'>,
  caller: Caller,
): Result<OrderView, CommandCode<'manager.cancel-number'>> {
  const event = { type: 'cancel-tapped', by: caller.role, ...whyOf(reason) } as const;
  const refused = <Code extends CommandCode<'manager.cancel-number'>>(code: Code): Result<never, Code> => {
    services.audit.note(caller, event.type, code, outTradeNo ?? transactionId);
    return fail(code);
  };
  const paidAt = paidAtMs === null ? null : checkedPayTime({ fromMs: paidAtMs, toMs: paidAtMs }, wallOfLate(services.clock));
  if (paidAt?.ok === false) return refused(paidAt.error);
  if (outTradeNo !== null && transactionId !== null && differ(services.journal, outTradeNo, transactionId)) return refused('numbers-differ');
  const found = findOrEnter(services, { outTradeNo: outTradeNo ?? undefined, transactionId: transactionId ?? undefined }, paidAtMs, caller);
  return found.ok ? act(services, found.value.order.orderId, event, caller) : found;
}

/** Whether two numbers that are given as one order's are known to be two orders'. */
function differ(journal: Journal, outTradeNo: string, transactionId: string): boolean {
  const stored = journal.find(outTradeNo);
  const other = journal.find(transactionId);
  if (stored !== null && other !== null) return goingOn(journal, stored).order.orderId !== goingOn(journal, other).order.orderId;
  const known = stored?.order.transactionId ?? other?.order.outTradeNo ?? null;
  return known !== null && known !== (stored === null ? outTradeNo : transactionId);
}
