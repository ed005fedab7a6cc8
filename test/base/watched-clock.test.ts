/** What a process knows about the wall clock's last seconds. */
import { describe, expect, it } from 'vitest';
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

it.each([30_000, -30_000, 26 * 365 * 86_400_000, -26 * 365 * 86_400_000])(
  'sees a step of %i ms for a whole window, though nobody read the clock meanwhile',
  async (stepMs) => {
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
  },
);

describe('what another process has seen', () => {
  const START_MS = Date.UTC(2026, 0, 5, 2, 0, 0);
  const MINUTE_MS = 60_000;
  /**
   * The other process watched for a minute, until `silentMs` before this one begins; meanwhile somebody moved the clock
   * by `stepMs`.
   */
  const later = (silentMs: number, stepMs = 0, boot = 'boot'): WallSpan | null => {
    const from = { wallMs: START_MS, monoMs: 1_000_000, run: 'boot/one' };
    const until = { wallMs: START_MS + MINUTE_MS, monoMs: 1_000_000 + MINUTE_MS, run: 'boot/one' };
    const clock = new FakeClock(until.wallMs + silentMs + stepMs, until.monoMs + silentMs, `${boot}/two`);
    return watchedClock(clock, WINDOW_MS, { from, until }).wallSpan(WINDOW_MS);
  };

  it('counts for a process that begins within a window after it', () => {
    expect(isSteady(spanOf(later(0)))).toBe(true);
    expect(isSteady(spanOf(later(WINDOW_MS)))).toBe(true);
  });

  it('does not count when it is older, or of another uptime', () => {
    expect(later(WINDOW_MS + 1)).toBeNull();
    expect(later(0, 0, 'another')).toBeNull();
  });

  it.each([30_000, -30_000])('shows a step of %i ms between the two', (stepMs) => {
    expect(isSteady(spanOf(later(2_000, stepMs)))).toBe(false);
  });
});

it('says from when on nobody set it, for the process after it', async () => {
  const clock = new FakeClock();
  const watched = watchedClock(clock, WINDOW_MS);
  const first = clock.read();
  await clock.advance(5_000);
  expect(watched.steadyFrom()).toEqual(first);
  clock.jumpWall(30_000);
  await clock.advance(1_000);
  const after = clock.read();
  watched.read();
  await clock.advance(5_000);
  expect(watched.steadyFrom()).toEqual(after);
});
