/**
 * The window on a long list: every row can be reached, small movements stay small, and the scrollbar shows the
 * position.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ELEMENT_MAX_PX,
  elementPx,
  movedTo,
  ROW_PX,
  rowsShown,
  scrolled,
  topShowing,
  type Geometry,
} from '../../../../renderer/back-office/history/scaled-scroll.ts';

const MILLION: Geometry = { rows: 1_000_000, windowPx: 500 };
const start = { scrollTop: 0, top: 0 };
const bottomOf = (geometry: Geometry): number => Math.max(0, elementPx(geometry) - geometry.windowPx);
const geometries = fc.record({
  rows: fc.integer({ min: 1, max: 3_000_000 }),
  windowPx: fc.integer({ min: ROW_PX, max: 2_000 }),
});

describe('a list of a million rows', () => {
  it('is no higher than a browser allows', () => {
    expect(elementPx(MILLION)).toBe(ELEMENT_MAX_PX);
  });

  it('shows its last row, and ends there, once the scrollbar is at its end', () => {
    const { top } = scrolled(start, bottomOf(MILLION), MILLION);
    expect(rowsShown(top, MILLION)).toMatchObject({ end: 1_000_000 });
    expect(top + MILLION.windowPx).toBe(1_000_000 * ROW_PX);
  });

  it('moves by as much as the wheel does, wherever it stands', () => {
    const middle = movedTo(32_000_000, MILLION);
    const after = scrolled(middle, middle.scrollTop + 100, MILLION);
    expect(after.top - middle.top).toBe(100);
  });

  it('shows its last row also where the wheel brings the scrollbar to its end sooner than the list', () => {
    const drifted = { scrollTop: bottomOf(MILLION) - 30, top: 63_000_000 };
    expect(rowsShown(scrolled(drifted, bottomOf(MILLION), MILLION).top, MILLION).end).toBe(1_000_000);
  });

  it('goes where the thumb is dragged to, in proportion', () => {
    const { top } = scrolled(start, Math.round(bottomOf(MILLION) / 4), MILLION);
    expect(Math.round(top / ROW_PX / 1_000)).toBe(250);
  });
});

describe('a window on a list of any length', () => {
  it('reaches the last row and the first, from anywhere', () => {
    fc.assert(
      fc.property(geometries, fc.double({ min: 0, max: 1, noNaN: true }), (geometry, share) => {
        const somewhere = movedTo(share * geometry.rows * ROW_PX, geometry);
        const end = scrolled(somewhere, bottomOf(geometry), geometry);
        expect(rowsShown(end.top, geometry).end).toBe(geometry.rows);
        expect(rowsShown(scrolled(end, 0, geometry).top, geometry).first).toBe(0);
      }),
    );
  });

  it('shows every single row when it is asked to', () => {
    fc.assert(
      fc.property(geometries, fc.nat(), fc.nat(), (geometry, from, wished) => {
        const row = wished % geometry.rows;
        const { top } = movedTo(topShowing(row, (from % geometry.rows) * ROW_PX, geometry), geometry);
        expect(row * ROW_PX).toBeGreaterThanOrEqual(top);
        expect(row * ROW_PX + ROW_PX).toBeLessThanOrEqual(top + Math.max(geometry.windowPx, ROW_PX));
      }),
    );
  });

  it('never leaves the list, whatever the scrollbar does, and is at rest where it is put', () => {
    fc.assert(
      fc.property(
        geometries,
        fc.array(fc.double({ min: -0.1, max: 1.1, noNaN: true }), { maxLength: 20 }),
        (geometry, shares) => {
          let state = start;
          for (const share of shares) {
            state = scrolled(state, share * bottomOf(geometry), geometry);
            expect(state.top).toBeGreaterThanOrEqual(0);
            expect(state.top).toBeLessThanOrEqual(Math.max(0, geometry.rows * ROW_PX - geometry.windowPx));
            expect(movedTo(state.top, geometry).top).toBe(state.top);
          }
        },
      ),
    );
  });

  it('moves exactly with its scrollbar where the whole list fits the element', () => {
    const short = { rows: 1_000, windowPx: 500 };
    expect(scrolled(start, 12_345, short)).toEqual({ scrollTop: 12_345, top: 12_345 });
  });
});
