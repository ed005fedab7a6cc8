/**
 * What the screen holds of a list that may have a million rows: the pages around the window, and no more. A small store
 * of the page's own; main answers each question, and an answer to an older question is dropped.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CommandInput, CommandOutput, CommandReply } from '../../../shared/ipc.ts';
import {
  EVERYTHING,
  type HistoryFilter,
  type HistoryListRow,
  type HistoryTotals,
} from '../../../shared/contract/history.ts';

export const PAGE_ROWS = 100;
/** Pages that are kept: a few thousand rows, however long the list is. */
const PAGES_MAX = 24;

export interface FoundList {
  readonly filter: HistoryFilter;
  /** `null` until the first answer. */
  readonly upTo: number | null;
  readonly total: number;
  /** Whether `total` is the full count. */
  readonly counted: boolean;
  readonly newer: number;
  /** By page number; the page used last stands last. */
  readonly pages: ReadonlyMap<number, readonly HistoryListRow[]>;
  readonly totals: HistoryTotals | null;
  /** The code of a refusal; `null` where the last question was answered. */
  readonly problem: string | null;
}

/** Asks main; tests give another function. */
export type Ask = <Name extends 'history.page' | 'history.totals'>(
  name: Name,
  input: CommandInput<Name>,
) => Promise<CommandReply<Name>>;

export interface FoundListStore extends StoreApi<FoundList> {
  /** Searches again with this filter. */
  find(filter: HistoryFilter): Promise<void>;
  /** Makes sure that these rows are here or will be soon. `end` is not included. */
  show(first: number, end: number): Promise<void>;
  /** Something changed: the rows shown are asked for again. At the top of the list this brings the new orders too. */
  changed(first: number, end: number): Promise<void>;
}

const nothing = (filter: HistoryFilter): FoundList => ({
  filter,
  upTo: null,
  total: 0,
  counted: false,
  newer: 0,
  pages: new Map(),
  totals: null,
  problem: null,
});

export const rowAt = ({ pages }: FoundList, row: number): HistoryListRow | null =>
  pages.get(Math.floor(row / PAGE_ROWS))?.[row % PAGE_ROWS] ?? null;

export function createFoundList(ask: Ask): FoundListStore {
  const store = createStore<FoundList>(() => nothing(EVERYTHING));
  let search = 0;

  const askFor = async (page: number, upTo: number | null): Promise<boolean> => {
    const mine = search;
    const reply = await ask('history.page', {
      filter: store.getState().filter,
      upTo,
      offset: page * PAGE_ROWS,
      limit: PAGE_ROWS,
    });
    if (mine !== search) return false;
    if (reply.ok) store.setState((known) => withPage(known, page, reply.value));
    else store.setState({ problem: reply.code });
    return reply.ok;
  };

  const askForTotals = async (): Promise<void> => {
    const mine = search;
    const { filter, upTo } = store.getState();
    if (upTo === null) return;
    const reply = await ask('history.totals', { filter, upTo });
    if (mine !== search) return;
    store.setState((known) => (reply.ok ? withTotals(known, reply.value) : { problem: reply.code }));
  };

  const shown = pageWindow(store.getState, askFor);

  return {
    ...store,
    async find(filter) {
      search += 1;
      shown.close();
      // The old rows stay until the answer is here: a list that goes blank at each key is hard to read.
      store.setState({ filter, problem: null, totals: null });
      const mine = search;
      const reply = await ask('history.page', { filter, upTo: null, offset: 0, limit: PAGE_ROWS });
      if (mine !== search) return;
      if (!reply.ok) {
        store.setState({ problem: reply.code });
        return;
      }
      store.setState(nothing(filter));
      store.setState((known) => withPage(known, 0, reply.value));
      await askForTotals();
    },
    show: (first, end) => shown.moveTo(pagesOf(first, end)),
    async changed(first, end) {
      const { filter, upTo } = store.getState();
      if (upTo === null || first === 0) {
        await this.find(filter);
        return;
      }
      for (const page of pagesOf(first, end)) await askFor(page, upTo);
    },
  };
}

/** The pages in view: those that are missing are asked for, one at a time. */
function pageWindow(
  now: () => FoundList,
  askFor: (page: number, upTo: number) => Promise<boolean>,
): { readonly moveTo: (pages: readonly number[]) => Promise<void>; readonly close: () => void } {
  let asking: number | null = null;
  let wanted: readonly number[] = [];

  /** Requests that arrived meanwhile: only those still in the window are kept. */
  const work = async (): Promise<void> => {
    while (asking === null) {
      const { pages, upTo } = now();
      const next = wanted.find((page) => !pages.has(page));
      if (next === undefined || upTo === null) return;
      asking = next;
      const went = await askFor(next, upTo).finally(() => { asking = null; }); // prettier-ignore
      if (!went) return;
    }
  };
  return {
    moveTo(pages) {
      wanted = pages;
      return work();
    },
    close() {
      wanted = [];
    },
  };
}

function withPage(known: FoundList, page: number, answer: CommandOutput<'history.page'>): Partial<FoundList> {
  const pages = new Map(known.pages);
  pages.delete(page);
  pages.set(page, answer.rows);
  for (const old of [...pages.keys()].slice(0, Math.max(0, pages.size - PAGES_MAX))) pages.delete(old);
  const { total, counted, upTo, newer } = answer;
  // The count that runs in the background may be ahead of a page that was asked for earlier.
  return known.counted
    ? { pages, upTo, newer, problem: null, total: counted ? total : known.total }
    : { pages, upTo, newer, total, counted, problem: null };
}

const withTotals = (known: FoundList, totals: HistoryTotals): Partial<FoundList> => ({
  totals,
  total: Math.max(totals.total, known.total),
  counted: !totals.capped,
});

const pagesOf = (first: number, end: number): number[] => {
  const from = Math.floor(first / PAGE_ROWS);
  return end <= first ? [] : Array.from({ length: Math.floor((end - 1) / PAGE_ROWS) - from + 1 }, (_, n) => from + n);
};
