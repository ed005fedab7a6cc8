import type { Result } from '../../../shared/result.ts';
import type { Reason } from '../../../shared/order/reason.ts';
import type { Actor, Caller } from '../machine/actor.ts';
import type { Effect, EntryEvent, Noted, UnknownEvent } from '../machine/event.ts';
import type { Order } from '../machine/order.ts';

/**
 * What the engine needs of a journal. When a call returns, its write is on disk, or it is not there at all. The SQLite
 * file of one terminal implements it (sqlite-journal.ts). A chain's shared server could implement it too.
 */
export interface Journal {
  /** Adds an order with its first entry. `duplicate` names the order that already holds one of its numbers. */
  create(order: Order, entries: readonly Entry[]): Result<Stored, WriteFailure>;
  /**
   * Replaces `stored` by `next` and appends the entries, all or nothing. `stale`: another process changed the order
   * since it was loaded. Then load it and decide again.
   */
  commit(stored: Stored, next: Order, entries: readonly Entry[]): Result<Stored, WriteFailure>;
  /**
   * Appends an act that changes no order. `orderId`: the order that the act was about. If that order is not in the
   * journal, or is `null`, the entry belongs to no order.
   */
  note(orderId: string | null, entry: NoteEntry): Result<null, WriteFailure>;
  load(orderId: string): Stored | null;
  /** By out_trade_no or by transaction_id. */
  find(number: string): Stored | null;
  /**
   * Orders that the engine must drive, and the ids of rows that no longer parse. Those rows go to a manager and are
   * never dropped.
   */
  open(): { readonly orders: readonly Stored[]; readonly unreadable: readonly string[] };
  /** The same, plus the orders before a manager, in no fixed order. */
  unfinished(): { readonly orders: readonly Stored[]; readonly unreadable: readonly string[] };
  /** Orders with a refund that was asked for here and has not ended, or that a manager has not taken note of. */
  refunding(): { readonly orders: readonly Stored[]; readonly unreadable: readonly string[] };
  /** The order of a refund that was asked for here, by out_refund_no; `null` if it is not one of ours. */
  findRefund(outRefundNo: string): Stored | null;
  /** Newest first. */
  list(filter: ListFilter): readonly Stored[];
  /** The orders of a time range, oldest first: at most `limit` of them, after the row `after`. */
  page(span: Span, after: OrderCursor | null, limit: number): readonly PageRow[];
  /** Oldest first. Entries whose phase cannot be read are left out. */
  history(orderId: string): readonly HistoryRow[];
  /**
   * The last entry's number, and which orders have entries after `seq`. This is how a process sees the writes of
   * others.
   */
  changedSince(seq: number): { readonly seq: number; readonly orderIds: readonly string[] };
  /**
   * From here on `load` finds nothing and writes fail: a call that was in flight may still come back with its answer.
   */
  close(): void;
}

/** An order with its version. Each commit raises the version by one. */
export interface Stored {
  readonly order: Order;
  readonly version: number;
}

export interface Entry {
  /** UTC ms. */
  readonly atMs: number;
  readonly actor: Actor;
  readonly event: EntryEvent;
  readonly effects: readonly Effect[];
}

export interface NoteEntry {
  /** UTC ms. */
  readonly atMs: number;
  readonly actor: Actor;
  readonly event: Noted;
}

export interface HistoryRow extends Omit<Entry, 'event'> {
  readonly seq: number;
  readonly event: EntryEvent | UnknownEvent;
  /** The phase the order was in after this entry; `null` where only a later version knows the phase. */
  readonly phase: Order['phase'] | null;
}

export interface ListFilter {
  readonly standing?: 'open' | 'attention' | 'done';
  readonly limit: number;
}

/** UTC ms: `fromMs` included, `toMs` not. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** An order's position in the order of time. */
export interface OrderCursor {
  readonly createdAtMs: number;
  readonly orderId: string;
}

export interface PageRow extends OrderCursor {
  /** `null` where the row exists but no longer parses. */
  readonly stored: Stored | null;
  /** Who registered it, and who acted on it last; `null` where only the app did. */
  readonly takenBy: PageActor | null;
  readonly lastActedBy: PageActor | null;
  /** The last reason that was given for an act on it. */
  readonly reason: Reason | null;
}

/** A person, as the journal knows them. */
export type PageActor = Pick<Caller, 'who' | 'role'>;

export type JournalTrouble = 'disk-full' | 'read-only' | 'busy' | 'damaged' | 'io';

export type WriteFailure =
  | { readonly kind: JournalTrouble }
  | { readonly kind: 'stale' }
  | { readonly kind: 'duplicate'; readonly orderId: string };
