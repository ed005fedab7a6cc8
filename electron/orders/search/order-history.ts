/**
 * Pages of orders and their totals. The search runs a few milliseconds at a time, so that the till never waits for it.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { dayFromIso } from '../../../shared/beijing-day.ts';
import type { HistoryFilter, HistoryListRow, HistoryPage, HistoryTotals } from '../../../shared/contract/history.ts';
import type { Clock } from '../../base/clock.ts';
import type { FoundOrders } from './found-orders.ts';
import type { FoundRow } from './found-row.ts';
import type { Span } from '../journal/journal.ts';
import type { OrderSearch } from './order-search.ts';
import type { TallyRow } from './order-tally.ts';
import type { OrderFilter } from './order-filter.ts';

export interface PageRequest {
  readonly filter: HistoryFilter;
  readonly upTo: number | null;
  readonly offset: number;
  readonly limit: number;
}

export interface OrderHistory {
  /** Answers as soon as the rows are known. The total may still grow then. */
  page(request: PageRequest): Promise<HistoryPage>;
  totals(filter: HistoryFilter, upTo: number): Promise<HistoryTotals>;
  /** The orders of a time range, added up by person and state. */
  tally(span: Span): Promise<readonly TallyRow[]>;
}

/** What is looked through step by step. */
type Steps = Pick<FoundOrders, 'left' | 'look'>;

/** How long one step of a search may keep main busy. Slower machines take smaller steps. */
const STEP_MS = 8;
/** Units of the first step. Enough for a common part of a number to fill the first page. */
const FIRST_STEP = 8;
const LARGEST_STEP = 64;
/** Searches whose counts are kept, so that scrolling does not count again. */
const KEPT_MAX = 4;

export function orderHistory(search: OrderSearch, clock: Pick<Clock, 'read'>): OrderHistory {
  const kept = new Map<string, FoundOrders>();
  const pace = pacer(clock);

  const found = (filter: HistoryFilter, upTo: number | null): FoundOrders => {
    const known = upTo === null ? undefined : kept.get(keyOf(filter, upTo));
    const orders = known ?? search.find(orderFilterOf(filter), upTo);
    const key = keyOf(filter, orders.upTo);
    // Removed and added again: the map keeps the order, so the search that was unused longest is dropped first.
    kept.delete(key);
    kept.set(key, orders);
    for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT_MAX))) kept.delete(old);
    return orders;
  };

  let indexing = false;
  const index = async (): Promise<void> => {
    if (indexing) return;
    indexing = true;
    // A person who waits for an answer goes first: the first pass through a million orders takes a while.
    while (searching > 0 || search.indexMore()) await nextTurn();
    indexing = false;
  };
  let searching = 0;
  const lookUntil = async (orders: Steps, isEnough: () => boolean): Promise<void> => {
    searching += 1;
    try {
      while (!isEnough()) await pace(orders);
    } finally {
      searching -= 1;
    }
  };

  return {
    async page({ filter, upTo, offset, limit }) {
      // A person who opens the page will probably search next.
      if (offset === 0) void index();
      const orders = found(filter, upTo);
      await lookUntil(orders, () => orders.reaches(offset + limit));
      orders.refresh();
      return {
        upTo: orders.upTo,
        rows: orders.rows(offset, limit).map(listRow),
        total: orders.total(),
        counted: orders.counted(),
        newer: orders.newer(),
      };
    },
    async totals(filter, upTo) {
      const orders = found(filter, upTo);
      await lookUntil(orders, () => !orders.left());
      orders.refresh();
      return { ...orders.totals(), capped: !orders.counted() };
    },
    async tally(span) {
      const tally = search.tally(span);
      await lookUntil(tally, () => !tally.left());
      return tally.rows();
    },
  };
}

const keyOf = (filter: HistoryFilter, upTo: number): string => JSON.stringify([filter, upTo]);

/** Runs one step of a search after another, and leaves main free between them for everything else. */
function pacer(clock: Pick<Clock, 'read'>): (orders: Steps) => Promise<void> {
  let units = FIRST_STEP;
  return async (orders) => {
    const startMs = clock.read().monoMs;
    orders.look(units);
    const tookMs = clock.read().monoMs - startMs;
    if (tookMs > STEP_MS) units = Math.max(1, Math.floor(units / 2));
    else if (tookMs < STEP_MS / 3) units = Math.min(LARGEST_STEP, units * 2);
    if (orders.left()) await nextTurn();
  };
}

/** The contract has checked the days. */
export const orderFilterOf = (filter: HistoryFilter): OrderFilter => ({
  ...filter,
  fromDay: filter.fromDay === null ? null : dayFromIso(filter.fromDay),
  toDay: filter.toDay === null ? null : dayFromIso(filter.toDay),
});

export const listRow = ({
  place,
  orderId,
  outTradeNo,
  transactionId,
  amountFen,
  state,
  createdAtMs,
  cashier,
}: FoundRow): HistoryListRow => ({
  place,
  orderId,
  outTradeNo,
  transactionId,
  amountFen,
  state,
  createdAtMs,
  cashier,
});
