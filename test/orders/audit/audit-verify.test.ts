/** What the verification of the audit trail finds in journals that a person or a crash has changed. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../support/fake-clock.ts';
import { mended } from '../../support/orders/mended.ts';
import { THE_APP } from '../../../electron/orders/machine/actor.ts';
import { MIGRATIONS } from '../../../electron/orders/journal/sqlite-journal.ts';
import { CHAIN_MIGRATION, writeOldEntries } from '../../audit/made-journal.ts';
import { Random } from '../../audit/random.ts';
import {
  findingsOn,
  openedJournal,
  sideFiles,
  tamperWith,
  verdictOn,
  writeActs,
} from '../../support/orders/audit-file.ts';
import { OTHER_KEY, TEST_KEY } from '../../support/secrets/audit-keys.ts';
import { temporaryFolder } from '../../support/command.ts';
import { journalProcess } from '../../support/orders/journal-processes.ts';

let path: string;
beforeEach(() => {
  path = join(temporaryFolder(), 'journal.sqlite');
});

const count = (): number => verdictOn(path).entries;

describe('an untouched journal', () => {
  it('verifies, and says how many entries there are and from when to when', () => {
    writeActs(path, 7);
    expect(verdictOn(path)).toMatchObject({
      entries: 7,
      beforeChain: 0,
      fromMs: 1_000_000,
      toMs: 1_000_006,
      end: { seq: 7 },
      findings: [],
    });
  });

  it('verifies without an entry, before its first and where there is no file at all', () => {
    expect(verdictOn(path)).toMatchObject({ entries: 0, findings: [] });
    openedJournal(path).close();
    expect(verdictOn(path)).toMatchObject({ entries: 0, end: null, findings: [] });
  });

  it('is left as it is by the verification, byte for byte', () => {
    writeActs(path, 3);
    const bytes = (): string[] => [path, `${path}.head`].map((file) => readFileSync(file, 'hex'));
    const before = bytes();
    verdictOn(path);
    expect(bytes()).toEqual(before);
  });

  it('verifies while the app writes on', () => {
    writeActs(path, 3);
    const journal = openedJournal(path);
    journal.note(null, {
      atMs: 5,
      actor: THE_APP,
      event: { type: 'noted', act: 'app-started', outcome: 'ok', about: null },
    });
    expect(findingsOn(path)).toEqual([]);
    expect(count()).toBe(4);
    journal.close();
  });
});

describe('the first place that is wrong', () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['an edited entry', ["UPDATE entries SET actor = 'nobody' WHERE seq = 4"], 'edited 4'],
    ['an edited mac', ['UPDATE entries SET mac = zeroblob(32) WHERE seq = 4'], 'edited 4'],
    ['a mac that is gone', ['UPDATE entries SET mac = NULL WHERE seq = 4'], 'edited 4'],
    [
      'a text with something behind a NUL',
      ["UPDATE entries SET event = event || char(0) || 'x' WHERE seq = 4"],
      'edited 4',
    ],
    [
      'a number beyond all that we give',
      ['UPDATE entries SET seq = 9007199254740993 WHERE seq = 10'],
      'missing 10 10 to 9007199254740991',
    ],
    ['entries that are gone', ['DELETE FROM entries WHERE seq IN (4, 5)'], 'missing 4 4 to 5'],
    [
      'entries that have changed places',
      [
        'UPDATE entries SET seq = 99 WHERE seq = 4',
        'UPDATE entries SET seq = 4 WHERE seq = 7',
        'UPDATE entries SET seq = 7 WHERE seq = 99',
      ],
      'swapped 4 4 and 7',
    ],
    [
      'neighbours that have changed places',
      [
        'UPDATE entries SET seq = 99 WHERE seq = 4',
        'UPDATE entries SET seq = 4 WHERE seq = 5',
        'UPDATE entries SET seq = 5 WHERE seq = 99',
      ],
      'swapped 4 4 and 5',
    ],
    [
      'one that was put at the end',
      [
        'INSERT INTO entries SELECT 11, order_id, at, actor, role, event, effects, phase, state_digest, mac FROM entries WHERE seq = 4',
      ],
      'inserted 11',
    ],
    [
      'one that was slipped in',
      [
        'UPDATE entries SET seq = seq + 100 WHERE seq >= 4',
        'UPDATE entries SET seq = seq - 99 WHERE seq >= 4',
        'INSERT INTO entries SELECT 4, order_id, at, actor, role, event, effects, phase, state_digest, mac FROM entries WHERE seq = 2',
      ],
      'inserted 4',
    ],
    ['a cut end', ['DELETE FROM entries WHERE seq > 7'], 'cut-tail 8 8 to 10'],
    [
      'a cut end whose number was put right',
      ['DELETE FROM entries WHERE seq > 7', "UPDATE sqlite_sequence SET seq = 7 WHERE name = 'entries'"],
      'cut-tail 8 8 to 10',
    ],
    ['everything cut off', ['DELETE FROM entries'], 'cut-tail 1 1 to 10'],
    [
      'an order whose amount was edited',
      [`UPDATE orders SET state = replace(state, '1234', '1') WHERE order_id = 'pos-1'`],
      'order-edited pos-1',
    ],
    [
      'an order taken off the open list',
      ["UPDATE orders SET standing = 'done' WHERE order_id = 'pos-1'"],
      'order-edited pos-1',
    ],
    ['an order that is gone', ["DELETE FROM orders WHERE order_id = 'pos-1'"], 'order-edited pos-1'],
    [
      'an order that nobody wrote',
      [
        "INSERT INTO orders SELECT 'new', version, 'new', NULL, standing, created_at, state FROM orders WHERE order_id = 'pos-1'",
      ],
      'order-edited new',
    ],
    ['an index that was left out', ['DROP INDEX entries_by_order'], 'schema-changed index entries_by_order'],
    [
      'a guard that somebody added',
      ['CREATE TRIGGER quiet BEFORE INSERT ON entries BEGIN SELECT RAISE(IGNORE); END'],
      'schema-changed trigger quiet',
    ],
  ];
  it.each(cases)('is named: %s', (_what, sql, found) => {
    writeActs(path, 10);
    tamperWith(path, ...sql);
    expect(findingsOn(path)[0]).toBe(found);
  });

  it('is named where a guard was taken away', () => {
    writeActs(path, 2);
    const db = new DatabaseSync(path);
    db.exec('DROP TRIGGER entries_stay');
    db.close();
    expect(findingsOn(path)).toEqual(['schema-changed trigger entries_stay']);
  });

  it('stays found when the app has gone on for long', () => {
    writeActs(path, 6);
    tamperWith(path, "UPDATE entries SET role = 'manager' WHERE seq = 3");
    writeActs(path, 6);
    expect(findingsOn(path)).toEqual(['edited 3']);
  });
});

describe('the head', () => {
  const head = (): string => `${path}.head`;

  it.each([
    ['is gone', () => { rmSync(head()); }, 'head-missing'],
    ['is somebody’s own', () => { writeFileSync(head(), readFileSync(head(), 'utf8').replace(/"seq":\d+/, '"seq":1')); }, 'head-forged'],
    ['is empty', () => { writeFileSync(head(), ''); }, 'head-forged'],
    ['is a folder’s worth of something else', () => { writeFileSync(head(), 'x'.repeat(10_000)); }, 'head-forged'],
  ])('that %s is found, and what the app writes then says so for good', (_what, change, kind) => {
    writeActs(path, 4);
    change();
    expect(findingsOn(path)).toEqual([kind]);
    writeActs(path, 4);
    expect(findingsOn(path)).toEqual([`${kind} 5`]);
    expect(count(), 'said once, and the acts are there').toBe(9);
  }); // prettier-ignore

  it('finds an end that was cut off although the app has written more since', () => {
    writeActs(path, 8);
    tamperWith(path, 'DELETE FROM entries WHERE seq > 5', "UPDATE sqlite_sequence SET seq = 5 WHERE name = 'entries'");
    writeActs(path, 8);
    expect(findingsOn(path)[0]).toBe('cut-tail 6 the head stands at 8, the end at 5');
  });

  it('finds an end that was cut off under the running app', () => {
    const journal = openedJournal(path);
    const note = (): void => {
      journal.note(null, {
        atMs: 5,
        actor: THE_APP,
        event: { type: 'noted', act: 'app-started', outcome: 'ok', about: null },
      });
    };
    for (let n = 0; n < 5; n += 1) note();
    tamperWith(path, 'DELETE FROM entries WHERE seq > 3');
    note();
    journal.close();
    // The numbers that were removed are not used again, so that no process misses the entries after them.
    expect(findingsOn(path)).toEqual(['cut-tail 6 the head stands at 5, the end at 3']);
    expect(count()).toBe(5);
  });

  it('finds a journal that was removed, a new journal of the app in its place, and another journal that was put there', async () => {
    writeActs(path, 4);
    for (const file of sideFiles(path).filter((name) => !name.endsWith('.head'))) rmSync(file);
    expect(findingsOn(path)).toEqual(['journal-missing']);
    const { journal } = await mended(path, new FakeClock(99));
    journal.close();
    expect(findingsOn(path)).toEqual(['set-aside 1 journal.sqlite.damaged-99']);
    const other = join(temporaryFolder(), 'journal.sqlite');
    writeActs(other, 2);
    renameSync(other, path);
    writeActs(path, 1);
    expect(findingsOn(path)).toContain('cut-tail 3 the head stands at 3, the end at 2');
  });

  it('may be behind: a process died between its commit and the head', () => {
    writeActs(path, 4);
    copyFileSync(head(), `${head()}.old`);
    writeActs(path, 4);
    copyFileSync(`${head()}.old`, head());
    expect(findingsOn(path)).toEqual([]);
    openedJournal(path).close();
    expect(readFileSync(head(), 'utf8'), 'the next start brings it up').toContain('"seq":8,');
    expect(findingsOn(path)).toEqual([]);
  });

  it('that is behind does not tell of what was cut off after it: that much a copy of both files can do', () => {
    writeActs(path, 4);
    copyFileSync(head(), `${head()}.old`);
    writeActs(path, 4);
    const sql = [
      'DELETE FROM entries WHERE seq > 6',
      "DELETE FROM orders WHERE order_id = 'pos-3'",
      "UPDATE sqlite_sequence SET seq = 6 WHERE name = 'entries'",
    ];
    tamperWith(path, ...sql);
    copyFileSync(`${head()}.old`, head());
    expect(findingsOn(path)).toEqual([]);
  });

  it('cannot be written: the acts are written all the same', () => {
    writeActs(path, 2);
    rmSync(head());
    // The file that replaces it is first written under this name.
    mkdirSync(`${head()}.new`);
    const journal = openedJournal(path);
    expect(
      journal.note(null, {
        atMs: 5,
        actor: THE_APP,
        event: { type: 'noted', act: 'app-started', outcome: 'ok', about: null },
      }).ok,
    ).toBe(true);
    journal.close();
    expect(existsSync(head())).toBe(false);
    expect([count(), findingsOn(path)]).toEqual([4, ['head-missing 3', 'head-missing']]);
  });
});

describe('another key', () => {
  it('begins a stretch of its own; the old one cannot be verified and is never called good', () => {
    writeActs(path, 4);
    writeActs(path, 4, OTHER_KEY);
    expect(findingsOn(path, OTHER_KEY)).toEqual(['key-changed 1 1 to 4']);
    expect(findingsOn(path, TEST_KEY), 'with the old secret put back it is the other way round').toEqual([
      'key-changed 5 5 to 9',
    ]);
  });

  it('still covers the old stretch as a whole', () => {
    writeActs(path, 4);
    writeActs(path, 4, OTHER_KEY);
    tamperWith(path, "UPDATE entries SET actor = 'app' WHERE seq = 3");
    expect(findingsOn(path, OTHER_KEY)).toEqual(['key-changed 1 1 to 4', 'earlier-edited 5']);
  });

  it('also finds errors in its own part of the chain', () => {
    writeActs(path, 4);
    writeActs(path, 4, OTHER_KEY);
    tamperWith(path, "UPDATE entries SET actor = 'app' WHERE seq = 7");
    expect(findingsOn(path, OTHER_KEY)).toEqual(['key-changed 1 1 to 4', 'edited 7']);
  });

  it('that only looks, and has written nothing yet, says that nobody can say', () => {
    writeActs(path, 4);
    expect(findingsOn(path, OTHER_KEY)).toEqual(['key-changed 1 1 to 4']);
    expect(findingsOn(path, null)).toEqual(['no-key']);
  });

  it('of two processes that hold different ones neither is kept from writing', () => {
    const [one, other] = [openedJournal(path), openedJournal(path, OTHER_KEY)];
    const event = { type: 'noted', act: 'app-started', outcome: 'ok', about: null } as const;
    for (let n = 0; n < 6; n += 1) {
      expect((n % 2 === 0 ? one : other).note(null, { atMs: n, actor: THE_APP, event }).ok).toBe(true);
    }
    one.close();
    other.close();
    expect(verdictOn(path).findings.every(({ kind }) => kind === 'key-changed')).toBe(true);
    expect(findingsOn(path).length).toBeGreaterThan(0);
  });
});

describe('a journal from before the chain', () => {
  let before: number;
  let orders: number;
  beforeEach(() => {
    const db = new DatabaseSync(path);
    for (const sql of MIGRATIONS.slice(0, CHAIN_MIGRATION)) db.exec(sql);
    db.exec(`PRAGMA user_version = ${String(CHAIN_MIGRATION)}`);
    db.exec("INSERT INTO meta VALUES ('environment', 'practice')");
    writeOldEntries(db, new Random(5));
    before = Number(db.prepare('SELECT count(*) AS n FROM entries').get()?.['n']);
    orders = Number(db.prepare('SELECT count(*) AS n FROM orders').get()?.['n']);
    db.close();
  });

  it('is opened, keeps everything, goes on with its numbers and verifies', () => {
    const old = new DatabaseSync(path, { readOnly: true });
    const kept = old.prepare('SELECT seq, order_id, at, event, effects, phase FROM entries ORDER BY seq').all();
    old.close();
    const journal = openedJournal(path);
    expect(journal.history('old-1')[0]).toMatchObject({
      actor: { who: 'unknown', role: null },
      event: { type: 'timer' },
    });
    journal.close();
    const now = new DatabaseSync(path, { readOnly: true });
    expect(
      now.prepare('SELECT seq, order_id, at, event, effects, phase FROM entries ORDER BY seq LIMIT ?').all(before),
    ).toEqual(kept);
    now.close();
    writeActs(path, 3);
    expect(verdictOn(path)).toMatchObject({
      entries: before + 1 + orders + 3,
      beforeChain: before,
      end: { seq: before + 1 + orders + 3 },
      findings: [],
    });
  });

  it('has its old entries covered as a whole', () => {
    writeActs(path, 3);
    tamperWith(path, 'UPDATE entries SET at = at + 1 WHERE seq = 1');
    expect(findingsOn(path)).toEqual([`earlier-edited ${String(before + 1)}`]);
  });

  it.each(['"amountFen":1234', '"run":"run"'])(
    'has its orders covered although nothing has happened to them since: %s',
    (text) => {
      writeActs(path, 3);
      tamperWith(
        path,
        `UPDATE orders SET state = replace(state, '${text}', '${text.replace(/.(?=.$)/, '9')}') WHERE order_id = 'old-1'`,
      );
      expect(findingsOn(path)).toEqual(['order-edited old-1']);
    },
  );

  it('is brought up to date once, not at every start', () => {
    openedJournal(path).close();
    const entries = count();
    openedJournal(path).close();
    expect([entries, count()]).toEqual([before + 1 + orders, entries]);
  });

  it('keeps its guards and its index', () => {
    openedJournal(path).close();
    const db = new DatabaseSync(path);
    expect(() => db.exec('DELETE FROM entries')).toThrow('entries stay');
    expect(() => db.exec('UPDATE entries SET at = 1')).toThrow('entries are final');
    expect(
      db.prepare("EXPLAIN QUERY PLAN SELECT * FROM entries WHERE order_id = 'a' ORDER BY seq").get()?.['detail'],
    ).toContain('entries_by_order');
    db.close();
  });

  it('is not verified before the app has brought it up to date', () => {
    expect(() => verdictOn(path)).toThrow('older-file');
  });
});

describe('crashes and company', () => {
  it('a process killed between its commit and the head leaves a journal that verifies', async () => {
    writeActs(path, 4);
    for (let n = 0; n < 3; n += 1) {
      const victim = journalProcess('die-before-head', path);
      expect(await victim.said()).toBe('ready');
      victim.go();
      await victim.ended();
      expect(findingsOn(path)).toEqual([]);
      expect(count()).toBe(5 + n);
    }
    expect(readFileSync(`${path}.head`, 'utf8')).toContain('"seq":4,');
  });

  it('a process killed anywhere leaves a journal that verifies', async () => {
    writeActs(path, 1);
    for (let n = 0; n < 5; n += 1) {
      const victim = journalProcess('commit', path, 'pos-0');
      expect(await victim.said()).toBe('ready');
      victim.go();
      await new Promise((resolve) => setTimeout(resolve, n * 7));
      await victim.kill();
      expect(findingsOn(path)).toEqual([]);
    }
  });

  it('processes that share a journal write one chain', async () => {
    writeActs(path, 1);
    const writers = ['a', 'b'].map(() => journalProcess('commit', path, 'pos-0'));
    await Promise.all(writers.map((writer) => writer.said()));
    for (const writer of writers) writer.go();
    await Promise.all(writers.map((writer) => writer.said()));
    expect(verdictOn(path)).toMatchObject({ entries: 201, findings: [] });
  });

  it('a damaged journal is not touched by the verification; the one that is begun in its place says what happened', async () => {
    writeActs(path, 40);
    const bytes = readFileSync(path);
    bytes.fill(0xff, 9_000);
    writeFileSync(path, bytes);
    expect(findingsOn(path)).toEqual(['damaged']);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    const opened = await mended(path, new FakeClock(99));
    const lost = opened.damage.now();
    opened.journal.close();
    expect(lost).toMatchObject({ kind: 'damaged', about: 'journal.sqlite.damaged-99', taken: 0 });
    expect(
      readdirSync(dirname(path))
        .filter((name) => !/-(wal|shm)$/.test(name))
        .sort(),
    ).toEqual([
      'driver.lock',
      'journal.sqlite',
      'journal.sqlite.damaged-99',
      'journal.sqlite.damaged-99.head',
      'journal.sqlite.head',
    ]);
    expect(findingsOn(path)).toEqual(['set-aside 1 journal.sqlite.damaged-99']);
  });
});
