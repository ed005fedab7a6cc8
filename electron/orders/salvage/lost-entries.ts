/** Which entries cannot be found in a damaged journal. Other records show how far the journal had come. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Result } from '../../../shared/result.ts';
import type { Point } from '../journal/chain.ts';
import type { HeadProblem } from '../journal/chain-head.ts';

export interface LostEntries {
  readonly count: number;
  /** How many of them are the newest; `null` if nothing shows any more where the end was. */
  readonly newest: number | null;
  /** Which ones, the newest first, like `264 to 300, 12 to 40`. Not all of them if they are many. */
  readonly spans: string;
}

/** A journal's last entry is at least this one. After a power cut the head may be a little behind what was written. */
const CONTIGUOUS = `
  WITH RECURSIVE run(seq) AS (VALUES (?) UNION ALL SELECT run.seq + 1 FROM run WHERE EXISTS (SELECT 1 FROM found_entries WHERE seq = run.seq + 1))
  SELECT max(seq) AS seq FROM run`;

const GAPS = `
  SELECT before + 1 AS since, seq - 1 AS until FROM (
    SELECT seq, lag(seq, 1, 0) OVER (ORDER BY seq) AS before FROM (SELECT seq FROM found_entries WHERE seq BETWEEN 1 AND ?1 UNION SELECT ?1 + 1))
  WHERE seq > before + 1 ORDER BY seq DESC`;

const SPANS_SAID = 5;
const numberSchema = z.object({ seq: z.number().nullable() });
const gapSchema = z.object({ since: z.number(), until: z.number() });

/** Based on what found-rows.ts has found in `db`. `head`: of the damaged journal. */
export function lostEntries(db: DatabaseSync, head: Result<Point, HeadProblem>): LostEntries {
  const numberIn = (sql: string, ...given: number[]): number | null =>
    numberSchema.parse(db.prepare(sql).get(...given)).seq;
  const counted = numberIn('SELECT max(seq) AS seq FROM found_sequence');
  const known = Math.max(counted ?? -1, head.ok ? head.value.seq : -1);
  const last = (known < 0 ? numberIn('SELECT max(seq) AS seq FROM found_entries') : numberIn(CONTIGUOUS, known)) ?? 0;
  const gaps = db
    .prepare(GAPS)
    .all(last)
    .map((row) => gapSchema.parse(row));
  const sizes = gaps.map(({ since, until }) => until - since + 1);
  const atEnd = gaps[0]?.until === last ? (sizes[0] ?? 0) : 0;
  return {
    count: sizes.reduce((sum, size) => sum + size, 0),
    newest: known < 0 ? null : atEnd,
    spans:
      gaps
        .slice(0, SPANS_SAID)
        .map(({ since, until }) => `${String(since)} to ${String(until)}`)
        .join(', ') + (gaps.length > SPANS_SAID ? ', …' : ''),
  };
}
