/**
 * The journal's promises (electron/orders/journal/journal.ts) kept in memory: one disk, and a handle on it for each
 * process. test/simulation/world/memory-journal.test.ts compares it with the SQLite file. Its writes can be made to fail.
 */
import { fail, ok, type Result } from '../../../shared/result.ts';
import type {
  Entry,
  HistoryRow,
  Journal,
  JournalTrouble,
  ListFilter,
  Stored,
  WriteFailure,
} from '../../../electron/orders/journal/journal.ts';
import { restsAs, standingOf, type Order } from '../../../electron/orders/machine/order.ts';
import { refundStandingOf } from '../../../electron/orders/machine/refund.ts';

/**
 * What happens to a write: `null` lets it succeed. `kept`: reported as failed, yet found again after all processes are
 * gone.
 */
export type WriteFate = { readonly trouble: JournalTrouble; readonly kept: boolean } | null;

/** Around each write of a process. `after` runs once the write is on disk. */
export interface WriteHooks {
  before(): WriteFate;
  after(before: Order | null, next: Order, entries: readonly Entry[]): void;
}

const NO_HOOKS: WriteHooks = { before: () => null, after: () => undefined };

interface Row extends HistoryRow {
  readonly orderId: string;
}

export class MemoryDisk {
  readonly rows: Row[] = [];
  readonly #orders = new Map<string, Stored>();
  readonly #byOutTradeNo = new Map<string, string>();
  readonly #byTransactionId = new Map<string, string>();
  #failedYetKept: (() => void) | null = null;

  get orders(): readonly Stored[] {
    return [...this.#orders.values()];
  }

  /** All processes are gone: a write that was reported as failed but is still in the file's log counts now. */
  recover(): void {
    this.#failedYetKept?.();
    this.#failedYetKept = null;
  }

  load(orderId: string): Stored | null {
    return this.#orders.get(orderId) ?? null;
  }

  find(number: string): Stored | null {
    const orderId = this.#byOutTradeNo.get(number) ?? this.#byTransactionId.get(number);
    return orderId === undefined ? null : this.load(orderId);
  }

  findRefund(outRefundNo: string): Stored | null {
    return (
      this.orders.find(({ order }) => order.ourRefunds.some((refund) => refund.outRefundNo === outRefundNo)) ?? null
    );
  }

  /** A handle for one process. After `close` it finds nothing and its writes fail. */
  open(hooks: WriteHooks = NO_HOOKS): Journal {
    let isOpen = true;
    const write = (
      act: () => Result<Stored, WriteFailure>,
      before: Order | null,
      next: Order,
      entries: readonly Entry[],
    ): Result<Stored, WriteFailure> => {
      if (!isOpen) return fail({ kind: 'io' });
      const fate = hooks.before();
      if (fate !== null) {
        if (fate.kept) this.#failedYetKept = act;
        return fail({ kind: fate.trouble });
      }
      const done = act();
      if (!done.ok) return done;
      // The next write takes the failed one's place in the log.
      this.#failedYetKept = null;
      hooks.after(before, next, entries);
      return done;
    };
    return {
      create: (order, entries) => write(() => this.#create(order, entries), null, order, entries),
      commit: (stored, next, entries) => write(() => this.#commit(stored, next, entries), stored.order, next, entries),
      note: () => fail({ kind: 'io' }),
      load: (orderId) => (isOpen ? this.load(orderId) : null),
      find: (number) => this.find(number),
      open: () => ({ orders: this.orders.filter(({ order }) => standingOf(order) === 'open'), unreadable: [] }),
      unfinished: () => ({ orders: this.orders.filter(({ order }) => standingOf(order) !== 'done'), unreadable: [] }),
      refunding: () => ({
        orders: this.orders.filter(({ order }) =>
          order.ourRefunds.some((refund) => refundStandingOf(refund) !== 'done'),
        ),
        unreadable: [],
      }),
      findRefund: (outRefundNo) => this.findRefund(outRefundNo),
      list: ({ standing, limit }: ListFilter) =>
        this.orders
          .filter(({ order }) => standing === undefined || standingOf(order) === standing)
          .sort((a, b) => b.order.createdAtMs - a.order.createdAtMs)
          .slice(0, limit),
      page: () => [],
      history: (orderId) => this.rows.filter((row) => row.orderId === orderId).map(({ orderId: _, ...row }) => row),
      changedSince: (seq) => ({
        seq: this.rows.length,
        orderIds: [...new Set(this.rows.slice(Math.min(seq, this.rows.length)).map(({ orderId }) => orderId))],
      }),
      close: () => {
        isOpen = false;
      },
    };
  }

  #create(order: Order, entries: readonly Entry[]): Result<Stored, WriteFailure> {
    const { holder, resting } = this.#namesakes(order);
    const duplicate = holder ?? (this.#orders.has(order.orderId) ? order.orderId : null);
    if (duplicate !== null) return fail({ kind: 'duplicate', orderId: duplicate });
    for (const each of resting) this.#forgetNumbers(each);
    return ok(this.#put(order, 1, entries));
  }

  #commit(stored: Stored, next: Order, entries: readonly Entry[]): Result<Stored, WriteFailure> {
    const { holder, resting } = restsAs(next) === null ? this.#namesakes(next) : { holder: null, resting: [] };
    if (holder !== null) return fail({ kind: 'duplicate', orderId: holder });
    for (const { outRefundNo } of next.ourRefunds) {
      const other = this.findRefund(outRefundNo)?.order.orderId ?? next.orderId;
      if (other !== next.orderId) return fail({ kind: 'duplicate', orderId: other });
    }
    if (this.#orders.get(next.orderId)?.version !== stored.version) return fail({ kind: 'stale' });
    for (const each of resting) this.#forgetNumbers(each);
    return ok(this.#put(next, stored.version + 1, entries));
  }

  #put(order: Order, version: number, entries: readonly Entry[]): Stored {
    if (restsAs(order) === null) {
      const before = this.#orders.get(order.orderId)?.order;
      if (before !== undefined) this.#forgetNumbers(before);
      if (order.outTradeNo !== null) this.#byOutTradeNo.set(order.outTradeNo, order.orderId);
      if (order.transactionId !== null) this.#byTransactionId.set(order.transactionId, order.orderId);
    }
    const stored = { order, version };
    this.#orders.set(order.orderId, stored);
    for (const entry of entries)
      this.rows.push({ ...entry, seq: this.rows.length + 1, phase: order.phase, orderId: order.orderId });
    return stored;
  }

  /**
   * Another order that has one of these numbers; and the entries that rest as this one, which give up their numbers to
   * it.
   */
  #namesakes(order: Order): { readonly holder: string | null; readonly resting: readonly Order[] } {
    const resting: Order[] = [];
    for (const [numbers, number] of [
      [this.#byOutTradeNo, order.outTradeNo],
      [this.#byTransactionId, order.transactionId],
    ] as const) {
      const holder = number === null ? undefined : numbers.get(number);
      const held = holder === undefined || holder === order.orderId ? undefined : this.#orders.get(holder)?.order;
      if (held === undefined) continue;
      if (restsAs(held) !== order.orderId) return { holder: held.orderId, resting: [] };
      resting.push(held);
    }
    return { holder: null, resting };
  }

  #forgetNumbers({ orderId, outTradeNo, transactionId }: Order): void {
    if (outTradeNo !== null && this.#byOutTradeNo.get(outTradeNo) === orderId) this.#byOutTradeNo.delete(outTradeNo);
    if (transactionId !== null && this.#byTransactionId.get(transactionId) === orderId)
      this.#byTransactionId.delete(transactionId);
  }
}
