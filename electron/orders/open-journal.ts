/**
 * Opens a journal file safely, or says why that is not possible. It overwrites no file, whether damaged or newer. A
 * caller that may move a damaged file away uses open-mended.ts.
 */
import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Environment } from '../../shared/settings.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import {
  fileTroubleOf,
  makeFolder,
  removeIfPossible,
  sizeOf,
  syncFolderOf,
  writeFileSafely,
  type FileTrouble,
} from '../base/safe-file.ts';
import type { Actor } from './machine/actor.ts';
import { headPathOf } from './journal/chain-head.ts';
import type { AuditKey } from './journal/chain-key.ts';
import { isJournalKnown } from './journal/known-journal.ts';
import { chainWriter, noteRow, type ChainWriter } from './journal/chain-writer.ts';
import type { Journal, JournalTrouble, WriteFailure } from './journal/journal.ts';
import { damageRecord, type JournalDamage } from './journal/journal-damage.ts';
import { ageOf, FORMAT, generationIn, STEPS_MAX, stepsIn, type JournalFormat } from './journal/journal-format.ts';
import { trigramIndex } from './search/trigram-index.ts';
import { orderSearch, type OrderSearch } from './search/order-search.ts';
import { salvageBeside } from './journal/salvage-path.ts';
import { sqliteJournal } from './journal/sqlite-journal.ts';
import { troubleOf } from './journal/sqlite-trouble.ts';

export type OpenFailure =
  | JournalTrouble
  | 'journal-missing' // no file or an empty one, although it was here: the profile knows, or what a journal leaves
  | 'newer-file' // of another generation, written by a newer version of this app
  | 'other-environment' // a practice journal where a real one is expected, or the other way round
  | 'not-durable'; // the file system cannot do what WAL with synchronous=FULL needs

export interface OpenJournal {
  readonly journal: Journal;
  readonly search: OrderSearch;
  readonly damage: DamageStore;
  /** Whether a later version of the app has written to it. This version reads what it knows, and keeps everything. */
  readonly isFromLaterVersion: boolean;
}

/** What was lost of the records, until a manager has confirmed it. */
export interface DamageStore {
  now(): JournalDamage | null;
  /** `actor` has confirmed it. On disk when this returns. */
  acknowledge(actor: Actor, atMs: number): Result<null, WriteFailure>;
}

export interface OpenOptions {
  /** `checkJournal` has just found nothing wrong with the file. */
  readonly checked?: boolean;
  readonly format?: JournalFormat;
  /**
   * How long opening, and each later write, waits for another program's lock, in ms. This process does nothing else
   * meanwhile.
   */
  readonly lockWaitMs?: number | undefined;
  /**
   * This version of the app, given once this terminal will no longer go back to the version before by itself. Then the
   * file may change to a format that the version before does not read. A copy of the old file is kept as
   * `<path>.before-<version>`.
   */
  readonly provenAs?: string | null;
}

/** How long a command waits for another program's lock. */
const LOCK_WAIT_MS = 5_000;

/**
 * Opens (or creates) the journal at `path`. A damaged file, a missing file and a file of another generation are left as
 * they are.
 */
export function openJournal(
  path: string,
  environment: Environment,
  wallMs: number,
  key: AuditKey,
  options: OpenOptions = {},
): Result<OpenJournal, OpenFailure> {
  let db: DatabaseSync | null = null;
  let age: ReturnType<typeof ageOf> = 'known';
  const { checked = false, format = FORMAT, provenAs = null, lockWaitMs = LOCK_WAIT_MS } = options;
  try {
    makeFolder(dirname(path));
    if (salvageBeside(path) !== null) return fail('damaged');
    if (isGone(path)) return fail('journal-missing');
    age = ageOf(untouchedVersion(path, lockWaitMs), format);
    if (age === 'other-generation') return fail('newer-file');
    if (!checked && !isSound(path, lockWaitMs)) return fail('damaged');
    db = new DatabaseSync(path, { timeout: lockWaitMs });
    const refused = prepare(db, environment, format, lockWaitMs);
    if (refused === null)
      return ok({ ...parts(db, path, wallMs, key, format, provenAs), isFromLaterVersion: age === 'later' });
    db.close();
    return fail(refused);
  } catch (error) {
    db?.close();
    // Our statements are always the same, so tables that do not accept them are not ones we made.
    if (isNonsense(error)) return fail(age === 'later' ? 'newer-file' : 'damaged');
    const fileTrouble = fileTroubleOf(error);
    const trouble = fileTrouble ?? troubleOf(error);
    // When SQLite cannot create a side file it says only that. The file system says why.
    return fail(asOpenFailure(trouble === 'io' ? (whyNot(dirname(path)) ?? trouble) : trouble));
  }
}

/** SQLITE_ERROR. */
const isNonsense = (error: unknown): boolean =>
  z.object({ code: z.literal('ERR_SQLITE_ERROR'), errcode: z.literal(1) }).safeParse(error).success;

/**
 * Brings the journal at `path` up to date and reads all of it. That takes seconds for a million orders, so it runs in a
 * thread while the window is already shown. Returns whether nothing is wrong. If something is wrong, it moves no file.
 */
export function checkJournal(path: string, environment: Environment, wallMs: number, key: AuditKey): boolean {
  const opened = openJournal(path, environment, wallMs, key);
  if (opened.ok) opened.value.journal.close();
  return opened.ok;
}

/** What a journal leaves beside itself, and what is beside it once a process has driven it. */
const tracesOf = (path: string): readonly string[] => [
  headPathOf(path),
  `${path}.parts`,
  join(dirname(path), 'driver.lock'),
];

/**
 * Whether a journal existed at `path` and is gone. An empty file is started only if nothing points to an earlier
 * journal.
 */
function isGone(path: string): boolean {
  // The traces are read first: a process that is creating a journal right now leaves none before its file has a first
  // page.
  const hasTraces = tracesOf(path).some((trace) => existsSync(trace)) || sizeOf(`${path}-wal`) > 0;
  return (hasTraces || isJournalKnown(path)) && sizeOf(path) === 0;
}

/** Smaller files are checked before a person could notice. */
const LONG_BYTES = 32 * 1024 * 1024;

/** Whether checking the journal at `path` would block a process for longer than a screen may freeze. */
export const isLong = (path: string): boolean => sizeOf(path) > LONG_BYTES;

function parts(
  db: DatabaseSync,
  path: string,
  wallMs: number,
  key: AuditKey,
  format: JournalFormat,
  provenAs: string | null,
): Omit<OpenJournal, 'isFromLaterVersion'> {
  const { chain, cutOff } = begun(db, path, wallMs, key);
  if (provenAs !== null)
    beginGenerations(db, path, format, provenAs, (about) => {
      chain.append([noteRow(wallMs, 'journal-format-changed', 'ok', about)]);
    });
  const journal = sqliteJournal(db, chain);
  const index = trigramIndex(db, `${path}.parts`);
  const close = (): void => {
    index.close();
    journal.close();
  };
  return { journal: { ...journal, close }, search: orderSearch(db, index), damage: damageStore(db, journal, cutOff) };
}

/** `cutOff`: found when the journal was opened. The next entry records it. Until then only this process knows it. */
function damageStore(db: DatabaseSync, journal: Journal, cutOff: JournalDamage | null): DamageStore {
  const record = damageRecord(db);
  let unwritten = cutOff;
  return {
    now: () => (db.isOpen ? record.now() : null) ?? unwritten,
    acknowledge(actor, atMs) {
      const damage = record.now() ?? unwritten;
      if (damage === null) return ok(null);
      const event = {
        type: 'noted',
        act: 'journal-damage-acknowledged',
        outcome: damage.kind,
        about: damage.about.slice(0, 200),
      } as const;
      const noted = journal.note(null, { atMs, actor, event });
      if (!noted.ok) return noted;
      try {
        record.acknowledged();
      } catch (error) {
        return fail({ kind: troubleOf(error) });
      }
      unwritten = null;
      return ok(null);
    },
  };
}

const asOpenFailure = (trouble: FileTrouble | JournalTrouble): JournalTrouble =>
  trouble === 'not-permitted' ? 'read-only' : trouble;

const PROBE_BYTES = 64 * 1024;

/** Why the file system refuses a new file in `folder`; `null` if it accepts one. */
export function whyNot(folder: string): FileTrouble | null {
  const probe = join(folder, `probe-${String(process.pid)}`);
  try {
    writeFileSafely(probe, Buffer.alloc(PROBE_BYTES));
    return null;
  } catch (error) {
    return fileTroubleOf(error);
  } finally {
    removeIfPossible(probe);
    removeIfPossible(`${probe}.new`);
  }
}

function prepare(
  db: DatabaseSync,
  environment: Environment,
  format: JournalFormat,
  lockWaitMs: number,
): OpenFailure | null {
  if (ageOf(versionIn(db), format) === 'other-generation') return 'newer-file';
  switchToWal(db, lockWaitMs);
  db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  if (pragma(db, 'journal_mode') !== 'wal' || pragma(db, 'synchronous') !== 2) return 'not-durable';
  migrate(db, format);
  db.prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING').run('environment', environment);
  const kept = db.prepare('SELECT value FROM meta WHERE name = ?').get('environment');
  return kept?.['value'] === environment ? null : 'other-environment';
}

const PAUSE_MS = 25;

/** A new file is switched to WAL while no other process has it open. For that moment SQLite does not wait by itself. */
function switchToWal(db: DatabaseSync, lockWaitMs: number): void {
  for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
    try {
      db.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (troubleOf(error) !== 'busy' || waitedMs >= lockWaitMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

const versionIn = (db: DatabaseSync): number => Number(pragma(db, 'user_version'));

/** Adds what an earlier version did not have. What a later version has added stays. */
function migrate(db: DatabaseSync, { migrations }: JournalFormat): void {
  if (stepsIn(versionIn(db)) >= migrations.length) return;
  // If several processes start together, one makes the tables. The others wait here and find them made.
  db.exec('BEGIN IMMEDIATE');
  const generation = generationIn(versionIn(db)) * STEPS_MAX;
  for (let steps = stepsIn(versionIn(db)); steps < migrations.length; steps += 1) {
    db.exec(`${migrations[steps] ?? ''} PRAGMA user_version = ${String(generation + steps + 1)};`);
  }
  db.exec('COMMIT');
}

/** Changes the file to the latest generation. `note` writes into the audit trail, in the same transaction. */
function beginGenerations(
  db: DatabaseSync,
  path: string,
  { generation, generations }: JournalFormat,
  version: string,
  note: (about: string) => void,
): void {
  const begunIn = (): number => generationIn(versionIn(db)) - generation;
  if (begunIn() >= generations.length) return;
  keepCopy(db, `${path}.before-${version}`);
  db.exec('BEGIN IMMEDIATE');
  for (let next = begunIn(); next < generations.length; next += 1) {
    db.exec(`${generations[next] ?? ''} PRAGMA user_version = ${String(versionIn(db) + STEPS_MAX)};`);
  }
  note(version);
  db.exec('COMMIT');
}

/**
 * The file as it is now, on disk when this returns. A copy that exists already is from an earlier attempt, and older.
 */
function keepCopy(db: DatabaseSync, copy: string): void {
  const draft = `${copy}.new`;
  rmSync(draft, { force: true });
  db.prepare('VACUUM INTO ?').run(draft);
  const file = openSync(draft, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, copy);
  syncFolderOf(copy);
}

/** The chain of a journal that may be older than the chain, or whose chain may be under another key. */
function begun(
  db: DatabaseSync,
  path: string,
  wallMs: number,
  key: AuditKey,
): { readonly chain: ChainWriter; readonly cutOff: JournalDamage | null } {
  const chain = chainWriter(db, key, headPathOf(path));
  db.exec('BEGIN IMMEDIATE');
  const cutOff = chain.begin(wallMs);
  db.exec('COMMIT');
  chain.committed();
  return { chain, cutOff };
}

const pragma = (db: DatabaseSync, name: string): string | number => {
  const row = db.prepare(`PRAGMA ${name}`).get() ?? {};
  const [value] = Object.values(row);
  return typeof value === 'string' || typeof value === 'number' ? value : '';
};

/**
 * `user_version` of the file as it is on disk: from its header, or from the WAL beside it if a process died and left
 * one.
 */
function untouchedVersion(path: string, lockWaitMs: number): number {
  if (!existsSync(path)) return 0;
  return sizeOf(`${path}-wal`) === 0 ? versionInHeader(path) : looking(path, lockWaitMs, versionIn);
}

/** Whether SQLite finds nothing wrong with the file and its WAL. An empty file has not been started yet. */
const isSound = (path: string, lockWaitMs: number): boolean =>
  sizeOf(path) === 0 || looking(path, lockWaitMs, (db) => pragma(db, 'quick_check') === 'ok');

/**
 * Opened read-only, SQLite leaves the file and its WAL as they are. Otherwise it would write the WAL into the file at
 * the end.
 */
function looking<Value>(path: string, lockWaitMs: number, look: (db: DatabaseSync) => Value): Value {
  const db = new DatabaseSync(path, { readOnly: true, timeout: lockWaitMs });
  try {
    return look(db);
  } finally {
    db.close();
  }
}

/** Bytes 60-63, read without SQLite. */
function versionInHeader(path: string): number {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(100);
    return readSync(file, header, 0, 100, 0) === 100 && header.toString('latin1', 0, 15) === 'SQLite format 3'
      ? header.readUInt32BE(60)
      : 0;
  } finally {
    closeSync(file);
  }
}
