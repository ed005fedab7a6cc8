/**
 * The loop around the machine: loads an order, lets the machine decide, writes the decision down, and only then acts on
 * it. It never decides anything about an order itself.
 *
 *   event -> load -> step (pure) -> commit (fsync) -> publish, send, wake later
 *
 * Several processes may run an engine over one journal. The one in the driver's seat sends; the others only write down
 * what people did, and the driver finds it there.
 */
import type { NoAnswer, RefusedAct } from '../../../shared/order.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import {
  DRIVER_RETRY_MS,
  JOURNAL_RETRY_MS,
  ORDERS_AT_ONCE_MAX,
  OTHER_QUERIES_AT_ONCE_MAX,
  QUERIES_AT_ONCE_MAX,
  REVERSES_AT_ONCE_MAX,
} from '../../../shared/timing.ts';
import type { Clock, Reading } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Answered, Silence } from '../../wechat/answers.ts';
import type { Gateway } from '../../wechat/gateway.ts';
import { THE_APP, type Actor } from '../machine/actor.ts';
import type { DriverSeat } from './driver-seat.ts';
import type { Effect, OrderEvent } from '../machine/event.ts';
import type { Entry, Journal, JournalTrouble, Stored, WriteFailure } from '../journal/journal.ts';
import type { JournalWatch } from './journal-watch.ts';
import { limiter } from './limiter.ts';
import { nextWakeMonoMs, receive, startedAgain, step, wantsSlot, type Stepped } from '../machine/machine.ts';
import { isCancelling, standingOf, type Order } from '../machine/order.ts';
import { rebasedOrder, windowLeftMs } from '../machine/order-time.ts';
import { reverseSlots } from './reverse-slots.ts';
import { wakeList } from './wake-list.ts';

export interface EngineParts {
  readonly journal: Journal;
  readonly gateway: Pick<Gateway, 'query' | 'reverse' | 'close'>;
  readonly clock: Clock;
  readonly seat: DriverSeat;
  /** Looks now and then whether other processes wrote to the journal. */
  readonly watch: JournalWatch;
  readonly log: Log;
  /** An order as it now is on disk, whoever wrote it. */
  readonly onChange: (stored: Stored) => void;
  /** The journal cannot be written (the reason), or can again (`null`). */
  readonly onTrouble: (trouble: JournalTrouble | null) => void;
  /** Orders whose rows no longer parse: a manager's. */
  readonly onUnreadable: (orderIds: readonly string[]) => void;
  /** Each time the seat was asked for: whether this process drives. */
  readonly onSeat?: (driving: boolean) => void;
}

export interface Engine {
  start(): void;
  /** Sends nothing more, waits at most `withinMs` for the calls that are out, cuts off the rest and leaves the driver's seat. */
  stop(withinMs: number): Promise<void>;
  /** Writes a new order down. */
  register(order: Order, actor?: Actor): Result<Stored, WriteFailure>;
  /** What a person did. On disk when it returns; otherwise `not-saved`, and nothing has changed. */
  tell(orderId: string, event: OrderEvent, actor?: Actor): Result<Stored, RefusedAct | 'not-saved'>;
  /** What the network did. Not lost while this process lives: written as soon as the journal can be written. */
  report(orderId: string, event: OrderEvent): void;
  /** Looks at everything that waits: after a sleep, or when the network is back. */
  wake(): void;
  isDriving(): boolean;
}

/** Tries against other processes' writes to the same order. Each loss means that somebody else made headway. */
const STALE_TRIES_MAX = 20;

export function createEngine(parts: EngineParts): Engine {
  const { journal, gateway, clock, seat, log } = parts;
  const ownVersions = new Map<string, number>();
  const out = new Set<Promise<void>>();
  /** The calls that this process has out, or has the answer of and could not write it down yet. */
  const calls = new Set<string>();
  /** Orders of the driver before this one that have not been written to since. */
  const unresumed = new Set<string>();
  /**
   * Orders of which a write was said to have failed, and may be found done after a crash: a disk may keep what it could
   * not sync. Until something later is written of them, what stands in memory is not what would be found, so the next act
   * is written even where it changes nothing.
   */
  const doubtful = new Set<string>();
  const slots = reverseSlots(REVERSES_AT_ONCE_MAX);
  const queries = limiter(QUERIES_AT_ONCE_MAX, OTHER_QUERIES_AT_ONCE_MAX);
  let serving = false;
  let driving = false;
  let stopped = true;
  let seenSeq = 0;
  let troubled = false;
  /**
   * A journal that could not be written is tried again then, by one write for all that waits: each of a thousand orders
   * would wait for a lock by itself, and nobody at the screen would be heard meanwhile. `null` where it can be written.
   */
  let retryMonoMs: number | null = null;
  let stopPoll = (): void => undefined;

  const said = (trouble: JournalTrouble | null): void => {
    retryMonoMs = trouble === null ? null : clock.read().monoMs + JOURNAL_RETRY_MS;
    if ((trouble !== null) === troubled) return;
    troubled = trouble !== null;
    parts.onTrouble(trouble);
  };

  const published = (stored: Stored): Stored => {
    ownVersions.set(stored.order.orderId, stored.version);
    parts.onChange(stored);
    return stored;
  };

  const register = (order: Order, actor = THE_APP): Result<Stored, WriteFailure> => {
    const atMs = clock.read().wallMs;
    const created = journal.create(order, [{ atMs, actor, event: { type: 'registered' }, effects: [] }]);
    if (!created.ok) {
      if (isTrouble(created.error)) said(created.error.kind);
      return created;
    }
    said(null);
    published(created.value);
    schedule(order);
    return created;
  };

  const tell = (orderId: string, event: OrderEvent, actor = THE_APP): Result<Stored, RefusedAct | 'not-saved'> => {
    for (let tries = 0; tries < STALE_TRIES_MAX; tries += 1) {
      const stored = journal.load(orderId);
      if (stored === null) return fail('order-not-found');
      const now = clock.read();
      const resumes = driving && (unresumed.has(orderId) || hasOrphan(stored.order));
      const order = resumes ? startedAgain(stored.order, now) : stored.order;
      const stepped = driving
        ? step(order, event, now, slots.isFree(order.reverse.count, now.monoMs))
        : onlyReceive(order, event, now);
      if (!stepped.ok) return stepped;
      const { order: stepTo, effects } = stepped.value;
      const changes = stepTo !== stored.order || effects.length > 0;
      const adopted = isAdopted(stored.order, now);
      if (!changes && !adopted && !doubtful.has(orderId)) {
        schedule(stepTo);
        return ok(stored);
      }
      const next = changes || !adopted ? stepTo : rebasedOrder(stepTo, now);
      const committed = journal.commit(stored, next, entriesOf({ atMs: now.wallMs, actor, event, effects }, resumes));
      if (committed.ok) {
        unresumed.delete(orderId);
        doubtful.delete(orderId);
        for (const { kind, n } of effects) {
          calls.add(callKey(orderId, kind, n));
          if (kind === 'send-reverse') slots.take();
        }
        said(null);
        published(committed.value);
        for (const effect of effects) perform(next, effect);
        schedule(next);
        return committed;
      }
      if (committed.error.kind === 'duplicate') {
        // The other entry would reverse the same order while this one's reverse is out; the next query brings them together.
        const tooSoon = event.type === 'query-ended' && stored.order.reverse.out !== null;
        return tooSoon ? tell(orderId, { ...event, ...BROKEN_CALL }) : merged(stored, committed.error.orderId);
      }
      if (isTrouble(committed.error)) {
        // Once for as long as it lasts: a disk may be full for days.
        if (!troubled) log.error({ orderId, event: event.type, trouble: committed.error.kind }, 'journal not written');
        said(committed.error.kind);
        doubtful.add(orderId);
        wakes.set(orderId, now.monoMs + JOURNAL_RETRY_MS);
        return fail('not-saved');
      }
    }
    return fail('not-saved');
  };

  /**
   * Under way, and last written by another process. What has passed of its window is a guess across processes, and by a
   * wall clock that was set back no time at all passes: the driver must put it into terms of its own clock, once.
   */
  const isAdopted = (order: Order, now: Reading): boolean =>
    driving && order.run !== now.run && standingOf(order) === 'open';

  /**
   * Marked as out, and yet no call of this process's. Only a driver calls, and this process is the driver: whoever had it
   * out is gone, and its answer will never come.
   */
  const hasOrphan = ({ orderId, query, reverse }: Order): boolean =>
    (query.out !== null && !calls.has(callKey(orderId, 'send-query', query.out.n))) ||
    (reverse.out !== null && !calls.has(callKey(orderId, 'send-reverse', reverse.out.n)));

  /** The gateway's answer showed that this is another entry's order: that one takes the cancel over. */
  const merged = ({ order }: Stored, other: string): Result<Stored, RefusedAct | 'not-saved'> => {
    if (isCancelling(order)) {
      // Once a reverse has left, paid or not is no longer a question.
      const by = order.reverse.count > 0 ? 'manager' : 'by' in order.phase ? order.phase.by : 'cashier';
      const evenIfPaid = order.reverse.count > 0 || (order.phase.name === 'armed' && order.phase.evenIfPaid);
      const taken = tell(other, { type: 'cancel-handed-over', by, evenIfPaid });
      if (!taken.ok) return taken;
      log.info({ orderId: order.orderId, other }, 'cancel handed to the same order');
    }
    return tell(order.orderId, { type: 'same-as', orderId: other });
  };

  /** How long what the app does by itself waits for a journal that could not be written; 0 where it may be tried. */
  const untilRetryMs = (): number => (retryMonoMs === null ? 0 : Math.max(0, retryMonoMs - clock.read().monoMs));

  const report = (orderId: string, event: OrderEvent): void => {
    const told = untilRetryMs() > 0 && !stopped ? fail('not-saved' as const) : tell(orderId, event);
    if (!told.ok && told.error === 'not-saved' && !stopped) {
      clock.after(untilRetryMs() || JOURNAL_RETRY_MS, () => {
        report(orderId, event);
      });
      return;
    }
    if (event.type === 'query-ended') calls.delete(callKey(orderId, 'send-query', event.n));
    if (event.type === 'reverse-ended') calls.delete(callKey(orderId, 'send-reverse', event.n));
  };

  const perform = (order: Order, { kind, n }: Effect): void => {
    const isQuery = kind === 'send-query';
    const send = async (): Promise<void> => {
      if (stopped) return;
      try {
        if (isQuery) report(order.orderId, { type: 'query-ended', n, ...(await gateway.query(order)) });
        else report(order.orderId, { type: 'reverse-ended', n, ...(await gateway.reverse(order)) });
      } catch (error) {
        // A bug in the call must not leave the order waiting for ever: its outcome is unknown like any other.
        log.error({ orderId: order.orderId, kind, error }, 'a call broke');
        report(order.orderId, { type: isQuery ? 'query-ended' : 'reverse-ended', n, ...BROKEN_CALL });
      }
    };
    const sent = (): Promise<void> => {
      const sending = send().finally(() => out.delete(sending));
      out.add(sending);
      return sending;
    };
    if (isQuery) {
      // Whoever has hardly been tried yet has somebody standing there.
      queries(sent, order.reverse.count <= 1);
      return;
    }
    sent()
      .finally(() => {
        slots.giveBack();
        serveLine();
      })
      .catch((error: unknown) => {
        log.error({ orderId: order.orderId, kind, error }, 'the line for a slot broke');
      });
  };

  const schedule = (order: Order): void => {
    if (!driving) return;
    const { orderId, phase, reverse } = order;
    const now = clock.read();
    const waits = wantsSlot(order, now);
    if (waits) slots.wait(orderId, reverse.count);
    else slots.forget(orderId);
    if (phase.name === 'armed') slots.keepFor(orderId, now.monoMs + windowLeftMs(rebasedOrder(order, now), now));
    const wake = nextWakeMonoMs(order, now, waits);
    if (wake === null) wakes.delete(orderId);
    else wakes.set(orderId, wake);
    serveLine();
  };

  /** Gives the slots that are free to those who wait for one. */
  const serveLine = (): void => {
    if (serving || stopped || !driving) return;
    serving = true;
    const told = new Set<string>();
    const upNext = (): string | null => (untilRetryMs() > 0 ? null : slots.next(told, clock.read().monoMs));
    try {
      for (let next = upNext(); next !== null; next = upNext()) {
        told.add(next);
        // Not written down: it is woken to try again, and then takes its place anew.
        if (!tell(next, { type: 'timer' }).ok) slots.forget(next);
      }
    } finally {
      serving = false;
    }
  };

  /** Looks at an order that is due, unless it must wait for the journal. */
  const look = (orderId: string): void => {
    if (untilRetryMs() > 0) wakes.set(orderId, retryMonoMs ?? 0);
    else tell(orderId, { type: 'timer' });
  };

  const wakes = wakeList(clock, look, () => retryMonoMs ?? -Infinity);

  const poll = (): void => {
    const { seq, orderIds } = journal.changedSince(seenSeq);
    seenSeq = seq;
    for (const orderId of orderIds) {
      const stored = journal.load(orderId);
      if (stored === null || ownVersions.get(orderId) === stored.version) continue;
      published(stored);
      if (driving) look(orderId);
    }
    ownVersions.clear();
  };

  const takeSeat = (): void => {
    if (stopped) return;
    driving = seat.take();
    parts.onSeat?.(driving);
    if (!driving) {
      clock.after(DRIVER_RETRY_MS, takeSeat);
      return;
    }
    const { orders, unreadable } = journal.open();
    log.info({ open: orders.length, unreadable: unreadable.length }, 'driving the journal');
    if (unreadable.length > 0) parts.onUnreadable(unreadable);
    for (const { order } of orders) unresumed.add(order.orderId);
    resume(orders.map(({ order }) => order.orderId));
    resume(askedAboutOn());
  };

  /** Those before a manager, of which proof may still come. */
  const askedAboutOn = (): string[] =>
    journal
      .unfinished()
      .orders.flatMap(({ order: { phase, query, orderId } }) =>
        phase.name === 'attention' && (query.out !== null || query.dueMonoMs !== null) ? [orderId] : [],
      );

  /** A few at a time: each is a write to the disk, and whoever stands at the screen must not wait for a thousand of them. */
  const resume = (orderIds: readonly string[]): void => {
    if (stopped) return;
    for (const orderId of orderIds.slice(0, ORDERS_AT_ONCE_MAX)) look(orderId);
    const rest = orderIds.slice(ORDERS_AT_ONCE_MAX);
    if (rest.length > 0) {
      clock.after(0, () => {
        resume(rest);
      });
    }
  };

  return {
    start() {
      stopped = false;
      seenSeq = journal.changedSince(Number.MAX_SAFE_INTEGER).seq;
      takeSeat();
      stopPoll = parts.watch(poll);
    },
    async stop(withinMs) {
      stopped = true;
      wakes.stop();
      stopPoll();
      await new Promise<void>((resolve) => {
        const callOff = clock.after(withinMs, resolve);
        void Promise.allSettled(out).then(() => {
          callOff();
          resolve();
        });
      });
      // Whoever takes the seat next must be the only one with a call out.
      gateway.close();
      driving = false;
      // Cut off, and nobody's any more: taken up anew, also by this process, each counts as a dead one's.
      calls.clear();
      seat.leave();
    },
    register,
    tell,
    report,
    wake: () => {
      wakes.runDue();
    },
    isDriving: () => driving,
  };
}

/** What was taken over is written with the first thing that happens to it, never by itself later on. */
function entriesOf(entry: Entry, resumes: boolean): Entry[] {
  if (!resumes) return [entry];
  const resumed = { atMs: entry.atMs, actor: THE_APP, event: STARTED_AGAIN };
  return entry.event.type === 'timer' ? [{ ...resumed, effects: entry.effects }] : [{ ...resumed, effects: [] }, entry];
}

const STARTED_AGAIN: OrderEvent = { type: 'started-again' };

const unanswered = (why: NoAnswer): Answered<Silence> => ({
  answer: { kind: 'no-answer', why, text: null },
  host: '-',
  latencyMs: 0,
});
const BROKEN_CALL = unanswered('interrupted');

const callKey = (orderId: string, kind: Effect['kind'], n: number): string => `${kind} ${String(n)} ${orderId}`;

const onlyReceive = (...args: Parameters<typeof receive>): Result<Stepped, RefusedAct> => {
  const received = receive(...args);
  return received.ok ? ok({ order: received.value, effects: [] }) : received;
};

const isTrouble = (failure: WriteFailure): failure is { readonly kind: JournalTrouble } =>
  failure.kind !== 'stale' && failure.kind !== 'duplicate';
