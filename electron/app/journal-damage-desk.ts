/** Tells of what was lost of the records, at every start anew, until a manager has taken note of it. */
import type { Notice } from '../../shared/ipc.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../base/clock.ts';
import type { Caller } from '../orders/actor.ts';
import type { OpenJournal } from '../orders/journal-file.ts';
import type { JournalDamage } from '../orders/journal-damage.ts';

export interface JournalDamageDesk {
  now(): JournalDamage | null;
  /** `caller` has read it: it stands in the audit trail, and the notices go. */
  acknowledge(caller: Caller): Result<null, 'not-saved'>;
}

type OnNotice = (notice: Notice) => void;

/** Says at once what there is to say of a journal that has just been opened. */
export function journalDamageDesk({ damage, isOfLater }: Pick<OpenJournal, 'damage' | 'isOfLater'>, clock: Clock, onNotice: OnNotice): JournalDamageDesk {
  const found = damage.now();
  const notices = found === null ? [] : damageNotices(found);
  for (const notice of notices) onNotice(notice);
  if (isOfLater) onNotice({ code: 'journal-of-later-version', on: true, detail: null });
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

const CODES = { damaged: 'journal-was-damaged', missing: 'journal-was-missing', 'cut-off': 'journal-cut-off' } as const;

/** What happened, which orders are lost to this terminal, and how many entries with orders that nobody can name. */
export function damageNotices({ kind, about, lost, lostCount, entriesLost, newestLost }: JournalDamage): Notice[] {
  const more = lostCount > lost.length ? `, +${String(lostCount - lost.length)}` : '';
  const happened: Notice = { code: CODES[kind], on: true, detail: about === '' ? null : about };
  const notices: Notice[] = [happened];
  if (lostCount > 0) notices.push({ code: 'journal-orders-lost', on: true, detail: lost.join(', ') + more });
  // What the others say is that all, or the newest, is lost.
  if (kind !== 'damaged') return notices;
  if (newestLost === null) notices.push({ code: 'journal-end-unknown', on: true, detail: null });
  else if (newestLost > 0) notices.push({ code: 'journal-newest-lost', on: true, detail: String(newestLost) });
  const others = entriesLost - (newestLost ?? 0);
  if (others > 0) notices.push({ code: 'journal-entries-lost', on: true, detail: String(others) });
  return notices;
}
