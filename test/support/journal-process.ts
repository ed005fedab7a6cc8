/**
 * A process of its own on a journal, for tests: `node journal-process.ts WHAT PATH ...`. Says `ready` when it is and
 * does what it was told to on the next line of its standard input.
 */
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { THE_APP } from '../../electron/orders/actor.ts';
import { headPathOf } from '../../electron/orders/audit-head.ts';
import { chainWriter } from '../../electron/orders/chain-writer.ts';
import { driverSeat } from '../../electron/orders/driver-seat.ts';
import { openJournal } from '../../electron/orders/journal-file.ts';
import { sqliteJournal } from '../../electron/orders/sqlite-journal.ts';
import { TEST_KEY } from './audit-keys.ts';

const [what = '', path = '', orderId = ''] = process.argv.slice(2);

const say = (word: string): void => {
  process.stdout.write(`${word}\n`);
};
const told = (): Promise<unknown> => once(process.stdin, 'data');

switch (what) {
  // Opens a journal when told to: several of them race.
  case 'open': {
    say('ready');
    await told();
    const opened = openJournal(path, 'practice', 0, TEST_KEY);
    say(opened.ok ? 'opened' : opened.error);
    if (opened.ok) opened.value.journal.close();
    break;
  }
  // Commits to one order a hundred times, taking every loss against the others as it comes.
  case 'commit': {
    const opened = openJournal(path, 'practice', 0, TEST_KEY);
    if (!opened.ok) throw new Error(opened.error);
    const { journal } = opened.value;
    say('ready');
    await told();
    let stale = 0;
    for (let done = 0; done < 100; ) {
      const stored = journal.load(orderId);
      if (stored === null) throw new Error('no such order');
      const { query } = stored.order;
      const next = { ...stored.order, query: { ...query, count: query.count + 1 } };
      const committed = journal.commit(stored, next, [{ atMs: 0, actor: THE_APP, event: { type: 'timer' }, effects: [] }]);
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
    journal.note(null, { atMs: 0, actor: THE_APP, event: { type: 'noted', act: 'app-started', outcome: 'ok', about: null } });
    throw new Error('still alive');
  }
  // Sits in the driver's seat until it is killed.
  case 'drive':
    say(driverSeat(path).take() ? 'ready' : 'taken');
    await told();
    break;
  // Another program that holds the journal locked from when it is told to until it is told again.
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
    db.exec("PRAGMA journal_mode = WAL; PRAGMA user_version = 1099; CREATE TABLE of_the_future (a TEXT); INSERT INTO of_the_future VALUES ('kept')");
    say('ready');
    await told();
    break;
  }
  default:
    throw new Error(`what is "${what}"?`);
}
process.stdin.destroy();
