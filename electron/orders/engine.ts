/**
 * The loop around the machine: loads an order, lets the machine decide, writes the decision down, and only then acts on
 * it. It never decides anything about an order itself.
 *
 *   event -> load -> step (pure) -> commit (fsync) -> publish, send, wake later
 *
 * Several processes may run an engine over one journal. The one in the driver's seat sends; the others only write down
 * what people did, and the driver finds it there.
 */
import type { RefusedAct } from '../../shared/order.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import {
  DRIVER_RETRY_MS,
  JOURNAL_POLL_MS,
  JOURNAL_RETRY_MS,
  QUERIES_AT_ONCE_MAX,
  REVERSES_AT_ONCE_MAX,
  WAKE_MAX_MS,
} from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Gateway } from '../wechat/gateway.ts';
import { THE_APP, type Actor } from './actor.ts';
import type { DriverSeat } from './driver-seat.ts';
import type { Effect, OrderEvent } from './event.ts';
import type { Journal, JournalTrouble, Stored, WriteFailure } from './journal.ts';
import { limiter } from './limiter.ts';
import { nextWakeMonoMs, receive, step, type Stepped } from './machine.ts';
import type { Order } from './order.ts';

export interface EngineParts {
  readonly journal: Journal;
  readonly gateway: Pick<Gateway, 'query' | 'reverse'>;
  readonly clock: Clock;
  readonly seat: DriverSeat;
  readonly log: Log;
  /** An order as it now is on disk, whoever wrote it. */
  readonly onChange: (stored: Stored) => void;
  /** The journal cannot be written (the reason), or can again (`null`). */
  readonly onTrouble: (trouble: JournalTrouble | null) => void;
  /** Orders whose rows no longer parse: a manager's. */
  readonly onUnreadable: (orderIds: readonly string[]) => void;
}

export interface Engine {
  start(): void;
  /** Sends nothing more, waits at most `withinMs` for the calls that are out, then leaves the driver's seat. */
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
  const wakes = new Map<string, number>();
  const ownVersions = new Map<string, number>();
  const out = new Set<Promise<void>>();
  const reverses = limiter(REVERSES_AT_ONCE_MAX);
  const queries = limiter(QUERIES_AT_ONCE_MAX);
  let driving = false;
  let stopped = true;
  let seenSeq = 0;
  let troubled = false;
  let stopTimer = (): void => undefined;
  let stopPoll = (): void => undefined;

  const said = (trouble: JournalTrouble | null): void => {
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
      const stepped = driving ? step(stored.order, event, now) : onlyReceive(stored.order, event, now);
      if (!stepped.ok) return stepped;
      const { order, effects } = stepped.value;
      if (order === stored.order && effects.length === 0) {
        schedule(order);
        return ok(stored);
      }
      const committed = journal.commit(stored, order, [{ atMs: now.wallMs, actor, event, effects }]);
      if (committed.ok) {
        said(null);
        published(committed.value);
        for (const effect of effects) perform(order, effect);
        schedule(order);
        return committed;
      }
      if (committed.error.kind === 'duplicate') return merged(stored, committed.error.orderId);
      if (isTrouble(committed.error)) {
        said(committed.error.kind);
        wakeAt(orderId, now.monoMs + JOURNAL_RETRY_MS);
        log.error({ orderId, event: event.type, trouble: committed.error.kind }, 'journal not written');
        return fail('not-saved');
      }
    }
    return fail('not-saved');
  };

  /** The gateway's answer showed that this is another entry's order: that one takes the cancel over. */
  const merged = ({ order }: Stored, other: string): Result<Stored, RefusedAct | 'not-saved'> => {
    if (order.phase.name === 'armed' || order.phase.name === 'reversing' || order.phase.name === 'confirming') {
      const by = order.phase.name === 'armed' ? order.phase.by : 'manager';
      const taken = tell(other, { type: 'cancel-tapped', by });
      log.info({ orderId: order.orderId, other, taken: taken.ok }, 'cancel handed to the same order');
      if (!taken.ok && taken.error === 'not-saved') return taken;
    }
    return tell(order.orderId, { type: 'same-as', orderId: other });
  };

  const report = (orderId: string, event: OrderEvent): void => {
    const told = tell(orderId, event);
    if (!told.ok && told.error === 'not-saved' && !stopped) {
      clock.after(JOURNAL_RETRY_MS, () => {
        report(orderId, event);
      });
    }
  };

  const perform = (order: Order, { kind, n }: Effect): void => {
    const send = async (): Promise<void> => {
      if (stopped) return;
      const isQuery = kind === 'send-query';
      try {
        if (isQuery) report(order.orderId, { type: 'query-ended', n, ...(await gateway.query(order)) });
        else report(order.orderId, { type: 'reverse-ended', n, ...(await gateway.reverse(order)) });
      } catch (error) {
        // A bug in the call must not leave the order waiting for ever: its outcome is unknown like any other.
        log.error({ orderId: order.orderId, kind, error }, 'a call broke');
        report(order.orderId, { type: isQuery ? 'query-ended' : 'reverse-ended', n, ...BROKEN_CALL });
      }
    };
    (kind === 'send-query' ? queries : reverses)(() => {
      const sending = send().finally(() => out.delete(sending));
      out.add(sending);
      return sending;
    });
  };

  const schedule = (order: Order): void => {
    if (!driving) return;
    const wake = nextWakeMonoMs(order, clock.read());
    if (wake === null) wakes.delete(order.orderId);
    else wakeAt(order.orderId, wake);
  };

  const wakeAt = (orderId: string, monoMs: number): void => {
    wakes.set(orderId, monoMs);
    rearm();
  };

  const rearm = (): void => {
    stopTimer();
    if (stopped || wakes.size === 0) return;
    const wait = Math.min(...wakes.values()) - clock.read().monoMs;
    stopTimer = clock.after(Math.min(Math.max(0, wait), WAKE_MAX_MS), runDue);
  };

  const runDue = (): void => {
    const { monoMs } = clock.read();
    for (const [orderId, due] of [...wakes]) {
      if (due > monoMs) continue;
      wakes.delete(orderId);
      tell(orderId, { type: 'timer' });
    }
    rearm();
  };

  const poll = (): void => {
    const { seq, orderIds } = journal.changedSince(seenSeq);
    seenSeq = seq;
    for (const orderId of orderIds) {
      const stored = journal.load(orderId);
      if (stored === null || ownVersions.get(orderId) === stored.version) continue;
      published(stored);
      if (driving) tell(orderId, { type: 'timer' });
    }
    ownVersions.clear();
    if (!stopped) stopPoll = clock.after(JOURNAL_POLL_MS, poll);
  };

  const takeSeat = (): void => {
    if (stopped) return;
    driving = seat.take();
    if (!driving) {
      clock.after(DRIVER_RETRY_MS, takeSeat);
      return;
    }
    const { orders, unreadable } = journal.open();
    log.info({ open: orders.length, unreadable: unreadable.length }, 'driving the journal');
    if (unreadable.length > 0) parts.onUnreadable(unreadable);
    // Only a driver calls, and this process has just become one: whatever is marked as out will never be answered.
    for (const { order } of orders) report(order.orderId, { type: 'started-again' });
  };

  return {
    start() {
      stopped = false;
      seenSeq = journal.changedSince(Number.MAX_SAFE_INTEGER).seq;
      takeSeat();
      poll();
    },
    async stop(withinMs) {
      stopped = true;
      stopTimer();
      stopPoll();
      await new Promise<void>((resolve) => {
        const callOff = clock.after(withinMs, resolve);
        void Promise.allSettled(out).then(() => {
          callOff();
          resolve();
        });
      });
      driving = false;
      seat.leave();
    },
    register,
    tell,
    report,
    wake: runDue,
    isDriving: () => driving,
  };
}

const BROKEN_CALL = {
  answer: { kind: 'no-answer', why: 'interrupted', text: null },
  host: '-',
  latencyMs: 0,
} as const;

const onlyReceive = (...args: Parameters<typeof receive>): Result<Stepped, RefusedAct> => {
  const received = receive(...args);
  return received.ok ? ok({ order: received.value, effects: [] }) : received;
};

const isTrouble = (failure: WriteFailure): failure is { readonly kind: JournalTrouble } =>
  failure.kind !== 'stale' && failure.kind !== 'duplicate';
