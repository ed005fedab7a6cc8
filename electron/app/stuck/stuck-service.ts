/** The manager's list of stuck orders, and what a manager does about them. */
import type { ActCode, ActResult, HeldAction, ManagerAct } from '../../../shared/contract/stuck.ts';
import type { CommandOutput } from '../../../shared/ipc.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Role } from '../../../shared/role.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { OrderEvent } from '../../orders/machine/event.ts';
import { isStuck, rankOf, worstFirst } from '../../orders/views/stuck-rank.ts';
import type { Services } from '../core/services.ts';
import { act } from '../orders/orders-service.ts';
import type { Decision, MoneyGate, Passed } from './money-gate.ts';
import { rowOf } from './stuck-row.ts';

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
