/**
 * The trigram index of both order numbers: every three consecutive characters. All of it can be rebuilt from the
 * journal, so it has a file of its own. So no cancel ever waits for it, and damage to it does not touch the journal. By
 * design it lags behind the journal, and follows the journal's entries step by step when somebody searches.
 */
import { existsSync, unlinkSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { fileTroubleOf } from '../../base/safe-file.ts';
import { lastPlace, lastSeq } from '../journal/changes.ts';
import { troubleOf } from '../journal/sqlite-trouble.ts';

export interface TrigramIndex {
  /**
   * One step closer to the journal; returns whether there is more to do. If the file cannot be written, it goes no
   * further.
   */
  step(): boolean;
  /** The journal's entry up to which it knows everything; `null` while it is being built for the first time. */
  knownSeq(): number | null;
  /**
   * Row ids above `low`, up to `high`, of orders with `text` in a number, newest first; `null` where the index cannot
   * tell.
   */
  matches(text: string, low: number, high: number, limit: number): readonly number[] | null;
  close(): void;
}

/** Orders, or entries, in one step: a few milliseconds. */
const STEP = 500;
const BUSY_TIMEOUT_MS = 50;

// `mark`: the order at the highest row id that was indexed in the last step. If the journal has another order there, an
// older copy of the journal was put back, and the index cannot be relied on.
const TABLES = `
  CREATE TABLE IF NOT EXISTS known (one INTEGER PRIMARY KEY CHECK (one = 1), place INTEGER NOT NULL, seq INTEGER NOT NULL, made INTEGER NOT NULL, mark TEXT) STRICT;
  CREATE VIRTUAL TABLE IF NOT EXISTS parts USING fts5(numbers, content = '', contentless_delete = 1, tokenize = 'trigram');`;

const knownSchema = z.object({ place: z.number(), seq: z.number(), made: z.number(), mark: z.string().nullable() });
type Known = z.infer<typeof knownSchema>;
const placeSchema = z.object({ place: z.number() });

/** `path` is the index's own; `null` keeps it in memory, for a journal that has no file. */
export function trigramIndex(journal: DatabaseSync, path: string | null): TrigramIndex {
  let opened: DatabaseSync | null = null;
  let broken = false;

  const index = (): DatabaseSync | null => {
    if (broken) return null;
    opened ??= open(journal, path);
    broken = opened === null;
    return opened;
  };
  /** If the index is damaged or cannot be written, the search works without it. */
  const attempt = <Value>(act: (db: DatabaseSync) => Value): Value | null => {
    try {
      const db = index();
      return db === null ? null : act(db);
    } catch (error) {
      const trouble = troubleOf(error);
      if (opened?.isTransaction === true) opened.exec('ROLLBACK');
      if (trouble !== 'busy') giveUp();
      return null;
    }
  };
  const giveUp = (): void => {
    opened?.close();
    opened = null;
    broken = true;
    // Rebuilt at the next start.
    if (path !== null) remove(path);
  };

  return {
    step: () => attempt((db) => stepOf(journal, db)) ?? false,
    knownSeq: () =>
      attempt((db) => {
        const { made, seq } = knownOf(db);
        return made === 1 ? seq : null;
      }),
    matches: (text, low, high, limit) =>
      attempt((db) =>
        db
          .prepare(
            'SELECT rowid AS place FROM parts WHERE parts MATCH ? AND rowid > ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?',
          )
          .all(`"${text}"`, low, high, limit)
          .map((row) => placeSchema.parse(row).place),
      ),
    close() {
      opened?.close();
      opened = null;
      broken = true;
    },
  };
}

/** The index, as it was left or new; `null` if it can neither be read nor created. */
function open(journal: DatabaseSync, path: string | null): DatabaseSync | null {
  for (const fresh of [false, true]) {
    let db: DatabaseSync | null = null;
    try {
      if (fresh && path !== null) remove(path);
      db = new DatabaseSync(path ?? ':memory:', { timeout: BUSY_TIMEOUT_MS });
      // If a power cut loses the last steps, they are simply done again.
      db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${TABLES}
        INSERT INTO known VALUES (1, 0, 0, 0, NULL) ON CONFLICT DO NOTHING;`);
      if (isOf(journal, knownOf(db))) return db;
      db.close();
    } catch (error) {
      db?.close();
      troubleOf(error);
    }
  }
  return null;
}

/** Whether the index was made from this very journal. */
function isOf(journal: DatabaseSync, { place, seq, mark }: Known): boolean {
  if (place > lastPlace(journal) || seq > lastSeq(journal)) return false;
  return place === 0 || orderAt(journal, place) === mark;
}

const orderAt = (journal: DatabaseSync, place: number): string | null => {
  const row = journal.prepare('SELECT order_id FROM order_facts WHERE place = ?').get(place);
  return row === undefined ? null : String(row['order_id']);
};

const knownOf = (db: DatabaseSync): Known =>
  knownSchema.parse(db.prepare('SELECT place, seq, made, mark FROM known').get());

function stepOf(journal: DatabaseSync, db: DatabaseSync): boolean {
  const before = knownOf(db);
  if (before.made === 1 && before.seq >= lastSeq(journal)) return false;
  db.exec('BEGIN IMMEDIATE');
  // Read again inside the transaction: another process may have gone on meanwhile.
  const known = knownOf(db);
  const next = known.made === 1 ? followed(journal, db, known) : made(journal, db, known);
  const mark = next.place === 0 ? null : orderAt(journal, next.place);
  db.prepare('UPDATE known SET place = ?, seq = ?, made = ?, mark = ?').run(next.place, next.seq, next.made, mark);
  db.exec('COMMIT');
  return next.made === 0 || next.seq < lastSeq(journal);
}

/** The first pass goes by row ids. What happens to orders meanwhile is in the entries after `seq`. */
function made(journal: DatabaseSync, db: DatabaseSync, known: Known): Known {
  const seq = known.place === 0 ? lastSeq(journal) : known.seq;
  const rows = journal
    .prepare('SELECT place, numbers FROM order_facts WHERE place > ? AND place <= ?')
    .all(known.place, known.place + STEP);
  put(db, rows);
  const place = Math.min(known.place + STEP, lastPlace(journal));
  return { ...known, place, seq, made: place >= lastPlace(journal) ? 1 : 0 };
}

/** Every change to an order has an entry, and a new order has its first. */
function followed(journal: DatabaseSync, db: DatabaseSync, known: Known): Known {
  const to = Math.min(known.seq + STEP, lastSeq(journal));
  const rows = journal
    .prepare('SELECT DISTINCT place, numbers FROM entries JOIN order_facts USING (order_id) WHERE seq > ? AND seq <= ?')
    .all(known.seq, to);
  put(db, rows);
  return {
    ...known,
    seq: to,
    place: rows.reduce<number>((place, row) => Math.max(place, Number(row['place'])), known.place),
  };
}

const rowSchema = z.object({ place: z.number(), numbers: z.string() });

function put(db: DatabaseSync, rows: readonly unknown[]): void {
  const remove = db.prepare('DELETE FROM parts WHERE rowid = ?');
  const insert = db.prepare('INSERT INTO parts (rowid, numbers) VALUES (?, ?)');
  for (const row of rows) {
    const { place, numbers } = rowSchema.parse(row);
    remove.run(place);
    insert.run(place, numbers);
  }
}

/** If the file system refuses, the file stays, and the next start tries again. */
function remove(path: string): void {
  try {
    for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) unlinkSync(path + suffix);
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
  }
}

/**
 * The number of consecutive characters that the index stores. A shorter text can only be found by scanning all orders.
 */
const GRAM = 3;
export const isIndexed = (text: string): boolean => text.length >= GRAM;

/** The pattern for LIKE (ESCAPE '\\') that finds `text` anywhere. It ignores case, like the index. */
export const likeOf = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
