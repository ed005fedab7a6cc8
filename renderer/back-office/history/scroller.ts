/** The window on a long list: connects an element's scrollbar with the list position ([Note: Scaled scroll]). */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { movedTo, scrolled, topShowing, type Geometry, type ScrollState } from './scaled-scroll.ts';

export interface ScrollerState extends ScrollState {
  readonly geometry: Geometry;
}

export interface Scroller extends StoreApi<ScrollerState> {
  /** Follows the element until the returned function is called. */
  attach(element: HTMLElement): () => void;
  /** Sets how many rows the list has. When the list becomes shorter, the window does not stay beyond its end. */
  setRows(rows: number): void;
  /** Back to the first row. */
  toTop(): void;
  /** Moves as little as possible to show the whole row. */
  show(row: number): void;
}

export function createScroller(): Scroller {
  const store = createStore<ScrollerState>(() => ({ scrollTop: 0, top: 0, geometry: { rows: 0, windowPx: 0 } }));
  let frame: HTMLElement | null = null;

  const stand = (top: number): void => {
    const next = movedTo(top, store.getState().geometry);
    store.setState(next);
    if (frame !== null) frame.scrollTop = next.scrollTop;
  };
  const measured = (geometry: Partial<Geometry>): void => {
    const { geometry: known, top } = store.getState();
    const next = { ...known, ...geometry };
    if (next.rows === known.rows && next.windowPx === known.windowPx) return;
    store.setState({ geometry: next, top: Math.min(top, movedTo(top, next).top) });
  };
  const onScroll = (): void => {
    const state = store.getState();
    // The position set above comes back as an event too.
    if (frame === null || Math.abs(frame.scrollTop - state.scrollTop) < 1) return;
    store.setState(scrolled(state, frame.scrollTop, state.geometry));
  };
  // At rest the scrollbar is set to its true position: small movements have moved it too far.
  const onRest = (): void => stand(store.getState().top);

  return {
    ...store,
    attach(element) {
      frame = element;
      const observer = new ResizeObserver(() => measured({ windowPx: element.clientHeight }));
      observer.observe(element);
      element.addEventListener('scroll', onScroll, { passive: true });
      element.addEventListener('scrollend', onRest);
      measured({ windowPx: element.clientHeight });
      return () => {
        observer.disconnect();
        element.removeEventListener('scroll', onScroll);
        element.removeEventListener('scrollend', onRest);
        frame = null;
      };
    },
    setRows(rows) {
      measured({ rows });
    },
    toTop: () => stand(0),
    show(row) {
      const { top, geometry } = store.getState();
      stand(topShowing(row, top, geometry));
    },
  };
}
