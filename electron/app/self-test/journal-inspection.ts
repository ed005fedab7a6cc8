/** Reads one journal from end to end and reports its state. Takes longer the longer the journal is. */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Environment } from '../../../shared/settings.ts';
import { fileTroubleOf, sizeOf } from '../../base/safe-file.ts';
import { verifyJournal } from '../../orders/audit/audit-file.ts';
import type { JournalDamage } from '../../orders/journal/journal-damage.ts';
import { knownAuditKey } from '../audit/audit-trail.ts';
import { profileIn } from '../settings/profile.ts';
import type { JournalInspection } from './journal-thread.ts';

/** `folder`: the profile's. */
export function inspectionOrTrouble(folder: string, environment: Environment): JournalInspection {
  try {
    return inspectionOf(folder, environment);
  } catch (error) {
    const trouble = fileTroubleOf(error);
    if (trouble === null) throw error;
    return { kind: 'unread', why: trouble };
  }
}

function inspectionOf(folder: string, environment: Environment): JournalInspection {
  const profile = profileIn(folder);
  const path = profile.journal(environment);
  const damages: JournalDamage[] = [];
  const verdict = verifyJournal(path, knownAuditKey(profile), (trail) => {
    const damage = trail.damage();
    if (damage !== null) damages.push(damage);
  });
  if (!verdict.ok) return { kind: 'unread', why: verdict.error };
  const { entries, findings } = verdict.value;
  const [first] = findings;
  const [damage] = damages;
  return {
    kind: 'read',
    entries,
    found: findings.length,
    first: first === undefined ? null : { kind: first.kind, seq: first.seq },
    setAside: setAsideBeside(path),
    lost:
      damage === undefined
        ? null
        : { orders: damage.lostCount, entries: damage.newestLost === null ? null : damage.entriesLost },
    bytes: sizeOf(path),
  };
}

const setAsideBeside = (path: string): number =>
  statSync(dirname(path), { throwIfNoEntry: false }) === undefined
    ? 0
    : readdirSync(dirname(path)).filter((name) => /^\.damaged-\d+$/.test(name.replace(basename(path), ''))).length;
