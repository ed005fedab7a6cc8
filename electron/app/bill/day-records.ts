/**
 * What is known of each day's bill: the last comparison, or the last try that brought none. One small file, so that a
 * calendar costs the same however many orders there are. It can be made again from the kept bills.
 */
import { z } from 'zod';
import { DAY_MS, dayStartMs } from '../../../shared/beijing.ts';
import {
  dayMissSchema,
  dayRecordSchema,
  type BillFrom,
  type BillMissing,
  type Comparison,
  type DayMiss,
  type DayRecord,
} from '../../../shared/contract/bill.ts';
import { BILL_KEPT_DAYS } from '../../../shared/timing.ts';
import { readSettingsFile, writeSettingsFile } from '../../base/settings-file.ts';

const fileSchema = z.strictObject({
  v: z.literal(1),
  records: z.array(dayRecordSchema),
  misses: z.array(dayMissSchema),
});

export interface DaysKnown {
  readonly records: readonly DayRecord[];
  readonly misses: readonly DayMiss[];
}

export interface DayRecords {
  /** Read anew each time: the terminal command writes here too. */
  now(): DaysKnown;
  /** The day was compared. What was seen stays seen as long as the same number differs. */
  compared(comparison: Comparison, from: BillFrom): void;
  missed(day: string, why: BillMissing): void;
  /** A manager saw what differs on that day. */
  seen(day: string): void;
}

/** A disk that takes no record costs a line of the calendar, and never the comparison. */
export function dayRecords(path: string, wallMs: () => number): DayRecords {
  const now = (): DaysKnown => {
    const read = readSettingsFile(path, fileSchema);
    return read.ok && read.value !== null ? read.value : { records: [], misses: [] };
  };
  const write = (change: (known: DaysKnown) => DaysKnown): void => {
    const nowMs = wallMs();
    const oldestMs = nowMs - BILL_KEPT_DAYS * DAY_MS;
    const isKept = ({ day }: { readonly day: string }): boolean => dayStartMs(day) >= oldestMs;
    const { records, misses } = change(now());
    writeSettingsFile(
      path,
      fileSchema,
      { v: 1, records: inOrder(records.filter(isKept)), misses: inOrder(misses.filter(isKept)) },
      nowMs,
    );
  };
  return {
    now,
    compared(comparison, from) {
      write(({ records, misses }) => {
        const before = records.find(({ day }) => day === comparison.day);
        // WeChat's own bill is better than any file, and a file is better than none.
        if (from === 'file' && before?.from === 'wechat') return { records, misses };
        if (from === 'none' && before?.from === 'file')
          return {
            records,
            misses: [...without(misses, before.day), { day: before.day, why: 'no-bill', atMs: wallMs() }],
          };
        return {
          records: [...without(records, comparison.day), recordOf(comparison, from, wallMs(), before)],
          misses: without(misses, comparison.day),
        };
      });
    },
    missed(day, why) {
      write(({ records, misses }) => ({ records, misses: [...without(misses, day), { day, why, atMs: wallMs() }] }));
    },
    seen(day) {
      write(({ records, misses }) => ({
        records: records.map((record) => (record.day === day ? { ...record, seenAtMs: wallMs() } : record)),
        misses,
      }));
    },
  };
}

function recordOf(comparison: Comparison, from: BillFrom, atMs: number, before: DayRecord | undefined): DayRecord {
  const { day, rows, matched, sums, counts } = comparison;
  const differing = counts.reduce((sum, { count }) => sum + count, 0);
  const isAsSeen =
    before !== undefined && before.differing === differing && before.sums.inDoubt.fen === sums.inDoubt.fen;
  return { day, from, atMs, rows, matched, differing, sums, seenAtMs: isAsSeen ? before.seenAtMs : null };
}

const without = <Of extends { readonly day: string }>(list: readonly Of[], day: string): Of[] =>
  list.filter((one) => one.day !== day);

const inOrder = <Of extends { readonly day: string }>(list: readonly Of[]): Of[] =>
  [...list].sort((a, b) => (a.day < b.day ? -1 : 1));
