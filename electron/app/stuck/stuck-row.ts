/** One order as a manager sees it: what is known of the money, how long it may still be cancelled, what may be done. */
import type { StuckRow } from '../../../shared/contract/stuck.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import type { Role } from '../../../shared/role.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { Stored } from '../../orders/journal/journal.ts';
import type { Order } from '../../orders/machine/order.ts';
import { advisedAct } from '../../orders/views/advised-act.ts';
import { viewOf } from '../../orders/views/order-view.ts';
import { answerIsOld, managerActions, type Rank } from '../../orders/views/stuck-rank.ts';

/** What a decision about one order is made on. */
export function rowOf(
  { order, version }: Stored,
  { money, ageMs, deadlineInMs }: Rank,
  role: Role,
  now: Timestamp,
): StuckRow {
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
    advised: advisedAct(order, now),
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
