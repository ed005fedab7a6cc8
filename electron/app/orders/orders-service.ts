/** What people do with orders, in one place for the screen and the terminal command: look up, register, act, read. */
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { OrderView, RefusedAct, TimelineRow } from '../../../shared/order/order.ts';
import type { Role } from '../../../shared/role.ts';
import { REVERSE_WINDOW_MS } from '../../../shared/timing.ts';
import { steadyAt, type WallSpan, type WatchedClock } from '../../base/watched-clock.ts';
import type { Actor, Caller } from '../../orders/machine/actor.ts';
import type { OrderEvent } from '../../orders/machine/event.ts';
import type { Engine } from '../../orders/engine/engine.ts';
import type { Journal, Stored } from '../../orders/journal/journal.ts';
import { orderEntered, restsAs } from '../../orders/machine/order.ts';
import { timelineOf } from '../../orders/views/timeline.ts';
import { viewOf } from '../../orders/views/order-view.ts';
import type { Services } from '../core/services.ts';

/** What is needed of a terminal to deal with orders. */
export type OrderServices = Pick<Services, 'journal' | 'engine' | 'merchant' | 'clock' | 'audit'>;

/** The wall clock's range during the last window; its present time if this process has not run long enough to know. */
export const wallOfLate = (clock: WatchedClock): WallSpan =>
  clock.wallSpan(REVERSE_WINDOW_MS) ?? steadyAt(clock.read().wallMs);

export interface EnteredNumbers {
  readonly outTradeNo?: string | undefined;
  readonly transactionId?: string | undefined;
}

/**
 * The order with one of these numbers. If this terminal does not know it, it is registered as an order paid elsewhere.
 * `paidAtMs`: when it was paid, by this machine's wall clock (`orderEntered`).
 */
export function findOrEnter(
  { journal, engine, merchant, clock }: Omit<OrderServices, 'audit'>,
  { outTradeNo, transactionId }: EnteredNumbers,
  paidAtMs: number | null,
  actor: Actor,
  amountFen: number | null = null,
): Result<Stored, 'not-saved' | 'missing'> {
  const number = outTradeNo ?? transactionId;
  if (number === undefined) return fail('missing');
  const known = journal.find(number);
  if (known !== null) return ok(lookedUpAgain(engine, goingOn(journal, known), actor));
  const ids = {
    orderId: outTradeNo ?? `wx-${number}`,
    outTradeNo: outTradeNo ?? null,
    transactionId: transactionId ?? null,
    family: merchant.family,
    amountFen,
  };
  const entered = engine.register(orderEntered(ids, paidAtMs, clock.read(), clock.wallSpan(REVERSE_WINDOW_MS)), actor);
  if (entered.ok) return entered;
  const other = entered.error.kind === 'duplicate' ? journal.load(entered.error.orderId) : null;
  return other === null ? fail('not-saved') : ok(goingOn(journal, other));
}

/** What WeChat said of an order that was only looked up may be old by now, so it is queried again. */
function lookedUpAgain(engine: Engine, stored: Stored, actor: Actor): Stored {
  const { orderId, origin, phase } = stored.order;
  if (origin !== 'entered' || (phase.name !== 'paying' && phase.name !== 'not-found')) return stored;
  const asked = engine.tell(orderId, { type: 'asked-by-hand' }, actor);
  return asked.ok ? asked.value : stored;
}

/**
 * The entry that goes on with an order. It is another entry if the order turned out to be known under its other number.
 */
export function goingOn(journal: Pick<Journal, 'load'>, stored: Stored): Stored {
  const other = restsAs(stored.order);
  return (other === null ? null : journal.load(other)) ?? stored;
}

/**
 * Does to an order what a person asked for. The returned view is the order as it then is on disk. A refusal is recorded
 * as well.
 */
export function act(
  services: OrderServices,
  orderId: string,
  event: OrderEvent,
  caller: Caller,
): Result<OrderView, RefusedAct | 'not-saved'> {
  const applied = services.engine.tell(orderId, event, caller);
  if (applied.ok) return ok(viewFor(services, applied.value, caller.role));
  services.audit.refused(caller, orderId, event, applied.error);
  return applied;
}

export const viewFor = (
  { clock }: { readonly clock: Pick<WatchedClock, 'read'> },
  { order, version }: Stored,
  role: Role,
): OrderView => viewOf(order, version, role, clock.read());

export function timeline({ journal }: Services, orderId: string): Result<TimelineRow[], 'order-not-found'> {
  const history = journal.history(orderId);
  return history.length === 0 ? fail('order-not-found') : ok(timelineOf(history));
}
