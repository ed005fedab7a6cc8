import type { Result } from '../../../shared/result.ts';
import type { Reason } from '../../../shared/reason.ts';
import type { Actor, Caller } from '../machine/actor.ts';
import type { Effect, EntryEvent, Noted, UnknownEvent } from '../machine/event.ts';
import type { Order } from '../machine/order.ts';

/**
 * What the engine needs of a journal. Every write is on disk when the call returns, or it is not there at all. The
 * SQLite file of one terminal implements it (sqlite-journal.ts); a chain's shared server could as well.
 */
export interface Journal {
  /** Adds an order with its first entry. `duplicate` names the order that holds one of its numbers already. */
  create(order: Order, entries: readonly Entry[]): Result<Stored, WriteFailure>;
  /**
   * Replaces `stored` by `next` and appends the entries, all or nothing. `stale`: another process changed the order
   * since it was loaded; load it again and decide again.
   */
  commit(stored: Stored, next: Order, entries: readonly Entry[]): Result<Stored, WriteFailure>;
  /**
   * Appends an act that changes no order. `orderId`: the order it was about; an order that is not here, or `null`, leaves
   * the entry without one.
   */
  note(orderId: string | null, entry: NoteEntry): Result<null, WriteFailure>;
  load(orderId: string): Stored | null;
  /** By out_trade_no or transaction_id, whichever the number is. */
  find(number: string): Stored | null;
  /** Orders that the engine must drive, and the ids of rows that no longer parse: those are a manager's, never dropped. */
  open(): { readonly orders: readonly Stored[]; readonly unreadable: readonly string[] };
  /** The same and those before a manager, in no order. */
  unfinished(): { readonly orders: readonly Stored[]; readonly unreadable: readonly string[] };
  /** Newest first. */
  list(filter: ListFilter): readonly Stored[];
  /** The orders of a stretch of time, oldest first, at most `limit` of them from behind `after` on. */
  page(span: Span, after: Place | null, limit: number): readonly PageRow[];
  /** Oldest first. Entries of which not even the phase can be read are left out. */
  history(orderId: string): readonly HistoryRow[];
  /** The last entry's number, and which orders have entries after `seq`. This is how processes see each other's writes. */
  changedSince(seq: number): { readonly seq: number; readonly orderIds: readonly string[] };
  /** From here on `load` finds nothing and writes fail: a call that was out may still come back with its answer. */
  close(): void;
}

/** An order with its version: it rises by one a commit. */
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
  /** The phase the order was in after this entry; `null` where it is one that only a later version knows. */
  readonly phase: Order['phase'] | null;
}

export interface ListFilter {
  readonly standing?: 'open' | 'attention' | 'done';
  readonly limit: number;
}

/** UTC ms: from `fromMs` on, and before `toMs`. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** An order's place in the order of time. */
export interface Place {
  readonly createdAtMs: number;
  readonly orderId: string;
}

export interface PageRow extends Place {
  /** `null` where the row no longer parses: it is there all the same. */
  readonly stored: Stored | null;
  /** Who registered it, and who acted on it last; `null` where nobody but the app did. */
  readonly takenBy: PageActor | null;
  readonly lastActedBy: PageActor | null;
  /** The reason that was last given for an act on it. */
  readonly reason: Reason | null;
}

/** A person, as the journal knows them. */
export type PageActor = Pick<Caller, 'who' | 'role'>;

export type JournalTrouble = 'disk-full' | 'read-only' | 'busy' | 'damaged' | 'io';

export type WriteFailure =
  | { readonly kind: JournalTrouble }
  | { readonly kind: 'stale' }
  | { readonly kind: 'duplicate'; readonly orderId: string };
