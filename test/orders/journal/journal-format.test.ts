/**
 * Going back to an earlier version: it opens, keeps and continues what a later version wrote. A change that it could
 * not read waits until the later version has proved itself.
 */
import { existsSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { digestOfState } from '../../../electron/orders/journal/chain.ts';
import { headPathOf } from '../../../electron/orders/journal/chain-head.ts';
import { chainWriter } from '../../../electron/orders/journal/chain-writer.ts';
import { ageOf, FORMAT, versionOf, type JournalFormat } from '../../../electron/orders/journal/journal-format.ts';
import { openJournal, type OpenOptions } from '../../../electron/orders/open-journal.ts';
import { orderEntered } from '../../../electron/orders/machine/order.ts';
import { timelineOf } from '../../../electron/orders/views/timeline.ts';
import { newRecord, provenVersion } from '../../../electron/updates/record.ts';
import type { Trial } from '../../../electron/updates/trial.ts';
import { REVERSE_WINDOW_MS } from '../../../shared/timing.ts';
import { findingsOn } from '../../support/orders/audit-file.ts';
import { TEST_KEY } from '../../support/secrets/audit-keys.ts';
import { openWorld, ScriptedGateway } from '../../support/orders/engine-world.ts';
import { FakeClock } from '../../support/fake-clock.ts';

let folder: string;
let path: string;
let clock: FakeClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-format-'));
  path = join(folder, 'journal.sqlite');
  clock = new FakeClock();
});

const opening = (options?: OpenOptions): ReturnType<typeof openJournal> =>
  openJournal(path, 'practice', clock.read().wallMs, TEST_KEY, options);

function opened(options?: OpenOptions): Extract<ReturnType<typeof openJournal>, { ok: true }>['value'] {
  const result = opening(options);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

const versionOfFile = (): number => {
  const db = new DatabaseSync(path, { readOnly: true });
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  db.close();
  return version;
};

const CANCELS = 12;

/** Cancels of payments made at this moment, which wait for their window. */
function armedCancels(): void {
  const { journal } = opened();
  const now = clock.read();
  for (let n = 0; n < CANCELS; n += 1) {
    const name = `armed-${String(n)}`;
    const order = orderEntered(
      { orderId: name, outTradeNo: name, transactionId: null, family: 'facepay', amountFen: 1_234 },
      now.wallMs,
      now,
    );
    const entry = {
      atMs: now.wallMs,
      actor: { who: 'screen', role: 'cashier' },
      event: { type: 'cancel-tapped', by: 'cashier' },
      effects: [],
    } as const;
    const written = journal.create(
      { ...order, phase: { name: 'armed', by: 'cashier', evenIfPaid: false, from: 'paying' } },
      [entry],
    );
    if (!written.ok) throw new Error(written.error.kind);
  }
  journal.close();
}

/**
 * What a later version of the same generation does when it first opens the journal: it adds a migration step, fields
 * and entries of its own.
 */
function openedByLaterVersion(): void {
  const { journal } = opened({
    format: {
      ...FORMAT,
      migrations: [...FORMAT.migrations, 'CREATE TABLE of_later (a TEXT); ALTER TABLE orders ADD COLUMN till TEXT;'],
    },
  });
  journal.close();
  const db = new DatabaseSync(path);
  const chain = chainWriter(db, TEST_KEY, headPathOf(path));
  db.exec('BEGIN IMMEDIATE');
  for (const { order_id: orderId, state } of db.prepare('SELECT order_id, state FROM orders').all()) {
    const of = z.looseObject({ phase: z.looseObject({}), query: z.looseObject({}) }).parse(JSON.parse(String(state)));
    const later = JSON.stringify({
      ...of,
      tillSoftware: { name: 'X', lanes: [1, 2] },
      query: { ...of.query, hedged: true },
      phase: { ...of.phase, sinceWallMs: 7 },
    });
    db.prepare("UPDATE orders SET state = ?, till = 'till-7', version = version + 1 WHERE order_id = ?").run(
      later,
      String(orderId),
    );
    const phase = JSON.stringify({ ...of.phase, sinceWallMs: 7 });
    chain.append([
      {
        orderId: String(orderId),
        atMs: clock.read().wallMs,
        actor: { who: 'app', role: null },
        event: '{"type":"till-told","lane":2}',
        effects: '[]',
        phase,
        stateDigest: digestOfState(later),
      },
    ]);
    chain.committed();
  }
  db.exec('COMMIT');
  chain.committed();
  db.close();
}

describe('a journal that a later version of the same generation wrote', () => {
  it('goes on with every armed cancel once the version before is put back, and none is early', async () => {
    armedCancels();
    openedByLaterVersion();
    clock.restart(2_000);
    const gateway = new ScriptedGateway();
    const world = openWorld(folder, clock, gateway);
    world.engine.start();
    await clock.advance(REVERSE_WINDOW_MS - 2_001);
    expect(gateway.reversed, 'none is early').toEqual([]);
    await clock.advance(60_000);
    expect(new Set(gateway.reversed).size).toBe(CANCELS);
    expect(world.journal.unfinished()).toEqual({ orders: [], unreadable: [] });
    world.die();
  });

  it('keeps the fields and columns that this version does not know, through every write of its own', async () => {
    armedCancels();
    openedByLaterVersion();
    clock.restart(2_000);
    const world = openWorld(folder, clock, new ScriptedGateway());
    world.engine.start();
    await clock.advance(60_000);
    world.die();
    const db = new DatabaseSync(path, { readOnly: true });
    const rows = db
      .prepare(
        "SELECT state -> '$.tillSoftware' AS software, state ->> '$.query.hedged' AS hedged, state ->> '$.phase.name' AS phase, till FROM orders",
      )
      .all();
    db.close();
    expect(rows).toHaveLength(CANCELS);
    for (const row of rows)
      expect(row).toMatchObject({
        software: '{"name":"X","lanes":[1,2]}',
        hedged: 1,
        phase: 'cancelled',
        till: 'till-7',
      });
  });

  it('is said to be of a later version, shows entries of unknown kinds as unknown, and its audit trail verifies', () => {
    armedCancels();
    openedByLaterVersion();
    const { journal, isFromLaterVersion } = opened();
    expect(isFromLaterVersion).toBe(true);
    const history = journal.history('armed-3');
    expect(history.map(({ event }) => event)).toMatchObject([
      { type: 'cancel-tapped' },
      { type: 'unknown', kind: 'till-told' },
    ]);
    expect(timelineOf(history).some(({ what, result }) => what === 'unknown-entry' && result === 'till-told')).toBe(
      true,
    );
    journal.close();
    expect(versionOfFile()).toBe(versionOf(FORMAT) + 1);
    expect(findingsOn(path)).toEqual([]);
  });

  it.each([
    [
      'an answer',
      { event: '{"type":"query-ended","n":1,"answer":{"kind":"seen-in-part","fen":7},"host":"a","latencyMs":3}' },
      'query-ended',
    ],
    ['a phase', { event: '{"type":"keep-chosen"}', phase: '{"name":"held-back","untilMs":1}' }, 'keep-chosen'],
    [
      'an effect',
      { event: '{"type":"timer"}', effects: '[{"kind":"send-refund-query","n":1},{"kind":"send-query","n":2}]' },
      'timer',
    ],
    ['a role', { event: '{"type":"keep-chosen"}', role: 'auditor' }, 'keep-chosen'],
    [
      'an outcome of an act that is known',
      { event: '{"type":"noted","act":"slip-printed","outcome":7}' },
      'slip-printed',
    ],
  ])('shows an entry with %s of a later version as one of a newer version, and drops none', (_what, of, kind) => {
    armedCancels();
    const { journal } = opened();
    const before = journal.history('armed-3').length;
    journal.close();
    const entry = {
      effects: '[]',
      phase: JSON.stringify({ name: 'armed', by: 'cashier', evenIfPaid: false, from: 'paying' }),
      role: null,
      ...of,
    };
    const db = new DatabaseSync(path);
    db.prepare(
      "INSERT INTO entries (order_id, at, actor, role, event, effects, phase) VALUES ('armed-3', 7, 'screen', ?, ?, ?, ?)",
    ).run(entry.role, entry.event, entry.effects, entry.phase);
    db.close();
    const again = opened();
    const history = again.journal.history('armed-3');
    expect(history).toHaveLength(before + 1);
    expect(timelineOf(history).at(-1)).toMatchObject({ what: 'unknown-entry', result: kind, atMs: 7 });
    expect(again.search.log('armed-3').unreadable).toBe(0);
    again.journal.close();
  });

  it('has a known field with an unknown value left alone: the row is kept, and named as unreadable', () => {
    armedCancels();
    const db = new DatabaseSync(path);
    db.exec(`UPDATE orders SET state = json_set(state, '$.phase.name', 'held-back') WHERE order_id = 'armed-5'`);
    const before = db.prepare("SELECT state FROM orders WHERE order_id = 'armed-5'").get();
    db.close();
    const { journal } = opened();
    expect(journal.unfinished()).toMatchObject({ unreadable: ['armed-5'] });
    expect(journal.unfinished().orders).toHaveLength(CANCELS - 1);
    journal.close();
    const after = new DatabaseSync(path, { readOnly: true });
    expect(after.prepare("SELECT state FROM orders WHERE order_id = 'armed-5'").get()).toEqual(before);
    after.close();
  });
});

/** A later version that begins a new generation: no earlier version can read it. */
const NEXT: JournalFormat = { ...FORMAT, generations: ['CREATE TABLE rewritten (a TEXT);'] };

describe('a change that the version before does not read', () => {
  it('waits until the new version has proved itself; put back before that, the version before opens the file', () => {
    armedCancels();
    opened({ format: NEXT, provenAs: null }).journal.close();
    expect(ageOf(versionOfFile(), FORMAT)).toBe('known');
    const { journal } = opened();
    expect(journal.unfinished().orders).toHaveLength(CANCELS);
    journal.close();
    expect(existsSync(`${path}.before-0.2.0`)).toBe(false);
  });

  it('then leaves a copy from before, is written down, and is refused by the version before, byte for byte untouched', () => {
    armedCancels();
    opened({ format: NEXT, provenAs: '0.2.0' }).journal.close();
    const db = new DatabaseSync(path, { readOnly: true });
    expect(
      db
        .prepare(
          "SELECT event ->> '$.about' AS version FROM entries WHERE event ->> '$.act' = 'journal-format-changed'",
        )
        .all(),
    ).toEqual([{ version: '0.2.0' }]);
    db.close();
    const bytes = readFileSync(path, 'hex');
    expect(opening()).toEqual({ ok: false, error: 'newer-file' });
    expect(readFileSync(path, 'hex')).toBe(bytes);
    const again = opened({ format: NEXT, provenAs: '0.2.0' });
    expect(again.journal.unfinished().orders).toHaveLength(CANCELS);
    again.journal.close();
    renameSync(`${path}.before-0.2.0`, path);
    const { journal } = opened();
    expect(journal.unfinished().orders).toHaveLength(CANCELS);
    journal.close();
  });

  it('is allowed to no version that is still on trial, and to none of which the record cannot be read', () => {
    const record = join(folder, 'record.json');
    expect(provenVersion(record, '0.2.0'), 'never updated by the app').toBe('0.2.0');
    const trialOf = (trial: Trial): void => {
      writeFileSync(record, JSON.stringify({ ...newRecord(), trial }));
    };
    const of = { from: '0.1.0', to: '0.2.0', startedAtMs: 1 };
    const underWay: Trial[] = [
      { at: 'installing', failsBefore: [], ...of },
      { at: 'proving', failsBefore: [], starts: 1, ...of },
      { at: 'going-back', tries: 1, ...of },
      { at: 'stuck', ...of },
    ];
    for (const trial of underWay) {
      trialOf(trial);
      expect(provenVersion(record, '0.2.0'), trial.at).toBeNull();
    }
    writeFileSync(record, 'no record at all');
    expect(provenVersion(record, '0.2.0')).toBeNull();
    trialOf({ at: 'rest' });
    expect(provenVersion(record, '0.2.0')).toBe('0.2.0');
  });
});
