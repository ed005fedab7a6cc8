/** The audit trail for the screen: whether it is as it was written, and all of it in a file. */
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Environment } from '../../../shared/settings.ts';
import type { FileTrouble } from '../../base/safe-file.ts';
import { verifyJournal, type AuditProblem, type StandingTrail } from '../../orders/audit-file.ts';
import type { FindingKind, Verdict } from '../../orders/audit-verdict.ts';
import { knownAuditKey } from '../audit-trail.ts';
import type { Profile } from '../profile.ts';
import { onePiece, writeDraft } from './draft-file.ts';

/** `audit-unreadable`: there is nothing that could be walked, and why is the finding. */
export type TrailProblem = Exclude<AuditProblem, 'busy'> | 'journal-busy' | 'audit-unreadable';

export function verifyTrail(
  profile: Profile,
  environment: Environment,
  use: (trail: StandingTrail) => void = () => undefined,
): Result<Verdict, TrailProblem> {
  const verdict = verifyJournal(profile.journal(environment), knownAuditKey(profile), use);
  if (verdict.ok) return verdict;
  return fail(verdict.error === 'busy' ? 'journal-busy' : verdict.error);
}

/** Every entry as a line of JSON, into `path`. What is wrong with the trail stands in its last line. */
export async function exportTrail(profile: Profile, environment: Environment, path: string): Promise<Result<Verdict, TrailProblem | FileTrouble>> {
  let lines: Buffer[] = [];
  const verdict = verifyTrail(profile, environment, (trail) => {
    lines = gathered(trail.lines());
  });
  if (!verdict.ok) return verdict;
  if (lines.length === 0 || isUnreadable(verdict.value)) return fail('audit-unreadable');
  const written = await writeDraft(path, onePiece(Buffer.concat(lines)));
  return written.ok ? ok(verdict.value) : written;
}

const UNREADABLE: readonly FindingKind[] = ['damaged', 'no-key', 'journal-missing'];

const isUnreadable = ({ entries, findings }: Verdict): boolean => entries === 0 && findings.some(({ kind }) => UNREADABLE.includes(kind));

const CHUNK_CHARACTERS = 256 * 1024;

/** The trail stands still only while it is walked, so it is taken in before anything is written. */
function gathered(lines: Iterable<string>): Buffer[] {
  const chunks: Buffer[] = [];
  let waiting = '';
  for (const line of lines) {
    waiting += line;
    if (waiting.length < CHUNK_CHARACTERS) continue;
    chunks.push(Buffer.from(waiting));
    waiting = '';
  }
  return [...chunks, Buffer.from(waiting)];
}
