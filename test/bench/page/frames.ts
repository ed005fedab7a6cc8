/** Frames of the page, one after the other. */
import type { Page } from 'playwright-core';
import { ms, spreadOf } from '../figures.ts';

/** One and a half frames at 60 frames a second. */
export const LONG_FRAME_MS = 25;

export const FRAME_COLUMNS = [
  'frames a second',
  'p50',
  'p95',
  'p99',
  'longest',
  `over ${String(LONG_FRAME_MS)} ms`,
  'n',
];

/** One row of `FRAME_COLUMNS`. */
export function frameCells(frames: readonly number[]): readonly string[] {
  const { p50, p95, p99, most, count } = spreadOf(frames);
  const long = frames.filter((one) => one > LONG_FRAME_MS).length;
  return [
    ((count * 1_000) / frames.reduce((sum, one) => sum + one, 0)).toFixed(1),
    ms(p50),
    ms(p95),
    ms(p99),
    ms(most),
    String(long),
    String(count),
  ];
}

/** How long each frame took, in ms, during this time. */
export const framesOf = (page: Page, forMs: number): Promise<readonly number[]> =>
  page.evaluate(
    (limitMs) =>
      new Promise<number[]>((done) => {
        const lengths: number[] = [];
        let startMs = 0;
        let lastMs = 0;
        const frame = (atMs: number): void => {
          if (startMs === 0) startMs = atMs;
          else lengths.push(atMs - lastMs);
          lastMs = atMs;
          if (atMs - startMs < limitMs) requestAnimationFrame(frame);
          else done(lengths);
        };
        requestAnimationFrame(frame);
      }),
    forMs,
  );
