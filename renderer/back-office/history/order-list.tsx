import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useT } from '../../i18n/i18n.ts';
import { PAGE_ROWS, rowAt, type FoundListStore } from './found-list.ts';
import { ListRow } from './list-row.tsx';
import { elementPx, ROW_PX, rowsShown, type RowRange } from './scaled-scroll.ts';
import { createScroller, type Scroller } from './scroller.ts';
import './order-list.css';

export interface OrderListProps {
  readonly list: FoundListStore;
  readonly selected: string | null;
  readonly onSelect: (orderId: string) => void;
  /** Increases when orders have changed. */
  readonly revision: number;
}

/**
 * The orders that were found, as one list with one scrollbar, however many they are. The rows lie in a window that
 * stays where it is while the element behind it scrolls, so nothing is ever blank: see [Note: Scaled scroll].
 */
export function OrderList({ list, selected, onSelect, revision }: OrderListProps): ReactNode {
  const t = useT();
  const found = useStore(list);
  const [scroller] = useState(createScroller);
  const frame = useRef<HTMLDivElement>(null);
  const { top, geometry } = useStore(scroller);
  const shown = rowsShown(top, geometry);
  useLayoutEffect(() => (frame.current === null ? undefined : scroller.attach(frame.current)), [scroller]);
  useLayoutEffect(() => scroller.setRows(found.total), [scroller, found.total]);
  useLayoutEffect(() => scroller.toTop(), [scroller, found.filter, found.upTo]);
  useRows(list, shown, found.upTo);
  useRefresh(list, scroller, revision);
  const onKeyDown = useListKeys(list, scroller, selected, onSelect);
  return (
    <div
      ref={frame}
      className="order-list"
      role="listbox"
      tabIndex={0}
      aria-label={t('history.list')}
      aria-activedescendant={selected === null ? undefined : `found-${selected}`}
      data-testid="history-list"
      data-total={found.total}
      data-counted={found.counted}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: elementPx(geometry) }}>
        <div className="order-list__window" style={{ height: Math.min(geometry.windowPx, elementPx(geometry)) }}>
          {rowsOf(shown).map((row) => (
            <ListRow
              key={row}
              row={rowAt(found, row)}
              index={row}
              total={found.total}
              topPx={row * ROW_PX - top}
              selected={selected}
              onSelect={onSelect}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

const rowsOf = ({ first, end }: RowRange): number[] =>
  Array.from({ length: Math.max(0, end - first) }, (_, n) => first + n);

/** While the list scrolls fast, pages that nobody will see are not asked for. */
const RACING_MS = 40;

function useRows(list: FoundListStore, { first, end }: RowRange, upTo: number | null): void {
  const firstPage = Math.floor(first / PAGE_ROWS);
  const endPage = Math.ceil(end / PAGE_ROWS);
  useEffect(() => {
    const timer = setTimeout(() => void list.show(firstPage * PAGE_ROWS, endPage * PAGE_ROWS), RACING_MS);
    return () => clearTimeout(timer);
  }, [list, firstPage, endPage, upTo]);
}

function useRefresh(list: FoundListStore, scroller: Scroller, revision: number): void {
  useEffect(() => {
    if (revision === 0) return;
    const { top, geometry } = scroller.getState();
    const { first, end } = rowsShown(top, geometry);
    void list.changed(first, end);
  }, [list, scroller, revision]);
}

/** Up, down, by pages and to both ends: the details shown are those of the row with the keyboard focus. */
function useListKeys(
  list: FoundListStore,
  scroller: Scroller,
  selected: string | null,
  onSelect: (orderId: string) => void,
): (event: KeyboardEvent) => void {
  const [active, setActive] = useState(0);
  return (event) => {
    const { top, geometry } = scroller.getState();
    const from =
      selected !== null && rowAt(list.getState(), active)?.orderId === selected
        ? active
        : rowsShown(top, geometry).first - 1;
    const wished = rowAfterKey(event.key, from, geometry.rows, Math.max(1, Math.floor(geometry.windowPx / ROW_PX) - 1));
    if (wished === null) return;
    event.preventDefault();
    const next = Math.min(geometry.rows - 1, Math.max(0, wished));
    setActive(next);
    scroller.show(next);
    void list.show(next, next + 1).then(() => {
      const row = rowAt(list.getState(), next);
      if (row !== null) onSelect(row.orderId);
    });
  };
}

function rowAfterKey(key: string, from: number, rows: number, perPage: number): number | null {
  if (rows === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return from + 1;
    case 'ArrowUp':
      return from - 1;
    case 'PageDown':
      return from + perPage;
    case 'PageUp':
      return from - perPage;
    case 'Home':
      return 0;
    case 'End':
      return rows - 1;
    default:
      return null;
  }
}
