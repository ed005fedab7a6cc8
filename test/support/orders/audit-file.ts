/** Journal files for the audit trail's tests: written by the real journal, tampered with by raw SQL. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { THE_APP, type Actor } from '../../../electron/orders/machine/actor.ts';
import { verifyJournal } from '../../../electron/orders/audit/audit-file.ts';
import type { AuditKey } from '../../../electron/orders/journal/chain-key.ts';
import type { Verdict } from '../../../electron/orders/audit/audit-verdict.ts';
import { openJournal } from '../../../electron/orders/open-journal.ts';
import type { Journal, Stored } from '../../../electron/orders/journal/journal.ts';
import { orderNamed } from '../../audit/made-journal.ts';
import { TEST_KEY } from '../secrets/audit-keys.ts';

const CASHIER: Actor = { who: 'screen', role: 'cashier' };

export function openedJournal(path: string, key: AuditKey = TEST_KEY): Journal {
  const opened = openJournal(path, 'practice', 1_234, key);
  if (!opened.ok) throw new Error(opened.error);
  return opened.value.journal;
}

/**
 * A journal at `path` with `acts` more acts: orders that are registered and cancelled, one entry each. Closed again.
 */
export function writeActs(path: string, acts: number, key: AuditKey = TEST_KEY): void {
  const journal = openedJournal(path, key);
  let last = null as Stored | null;
  for (let n = 0; n < acts; n += 1) {
    const atMs = 1_000_000 + n;
    const written: ReturnType<Journal['create']> =
      last === null
        ? journal.create(orderNamed(`pos-${String(journal.list({ limit: 1_000 }).length)}`), [
            { atMs, actor: CASHIER, event: { type: 'registered' }, effects: [] },
          ])
        : journal.commit(
            last,
            { ...last.order, phase: { name: 'armed', by: 'cashier', evenIfPaid: false, from: 'paying' } },
            [
              {
                atMs,
                actor: n % 3 === 0 ? THE_APP : CASHIER,
                event: { type: 'cancel-tapped', by: 'cashier' },
                effects: [],
              },
            ],
          );
    if (!written.ok) throw new Error(written.error.kind);
    last = n % 2 === 0 ? written.value : null;
  }
  journal.close();
}

/** Runs raw SQL with the guards switched off, and switches them on again. */
export function tamperWith(path: string, ...sql: readonly string[]): void {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  const guards = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of guards) db.exec(`DROP TRIGGER ${String(name)}`);
  for (const line of sql) db.exec(line);
  for (const guard of guards) db.exec(String(guard['sql']));
  db.close();
}

export function verdictOn(path: string, key: AuditKey | null = TEST_KEY): Verdict {
  const verdict = verifyJournal(path, key);
  if (!verdict.ok) throw new Error(verdict.error);
  return verdict.value;
}

/** The findings, as `kind seq about`. */
export const findingsOn = (path: string, key: AuditKey | null = TEST_KEY): string[] =>
  verdictOn(path, key).findings.map(({ kind, seq, about }) =>
    [kind, seq, about].filter((part) => part !== null).join(' '),
  );

export const sideFiles = (path: string): string[] =>
  ['', '-wal', '-shm', '.head'].map((suffix) => path + suffix).filter((file) => existsSync(file));
