/** The leader lock with real processes: a lock file that is garbage, a holder that stands still, and who is told. */
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DRIVER_SILENT_MS, REVERSE_WINDOW_MS } from '../../../shared/timing.ts';
import { watchedClock } from '../../../electron/base/watched-clock.ts';
import { driverNow, type DriverNow } from '../../../electron/orders/engine/driver-now.ts';
import { leaderLock, type LockRefusal } from '../../../electron/orders/engine/leader-lock.ts';
import { readHolder } from '../../../electron/orders/engine/lock-holder.ts';
import { driverWatch } from '../../../electron/orders/engine/driver-watch.ts';
import { elsewhere, newFolder, openWorld, ScriptedGateway } from '../../support/orders/engine-world.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { journalProcess, type JournalProcess } from '../../support/orders/journal-processes.ts';

const GARBAGE: readonly (readonly [string, string | Buffer])[] = [
  ['a few bytes', 'garbage'],
  ['text', 'not a lock'.repeat(500)],
  ['zeroes', Buffer.alloc(4_096)],
  ['a page of a database over which something was written', `SQLite format 3\0${'\xff'.repeat(5_000)}`],
];

describe('a lock file of garbage', () => {
  it.each(GARBAGE)('(%s) is replaced by a new file, which locks', (_what, bytes) => {
    const lockFile = join(newFolder(), 'driver.lock');
    writeFileSync(lockFile, bytes);
    const lock = leaderLock(lockFile);
    expect(lock.take()).toBe(true);
    expect(lock.refusal()).toBeNull();
    const other = leaderLock(lockFile);
    expect([other.take(), other.refusal()]).toEqual([false, 'held']);
    lock.release();
    expect(other.take()).toBe(true);
    other.release();
  });

  it('locks for one process at most, however many find it at once, and for the next one if all stepped back', async () => {
    const count = 200;
    const lockFile = join(newFolder(), 'driver.lock');
    for (let n = 0; n < count; n += 1)
      writeFileSync(`${lockFile}-${String(n)}`, GARBAGE[n % GARBAGE.length]?.[1] ?? '');
    const racers = Array.from({ length: 3 }, () => journalProcess('race-for-locks', lockFile, String(count)));
    await Promise.all(racers.map((racer) => racer.said()));
    for (const racer of racers) racer.go();
    const got = (await Promise.all(racers.map((racer) => racer.said()))).flatMap((line) =>
      line
        .split(' ')
        .slice(1)
        .filter((n) => n !== ''),
    );
    const taken = new Set(got.map(Number));
    expect(taken.size).toBe(got.length);
    // Those that replace the same garbage at once may all step back. Each tries again a second later.
    const left = Array.from({ length: count }, (_, n) => n).filter((n) => !taken.has(n));
    expect(left.filter((n) => !leaderLock(`${lockFile}-${String(n)}`).take())).toEqual([]);
  });

  it('that is garbage under its holder is nobody else’s', async () => {
    const lockFile = join(newFolder(), 'driver.lock');
    const holder = journalProcess('drive', lockFile);
    expect(await holder.said()).toBe('ready');
    writeFileSync(lockFile, 'garbage'.repeat(1_000));
    const lock = leaderLock(lockFile);
    expect([lock.take(), lock.refusal()]).toEqual([false, 'held']);
    expect(readFileSync(lockFile, 'utf8')).toContain('garbage');
    await holder.kill();
    expect(lock.take()).toBe(true);
  });

  it('that cannot be opened at all is never driven without, and says why', () => {
    const lockFile = join(newFolder(), 'driver.lock');
    mkdirSync(lockFile);
    const lock = leaderLock(lockFile);
    expect([lock.take(), lock.refusal()]).toEqual([false, 'io']);
  });
});

/** A process that drives a journal with one armed cancel, and a watcher beside it. */
async function driven(
  how = '',
): Promise<{ folder: string; path: string; lockPath: string; child: JournalProcess; clock: FakeClock }> {
  const folder = newFolder();
  const path = join(folder, 'journal.sqlite');
  const clock = new FakeClock(Date.now(), Number(process.hrtime.bigint()) / 1e6);
  const world = openWorld(folder, clock, new ScriptedGateway());
  expect(world.engine.register(elsewhere('order-1', clock, 0)).ok).toBe(true);
  expect(world.engine.tell('order-1', { type: 'cancel-tapped', by: 'manager' }).ok).toBe(true);
  world.die();
  const child = journalProcess('drive-fast', path, 'order-1', how);
  while ((await child.said()) !== 'driving');
  return { folder, path, lockPath: `${path}.lock`, child, clock };
}

/** Waits until the holder has given another sign of life. */
async function anotherSign(lockPath: string): Promise<void> {
  const before = readHolder(lockPath)?.alive.monoMs;
  while (readHolder(lockPath)?.alive.monoMs === before) await sleep(5);
}

describe('a holder that stands still', () => {
  it('is named after ten seconds with orders under way, and no longer once it goes on', async () => {
    const { lockPath, child, clock } = await driven();
    const said: (string | null)[] = [];
    const lock = leaderLock(lockPath);
    let open = true;
    const watch = driverWatch({
      lockPath,
      program: 'app',
      pid: 1,
      clock: watchedClock(clock, REVERSE_WINDOW_MS),
      hasOpen: () => open,
      onNobodyDrives: (detail) => said.push(detail),
    });
    const look = (): void => {
      lock.take();
      watch(lock.refusal());
    };
    for (let signs = 0; signs < 5; signs += 1) {
      look();
      await clock.advance(DRIVER_SILENT_MS - 1);
      await anotherSign(lockPath);
    }
    look();
    expect(said).toEqual([]);
    child.stop();
    await clock.advance(DRIVER_SILENT_MS - 1);
    look();
    await clock.advance(DRIVER_SILENT_MS - 1);
    look();
    await clock.advance(1);
    look();
    expect(said).toEqual([expect.stringContaining(`PID ${String(child.pid)}, app, since 20`)]);
    open = false;
    look();
    expect(said.at(-1)).toBeNull();
    open = true;
    look();
    await clock.advance(DRIVER_SILENT_MS);
    look();
    expect(said).toHaveLength(3);
    child.wake();
    await anotherSign(lockPath);
    look();
    expect(said.at(-1)).toBeNull();
  });

  it('goes on after hours, finds that others have acted on its orders, and sends none of its planned calls', async () => {
    const { folder, child, clock } = await driven('standing-still');
    const beside = openWorld(folder, clock, new ScriptedGateway());
    expect(beside.engine.tell('order-1', { type: 'cancel-withdrawn' }).ok).toBe(true);
    beside.die();
    // The child's time runs a hundred times as fast: its window has long been over.
    await sleep(500);
    child.wake();
    child.go();
    const said: string[] = [];
    for (let line = await child.said(); line !== 'undefined'; line = await child.said()) said.push(line);
    expect(said.filter((line) => line !== 'query')).toEqual(['ends paying']);
  });
});

describe('who drives, looked at from outside', () => {
  const looked = async (lockPath: string, clock: FakeClock, forMs: number): Promise<DriverNow> => {
    const looking = driverNow(lockPath, clock);
    for (let passedMs = 0; passedMs < forMs; passedMs += 1_000) await clock.advance(1_000);
    return looking;
  };

  it('is nobody where there is no lock, or none that is held; nothing is made by looking', async () => {
    const lockFile = join(newFolder(), 'driver.lock');
    const clock = new FakeClock();
    expect(await looked(lockFile, clock, 3_000)).toEqual({ state: 'nobody' });
    writeFileSync(lockFile, 'garbage'.repeat(99));
    expect(await looked(lockFile, clock, 3_000)).toEqual({ state: 'nobody' });
    expect(readFileSync(lockFile, 'utf8')).toContain('garbage');
  });

  it('is named with its last sign of life, or is silent, or is not known', async () => {
    const { lockPath, child } = await driven();
    const at = readHolder(lockPath)?.alive.monoMs ?? 0;
    expect(await driverNow(lockPath, new FakeClock(0, at))).toMatchObject({
      state: 'drives',
      holder: { pid: child.pid, program: 'app' },
    });
    child.stop();
    expect(await looked(lockPath, new FakeClock(0, at + 3_600_000), DRIVER_SILENT_MS)).toMatchObject({
      state: 'silent',
      holder: { pid: child.pid },
    });
    writeFileSync(`${lockPath}.holder`, '');
    expect(await looked(lockPath, new FakeClock(0, at), DRIVER_SILENT_MS)).toEqual({ state: 'silent', holder: null });
    const lockFile = join(newFolder(), 'driver.lock');
    mkdirSync(lockFile);
    expect(await looked(lockFile, new FakeClock(), 3_000)).toEqual({ state: 'unusable', why: 'io' });
  });
});

describe('a lock that cannot be used', () => {
  it.each<[LockRefusal, string]>([
    ['read-only', 'driver.lock: read-only'],
    ['io', 'driver.lock: io'],
  ])('(%s) is said after ten seconds with orders under way', async (refusal, words) => {
    const clock = new FakeClock();
    const said: (string | null)[] = [];
    const watch = driverWatch({
      lockPath: '/nowhere/driver.lock',
      program: 'app',
      pid: 1,
      clock: watchedClock(clock, REVERSE_WINDOW_MS),
      hasOpen: () => true,
      onNobodyDrives: (detail) => said.push(detail),
    });
    watch(refusal);
    await clock.advance(DRIVER_SILENT_MS);
    watch(refusal);
    expect(said).toEqual([words]);
    watch(null);
    expect(said).toEqual([words, null]);
  });
});
