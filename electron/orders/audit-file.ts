/** Opens a journal file to verify it, and leaves it as it is: a damaged one too. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Point } from './audit-chain.ts';
import { headFile, headPathOf, type HeadProblem } from './audit-head.ts';
import type { AuditKey } from './audit-key.ts';
import { finding, type Finding, type FindingKind, type Verdict } from './audit-verdict.ts';
import { verifyChain, type WalkedRow } from './audit-verify.ts';
import type { JournalTrouble } from './journal.ts';
import { MIGRATIONS, troubleOf } from './sqlite-journal.ts';

/** `older-file`: from before the audit trail; the app brings it up to date when it opens it. */
export type AuditProblem = Exclude<JournalTrouble, 'damaged'> | 'newer-file' | 'older-file';

const BUSY_TIMEOUT_MS = 5_000;

/** `key` is `null` where this device has no secret. `use` is shown every entry, and the database it is in. */
export function verifyJournal(
  path: string,
  key: AuditKey | null,
  see: (walked: WalkedRow, db: DatabaseSync) => void = () => undefined,
): Result<Verdict, AuditProblem> {
  const head = key === null ? fail('missing' as const) : headFile(headPathOf(path), key).read();
  if (!existsSync(path)) return ok(existsSync(headPathOf(path)) ? found('journal-missing') : EMPTY);
  if (key === null) return ok(found('no-key'));
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    return verified(db, key, head, see);
  } catch (error) {
    const trouble = troubleOf(error);
    return trouble === 'damaged' ? ok(found('damaged')) : fail(trouble);
  } finally {
    db?.close();
  }
}

function verified(
  db: DatabaseSync,
  key: AuditKey,
  head: Result<Point, HeadProblem>,
  see: (walked: WalkedRow, db: DatabaseSync) => void,
): Result<Verdict, AuditProblem> {
  db.exec('BEGIN');
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version !== MIGRATIONS.length) return fail(version > MIGRATIONS.length ? 'newer-file' : 'older-file');
  const verdict = verifyChain(db, key, head, (walked) => {
    see(walked, db);
  });
  const damage = Object.values(db.prepare('PRAGMA integrity_check(1)').get() ?? {})[0];
  const damaged: Finding[] = damage === 'ok' ? [] : [finding('damaged', null, String(damage))];
  return ok({ ...verdict, findings: [...verdict.findings, ...damaged] });
}

const EMPTY: Verdict = { entries: 0, beforeChain: 0, fromMs: null, toMs: null, end: null, findings: [] };
const found = (kind: FindingKind): Verdict => ({ ...EMPTY, findings: [finding(kind, null, null)] });
