/**
 * Noticing writes of other processes: at once if the system reports them, otherwise by polling, and hardly ever if
 * nothing happens.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, test, vi } from 'vitest';
import type { Clock } from '../../../electron/base/clock.ts';
import { fileWatcherOf, fileEventWatch, type FileWatcher } from '../../../electron/orders/engine/journal-watch.ts';
import { JOURNAL_DEBOUNCE_MS, JOURNAL_POLL_MS, JOURNAL_FALLBACK_MS } from '../../../shared/timing.ts';
import { elsewhere, newFolder, openWorld, ScriptedGateway } from '../../support/orders/engine-world.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { journalProcess } from '../../support/orders/journal-processes.ts';

const NUMBER = '2026112400000000000000000001';

function watched(canWatch = true) {
  const clock = new FakeClock();
  const look = vi.fn<() => void>();
  const said = { write: (): void => undefined, lost: (): void => undefined, stopped: 0 };
  const fileWatcher: FileWatcher = (onWrite, onLost) => {
    Object.assign(said, { write: onWrite, lost: onLost });
    return canWatch
      ? {
          stop: () => {
            said.stopped += 1;
          },
        }
      : null;
  };
  const stop = fileEventWatch(clock, fileWatcher)(look);
  const looksIn = async (ms: number): Promise<number> => {
    const before = look.mock.calls.length;
    await clock.advance(ms);
    return look.mock.calls.length - before;
  };
  return { said, stop, look, looksIn };
}

describe('a watch with a file watcher', () => {
  it('looks at once, and then seldom while nothing is written', async () => {
    const { look, looksIn } = watched();
    expect(look).toHaveBeenCalledTimes(1);
    expect(await looksIn(JOURNAL_FALLBACK_MS * 12)).toBe(12);
  });

  it('looks once at the writes of one act, and soon, however many come', async () => {
    const { said, looksIn } = watched();
    for (let n = 0; n < 5; n += 1) said.write();
    expect(await looksIn(JOURNAL_DEBOUNCE_MS)).toBe(1);
    expect(await looksIn(JOURNAL_FALLBACK_MS - 1)).toBe(0);
    expect(await looksIn(1)).toBe(1);
  });

  it('is not put off by a file that is always written to', async () => {
    const { said, look, looksIn } = watched();
    for (let n = 0; n < 10; n += 1) {
      said.write();
      await looksIn(JOURNAL_DEBOUNCE_MS / 2);
    }
    expect(look.mock.calls.length).toBeGreaterThanOrEqual(5);
  });

  it('polls where the file cannot be watched, and once the file watcher is lost', async () => {
    expect(await watched(false).looksIn(JOURNAL_POLL_MS * 10)).toBe(10);
    const { said, looksIn } = watched();
    said.lost();
    expect(await looksIn(JOURNAL_POLL_MS * 10)).toBe(10);
  });

  it('looks no more once it is stopped, whatever is reported to it', async () => {
    const { said, stop, looksIn } = watched();
    stop();
    said.write();
    said.lost();
    expect([await looksIn(JOURNAL_FALLBACK_MS * 3), said.stopped]).toEqual([0, 1]);
  });
});

test('what another process writes to the file is reported', async () => {
  const folder = newFolder();
  const path = join(folder, 'journal.sqlite');
  const world = openWorld(folder, new FakeClock(), new ScriptedGateway());
  world.engine.register(elsewhere(NUMBER, world.clock));
  const written = vi.fn<() => void>();
  const other = journalProcess('commit', path, NUMBER);
  expect(await other.said()).toBe('ready');
  const fileWatcher = fileWatcherOf(path)(written, () => {
    throw new Error('the file watcher is lost');
  });
  expect(written).not.toHaveBeenCalled();
  other.go();
  await vi.waitFor(
    () => {
      expect(written).toHaveBeenCalled();
    },
    { timeout: 90_000 },
  );
  fileWatcher?.stop();
  world.die();
});

test('a cancel that another process writes is driven before anybody would have looked for it', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const gateway = new ScriptedGateway();
  const watch = (own: Clock) => fileEventWatch(own, fileWatcherOf(join(folder, 'journal.sqlite')));
  const driver = openWorld(folder, clock, gateway, { watch });
  const other = openWorld(folder, clock, new ScriptedGateway(), { watch });
  driver.engine.start();
  other.engine.start();
  const startMs = clock.read().monoMs;
  other.engine.register(elsewhere(NUMBER, clock));
  other.engine.tell(NUMBER, { type: 'cancel-tapped', by: 'manager', code: 'duplicate' });
  const phase = (): string | undefined => other.journal.load(NUMBER)?.order.phase.name;
  // The system's report takes real time; the fake clock passes only the time it is given.
  for (let rounds = 0; rounds < 300 && phase() !== 'cancelled'; rounds += 1) {
    await pause(10);
    await clock.advance(10);
  }
  expect([phase(), gateway.reversed]).toEqual(['cancelled', [NUMBER]]);
  expect(clock.read().monoMs - startMs).toBeLessThan(JOURNAL_FALLBACK_MS);
  await vi.waitFor(async () => {
    await clock.advance(1);
    expect(other.changes.at(-1)?.order.phase.name).toBe('cancelled');
  });
  await driver.engine.stop(0);
  await other.engine.stop(0);
});

test('an engine that has nothing to wait for wakes for the safe look and nothing else', async () => {
  const clock = new FakeClock();
  let woken = 0;
  const counting: Clock = {
    read: () => clock.read(),
    after: (ms, act) =>
      clock.after(ms, () => {
        woken += 1;
        act();
      }),
  };
  const gateway = new ScriptedGateway();
  const fileWatcher: FileWatcher = () => ({ stop: () => undefined });
  const world = openWorld(newFolder(), counting, gateway, { watch: (own) => fileEventWatch(own, fileWatcher) });
  world.engine.start();
  world.engine.register(elsewhere(NUMBER, counting));
  world.engine.tell(NUMBER, { type: 'cancel-tapped', by: 'manager', code: 'duplicate' });
  await clock.advance(60_000);
  expect(world.journal.load(NUMBER)?.order.phase.name).toBe('cancelled');
  woken = 0;
  await clock.advance(60_000);
  expect(woken).toBe(60_000 / JOURNAL_FALLBACK_MS);
  await world.engine.stop(0);
});
