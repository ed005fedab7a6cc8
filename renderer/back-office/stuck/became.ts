/**
 * What became of each order after an act on several. Pure. Main's answer to an act only says that something was begun:
 * what came of it is in the order's later views.
 */
import type { ManagerAction } from '../../../shared/contract/stuck.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import { idOf, type ShownResult, type StuckState } from './stuck-state.ts';

/**
 * `begun`: nothing is known yet. `ended`: it is closed, proved. `stays`: there was an answer, and it is still on the
 * list. `noted`: the act was only to be written down, and it is. `refused`: nothing was begun.
 */
export type Became = 'begun' | 'ended' | 'stays' | 'noted' | 'refused';

export const BECAME: readonly Became[] = ['begun', 'ended', 'stays', 'noted', 'refused'];

/** They are done as soon as they are on disk. All others send something to WeChat. */
const ONLY_NOTED: readonly ManagerAction[] = ['hand-over', 'refund-made', 'settle'];

/** `now`: the order as the list holds it; `undefined` if the list does not hold it. */
export function becameOf({ action, result }: ShownResult, now: OrderView | undefined): Became {
  if (!result.ok) return 'refused';
  if (ONLY_NOTED.includes(action)) return 'noted';
  const view = now === undefined || now.version < result.order.version ? result.order : now;
  if (view.standing === 'done') return 'ended';
  return view.version > result.order.version && !isUnderWay(view) ? 'stays' : 'begun';
}

/** A call is out, or will go out by itself in a moment. */
function isUnderWay({ phase }: OrderView): boolean {
  if (phase.name === 'reversing') return phase.activity !== 'waiting';
  return phase.name === 'confirming' || phase.name === 'armed';
}

/** How many of the last act became what. */
export function becameCounts({ rows, results }: Pick<StuckState, 'rows' | 'results'>): Record<Became, number> {
  const views = new Map(rows.map((shown) => [idOf(shown), shown.row.order]));
  const counts: Record<Became, number> = { begun: 0, ended: 0, stays: 0, noted: 0, refused: 0 };
  for (const [orderId, result] of results) counts[becameOf(result, views.get(orderId))] += 1;
  return counts;
}
