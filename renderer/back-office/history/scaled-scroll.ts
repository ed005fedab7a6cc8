/**
 * Where a list of any length stands, in pixels of its full height, and how that follows a scrollbar. Pure.
 *
 * [Note: Scaled scroll] Chromium makes no element higher than about 33 million pixels, less on dense screens: a million
 * rows do not fit. So the element is only as high as is safe, and its scrollbar stands for the whole list in
 * proportion. A small movement (wheel, finger) still moves the list by as much as it moves the scrollbar, or the list
 * would race past; a large one (the thumb dragged, End pressed) takes the list to where the thumb stands.
 */
export const ROW_PX = 72;
/** Safe also at four times the pixel density. */
export const ELEMENT_MAX_PX = 8_000_000;

export interface Geometry {
  readonly rows: number;
  /** The height of the window on the list. */
  readonly windowPx: number;
}

export interface ScrollState {
  /** Position of the scrollbar. */
  readonly scrollTop: number;
  /** Position in the list: from its very top to the top of the window. */
  readonly top: number;
}

const fullPx = ({ rows }: Geometry): number => rows * ROW_PX;
export const elementPx = (geometry: Geometry): number => Math.min(fullPx(geometry), ELEMENT_MAX_PX);
const topMax = (geometry: Geometry): number => Math.max(0, fullPx(geometry) - geometry.windowPx);
const scrollMax = (geometry: Geometry): number => Math.max(0, elementPx(geometry) - geometry.windowPx);
const within = (value: number, max: number): number => Math.min(Math.max(0, value), max);

/** The scrollbar has moved to `scrollTop`. */
export function scrolled(state: ScrollState, scrollTop: number, geometry: Geometry): ScrollState {
  const moved = scrollTop - state.scrollTop;
  const isScaled = fullPx(geometry) > elementPx(geometry);
  // At either end of the scrollbar the list must be at its end too. Otherwise its last rows could not be reached.
  const atAnEnd = scrollTop <= 0 || scrollTop >= scrollMax(geometry) - 1;
  const top = !isScaled
    ? scrollTop
    : atAnEnd || Math.abs(moved) > geometry.windowPx
      ? topAt(scrollTop, geometry)
      : state.top + moved;
  return { scrollTop, top: within(top, topMax(geometry)) };
}

/** The list position that the scrollbar's position stands for, in proportion. */
function topAt(scrollTop: number, geometry: Geometry): number {
  const max = scrollMax(geometry);
  return max === 0 ? 0 : within(scrollTop / max, 1) * topMax(geometry);
}

/** Moves the list to `top`, and the scrollbar to the position that stands for it. */
export function movedTo(top: number, geometry: Geometry): ScrollState {
  const inside = within(top, topMax(geometry));
  const share = topMax(geometry) === 0 ? 0 : inside / topMax(geometry);
  return { scrollTop: Math.round(share * scrollMax(geometry)), top: inside };
}

/** The smallest movement that shows the whole row. */
export function topShowing(row: number, top: number, geometry: Geometry): number {
  const rowTop = row * ROW_PX;
  if (rowTop < top) return rowTop;
  return Math.max(top, rowTop + ROW_PX - geometry.windowPx);
}

export interface RowRange {
  readonly first: number;
  /** Not included. */
  readonly end: number;
}

/** The rows that are in the window at least in part. */
export const rowsShown = (top: number, { rows, windowPx }: Geometry): RowRange => ({
  first: Math.min(rows, Math.floor(top / ROW_PX)),
  end: Math.min(rows, Math.ceil((top + windowPx) / ROW_PX)),
});
