/**
 * The journal's file: opened safely, refused untouched, set aside whole; full, read-only, busy; used by many processes.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { THE_APP } from '../../electron/orders/machine/actor.ts';
import { headPathOf } from '../../electron/orders/journal/chain-head.ts';
import { chainWriter } from '../../electron/orders/journal/chain-writer.ts';
import { leaderLock } from '../../electron/orders/engine/leader-lock.ts';
import { openJournal, type OpenJournal } from '../../electron/orders/open-journal.ts';
import { sqliteJournal } from '../../electron/orders/journal/sqlite-journal.ts';
import { orderEntered, type Order } from '../../electron/orders/machine/order.ts';
import { TEST_KEY } from '../support/secrets/audit-keys.ts';
import { temporaryFolder } from '../support/command.ts';
import { mended } from '../support/orders/mended.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { journalProcess } from '../support/orders/journal-processes.ts';
import { canMount, smallDisk } from '../support/small-disk.ts';

let path: string;
beforeEach(() => {
  path = join(temporaryFolder(), 'journal.sqlite');
});

const clock = new FakeClock();
const REGISTERED = [{ atMs: 1, actor: THE_APP, event: { type: 'registered' as const }, effects: [] }];
const entered = (outTradeNo: string): Order =>
  orderEntered(
    { orderId: outTradeNo, outTradeNo, transactionId: null, family: 'facepay', amountFen: 100 },
    null,
    clock.read(),
  );

function opened(): OpenJournal {
  const result = openJournal(path, 'practice', 1_234, TEST_KEY);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}
/** A journal with one order, closed. */
function written(): void {
  const { journal } = opened();
  expect(journal.create(entered('kept'), REGISTERED).ok).toBe(true);
  journal.close();
}
const everyByte = (): [string, string][] =>
  readdirSync(dirname(path)).map((name) => [name, readFileSync(join(dirname(path), name), 'hex')]);

describe('a journal file', () => {
  it('is made with its folder, for this user alone, and found again after close', () => {
    path = join(dirname(path), 'new', 'journal.sqlite');
    written();
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(path)), 'no side files are left').toEqual(['journal.sqlite', 'journal.sqlite.head']);
    const { journal, damage } = opened();
    expect([journal.load('kept')?.order.outTradeNo, damage.now()]).toEqual(['kept', null]);
    journal.close();
  });

  it('survives a process that dies without closing it', async () => {
    written();
    const writer = journalProcess('commit', path, 'kept');
    await writer.said();
    writer.go();
    await writer.kill();
    const { journal, damage } = opened();
    expect(damage.now()).toBeNull();
    const stored = journal.load('kept');
    expect(stored?.order.query.count).toBe((stored?.version ?? 0) - 1);
    expect(journal.history('kept')).toHaveLength(stored?.version ?? 0);
    journal.close();
  });

  it('of another generation is refused, byte for byte untouched', () => {
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 1099; CREATE TABLE something_new (a TEXT)');
    newer.close();
    const before = everyByte();
    expect(openJournal(path, 'practice', 0, TEST_KEY)).toEqual({ ok: false, error: 'newer-file' });
    expect(everyByte()).toEqual(before);
  });

  it('of another generation that died with its writes still in the log is refused, and neither file is touched', async () => {
    written();
    const newer = journalProcess('write-newer', path);
    expect(await newer.said()).toBe('ready');
    await newer.kill();
    const bytes = (): string[] => ['', '-wal'].map((suffix) => readFileSync(path + suffix, 'hex'));
    const before = bytes();
    expect(openJournal(path, 'practice', 0, TEST_KEY)).toEqual({ ok: false, error: 'newer-file' });
    expect(bytes()).toEqual(before);
  });

  it('of practice is refused where real money is expected, and the other way round', () => {
    written();
    expect(openJournal(path, 'live', 0, TEST_KEY)).toEqual({ ok: false, error: 'other-environment' });
    const { journal } = opened();
    expect(journal.load('kept')).not.toBeNull();
    journal.close();
    path = join(dirname(path), 'live.sqlite');
    const live = openJournal(path, 'live', 0, TEST_KEY);
    if (live.ok) live.value.journal.close();
    expect(openJournal(path, 'practice', 0, TEST_KEY)).toEqual({ ok: false, error: 'other-environment' });
  });

  const damages: readonly (readonly [string, () => void])[] = [
    ['is no database', () => { writeFileSync(path, 'not a database'.repeat(100)); }],
    ['has bytes turned over in its middle', () => { writeFileSync(path, Buffer.from(readFileSync(path)).fill(0xff, 5_000, 30_000)); }],
    ['was cut off', () => { writeFileSync(path, readFileSync(path).subarray(0, 20_000)); }],
    ['has a header and nothing else', () => { writeFileSync(path, readFileSync(path).subarray(0, 100)); }],
  ]; // prettier-ignore
  it.each(damages)(
    'that %s is left as it is by a process that only opens it, and set aside unchanged by the process that repairs it',
    async (_what, damage) => {
      written();
      damage();
      const before = readFileSync(path, 'hex');
      expect(openJournal(path, 'practice', 1_234, TEST_KEY)).toEqual({ ok: false, error: 'damaged' });
      expect(readFileSync(path, 'hex')).toBe(before);
      const { journal } = await mended(path, new FakeClock(1_234));
      expect(readFileSync(`${path}.damaged-1234`, 'hex')).toBe(before);
      expect(journal.create(entered('new'), REGISTERED).ok).toBe(true);
      journal.close();
    },
  );

  it('that is empty is begun, and is missing where what lies beside it says that there was one', () => {
    writeFileSync(path, '');
    const { journal, damage } = opened();
    expect(damage.now()).toBeNull();
    journal.close();
    writeFileSync(path, '');
    expect(openJournal(path, 'practice', 0, TEST_KEY)).toEqual({ ok: false, error: 'journal-missing' });
    expect(statSync(path).size).toBe(0);
    rmSync(path);
    expect(openJournal(path, 'practice', 0, TEST_KEY)).toEqual({ ok: false, error: 'journal-missing' });
    expect(existsSync(path)).toBe(false);
  });

  it('that is a folder cannot be opened, and stays', () => {
    mkdirSync(path);
    expect(openJournal(path, 'practice', 0, TEST_KEY)).toMatchObject({ ok: false, error: 'io' });
    expect(statSync(path).isDirectory()).toBe(true);
  });
});

describe('a write that cannot be done', () => {
  /** The journal over a database that the test makes, so that the test can block SQLite. */
  function held(timeout = 0): { db: DatabaseSync; journal: ReturnType<typeof sqliteJournal> } {
    written();
    const db = new DatabaseSync(path, { timeout });
    db.exec('PRAGMA synchronous = FULL');
    return { db, journal: sqliteJournal(db, chainWriter(db, TEST_KEY, headPathOf(path))) };
  }

  it('is all or nothing on a full disk, and succeeds once there is room', () => {
    const { db, journal } = held();
    db.exec('PRAGMA max_page_count = 1');
    let last = 0;
    const write = (): ReturnType<typeof journal.create> =>
      journal.create(entered(`order-${String((last += 1))}`), REGISTERED);
    let result = write();
    while (result.ok) result = write();
    expect(result).toEqual({ ok: false, error: { kind: 'disk-full' } });
    expect(journal.load(`order-${String(last)}`)).toBeNull();
    expect(journal.history(`order-${String(last)}`)).toEqual([]);
    db.exec('PRAGMA max_page_count = 100000');
    last -= 1;
    expect(write().ok).toBe(true);
    expect(journal.load('kept')).not.toBeNull();
    journal.close();
  });

  it('says read-only, and busy', () => {
    const { db, journal } = held();
    db.exec('PRAGMA query_only = 1');
    expect(journal.create(entered('a'), REGISTERED)).toEqual({ ok: false, error: { kind: 'read-only' } });
    db.exec('PRAGMA query_only = 0');
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    expect(journal.create(entered('a'), REGISTERED)).toEqual({ ok: false, error: { kind: 'busy' } });
    expect(journal.load('kept'), 'reading goes on').not.toBeNull();
    other.exec('ROLLBACK');
    other.close();
    expect(journal.create(entered('a'), REGISTERED).ok).toBe(true);
    journal.close();
  });

  it.skipIf(!canMount())(
    'leaves a journal on a really full disk whole, closed without a complaint and found again (needs the right to mount)',
    () => {
      const disk = smallDisk();
      path = join(disk.path, 'journal.sqlite');
      const { journal } = opened();
      expect(journal.create(entered('kept'), REGISTERED).ok).toBe(true);
      disk.fill();
      let result = journal.create(entered('order-0'), REGISTERED);
      for (let n = 1; result.ok; n += 1) result = journal.create(entered(`order-${String(n)}`), REGISTERED);
      expect(result).toEqual({ ok: false, error: { kind: 'disk-full' } });
      expect(() => {
        journal.close();
      }).not.toThrow();
      disk.empty();
      const again = opened();
      expect([again.damage.now(), again.journal.load('kept')?.version]).toEqual([null, 1]);
      again.journal.close();
    },
  );
});

describe('processes that share a journal', () => {
  it('may all open it at the moment it is made', async () => {
    const racers = Array.from({ length: 6 }, () => journalProcess('open', path));
    await Promise.all(racers.map((racer) => racer.said()));
    for (const racer of racers) racer.go();
    expect(await Promise.all(racers.map((racer) => racer.said()))).toEqual(racers.map(() => 'opened'));
    expect(readdirSync(dirname(path)).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it('lose none of each other’s commits', async () => {
    written();
    const writers = ['a', 'b'].map(() => journalProcess('commit', path, 'kept'));
    await Promise.all(writers.map((writer) => writer.said()));
    for (const writer of writers) writer.go();
    await Promise.all(writers.map((writer) => writer.said()));
    const { journal } = opened();
    expect(journal.load('kept')).toMatchObject({ version: 201, order: { query: { count: 200 } } });
    expect(journal.history('kept')).toHaveLength(201);
    journal.close();
  });

  it('have one leader lock, which is free the moment its holder is killed', async () => {
    const lockFile = join(dirname(path), 'driver.lock');
    const driver = journalProcess('drive', lockFile);
    expect(await driver.said()).toBe('ready');
    const lock = leaderLock(lockFile);
    expect(lock.take()).toBe(false);
    await driver.kill();
    expect(lock.take()).toBe(true);
    expect(lock.take(), 'who holds it holds it').toBe(true);
    expect(leaderLock(lockFile).take()).toBe(false);
    lock.release();
    expect(leaderLock(lockFile).take()).toBe(true);
    expect(existsSync(lockFile)).toBe(true);
  });

  it('write nothing to take that lock, and merely do not hold it where it cannot be taken', () => {
    const lockFile = join(dirname(path), 'driver.lock');
    const lock = leaderLock(lockFile);
    expect(lock.take()).toBe(true);
    expect([readdirSync(dirname(lockFile)), statSync(lockFile).size]).toEqual([['driver.lock'], 0]);
    lock.release();
    mkdirSync(join(dirname(path), 'folder.lock'));
    expect(leaderLock(join(dirname(path), 'folder.lock')).take()).toBe(false);
    expect(leaderLock(join(lockFile, 'driver.lock')).take(), 'a file where its folder should be').toBe(false);
  });
});
