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
/** Pages that are kept: some thousands of rows, whatever the list is long. */
const PAGES_MAX = 24;

export interface FoundList {
  readonly filter: HistoryFilter;
  /** `null` until the first answer. */
  readonly upTo: number | null;
  readonly total: number;
  /** Whether `total` is all there are. */
  readonly counted: boolean;
  readonly newer: number;
  /** By number; the one used last stands last. */
  readonly pages: ReadonlyMap<number, readonly HistoryListRow[]>;
  readonly totals: HistoryTotals | null;
  /** The code of a refusal; `null` where the last question was answered. */
  readonly problem: string | null;
}

/** Asks main; for tests another. */
export type Ask = <Name extends 'history.page' | 'history.totals'>(
  name: Name,
  input: CommandInput<Name>,
) => Promise<CommandReply<Name>>;

export interface FoundListStore extends StoreApi<FoundList> {
  /** Looks anew, by this filter. */
  find(filter: HistoryFilter): Promise<void>;
  /** Sees to it that these rows are here, or soon will be. `end` is not included. */
  show(first: number, end: number): Promise<void>;
  /** Something changed: what is shown is asked for again. At the top of the list, with what is new. */
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
  let asking: number | null = null;
  let wanted: readonly number[] = [];

  const tookPage = (page: number, answer: CommandOutput<'history.page'>): void => {
    const pages = new Map(store.getState().pages);
    pages.delete(page);
    pages.set(page, answer.rows);
    for (const old of [...pages.keys()].slice(0, Math.max(0, pages.size - PAGES_MAX))) pages.delete(old);
    const { total, counted, upTo, newer } = answer;
    // The count that goes on behind may be further than a page that was asked for before.
    const known = store.getState();
    store.setState(
      known.counted
        ? { pages, upTo, newer, problem: null, total: counted ? total : known.total }
        : { pages, upTo, newer, total, counted, problem: null },
    );
  };

  const askFor = async (page: number, upTo: number | null): Promise<boolean> => {
    const mine = search;
    const reply = await ask('history.page', {
      filter: store.getState().filter,
      upTo,
      offset: page * PAGE_ROWS,
      limit: PAGE_ROWS,
    });
    if (mine !== search) return false;
    if (reply.ok) tookPage(page, reply.value);
    else store.setState({ problem: reply.code });
    return reply.ok;
  };

  const askForTotals = async (): Promise<void> => {
    const mine = search;
    const { filter, upTo } = store.getState();
    if (upTo === null) return;
    const reply = await ask('history.totals', { filter, upTo });
    if (mine !== search) return;
    if (reply.ok)
      store.setState({
        totals: reply.value,
        total: Math.max(reply.value.total, store.getState().total),
        counted: !reply.value.capped,
      });
    else store.setState({ problem: reply.code });
  };

  /** One question at a time; of those that came up meanwhile only what is still in the window. */
  const work = async (): Promise<void> => {
    while (asking === null) {
      const { pages, upTo } = store.getState();
      const next = wanted.find((page) => !pages.has(page));
      if (next === undefined || upTo === null) return;
      asking = next;
      const went = await askFor(next, upTo).finally(() => { asking = null; }); // prettier-ignore
      if (!went) return;
    }
  };

  return {
    ...store,
    async find(filter) {
      search += 1;
      wanted = [];
      // What was found stays until the answer is here: a list that goes blank at each key is hard to read.
      store.setState({ filter, problem: null, totals: null });
      const mine = search;
      const reply = await ask('history.page', { filter, upTo: null, offset: 0, limit: PAGE_ROWS });
      if (mine !== search) return;
      if (!reply.ok) {
        store.setState({ problem: reply.code });
        return;
      }
      store.setState(nothing(filter));
      tookPage(0, reply.value);
      await askForTotals();
    },
    async show(first, end) {
      wanted = pagesOf(first, end);
      await work();
    },
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

const pagesOf = (first: number, end: number): number[] => {
  const from = Math.floor(first / PAGE_ROWS);
  return end <= first ? [] : Array.from({ length: Math.floor((end - 1) / PAGE_ROWS) - from + 1 }, (_, n) => from + n);
};
