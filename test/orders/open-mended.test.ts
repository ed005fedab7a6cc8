/**
 * A journal that is damaged or gone: what the app recovers from it, what it reports, and that no reverse leaves too
 * early because of it.
 */
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { damageNotices, journalDamageService } from '../../electron/app/journal/journal-damage-service.ts';
import { leaderLock } from '../../electron/orders/engine/leader-lock.ts';
import { headPathOf } from '../../electron/orders/journal/chain-head.ts';
import { openJournal, type OpenJournal } from '../../electron/orders/open-journal.ts';
import { openMended } from '../../electron/orders/open-mended.ts';
import { orderEntered, type Order } from '../../electron/orders/machine/order.ts';
import type { Notice } from '../../shared/ipc.ts';
import { REVERSE_WINDOW_MS } from '../../shared/timing.ts';
import { TEST_KEY } from '../support/secrets/audit-keys.ts';
import { findingsOn } from '../support/orders/audit-file.ts';
import { openWorld, ScriptedGateway } from '../support/orders/engine-world.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { mended } from '../support/orders/mended.ts';

const PAGE = 4_096;
const MANAGER = { who: 'screen', role: 'manager' } as const;
const CASHIER = { who: 'screen', role: 'cashier' } as const;

let folder: string;
let path: string;
let clock: FakeClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-mend-'));
  path = join(folder, 'journal.sqlite');
  clock = new FakeClock();
});

function opened(): OpenJournal {
  const result = openJournal(path, 'practice', clock.read().wallMs, TEST_KEY);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

/** `armed` cancels that are pending, paid at this moment, among `done` orders that nobody waits for. */
function shop(armed: number, done: number): void {
  const { journal } = opened();
  const now = clock.read();
  const enter = (name: string, phase: Order['phase']): void => {
    const order = orderEntered(
      { orderId: name, outTradeNo: name, transactionId: null, family: 'facepay', amountFen: 1_234 },
      now.wallMs,
      now,
    );
    const written = journal.create({ ...order, phase }, [
      { atMs: now.wallMs, actor: CASHIER, event: { type: 'cancel-tapped', by: 'cashier' }, effects: [] },
    ]);
    if (!written.ok) throw new Error(written.error.kind);
  };
  for (let n = 0; n < done; n += 1) enter(`done-${String(n)}`, { name: 'settled', reason: 'refunded at the desk' });
  for (let n = 0; n < armed; n += 1)
    enter(`armed-${String(n)}`, { name: 'armed', by: 'cashier', evenIfPaid: false, from: 'paying' });
  journal.close();
}

/** The root page of a table or an index, and the pages of its leaves. */
function pagesOf(name: string): number[] {
  const db = new DatabaseSync(path, { readOnly: true });
  const root = Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name)?.['rootpage']);
  db.close();
  const bytes = readFileSync(path);
  const at = (root - 1) * PAGE;
  const kind = bytes[at];
  if (kind !== 5 && kind !== 2) return [root];
  const cells = bytes.readUInt16BE(at + 3);
  const leaves = Array.from({ length: cells }, (_, cell) =>
    bytes.readUInt32BE(at + bytes.readUInt16BE(at + 12 + 2 * cell)),
  );
  return [...leaves, bytes.readUInt32BE(at + 8)];
}

/** How many rows a leaf has. */
const cellsOn = (page: number): number => readFileSync(path).readUInt16BE((page - 1) * PAGE + 3);

function overwrite(page: number): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, (page - 1) * PAGE, page * PAGE);
  writeFileSync(path, bytes);
}

describe('a damaged journal', () => {
  it('whose orders can still be read goes on with each cancel by itself, and none is early', async () => {
    shop(30, 60);
    overwrite(1);
    clock.restart(1_000);
    const { journal, damage } = await mended(path, clock);
    expect(damage.now()).toBeNull();
    expect(journal.unfinished().orders).toHaveLength(30);
    journal.close();
    const gateway = new ScriptedGateway();
    const world = openWorld(folder, clock, gateway);
    world.engine.start();
    await clock.advance(REVERSE_WINDOW_MS - 1_001);
    expect(gateway.reversed, 'none is early').toEqual([]);
    await clock.advance(120_000);
    expect(new Set(gateway.reversed).size).toBe(30);
    expect(world.journal.unfinished().orders).toEqual([]);
    world.die();
  });

  it.each(['orders_by_standing', 'entries_by_order', 'order_facts'])(
    'whose derived part %s is damaged loses nothing, and its audit trail goes on',
    async (name) => {
      shop(3, 200);
      const page = pagesOf(name)[0] ?? 0;
      overwrite(page);
      if (openJournal(path, 'practice', 0, TEST_KEY).ok) throw new Error('nobody would see this damage');
      const { journal, damage, mended: how } = await mended(path, clock);
      expect([how, damage.now(), journal.unfinished().orders.length]).toEqual(['rebuilt', null, 3]);
      journal.close();
      expect(findingsOn(path)).toEqual([]);
    },
  );

  it('that lost rows takes over every other one, names the lost ones, and says so over restarts until a manager has read it', async () => {
    shop(60, 0);
    const [page = 0] = pagesOf('orders');
    overwrite(page);
    const first = await mended(path, clock);
    const taken = first.journal.unfinished().orders.length;
    const damage = first.damage.now();
    expect(damage).toMatchObject({ kind: 'damaged', taken });
    expect(taken + (damage?.lostCount ?? 0)).toBe(60);
    expect([taken > 0, (damage?.lostCount ?? 0) > 0]).toEqual([true, true]);
    const kept = new Set(first.journal.unfinished().orders.map(({ order }) => order.outTradeNo));
    for (const name of damage?.lost ?? []) expect(kept.has(name)).toBe(false);
    first.journal.close();
    expect(findingsOn(path)).toEqual([expect.stringMatching(/^set-aside /)]);

    for (let start = 0; start < 3; start += 1) {
      const again = opened();
      const notices: Notice[] = [];
      journalDamageService(again, clock, (notice) => notices.push(notice));
      expect(notices.map(({ code }) => code)).toEqual(['journal-was-damaged', 'journal-orders-lost']);
      again.journal.close();
    }
    const last = opened();
    const notices: Notice[] = [];
    expect(journalDamageService(last, clock, (notice) => notices.push(notice)).acknowledge(MANAGER).ok).toBe(true);
    expect(notices.slice(-2).map(({ code, on }) => [code, on])).toEqual([
      ['journal-was-damaged', false],
      ['journal-orders-lost', false],
    ]);
    last.journal.close();
    expect(opened().damage.now()).toBeNull();
    expect(acts()).toContain('journal-damage-acknowledged');
    expect(acts().filter((act) => act === 'order-not-taken-over')).toHaveLength(damage?.lostCount ?? 0);
  });

  it.each([1, 2, 3])(
    'whose end is cut off (%i pages of entries) counts the newest entries that are lost with it, and says that orders among them are unknown',
    async (cut) => {
      shop(200, 0);
      const leaves = pagesOf('entries').sort((one, other) => one - other);
      const from = leaves.at(-cut) ?? 0;
      const lost = leaves.filter((page) => page >= from).reduce((sum, page) => sum + cellsOn(page), 0);
      writeFileSync(path, readFileSync(path).subarray(0, (from - 1) * PAGE));
      const { journal, damage } = await mended(path, clock);
      const found = damage.now();
      expect(found).toMatchObject({ kind: 'damaged', entriesLost: lost, newestLost: lost });
      const held = new Set(journal.unfinished().orders.map(({ order }) => order.orderId));
      const silent = Array.from({ length: 200 }, (_, n) => `armed-${String(n)}`).filter(
        (name) => !held.has(name) && found?.lost.includes(name) !== true,
      );
      expect(silent.length - ((found?.lostCount ?? 0) - (found?.lost.length ?? 0))).toBeLessThanOrEqual(lost);
      if (found !== null)
        expect(damageNotices(found)).toContainEqual({ code: 'journal-newest-lost', on: true, detail: String(lost) });
      journal.close();
      expect(noted('journal-entries-lost')).toEqual([{ outcome: String(lost), about: `${String(201 - lost)} to 200` }]);
    },
  );

  it('counts a page of entries that is lost from its middle, and does not call them the newest', async () => {
    shop(200, 0);
    const page = pagesOf('entries').sort((one, other) => one - other)[1] ?? 0;
    const lost = cellsOn(page);
    overwrite(page);
    const { journal, damage } = await mended(path, clock);
    const found = damage.now();
    expect(found).toMatchObject({ entriesLost: lost, newestLost: 0 });
    if (found !== null) expect(damageNotices(found).map(({ code }) => code)).toEqual(['journal-entries-lost']);
    journal.close();
  });

  it('that has lost its head as well is told how far it had come by SQLite itself; without that, that nobody can tell', async () => {
    shop(200, 0);
    const [sequence = 0] = pagesOf('sqlite_sequence');
    const leaf = Math.max(...pagesOf('entries'));
    const lost = cellsOn(leaf);
    overwrite(leaf);
    const bytes = readFileSync(path);
    for (const isThere of [true, false]) {
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
      writeFileSync(path, bytes);
      if (!isThere) overwrite(sequence);
      const { journal, damage } = await mended(path, clock);
      expect(damage.now()).toMatchObject({ newestLost: isThere ? lost : null });
      const found = damage.now();
      if (found !== null)
        expect(damageNotices(found).map(({ code }) => code)).toContain(
          isThere ? 'journal-newest-lost' : 'journal-end-unknown',
        );
      journal.close();
    }
  });

  it('does not believe an old copy of a row where the entries tell that the order has gone on', async () => {
    const { journal } = opened();
    const now = clock.read();
    const order = orderEntered(
      { orderId: 'a', outTradeNo: 'a', transactionId: null, family: 'facepay', amountFen: 1 },
      now.wallMs,
      now,
    );
    const entry = {
      atMs: now.wallMs,
      actor: CASHIER,
      event: { type: 'cancel-tapped', by: 'cashier' },
      effects: [],
    } as const;
    const created = journal.create(
      { ...order, phase: { name: 'armed', by: 'cashier', evenIfPaid: false, from: 'paying' } },
      [entry],
    );
    if (!created.ok) throw new Error(created.error.kind);
    const earlier = JSON.stringify(created.value.order);
    const withdrawn = journal.commit(created.value, { ...order, phase: { name: 'settled', reason: 'kept' } }, [
      { ...entry, event: { type: 'cancel-withdrawn' } },
    ]);
    if (!withdrawn.ok) throw new Error(withdrawn.error.kind);
    journal.close();
    const db = new DatabaseSync(path);
    db.prepare("UPDATE orders SET state = ?, standing = 'open', version = 1").run(earlier);
    db.exec("DELETE FROM meta WHERE name = 'audit-key'");
    db.close();
    overwrite(1);
    const { journal: next, damage } = await mended(path, clock);
    expect([next.unfinished().orders.length, damage.now()?.lost]).toEqual([0, ['a']]);
    next.close();
  });

  it('keeps what was lost before and nobody has read, when it is damaged once more', async () => {
    shop(60, 0);
    overwrite(pagesOf('orders')[0] ?? 0);
    const first = await mended(path, clock);
    const before = first.damage.now();
    first.journal.close();
    overwrite(pagesOf('orders')[0] ?? 0);
    clock.restart(5_000);
    const second = await mended(path, clock);
    const after = second.damage.now();
    expect(after?.lostCount).toBeGreaterThan(before?.lostCount ?? 0);
    second.journal.close();
  });

  it('is mended by one of two processes; the other finds it mended, or waits', async () => {
    shop(5, 5);
    overwrite(1);
    const held = leaderLock(join(folder, 'driver.lock'));
    expect(held.take()).toBe(true);
    const bytes = readFileSync(path, 'hex');
    const lock = leaderLock(join(folder, 'driver.lock'));
    expect(await openMended({ path, environment: 'practice', key: TEST_KEY, clock, lock })).toEqual({
      ok: false,
      error: 'busy',
    });
    expect(readFileSync(path, 'hex')).toBe(bytes);
    held.release();
    const both = await Promise.all([mended(path, clock), mended(path, clock).catch(() => null)]);
    expect(readdirSync(folder).filter((name) => /\.damaged-\d+$/.test(name))).toHaveLength(1);
    for (const one of both) one?.journal.close();
  });

  it('is mended by the next one where the first died at any of its steps', async () => {
    shop(4, 4);
    const whole = readFileSync(path);
    const head = readFileSync(headPathOf(path));
    for (let step = 0, died = true; died; step += 1) {
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
      writeFileSync(path, whole);
      writeFileSync(headPathOf(path), head);
      overwrite(1);
      let left = step;
      died = false;
      const rename = (from: string, to: string): void => {
        if (left === 0) {
          died = true;
          throw new Error('dies here');
        }
        left -= 1;
        renameSync(from, to);
      };
      const lock = leaderLock(join(folder, 'driver.lock'));
      const dies = openMended({ path, environment: 'practice', key: TEST_KEY, clock, lock, rename });
      const first = await dies.then(
        (result) => result,
        () => null,
      );
      if (first?.ok === true) first.value.journal.close();
      const { journal } = await mended(path, clock);
      expect(
        journal.unfinished().orders.map(({ order }) => order.orderId),
        `step ${String(step)}`,
      ).toHaveLength(4);
      journal.close();
      expect(findingsOn(path), `step ${String(step)}`).toEqual([]);
    }
  });

  it.each(['EBUSY', 'EPERM', 'EACCES'])(
    'whose file another program holds is tried again for about a second (%s), then named',
    async (code) => {
      shop(2, 2);
      overwrite(1);
      let tries = 0;
      const held = (): never => {
        tries += 1;
        throw Object.assign(new Error(code), { code, syscall: 'rename' });
      };
      const lock = leaderLock(join(folder, 'driver.lock'));
      const parts = { path, environment: 'practice', key: TEST_KEY, clock, lock } as const;
      const startMs = clock.read().monoMs;
      const failing = openMended({ ...parts, rename: held });
      await clock.advance(3_000);
      expect(await failing).toEqual({ ok: false, error: 'busy' });
      expect(tries).toBeGreaterThan(10);
      expect(existsSync(path)).toBe(true);
      const forAMoment = (from: string, to: string): void => {
        if (clock.read().monoMs - startMs < 3_400) throw Object.assign(new Error(code), { code, syscall: 'rename' });
        renameSync(from, to);
      };
      const later = openMended({ ...parts, rename: forAMoment });
      await clock.advance(1_000);
      const result = await later;
      expect(result.ok && result.value.journal.unfinished().orders.length).toBe(2);
      if (result.ok) result.value.journal.close();
    },
  );
});

describe('a journal that is gone', () => {
  it.each([
    [
      'missing',
      () => {
        rmSync(path);
      },
    ],
    [
      'of zero length',
      () => {
        writeFileSync(path, '');
      },
    ],
  ])('(%s) is begun again by the app, which says so until a manager has read it', async (_how, lose) => {
    shop(3, 3);
    lose();
    expect(openJournal(path, 'practice', 0, TEST_KEY)).toEqual({ ok: false, error: 'journal-missing' });
    const { journal, damage } = await mended(path, clock);
    const found = damage.now();
    expect(found).toMatchObject({ kind: 'missing' });
    if (found !== null) expect(damageNotices(found)[0]).toMatchObject({ code: 'journal-was-missing', on: true });
    journal.close();
    expect(opened().damage.now()).toMatchObject({ kind: 'missing' });
  });

  it('and whose head stands beyond its end, for an older copy was put back, says so at opening and stays so', () => {
    shop(1, 0);
    copyFileSync(path, `${path}.old`);
    const { journal } = opened();
    journal.note(null, {
      atMs: 1,
      actor: CASHIER,
      event: { type: 'noted', act: 'sound-changed', outcome: 'ok', about: null },
    });
    journal.close();
    copyFileSync(`${path}.old`, path);
    const notices: Notice[] = [];
    const again = opened();
    journalDamageService(again, clock, (notice) => notices.push(notice));
    expect(notices).toMatchObject([{ code: 'journal-cut-off', on: true }]);
    again.journal.note(null, {
      atMs: 2,
      actor: CASHIER,
      event: { type: 'noted', act: 'app-started', outcome: 'ok', about: null },
    });
    again.journal.close();
    const once = opened();
    expect(once.damage.now()).toMatchObject({ kind: 'cut-off', newestLost: 1 });
    expect(once.damage.acknowledge(MANAGER, 3).ok).toBe(true);
    once.journal.close();
    expect(opened().damage.now()).toBeNull();
  });
});

/** The audit entry about an act. */
function noted(act: string): Record<string, unknown>[] {
  const db = new DatabaseSync(path, { readOnly: true });
  const rows = db
    .prepare(
      "SELECT event ->> '$.outcome' AS outcome, event ->> '$.about' AS about FROM entries WHERE event ->> '$.act' = ? ORDER BY seq",
    )
    .all(act);
  db.close();
  return rows.map((row) => ({ ...row }));
}

function acts(): string[] {
  const db = new DatabaseSync(path, { readOnly: true });
  const rows = db.prepare("SELECT event ->> '$.act' AS act FROM entries ORDER BY seq").all();
  db.close();
  return rows.map((row) => String(row['act']));
}
