import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { call, listen } from '../../bridge/api.ts';
import { useT } from '../../i18n/i18n.ts';
import { withoutLast } from '../../input/amount-entry.ts';
import { listenToInput, type InputListener } from '../../input/input-listeners.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Button } from '../../components/button.tsx';
import { useStaff } from '../../state/staff.ts';
import { PageHead } from '../page-head.tsx';
import { ExportPanel } from './export-panel.tsx';
import { Filters } from './filters.tsx';
import { createFoundList, type FoundListStore } from './found-list.ts';
import { OrderDetail } from './order-detail.tsx';
import { OrderList } from './order-list.tsx';
import { SearchFields } from './search-fields.tsx';
import { cleanNumber, filterOf, initialSearch, search, typedInto } from './search-state.ts';
import { sumText } from './words.ts';
import './history-page.css';

/** If the next key follows this soon, the search waits for it. */
const TYPING_MS = 120;
/** However many orders change at once, the list is read again at most this often. */
const REFRESH_MS = 1_000;

const list: FoundListStore = createFoundList(call);
const select = (selected: string | null): void => search.setState({ selected });

/** Every order this terminal ever had: searched, listed to the last one, and each with its full history. */
export function HistoryPage(): ReactNode {
  const t = useT();
  const mayExport = useStaff((state) => state.view?.role === 'manager');
  const [exporting, setExporting] = useState(false);
  return (
    <>
      <PageHead title="history.title">
        {mayExport && (
          <Button
            icon={exporting ? 'search' : 'disk'}
            label={t(exporting ? 'history.backToSearch' : 'support.orders')}
            testId={exporting ? 'history-search' : 'history-export'}
            onPress={() => setExporting(!exporting)}
          />
        )}
      </PageHead>
      {exporting ? <ExportPanel from={search.getState()} /> : <Search />}
    </>
  );
}

function Search(): ReactNode {
  const selected = useStore(search, (state) => state.selected);
  const filtersOpen = useStore(search, (state) => state.filtersOpen);
  const revision = useRevision();
  useSearching();
  useLayoutEffect(() => listenToInput(listener), []);
  return (
    <div className="history" data-detail={selected !== null || undefined} data-filters={filtersOpen || undefined}>
      <div className="history__search">
        <SearchFields />
        <Filters />
        <Found revision={revision} />
      </div>
      {selected !== null && (
        <OrderDetail key={selected} orderId={selected} revision={revision} onClose={() => select(null)} />
      )}
    </div>
  );
}

const listener: InputListener = {
  of: 'page',
  onScan: (text) =>
    search.setState({ number: cleanNumber(text), amount: '', field: 'number', days: null, groups: [], cashier: null }),
  onTyped: (typed) => search.setState((state) => typedInto(state, (text) => text + typed)),
  onBack: () => search.setState((state) => typedInto(state, withoutLast)),
};

/** Searches again when the search has changed and the typing has paused. */
function useSearching(): void {
  const key = useStore(search, (state) => JSON.stringify(filterOf(state)));
  const isFirst = useRef(true);
  useEffect(() => {
    const wait = isFirst.current ? 0 : TYPING_MS;
    isFirst.current = false;
    const timer = setTimeout(() => void list.find(filterOf(search.getState())), wait);
    return () => clearTimeout(timer);
  }, [key]);
}

/** Increases, after a pause, when orders have changed. */
function useRevision(): number {
  const [revision, setRevision] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listen('orders.changed', () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setRevision((count) => count + 1);
      }, REFRESH_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return revision;
}

function Found({ revision }: { readonly revision: number }): ReactNode {
  const t = useT();
  const selected = useStore(search, (state) => state.selected);
  const { total, upTo, newer, problem } = useStore(list);
  if (problem !== null) return <ProblemNote code={problem} field={null} testId="history-error" />;
  return (
    <>
      {newer > 0 && (
        <button
          type="button"
          className="history__newer"
          data-testid="history-newer"
          onClick={() => void list.find(filterOf(search.getState()))}
        >
          {t('history.newer', { count: newer })}
        </button>
      )}
      {total === 0 && upTo !== null ? (
        <Nothing />
      ) : (
        <OrderList list={list} selected={selected} onSelect={select} revision={revision} />
      )}
      <Foot />
    </>
  );
}

function Nothing(): ReactNode {
  const t = useT();
  const counted = useStore(list, (state) => state.counted);
  const isSearch = useStore(
    search,
    (state) => JSON.stringify(filterOf(state)) !== JSON.stringify(filterOf(initialSearch)),
  );
  if (!counted) return <p className="history__nothing">{t('history.counting')}</p>;
  return (
    <div className="history__nothing" data-testid="history-empty">
      <p>{t(isSearch ? 'history.nothingFound' : 'history.nothing')}</p>
      {isSearch && (
        <button
          type="button"
          className="chip"
          data-testid="history-reset"
          onClick={() => search.setState({ ...initialSearch, padOpen: search.getState().padOpen })}
        >
          {t('history.reset')}
        </button>
      )}
    </div>
  );
}

/** How many orders there are, and the sum of their amounts. */
function Foot(): ReactNode {
  const t = useT();
  const { total, counted, totals, upTo } = useStore(list);
  if (upTo === null) return <p className="history__foot">{t('history.searching')}</p>;
  return (
    <p className="history__foot" data-testid="history-foot" data-counted={totals !== null}>
      <span>
        {t(counted ? 'history.count' : totals?.capped === true ? 'history.capped' : 'history.soFar', { count: total })}
      </span>
      {totals !== null && (
        <>
          <span>{t('history.paidSum', { amount: sumText(totals.paidFen) })}</span>
          <span>{t('history.refundedSum', { amount: sumText(totals.refundedFen) })}</span>
        </>
      )}
    </p>
  );
}
