/** The page's sign of life. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ALIVE_EVERY_MS } from '../../../shared/timing.ts';
import { sayAlive } from '../../../renderer/bridge/heartbeat.ts';

const said: unknown[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  said.length = 0;
  vi.stubGlobal('window', {
    kiosk: {
      invoke: (name: string, input: unknown) => (said.push([name, input]), Promise.resolve({ ok: true, value: null })),
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('is said at once and every ten seconds, until it is stopped', () => {
  const stop = sayAlive();
  expect(said).toEqual([['kiosk.alive', {}]]);
  vi.advanceTimersByTime(ALIVE_EVERY_MS * 3);
  expect(said).toHaveLength(4);
  stop();
  vi.advanceTimersByTime(ALIVE_EVERY_MS * 3);
  expect(said).toHaveLength(4);
});
