/** What a process knows of the wall clock's last seconds. */
import { expect, it } from 'vitest';
import { isSteady, watchedClock, type WallSpan } from '../../electron/base/watched-clock.ts';
import { FakeClock } from '../support/fake-clock.ts';

const WINDOW_MS = 15_100;
const spanOf = (span: WallSpan | null): WallSpan => {
  if (span === null) throw new Error('not known');
  return span;
};

it('knows nothing of a window that began before it did', async () => {
  const clock = new FakeClock();
  const watched = watchedClock(clock, WINDOW_MS);
  await clock.advance(WINDOW_MS - 1);
  expect(watched.wallSpan(WINDOW_MS)).toBeNull();
  await clock.advance(1);
  expect(isSteady(spanOf(watched.wallSpan(WINDOW_MS)))).toBe(true);
});

it.each([30_000, -30_000, 26 * 365 * 86_400_000, -26 * 365 * 86_400_000])('sees a step of %i ms for a whole window, though nobody read the clock meanwhile', async (stepMs) => {
  const clock = new FakeClock();
  const watched = watchedClock(clock, WINDOW_MS);
  await clock.advance(3_600_000);
  watched.read();
  clock.jumpWall(stepMs);
  await clock.advance(5_000);
  const { wallMs } = clock.read();
  const [low, high] = [wallMs, wallMs - stepMs].toSorted((a, b) => a - b);
  expect(watched.wallSpan(WINDOW_MS)).toEqual({ lowMs: low, highMs: high });
  await clock.advance(WINDOW_MS);
  watched.read();
  await clock.advance(WINDOW_MS);
  expect(isSteady(spanOf(watched.wallSpan(WINDOW_MS)))).toBe(true);
});
