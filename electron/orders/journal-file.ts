/** Opens a journal file safely, or says why not. Nothing is ever overwritten: not a damaged file, not a newer one. */
import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Environment } from '../../shared/settings.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { fileTroubleOf, makeFolder, writeFileSafely, type FileTrouble } from '../base/safe-file.ts';
import { THE_APP } from './actor.ts';
import { headPathOf } from './audit-head.ts';
import type { AuditKey } from './audit-key.ts';
import { chainWriter, type ChainWriter } from './chain-writer.ts';
import type { Journal, JournalTrouble } from './journal.ts';
import { numberIndex } from './number-index.ts';
import { orderSearch, type OrderSearch } from './order-search.ts';
import { MIGRATIONS, sqliteJournal } from './sqlite-journal.ts';
import { troubleOf } from './sqlite-trouble.ts';

export type OpenFailure =
  | JournalTrouble
  | 'newer-file' // written by a newer version of this app
  | 'other-environment' // a practice journal where a real one is expected, or the other way round
  | 'not-durable'; // the file system cannot do what WAL with synchronous=FULL needs

export interface OpenJournal {
  readonly journal: Journal;
  readonly search: OrderSearch;
  /** Where a damaged file was moved to; `null` where nothing was wrong. */
  readonly setAside: string | null;
}

/** How long a command waits for another program's lock. */
const LOCK_WAIT_MS = 5_000;

/**
 * Opens (or makes) the journal at `path`. A file of a newer version is refused untouched; a damaged one is renamed to
 * `<path>.damaged-<wallMs>` with its side files, and a new one begun. `checked`: `checkJournal` has just found nothing
 * wrong with it. `lockWaitMs`: how long it, and each write from then on, waits for another program's lock; nothing else
 * goes on in this process meanwhile.
 */
export function openJournal(path: string, environment: Environment, wallMs: number, key: AuditKey, checked = false, lockWaitMs = LOCK_WAIT_MS): Result<OpenJournal, OpenFailure> {
  const opened = open(path, environment, wallMs, key, checked, lockWaitMs);
  if (opened.ok) return ok({ ...opened.value, setAside: null });
  if (opened.error !== 'damaged') return opened;
  const setAside = `${path}.damaged-${String(wallMs)}`;
  for (const suffix of ['', '-wal', '-shm', '.head']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, setAside + suffix);
  }
  const fresh = open(path, environment, wallMs, key, false, lockWaitMs);
  if (!fresh.ok) return fresh;
  const event = { type: 'noted', act: 'journal-set-aside', outcome: 'damaged', about: basename(setAside) } as const;
  const noted = fresh.value.journal.note(null, { atMs: wallMs, actor: THE_APP, event });
  if (noted.ok) return ok({ ...fresh.value, setAside });
  fresh.value.journal.close();
  return fail(noted.error.kind === 'duplicate' || noted.error.kind === 'stale' ? 'io' : noted.error.kind);
}

/**
 * Brings the journal at `path` up to date and reads all of it, which for a million orders takes seconds: done in a thread,
 * the window is there meanwhile. Whether nothing is wrong; where something is, nothing is set aside here.
 */
export function checkJournal(path: string, environment: Environment, wallMs: number, key: AuditKey): boolean {
  const opened = open(path, environment, wallMs, key, false, LOCK_WAIT_MS);
  if (opened.ok) opened.value.journal.close();
  return opened.ok;
}

/** Shorter ones are checked before anybody could notice. */
const LONG_BYTES = 32 * 1024 * 1024;

/** Whether checking the journal at `path` would keep a process busy for longer than a screen may stand still. */
export const isLong = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LONG_BYTES;

function open(path: string, environment: Environment, wallMs: number, key: AuditKey, checked: boolean, lockWaitMs: number): Result<Omit<OpenJournal, 'setAside'>, OpenFailure> {
  let db: DatabaseSync | null = null;
  try {
    makeFolder(dirname(path));
    if (untouchedVersion(path, lockWaitMs) > MIGRATIONS.length) return fail('newer-file');
    db = new DatabaseSync(path, { timeout: lockWaitMs });
    const refused = prepare(db, environment, checked, lockWaitMs);
    if (refused === null) return ok(parts(db, path, begun(db, path, wallMs, key)));
    db.close();
    return fail(refused);
  } catch (error) {
    db?.close();
    const fileTrouble = fileTroubleOf(error);
    const trouble = fileTrouble ?? troubleOf(error);
    // Of a side file that it cannot make SQLite says only that it cannot; the file system says why.
    return fail(asOpenFailure(trouble === 'io' ? (whyNot(dirname(path)) ?? trouble) : trouble));
  }
}

function parts(db: DatabaseSync, path: string, chain: ChainWriter): Omit<OpenJournal, 'setAside'> {
  const journal = sqliteJournal(db, chain);
  const index = numberIndex(db, `${path}.parts`);
  const close = (): void => {
    index.close();
    journal.close();
  };
  return { journal: { ...journal, close }, search: orderSearch(db, index) };
}

const asOpenFailure = (trouble: FileTrouble | JournalTrouble): JournalTrouble => (trouble === 'not-permitted' ? 'read-only' : trouble);

const PROBE_BYTES = 64 * 1024;

/** What the file system has against a new file in `folder`; `null` where it takes one. */
function whyNot(folder: string): FileTrouble | null {
  const probe = join(folder, `probe-${String(process.pid)}`);
  try {
    writeFileSafely(probe, Buffer.alloc(PROBE_BYTES));
    return null;
  } catch (error) {
    return fileTroubleOf(error);
  } finally {
    rmSync(probe, { force: true });
    rmSync(`${probe}.new`, { force: true });
  }
}

function prepare(db: DatabaseSync, environment: Environment, checked: boolean, lockWaitMs: number): OpenFailure | null {
  if (Number(pragma(db, 'user_version')) > MIGRATIONS.length) return 'newer-file';
  switchToWal(db, lockWaitMs);
  db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  if (pragma(db, 'journal_mode') !== 'wal' || pragma(db, 'synchronous') !== 2) return 'not-durable';
  if (!checked && pragma(db, 'quick_check') !== 'ok') return 'damaged';
  migrate(db);
  db.prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING').run('environment', environment);
  const kept = db.prepare('SELECT value FROM meta WHERE name = ?').get('environment');
  return kept?.['value'] === environment ? null : 'other-environment';
}

const PAUSE_MS = 25;

/** A new file becomes a WAL file while nobody else has it open; for that moment SQLite does not wait by itself. */
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

function migrate(db: DatabaseSync): void {
  if (pragma(db, 'user_version') === MIGRATIONS.length) return;
  // Of processes that start together one makes the tables; the others wait here, and find them made.
  db.exec('BEGIN IMMEDIATE');
  for (let version = Number(pragma(db, 'user_version')); version < MIGRATIONS.length; version += 1) {
    db.exec(`${MIGRATIONS[version] ?? ''} PRAGMA user_version = ${String(version + 1)};`);
  }
  db.exec('COMMIT');
}

/** The chain of a journal that may be from before there was one, or from under another key. */
function begun(db: DatabaseSync, path: string, wallMs: number, key: AuditKey): ChainWriter {
  const chain = chainWriter(db, key, headPathOf(path));
  db.exec('BEGIN IMMEDIATE');
  chain.begin(wallMs);
  db.exec('COMMIT');
  chain.committed();
  return chain;
}

const pragma = (db: DatabaseSync, name: string): string | number => {
  const row = db.prepare(`PRAGMA ${name}`).get() ?? {};
  const [value] = Object.values(row);
  return typeof value === 'string' || typeof value === 'number' ? value : '';
};

/** `user_version` of the file as it lies there: of its header, or of the log beside it where a process died with one. */
function untouchedVersion(path: string, lockWaitMs: number): number {
  if (!existsSync(path)) return 0;
  const log = `${path}-wal`;
  if (!existsSync(log) || statSync(log).size === 0) return versionInHeader(path);
  // Read-only, SQLite leaves file and log as they are; otherwise it would put the one into the other at the end.
  const db = new DatabaseSync(path, { readOnly: true, timeout: lockWaitMs });
  try {
    return Number(pragma(db, 'user_version'));
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
