/** The audit trail for the screen: whether it is as it was written, and all of it as a file. */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { fail, type Result } from '../../../shared/result.ts';
import type { Environment } from '../../../shared/settings.ts';
import { fileTroubleOf, removeIfPossible, renameSafely, type FileTrouble } from '../../base/safe-file.ts';
import { verifyJournal, type AuditProblem, type StandingTrail } from '../../orders/audit/audit-file.ts';
import type { Verdict } from '../../orders/audit/audit-verdict.ts';
import { knownAuditKey } from './audit-trail.ts';
import type { Profile } from '../settings/profile.ts';

/** `audit-unreadable`: nothing could be walked. */
export type AuditReportProblem = Exclude<AuditProblem, 'busy'> | 'journal-busy' | 'audit-unreadable';

export function verifyAuditTrail(
  profile: Profile,
  environment: Environment,
  use: (trail: StandingTrail) => void = () => undefined,
): Result<Verdict, AuditReportProblem> {
  const verdict = verifyJournal(profile.journal(environment), knownAuditKey(profile), use);
  if (verdict.ok) return verdict;
  return fail(verdict.error === 'busy' ? 'journal-busy' : verdict.error);
}

/**
 * Writes every entry as a line of JSON into `path`: the whole file, or none. Its last line says what is wrong with the
 * trail. The trail does not change only while it is walked, so the lines are written during the walk.
 */
export function exportAuditTrail(
  profile: Profile,
  environment: Environment,
  path: string,
): Result<Verdict, AuditReportProblem | FileTrouble> {
  const draft = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    const verdict = verifyAuditTrail(profile, environment, (trail) => {
      writeLines(draft, trail.lines());
    });
    if (!verdict.ok) return verdict;
    // If the audit trail could not be read, no line was written.
    if (!existsSync(draft)) return fail('audit-unreadable');
    renameSafely(draft, path);
    return verdict;
  } catch (error) {
    const trouble = fileTroubleOf(error);
    if (trouble === null) throw error;
    return fail(trouble);
  } finally {
    removeIfPossible(draft);
  }
}

const CHUNK_CHARACTERS = 64 * 1024;

function writeLines(path: string, lines: Iterable<string>): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    let waiting = '';
    for (const line of lines) {
      waiting += line;
      if (waiting.length < CHUNK_CHARACTERS) continue;
      writeAll(file, waiting);
      waiting = '';
    }
    writeAll(file, waiting);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** One write may take fewer bytes than it was given. */
function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}
