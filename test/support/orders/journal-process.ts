/**
 * A process of its own on a journal, for tests: `node journal-process.ts WHAT PATH ...`. It prints `ready` when it is,
 * and does its task at the next line on its standard input.
 */
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { REVERSE_WINDOW_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../../electron/base/clock.ts';
import { watchedClock } from '../../../electron/base/watched-clock.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { THE_APP } from '../../../electron/orders/machine/actor.ts';
import { headPathOf } from '../../../electron/orders/journal/chain-head.ts';
import { chainWriter } from '../../../electron/orders/journal/chain-writer.ts';
import { leaderLock } from '../../../electron/orders/engine/leader-lock.ts';
import { createEngine, type Engine } from '../../../electron/orders/engine/engine.ts';
import { openJournal } from '../../../electron/orders/open-journal.ts';
import { pollingWatch } from '../../../electron/orders/engine/journal-watch.ts';
import { driverWatch } from '../../../electron/orders/engine/driver-watch.ts';
import { sqliteJournal } from '../../../electron/orders/journal/sqlite-journal.ts';
import { TEST_KEY } from '../secrets/audit-keys.ts';

const [what = '', path = '', orderId = '', how = ''] = process.argv.slice(2);

const say = (word: string): void => {
  process.stdout.write(`${word}\n`);
};
const told = (): Promise<unknown> => once(process.stdin, 'data');

interface FastClock extends Clock {
  go(): void;
}

/** Stands at `from` until it gets the line to go, then runs `times` as fast as this machine's clocks. */
function fastClock(times: number, from: { readonly wallMs: number; readonly monoMs: number }): FastClock {
  const mono = (): number => Number(process.hrtime.bigint()) / 1e6;
  let began: number | null = null;
  const run = `fast-${String(process.pid)}`;
  return {
    go: () => {
      began = mono();
    },
    read: () => {
      const passedMs = began === null ? 0 : (mono() - began) * times;
      return { wallMs: from.wallMs + passedMs, monoMs: from.monoMs + passedMs, run };
    },
    after: (ms, act) => {
      const timer = setTimeout(act, Math.ceil(ms / times));
      return () => {
        clearTimeout(timer);
      };
    },
  };
}

switch (what) {
  // Opens a journal at the line to go: several of them compete.
  case 'open': {
    say('ready');
    await told();
    const opened = openJournal(path, 'practice', 0, TEST_KEY);
    say(opened.ok ? 'opened' : opened.error);
    if (opened.ok) opened.value.journal.close();
    break;
  }
  // Commits to one order a hundred times, and accepts every loss against the other processes.
  case 'commit': {
    const opened = openJournal(path, 'practice', 0, TEST_KEY);
    if (!opened.ok) throw new Error(opened.error);
    const { journal } = opened.value;
    say('ready');
    await told();
    let stale = 0;
    for (let done = 0; done < 100;) {
      const stored = journal.load(orderId);
      if (stored === null) throw new Error('no such order');
      const { query } = stored.order;
      const next = { ...stored.order, query: { ...query, count: query.count + 1 } };
      const committed = journal.commit(stored, next, [
        { atMs: 0, actor: THE_APP, event: { type: 'timer' }, effects: [] },
      ]);
      if (committed.ok) done += 1;
      else if (committed.error.kind === 'stale') stale += 1;
      else throw new Error(committed.error.kind);
    }
    journal.close();
    say(`stale ${String(stale)}`);
    break;
  }
  // Commits once, and is killed before it has moved the head of the audit trail.
  case 'die-before-head': {
    const db = new DatabaseSync(path);
    db.exec('PRAGMA synchronous = FULL');
    const chain = chainWriter(db, TEST_KEY, headPathOf(path));
    const die = (): void => {
      process.kill(process.pid, 'SIGKILL');
    };
    const journal = sqliteJournal(db, { ...chain, committed: die });
    say('ready');
    await told();
    journal.note(null, {
      atMs: 0,
      actor: THE_APP,
      event: { type: 'noted', act: 'app-started', outcome: 'ok', about: null },
    });
    throw new Error('still alive');
  }
  // Holds the leader lock until it is killed.
  case 'drive': {
    const lock = leaderLock(path);
    say(lock.take() ? 'ready' : 'taken');
    await told();
    lock.release();
    break;
  }
  // Takes each of several leader locks at the line to go, in competition with others, and reports which it got.
  case 'race-for-locks': {
    const locks = Array.from({ length: Number(orderId) }, (_, n) => `${path}-${String(n)}`);
    say('ready');
    await told();
    const leaderLocks = locks.map((lock) => leaderLock(lock));
    say(`got ${leaderLocks.flatMap((lock, n) => (lock.take() ? [n] : [])).join(' ')}`);
    await told();
    break;
  }
  // Drives a journal's orders as the app does, a hundred times as fast from the moment it drives; it prints a line for
  // each call that leaves. `standing-still`: the system stops it as soon as it drives.
  case 'drive-fast': {
    const opened = openJournal(path, 'practice', Date.now(), TEST_KEY);
    if (!opened.ok) throw new Error(opened.error);
    const { journal } = opened.value;
    const order = journal.load(orderId)?.order;
    if (order === undefined) throw new Error('no such order');
    // However long a busy machine takes to get here: the order's window has not begun to pass.
    const clock = fastClock(100, order.payCall.at);
    const lockPath = `${path}.lock`;
    const lock = leaderLock(lockPath);
    const watch = driverWatch({
      lockPath,
      program: 'app',
      pid: process.pid,
      clock: watchedClock(clock, REVERSE_WINDOW_MS),
      hasOpen: () => journal.list({ standing: 'open', limit: 1 }).length > 0,
      onNobodyDrives: () => undefined,
    });
    const calls = (kind: string): Promise<never> => {
      say(kind);
      return new Promise(() => undefined);
    };
    const gateway = {
      query: () => calls('query'),
      reverse: () => calls('reverse'),
      refund: () => calls('refund'),
      refundStatus: () => calls('refund-status'),
      close: () => undefined,
    };
    const engine: Engine = createEngine({
      journal,
      gateway,
      clock,
      lock,
      watch: (look) =>
        pollingWatch(clock)(() => {
          look();
          if (engine.isDriving()) watch(null);
        }),
      log: silentLog,
      onChange: () => undefined,
      onTrouble: () => undefined,
      onUnreadable: () => undefined,
    });
    engine.start();
    say(engine.isDriving() ? 'driving' : 'not driving');
    clock.go();
    if (how === 'standing-still') process.kill(process.pid, 'SIGSTOP');
    await told();
    say(`ends ${journal.load(orderId)?.order.phase.name ?? 'nowhere'}`);
    await engine.stop(0);
    journal.close();
    break;
  }
  // Another program that holds the journal locked from one line on its input until the next.
  case 'hold': {
    const db = new DatabaseSync(path, { timeout: 5_000 });
    say('ready');
    await told();
    db.exec('BEGIN IMMEDIATE');
    say('held');
    await told();
    db.exec('ROLLBACK');
    db.close();
    say('let go');
    break;
  }
  // A newer version of the app that dies before SQLite has moved its writes from the log into the file.
  case 'write-newer': {
    const db = new DatabaseSync(path);
    db.exec(
      "PRAGMA journal_mode = WAL; PRAGMA user_version = 1099; CREATE TABLE of_the_future (a TEXT); INSERT INTO of_the_future VALUES ('kept')",
    );
    say('ready');
    await told();
    break;
  }
  default:
    throw new Error(`what is "${what}"?`);
}
process.stdin.destroy();
