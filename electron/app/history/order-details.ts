/** All that is known of one order: its state, what happened to it, and who did what, including refused acts. */
import type { AuditRow, HistoryOrder } from '../../../shared/contract/history.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Role } from '../../../shared/role.ts';
import { THE_APP } from '../../orders/machine/actor.ts';
import type { HistoryRow } from '../../orders/journal/journal.ts';
import { timelineOf } from '../../orders/views/timeline.ts';
import type { Services } from '../core/services.ts';
import { listRow } from '../../orders/search/order-history.ts';
import { viewFor } from '../orders/orders-service.ts';

export function orderDetails(
  services: Pick<Services, 'search' | 'clock'>,
  orderId: string,
  role: Role,
): Result<HistoryOrder, 'order-not-found'> {
  const found = services.search.one(orderId);
  if (found === null) return fail('order-not-found');
  const { rows, unreadable } = services.search.log(orderId);
  return ok({
    row: listRow(found),
    view: found.stored === null ? null : viewFor(services, found.stored, role),
    timeline: timelineOf(rows),
    audit: rows.filter(isAnAct).map(auditRow),
    unreadableEntries: unreadable,
  });
}

/** The timeline has what the app does by itself. Here is what people did, and what the app recorded. */
const isAnAct = ({ actor, event }: HistoryRow): boolean => actor.who !== THE_APP.who || event.type === 'noted';

function auditRow({ seq, atMs, actor, event, phase }: HistoryRow): AuditRow {
  const common = { seq, atMs, who: actor.who, role: actor.role };
  if (event.type === 'noted') {
    return { ...common, act: event.act, outcome: event.outcome, refused: event.outcome !== 'ok', about: event.about };
  }
  const about = event.type === 'manager-settled' ? event.reason : null;
  const outcome = phase === null ? 'unknown' : phase.name === 'cancelled' ? phase.outcome : phase.name;
  return { ...common, act: event.type === 'unknown' ? event.kind : event.type, outcome, refused: false, about };
}
