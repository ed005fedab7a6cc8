/** The notice of a clock that shows a time before the app was built. */
import { expect, it } from 'vitest';
import { watchClock } from '../../../electron/app/notices/clock-watch.ts';
import { silentLog } from '../../../electron/base/log.ts';
import type { Notice } from '../../../shared/ipc.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const DAY_MS = 86_400_000;
const BUILT_AT_MS = Date.UTC(2026, 10, 20);

function watched(startMs: number): { clock: FakeClock; sent: Notice[]; stop: () => void } {
  const clock = new FakeClock(startMs);
  const sent: Notice[] = [];
  const stop = watchClock({ builtAtMs: BUILT_AT_MS, clock, log: silentLog, onNotice: (notice) => sent.push(notice) });
  return { clock, sent, stop };
}

it('an empty battery is told of at once with the date that it left, and no more within a minute of the clock set right', async () => {
  const { clock, sent } = watched(Date.UTC(2000, 0, 1));
  const told = { code: 'clock-before-build', on: true, detail: '2000-01-01' };
  expect(sent).toEqual([told]);
  clock.jumpWall(9_900 * DAY_MS);
  await clock.advance(60_000);
  expect(sent).toEqual([told, { code: 'clock-before-build', on: false, detail: null }]);
});

it('a clock that is a day ahead of the build is nothing to speak of, until somebody sets it to a day before', async () => {
  const { clock, sent, stop } = watched(BUILT_AT_MS + DAY_MS);
  await clock.advance(DAY_MS);
  expect(sent).toEqual([]);
  clock.jumpWall(-3 * DAY_MS);
  await clock.advance(60_000);
  expect(sent).toEqual([{ code: 'clock-before-build', on: true, detail: '2026-11-19' }]);
  stop();
  clock.jumpWall(3 * DAY_MS);
  await clock.advance(DAY_MS);
  expect(sent).toHaveLength(1);
});
