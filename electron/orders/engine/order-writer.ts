/**
 * The only writer of orders. It lets the machine decide about an order as it is on disk and commits the decision
 * (fsync). Only then does it report and send what follows from it.
 */
import type { RefusedAct } from '../../../shared/order/order.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { JOURNAL_RETRY_MS } from '../../../shared/timing.ts';
import type { Clock, Timestamp } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Journal, JournalTrouble, Stored, WriteFailure } from '../journal/journal.ts';
import { THE_APP, type Actor } from '../machine/actor.ts';
import type { Effect, OrderEvent } from '../machine/event.ts';
import { isCancelling, type Order } from '../machine/order.ts';
import { decide, entriesOf, type Stance } from './decision.ts';
import type { JournalRetry } from './journal-retry.ts';
import { BROKEN_CALL, type OrderCalls } from './order-calls.ts';
import type { OrderChanges } from './order-changes.ts';
import type { OrderSchedule } from './order-schedule.ts';
import type { ReverseSlots } from './reverse-slots.ts';
import type { TakeOver } from './take-over.ts';

/** A person's act as it is on disk; or why it was refused; or `not-saved`, and then nothing has changed. */
export type Told = Result<Stored, RefusedAct | 'not-saved'>;

export interface OrderWriter {
  readonly register: (order: Order, actor?: Actor) => Result<Stored, WriteFailure>;
  readonly tell: (orderId: string, event: OrderEvent, actor?: Actor) => Told;
}

export interface OrderWriterParts {
  readonly journal: Pick<Journal, 'create' | 'commit' | 'load'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly retry: Pick<JournalRetry, 'tried' | 'isTroubled'>;
  readonly slots: Pick<ReverseSlots, 'isFree'>;
  readonly driver: Pick<TakeOver, 'isDriving' | 'isUnresumed' | 'resumed'>;
  readonly calls: Pick<OrderCalls, 'claim' | 'send' | 'hasOrphan'>;
  readonly changes: Pick<OrderChanges, 'own'>;
  readonly schedule: Pick<OrderSchedule, 'set' | 'lookAt'>;
}

/**
 * How often a write is tried against other processes' writes to the same order. Each lost try means that another
 * process made progress.
 */
const STALE_TRIES_MAX = 20;

export function orderWriter(parts: OrderWriterParts): OrderWriter {
  const { journal, clock, log, retry, driver, schedule } = parts;
  /**
   * Orders whose last write was reported as failed, although a crash may show it as done: a disk may keep what it could
   * not sync. Until a later write of such an order succeeds, memory and disk may differ. So the next act on it is
   * written even if it changes nothing.
   */
  const doubtful = new Set<string>();

  const tell = (orderId: string, event: OrderEvent, actor = THE_APP): Told => {
    for (let tries = 0; tries < STALE_TRIES_MAX; tries += 1) {
      const stored = journal.load(orderId);
      if (stored === null) return fail('order-not-found');
      const now = clock.read();
      const stance = stanceTo(parts, stored.order, now);
      const decided = decide(stored.order, event, now, stance);
      if (!decided.ok) return decided;
      const { next, effects, needsCommit } = decided.value;
      if (!needsCommit && !doubtful.has(orderId)) {
        schedule.set(next);
        return ok(stored);
      }
      const entries = entriesOf({ atMs: now.wallMs, actor, event, effects }, stance.resumes);
      const committed = journal.commit(stored, next, entries);
      if (committed.ok) {
        driver.resumed(orderId);
        doubtful.delete(orderId);
        carryOut(parts, committed.value, next, effects);
        return committed;
      }
      if (committed.error.kind === 'duplicate') return isAnother(stored, event, committed.error.orderId);
      if (isTrouble(committed.error)) return notSaved(orderId, event, committed.error.kind, now);
    }
    return fail('not-saved');
  };

  const notSaved = (orderId: string, event: OrderEvent, trouble: JournalTrouble, now: Timestamp): Told => {
    // Reported once for as long as it lasts: a disk may be full for days.
    if (!retry.isTroubled()) log.error({ orderId, event: event.type, trouble }, 'journal not written');
    retry.tried(trouble);
    doubtful.add(orderId);
    schedule.lookAt(orderId, now.monoMs + JOURNAL_RETRY_MS);
    return fail('not-saved');
  };

  /** Writing it would give this entry the number of another entry. */
  const isAnother = (stored: Stored, event: OrderEvent, other: string): Told => {
    if (event.type === 'refund-asked') return fail('refund-under-way');
    // The other entry could reverse the same order while this entry's reverse is in flight. The next query brings them
    // together.
    const tooSoon = event.type === 'query-ended' && stored.order.reverse.out !== null;
    return tooSoon
      ? tell(stored.order.orderId, { ...event, ...BROKEN_CALL })
      : mergedInto(other, stored.order, tell, log);
  };

  return { register: (order, actor = THE_APP) => register(parts, order, actor), tell };
}

function register(parts: OrderWriterParts, order: Order, actor: Actor): Result<Stored, WriteFailure> {
  const { journal, clock, retry, changes, schedule } = parts;
  const atMs = clock.read().wallMs;
  const created = journal.create(order, [{ atMs, actor, event: { type: 'registered' }, effects: [] }]);
  if (!created.ok) {
    if (isTrouble(created.error)) retry.tried(created.error.kind);
    return created;
  }
  retry.tried(null);
  changes.own(created.value);
  schedule.set(order);
  return created;
}

function stanceTo({ driver, calls, slots }: OrderWriterParts, order: Order, now: Timestamp): Stance {
  const drives = driver.isDriving();
  const resumes = drives && (driver.isUnresumed(order.orderId) || calls.hasOrphan(order));
  return { drives, resumes, hasSlot: slots.isFree(order.orderId, order.reverse.count, now.monoMs) };
}

/** The order is on disk: report it, and let the calls leave that may leave now. */
function carryOut(parts: OrderWriterParts, stored: Stored, next: Order, effects: readonly Effect[]): void {
  const { retry, calls, changes, schedule } = parts;
  for (const effect of effects) calls.claim(next.orderId, effect);
  retry.tried(null);
  changes.own(stored);
  for (const effect of effects) calls.send(next, effect);
  schedule.set(next);
}

/** The gateway's answer showed that this is another entry's order. That entry takes the cancel over. */
function mergedInto(other: string, order: Order, tell: OrderWriter['tell'], log: Log): Told {
  if (isCancelling(order)) {
    // Once a reverse has left, it no longer matters whether the order was paid.
    const by = order.reverse.count > 0 ? 'manager' : 'by' in order.phase ? order.phase.by : 'cashier';
    const evenIfPaid = order.reverse.count > 0 || (order.phase.name === 'armed' && order.phase.evenIfPaid);
    const taken = tell(other, { type: 'cancel-handed-over', by, evenIfPaid });
    if (!taken.ok) return taken;
    log.info({ orderId: order.orderId, other }, 'cancel handed to the same order');
  }
  return tell(order.orderId, { type: 'same-as', orderId: other });
}

const isTrouble = (failure: WriteFailure): failure is { readonly kind: JournalTrouble } =>
  failure.kind !== 'stale' && failure.kind !== 'duplicate';
