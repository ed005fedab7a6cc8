/** Opens a journal file to verify it and changes nothing in it, not even where it is damaged. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { sizeOf } from '../../base/safe-file.ts';
import { sameMac, type Point } from '../journal/chain.ts';
import { exportLines } from './audit-export.ts';
import { headFile, headPathOf } from '../journal/chain-head.ts';
import type { AuditKey } from '../journal/chain-key.ts';
import { finding, type FindingKind, type Verdict } from './audit-verdict.ts';
import { verifyChain } from './audit-verify.ts';
import type { JournalTrouble } from '../journal/journal.ts';
import { isJournalKnown } from '../journal/known-journal.ts';
import { damageRecord, type JournalDamage } from '../journal/journal-damage.ts';
import { ageOf, FORMAT, stepsIn } from '../journal/journal-format.ts';
import { troubleOf } from '../journal/sqlite-trouble.ts';

/** `older-file`: the file is older than the audit trail. The app updates it when it opens it. */
export type AuditProblem = Exclude<JournalTrouble, 'damaged'> | 'newer-file' | 'older-file';

const BUSY_TIMEOUT_MS = 5_000;

/** The audit trail, read in one transaction so that no write changes it meanwhile. */
export interface StandingTrail {
  /** Every line of an export with its line end; the closing one is the last. */
  lines(): Generator<string>;
  /** Whether this point is in the chain. */
  holds(point: Point): boolean;
  /** What was lost of the records and no manager has confirmed yet. */
  damage(): JournalDamage | null;
}

/** `key` is `null` where this device has no secret. `use` is called with the audit trail if the file could be read. */
export function verifyJournal(
  path: string,
  key: AuditKey | null,
  use: (trail: StandingTrail) => void = () => undefined,
): Result<Verdict, AuditProblem> {
  if (sizeOf(path) === 0)
    return ok(existsSync(headPathOf(path)) || isJournalKnown(path) ? found('journal-missing') : EMPTY);
  if (key === null) return ok(found('no-key'));
  const head = headFile(headPathOf(path), key).read();
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    db.exec('BEGIN');
    const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
    const age = ageOf(version, FORMAT);
    if (age === 'other-generation') return fail('newer-file');
    if (age === 'known' && stepsIn(version) < FORMAT.migrations.length) return fail('older-file');
    const verdict = withDamage(db, verifyChain(db, key, head, age === 'known'));
    use(standing(db, key, verdict));
    return ok(verdict);
  } catch (error) {
    const trouble = isNonsense(error) ? 'damaged' : troubleOf(error);
    return trouble === 'damaged' ? ok(found('damaged')) : fail(trouble);
  } finally {
    db?.close();
  }
}

/** SQLITE_ERROR. Our statements are always the same, so a table that does not accept them is not one we made. */
const isNonsense = (error: unknown): boolean => z.object({ errcode: z.literal(1) }).safeParse(error).success;

function withDamage(db: DatabaseSync, verdict: Verdict): Verdict {
  const [damage] = Object.values(db.prepare('PRAGMA integrity_check(1)').get() ?? {});
  return damage === 'ok'
    ? verdict
    : { ...verdict, findings: [...verdict.findings, finding('damaged', null, String(damage))] };
}

const EMPTY: Verdict = { entries: 0, beforeChain: 0, fromMs: null, toMs: null, end: null, findings: [] };
const found = (kind: FindingKind): Verdict => ({ ...EMPTY, findings: [finding(kind, null, null)] });

const standing = (db: DatabaseSync, key: AuditKey, verdict: Verdict): StandingTrail => ({
  lines: () => exportLines(db, key, verdict),
  holds({ seq, mac }) {
    const there = db.prepare('SELECT mac FROM entries WHERE seq = ?').get(seq)?.['mac'];
    return there instanceof Uint8Array && sameMac(there, mac);
  },
  damage: () => damageRecord(db).now(),
});
