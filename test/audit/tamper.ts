/**
 * Tampers with untouched journals at random and runs the verification each time. A tampering is done inside a
 * transaction and then rolled back; single bytes are changed in a copy of the file.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { verifyJournal } from '../../electron/orders/audit/audit-file.ts';
import { TEST_KEY } from '../support/secrets/audit-keys.ts';
import { turnOver } from './entries.ts';
import { asFile, keptHead, madeJournal, reopened, verdictOf, type MadeJournal } from './made-journal.ts';
import { Random } from './random.ts';
import { TAMPERINGS } from './tamperings.ts';

export interface TamperFigures {
  readonly tamperings: number;
  readonly found: number;
  /** Tamperings that were not found, each with what is needed to repeat it. */
  readonly missed: readonly string[];
  /** How often each kind was done. */
  readonly kinds: Readonly<Record<string, number>>;
  /** How often each finding was the first of the verification. */
  readonly words: Readonly<Record<string, number>>;
}

const PER_JOURNAL = 100;
/** In every journal this many bytes of its file are changed too; changed bytes without meaning are not counted. */
const BYTES_PER_JOURNAL = 15;
const ENTRIES_MAX = 60;
const TURNED_OVER = 'turn over a byte of the file';
const KINDS = TAMPERINGS.length + 1;
/**
 * Ten times the number of tries of a million tamperings: a kind that no journal has a place for is not tried for ever.
 */
const JOURNALS_MAX = 100_000;

/**
 * Does at least `times`, and continues until each kind was done, if some kinds were rare. `folder` belongs to the test.
 */
export function tamper(times: number, seed: number, folder: string): TamperFigures {
  const tally = new Tally(times);
  for (let n = 0; !tally.isOver() && n < JOURNALS_MAX; n += 1) {
    const journalSeed = seed * 1_000_003 + n;
    const random = new Random(journalSeed);
    const journal = reopened(madeJournal(random, TEST_KEY, join(folder, `${String(n)}.head`), ENTRIES_MAX), TEST_KEY);
    const where = `seed ${String(seed)}, journal ${String(n)}`;
    for (let i = 0; i < PER_JOURNAL && !tally.isOver(); i += 1)
      inSql(journal, random, tally, `${where}, try ${String(i)}`);
    inBytes(journal, random, tally, where, join(folder, `${String(n)}.sqlite`));
    journal.db.close();
    rmSync(journal.headPath);
  }
  return tally;
}

/** Untouched journals in which the verification finds a fault. */
export function falseAlarms(journals: number, seed: number, folder: string): string[] {
  return Array.from({ length: journals }, (_, n) => {
    const journal = madeJournal(
      new Random(seed * 7_919 + n),
      TEST_KEY,
      join(folder, `untouched-${String(n)}.head`),
      ENTRIES_MAX,
    );
    const { findings } = verdictOf(journal, TEST_KEY);
    journal.db.close();
    rmSync(journal.headPath);
    return findings.length === 0 ? '' : `seed ${String(seed)}, journal ${String(n)}: ${JSON.stringify(findings)}`;
  }).filter((alarm) => alarm !== '');
}

class Tally implements TamperFigures {
  readonly #times: number;
  done = 0;
  found = 0;
  readonly missed: string[] = [];
  readonly kinds: Record<string, number> = {};
  readonly words: Record<string, number> = {};

  constructor(times: number) {
    this.#times = times;
  }

  isOver(): boolean {
    return this.done >= this.#times && Object.keys(this.kinds).length === KINDS;
  }

  get tamperings(): number {
    return this.done;
  }

  count(kind: string, word: string | null, where: string): void {
    this.done += 1;
    this.kinds[kind] = (this.kinds[kind] ?? 0) + 1;
    if (word === null) this.missed.push(`${kind} (${where})`);
    else {
      this.found += 1;
      this.words[word] = (this.words[word] ?? 0) + 1;
    }
  }
}

function inSql(journal: MadeJournal, random: Random, tally: Tally, where: string): void {
  const { db, headPath } = journal;
  const before = contentOf(journal);
  const putHeadBack = keptHead(headPath);
  const guards = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  db.exec('BEGIN');
  for (const { name } of guards) db.exec(`DROP TRIGGER ${String(name)}`);
  const [name, doIt] = random.one(TAMPERINGS);
  const wasDone = doIt(journal, random);
  // A careful forger restores the guards, so that only the chain can show it.
  for (const { sql } of guards) db.exec(String(sql));
  if (wasDone && contentOf(journal) !== before)
    tally.count(name, verdictOf(journal, TEST_KEY).findings[0]?.kind ?? null, where);
  db.exec('ROLLBACK');
  putHeadBack();
}

function inBytes(journal: MadeJournal, random: Random, tally: Tally, where: string, path: string): void {
  asFile(journal, path);
  const whole = readFileSync(path);
  const before = fileContent(path);
  for (let i = 0; i < BYTES_PER_JOURNAL && !tally.isOver(); i += 1) {
    const bytes = Buffer.from(whole);
    const at = turnOver(bytes, random);
    writeFileSync(path, bytes);
    if (fileContent(path) === before) continue;
    const verdict = verifyJournal(path, TEST_KEY);
    const word = verdict.ok ? (verdict.value.findings[0]?.kind ?? null) : verdict.error;
    tally.count(TURNED_OVER, word, `${where}, byte ${String(at)}`);
  }
  rmSync(path);
  rmSync(`${path}.head`);
}

const ENTRIES = `SELECT seq, quote(order_id), quote(at), quote(actor), quote(role), hex(event), hex(effects), hex(phase), quote(state_digest), quote(mac),
  typeof(order_id) || typeof(at) || typeof(actor) || typeof(role) || typeof(event) || typeof(effects) || typeof(phase) FROM entries NOT INDEXED ORDER BY seq`;
const ORDERS = `SELECT quote(order_id), quote(out_trade_no), quote(transaction_id), quote(standing), quote(created_at), hex(state) FROM orders NOT INDEXED ORDER BY rowid`;
const REFUNDS = 'SELECT quote(out_refund_no), quote(order_id), quote(standing) FROM refunds ORDER BY out_refund_no';

const tables = (db: DatabaseSync): string =>
  JSON.stringify([ENTRIES, ORDERS, REFUNDS].map((sql) => db.prepare(sql).all()));
/** Everything that the chain guarantees, as read from the journal. */
const contentOf = ({ db, headPath }: MadeJournal): string => `${tables(db)}${keptText(headPath)}`;

function keptText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return 'no head';
  }
}

/** The same of a file, or a statement that it cannot be read any more. */
function fileContent(path: string): string {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return tables(db);
  } catch {
    return 'unreadable';
  } finally {
    db.close();
  }
}
