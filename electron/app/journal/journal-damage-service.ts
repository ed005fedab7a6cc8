/** Reports what was lost of the records, at every start, until a manager has confirmed it. */
import type { Notice } from '../../../shared/ipc.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../../base/clock.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { OpenJournal } from '../../orders/open-journal.ts';
import type { JournalDamage } from '../../orders/journal/journal-damage.ts';

export interface JournalDamageService {
  now(): JournalDamage | null;
  /** `caller` has confirmed it: the audit trail records that, and the notices disappear. */
  acknowledge(caller: Caller): Result<null, 'not-saved'>;
}

type OnNotice = (notice: Notice) => void;

/** Reports at once about a journal that has just been opened. */
export function journalDamageService(
  { damage, isFromLaterVersion }: Pick<OpenJournal, 'damage' | 'isFromLaterVersion'>,
  clock: Clock,
  onNotice: OnNotice,
): JournalDamageService {
  const found = damage.now();
  const notices = found === null ? [] : damageNotices(found);
  for (const notice of notices) onNotice(notice);
  if (isFromLaterVersion) onNotice({ code: 'journal-of-later-version', on: true, detail: null });
  return {
    now: () => damage.now(),
    acknowledge(caller) {
      const written = damage.acknowledge(caller, clock.read().wallMs);
      if (!written.ok) return fail('not-saved');
      for (const { code } of notices) onNotice({ code, on: false, detail: null });
      return ok(null);
    },
  };
}

/** What happened, how many entries and unnamed orders were lost with it, and the names of the other lost orders. */
export function damageNotices(damage: JournalDamage): Notice[] {
  const { lost, lostCount } = damage;
  const more = lostCount > lost.length ? `, +${String(lostCount - lost.length)}` : '';
  const happened = { ...whatHappened(damage), on: true };
  return lostCount === 0
    ? [happened]
    : [happened, { code: 'journal-orders-lost', on: true, detail: lost.join(', ') + more }];
}

/** One notice: several would take too much of the till's space. */
function whatHappened({ kind, about, entriesLost, newestLost }: JournalDamage): Pick<Notice, 'code' | 'detail'> {
  const where = about === '' ? null : about;
  // These say that everything, or the newest part, is lost.
  if (kind === 'missing') return { code: 'journal-was-missing', detail: where };
  if (kind === 'cut-off') return { code: 'journal-cut-off', detail: where };
  if (newestLost === null) return { code: 'journal-end-unknown', detail: where };
  if (entriesLost === 0) return { code: 'journal-was-damaged', detail: where };
  return { code: newestLost > 0 ? 'journal-newest-lost' : 'journal-entries-lost', detail: String(entriesLost) };
}
