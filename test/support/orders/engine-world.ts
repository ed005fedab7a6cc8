/** Engines over one real journal file, a clock that stands still, and a gateway that answers from a script. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../../electron/base/log.ts';
import type { Clock } from '../../../electron/base/clock.ts';
import { steadyAt } from '../../../electron/base/watched-clock.ts';
import { leaderLock } from '../../../electron/orders/engine/leader-lock.ts';
import { createEngine, type Engine } from '../../../electron/orders/engine/engine.ts';
import { openJournal } from '../../../electron/orders/open-journal.ts';
import type { Journal, JournalTrouble, Stored, WriteFailure } from '../../../electron/orders/journal/journal.ts';
import { pollingWatch, type JournalWatch } from '../../../electron/orders/engine/journal-watch.ts';
import { orderEntered, type Order } from '../../../electron/orders/machine/order.ts';
import type { Answered, QueryAnswer, ReverseAnswer } from '../../../electron/wechat/answers.ts';
import type { Gateway } from '../../../electron/wechat/gateway.ts';
import type { OrderRef } from '../../../electron/wechat/face-pay.ts';
import type { TradeState } from '../../../shared/order/order.ts';
import { TEST_KEY } from '../secrets/audit-keys.ts';

const where = { host: 'gateway', latencyMs: 5 };

/** Answers at once unless told to hold; counts its calls. */
export class ScriptedGateway {
  state: TradeState = 'NOTPAY';
  readonly reversed: string[] = [];
  readonly queried: string[] = [];
  atOnce = 0;
  atOnceMax = 0;
  onReverse: (ref: OrderRef) => Promise<ReverseAnswer> | ReverseAnswer = () => {
    this.state = 'CLOSED';
    return { kind: 'accepted', recall: 'N' };
  };

  query = (ref: OrderRef): Promise<Answered<QueryAnswer>> => {
    const number = ref.outTradeNo ?? ref.transactionId ?? '';
    this.queried.push(number);
    const { state } = this;
    const answer: QueryAnswer = {
      kind: 'seen',
      tradeState: state,
      outTradeNo: number,
      transactionId: null,
      amountFen: null,
    };
    return Promise.resolve({ answer, ...where });
  };

  reverse = async (ref: OrderRef): Promise<Answered<ReverseAnswer>> => {
    this.reversed.push(ref.outTradeNo ?? '');
    this.atOnce += 1;
    this.atOnceMax = Math.max(this.atOnceMax, this.atOnce);
    const answer = await this.onReverse(ref);
    this.atOnce -= 1;
    return { answer, ...where };
  };
}

export interface World {
  readonly engine: Engine;
  readonly journal: Journal;
  /** The clock as this process reads it, with a name of its own. */
  readonly clock: Clock;
  readonly changes: Stored[];
  readonly troubles: (JournalTrouble | null)[];
  /** As with kill -9: no message is sent, and the operating system releases the leader lock. */
  die(): void;
}

/** Every process reads its clock with a name of its own. */
let worlds = 0;

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'facepay-engine-'));

export function openWorld(
  folder: string,
  clock: Clock,
  gateway: Pick<ScriptedGateway, 'query' | 'reverse'> & Partial<Pick<Gateway, 'refund' | 'refundStatus'>>,
  hooks: {
    readonly journal?: (journal: Journal) => Journal;
    readonly onChange?: (stored: Stored) => void;
    readonly watch?: (clock: Clock) => JournalWatch;
    readonly lockWaitMs?: number;
  } = {},
): World {
  const opened = openJournal(join(folder, 'journal.sqlite'), 'practice', clock.read().wallMs, TEST_KEY, {
    lockWaitMs: hooks.lockWaitMs,
  });
  if (!opened.ok) throw new Error(opened.error);
  const journal = hooks.journal?.(opened.value.journal) ?? opened.value.journal;
  const lock = leaderLock(join(folder, 'driver.lock'));
  const changes: Stored[] = [];
  const troubles: (JournalTrouble | null)[] = [];
  let alive = true;
  const run = `${clock.read().run}/${String((worlds += 1))}`;
  // A dead process has no timers.
  const own: Clock = {
    read: () => ({ ...clock.read(), run }),
    after: (ms, act) =>
      clock.after(ms, () => {
        if (alive) act();
      }),
  };
  const engine = createEngine({
    journal,
    gateway: {
      query: (ref) => (alive ? gateway.query(ref) : new Promise(() => undefined)),
      reverse: (ref) => (alive ? gateway.reverse(ref) : new Promise(() => undefined)),
      refund: (request) => (alive ? gateway.refund?.(request) : undefined) ?? new Promise(() => undefined),
      refundStatus: (ref) => (alive ? gateway.refundStatus?.(ref) : undefined) ?? new Promise(() => undefined),
      close: () => undefined,
    },
    clock: own,
    lock,
    watch: (hooks.watch ?? pollingWatch)(own),
    log: silentLog,
    onChange: (stored) => {
      changes.push(stored);
      hooks.onChange?.(stored);
    },
    onTrouble: (trouble) => troubles.push(trouble),
    onUnreadable: (orderIds) => {
      throw new Error(`unreadable: ${orderIds.join()}`);
    },
  });
  return {
    engine,
    journal,
    clock: own,
    changes,
    troubles,
    die() {
      alive = false;
      lock.release();
      journal.close();
    },
  };
}

/** An order paid elsewhere a while ago, so that its window is over. */
export const elsewhere = (outTradeNo: string, clock: Clock, paidAgoMs = 20_000): Order => {
  const now = clock.read();
  const ids = { orderId: outTradeNo, outTradeNo, transactionId: null, family: 'facepay', amountFen: null } as const;
  return orderEntered(ids, now.wallMs - paidAgoMs, now, steadyAt(now.wallMs));
};

/** The same journal, whose writes fail while `failing` gives an error. */
export function unreliable(journal: Journal, failing: () => WriteFailure | null): Journal {
  const unless = <Value>(act: () => Value): Value | { ok: false; error: WriteFailure } => {
    const error = failing();
    return error === null ? act() : { ok: false, error };
  };
  return {
    ...journal,
    create: (...args) => unless(() => journal.create(...args)),
    commit: (...args) => unless(() => journal.commit(...args)),
  };
}
