/** Opens a journal file safely, or says why not. Nothing is ever overwritten: not a damaged file, not a newer one. */
import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Environment } from '../../shared/settings.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Journal, JournalTrouble } from './journal.ts';
import { MIGRATIONS, sqliteJournal, troubleOf } from './sqlite-journal.ts';

export type OpenFailure =
  | JournalTrouble
  | 'newer-file' // written by a newer version of this app
  | 'other-environment' // a practice journal where a real one is expected, or the other way round
  | 'not-durable'; // the file system cannot do what WAL with synchronous=FULL needs

export interface OpenJournal {
  readonly journal: Journal;
  /** Where a damaged file was moved to; `null` where nothing was wrong. */
  readonly setAside: string | null;
}

const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens (or makes) the journal at `path`. A file of a newer version is refused untouched; a damaged one is renamed to
 * `<path>.damaged-<wallMs>` with its side files, and a new one begun.
 */
export function openJournal(path: string, environment: Environment, wallMs: number): Result<OpenJournal, OpenFailure> {
  const opened = open(path, environment);
  if (opened.ok) return ok({ journal: opened.value, setAside: null });
  if (opened.error !== 'damaged') return opened;
  const setAside = `${path}.damaged-${String(wallMs)}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, setAside + suffix);
  }
  const fresh = open(path, environment);
  return fresh.ok ? ok({ journal: fresh.value, setAside }) : fresh;
}

function open(path: string, environment: Environment): Result<Journal, OpenFailure> {
  let db: DatabaseSync | null = null;
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (versionInHeader(path) > MIGRATIONS.length) return fail('newer-file');
    db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    const refused = prepare(db, environment);
    if (refused === null) return ok(sqliteJournal(db));
    db.close();
    return fail(refused);
  } catch (error) {
    db?.close();
    return fail(fileTrouble(error) ?? troubleOf(error));
  }
}

function prepare(db: DatabaseSync, environment: Environment): OpenFailure | null {
  if (Number(pragma(db, 'user_version')) > MIGRATIONS.length) return 'newer-file';
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  if (pragma(db, 'journal_mode') !== 'wal' || pragma(db, 'synchronous') !== 2) return 'not-durable';
  if (pragma(db, 'quick_check') !== 'ok') return 'damaged';
  migrate(db);
  db.prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING').run('environment', environment);
  const kept = db.prepare('SELECT value FROM meta WHERE name = ?').get('environment');
  return kept?.['value'] === environment ? null : 'other-environment';
}

function migrate(db: DatabaseSync): void {
  for (let version = Number(pragma(db, 'user_version')); version < MIGRATIONS.length; version += 1) {
    db.exec(`BEGIN IMMEDIATE; ${MIGRATIONS[version] ?? ''} PRAGMA user_version = ${String(version + 1)}; COMMIT;`);
  }
}

const pragma = (db: DatabaseSync, name: string): string | number => {
  const row = db.prepare(`PRAGMA ${name}`).get() ?? {};
  const [value] = Object.values(row);
  return typeof value === 'string' || typeof value === 'number' ? value : '';
};

/** `user_version` as the file's header has it (bytes 60-63), read without SQLite so that the file is not touched. */
function versionInHeader(path: string): number {
  if (!existsSync(path)) return 0;
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

const FILE_TROUBLES: Readonly<Record<string, JournalTrouble>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
};

function fileTrouble(error: unknown): JournalTrouble | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return FILE_TROUBLES[code] ?? (/^E[A-Z]+$/.test(code) ? 'io' : null);
}
