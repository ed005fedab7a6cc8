/** The manager's list of stuck orders, and what a manager does about them. */
import type { ActCode, ActResult, HeldAction, ManagerAct, StuckRow } from '../../../shared/contract/stuck.ts';
import type { CommandCode, CommandOutput, CommandParsed } from '../../../shared/ipc.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Role } from '../../../shared/role.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { OrderEvent } from '../../orders/machine/event.ts';
import type { Journal, Stored } from '../../orders/journal/journal.ts';
import type { Order } from '../../orders/machine/order.ts';
import { checkedPayTime } from '../../orders/views/pay-time.ts';
import { answerIsOld, isStuck, managerActions, rankOf, worstFirst, type Rank } from '../../orders/views/stuck-rank.ts';
import { viewOf } from '../../orders/views/order-view.ts';
import type { Services } from '../core/services.ts';
import type { Decision, MoneyGate, Passed, Subject } from './money-gate.ts';
import { act, findOrEnter, goingOn, wallOfLate } from '../orders/orders-service.ts';

/**
 * Everything that is stuck, worst first, at most `limit` orders, with the count of all. Reads the journal and does not
 * use the network.
 */
export function stuckList(
  { journal, clock }: Pick<Services, 'journal' | 'clock'>,
  limit: number,
  role: Role,
): CommandOutput<'manager.stuck'> {
  const now = clock.read();
  const { orders, unreadable } = journal.unfinished();
  const ranked = orders
    .filter(({ order }) => isStuck(order, now))
    .map((stored) => ({ stored, rank: rankOf(stored.order, now) }))
    .sort((a, b) => worstFirst(a.rank, b.rank));
  const rows = ranked.slice(0, limit).map(({ stored, rank }) => rowOf(stored, rank, role, now));
  return { rows, total: ranked.length, unreadable: [...unreadable] };
}

function rowOf({ order, version }: Stored, { money, ageMs, deadlineInMs }: Rank, role: Role, now: Timestamp): StuckRow {
  const view = viewOf(order, version, role, now);
  const sinceMs = (atMs: number | null): number | null =>
    atMs === null ? null : Math.max(0, Math.round(now.wallMs - atMs));
  return {
    order: view,
    money,
    ageMs,
    deadlineInMs,
    deadlineIsAtMost: order.origin === 'entered' && order.payCall.at.wallMs === order.createdAtMs,
    answerIsOld: answerIsOld(order),
    lastResult: order.reverse.lastResult,
    nextTryInMs: nextTryInMs(view, order, now),
    handedOverMs: sinceMs(order.refundHandedOverAtMs),
    notRefundedMs: sinceMs(order.refundNotMadeAtMs),
    acts: managerActions(order, now),
  };
}

function nextTryInMs({ phase }: OrderView, { run, query }: Order, now: Timestamp): number | null {
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

/** Does one thing to several orders, each separately: a refusal for one does not affect the others. */
export function actOnAll(
  services: Services,
  gate: MoneyGate,
  given: ManagerAct,
  caller: Caller,
): Result<ActResult[], 'not-held'> {
  const { orderIds } = given;
  if (given.action === 'query')
    return ok(orderIds.map((orderId) => resultOf(orderId, act(services, orderId, { type: 'asked-by-hand' }, caller))));
  const passed = gate.pass(
    given.confirmation,
    { action: given.action, orderIds },
    given.reason,
    caller,
    services.clock.read().monoMs,
  );
  if (passed.ok)
    return ok(
      orderIds.map((orderId) =>
        resultOf(orderId, actAsShown(services, orderId, eventOf(given, passed.value.decision), passed.value, caller)),
      ),
    );
  for (const orderId of orderIds) services.audit.refused(caller, orderId, { type: EVENTS[given.action] }, passed.error);
  return passed;
}

type Done = Result<OrderView, ActCode>;

const resultOf = (orderId: string, done: Done): ActResult =>
  done.ok ? { ok: true, orderId, order: done.value } : { ok: false, orderId, code: done.error };

/** A decision about what the person saw must not be applied to something else. */
function actAsShown(services: Services, orderId: string, event: OrderEvent, passed: Passed, caller: Caller): Done {
  const phase = services.journal.load(orderId)?.order.phase.name;
  if (phase === undefined || passed.isAsShown(orderId, phase)) return act(services, orderId, event, caller);
  services.audit.refused(caller, orderId, event, 'changed-meanwhile');
  return fail('changed-meanwhile');
}

type Given = Exclude<ManagerAct, { action: 'query' }>;

const EVENTS = {
  'try-now': 'tried-by-hand',
  cancel: 'cancel-tapped',
  'hand-over': 'refund-handed-over',
  'refund-not-made': 'refund-not-made',
  settle: 'manager-settled',
  'refund-made': 'refund-made',
} as const satisfies Record<HeldAction, OrderEvent['type']>;

function eventOf(given: Given, decision: Decision): OrderEvent {
  switch (given.action) {
    case 'try-now':
    case 'cancel':
    case 'hand-over':
    case 'refund-not-made':
      return { type: EVENTS[given.action], ...decision };
    case 'settle':
      return { type: 'manager-settled', by: decision.by, code: decision.code, reason: decision.note ?? decision.code };
    case 'refund-made':
      return { type: 'refund-made', ...decision, refundNumber: given.refundNumber };
  }
}

/** Cancels the order with these numbers; first registers it if this terminal does not know it. */
export function cancelByNumber(
  services: Services,
  gate: MoneyGate,
  { outTradeNo, transactionId, paidAtMs, reason, confirmation }: CommandParsed<'manager.cancel-number'>,
  caller: Caller,
): Result<OrderView, CommandCode<'manager.cancel-number'>> {
  const { monoMs } = services.clock.read();
  const refused = <Code extends CommandCode<'manager.cancel-number'>>(code: Code): Result<never, Code> => {
    services.audit.note(caller, 'cancel-tapped', code, outTradeNo ?? transactionId);
    return fail(code);
  };
  const subject: Subject = { action: 'cancel-number', outTradeNo, transactionId };
  const passed = gate.pass(confirmation, subject, reason, caller, monoMs);
  if (!passed.ok) return refused(passed.error);
  const paidAt =
    paidAtMs === null ? null : checkedPayTime({ fromMs: paidAtMs, toMs: paidAtMs }, wallOfLate(services.clock));
  if (paidAt?.ok === false) return refused(paidAt.error);
  if (outTradeNo !== null && transactionId !== null && differ(services.journal, outTradeNo, transactionId))
    return refused('numbers-differ');
  const found = findOrEnter(
    services,
    { outTradeNo: outTradeNo ?? undefined, transactionId: transactionId ?? undefined },
    paidAtMs,
    caller,
  );
  return found.ok
    ? act(services, found.value.order.orderId, { type: 'cancel-tapped', ...passed.value.decision }, caller)
    : found;
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
