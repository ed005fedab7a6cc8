/** The calendar of WeChat's bills over a journal, with as many compared days as are ever kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBillService } from '../../electron/app/bill/bill-service.ts';
import { dayRecords } from '../../electron/app/bill/day-records.ts';
import { keptBills } from '../../electron/app/bill/kept-bills.ts';
import { systemClock, type Clock } from '../../electron/base/clock.ts';
import { silentLog } from '../../electron/base/log.ts';
import { writeSettingsFile } from '../../electron/base/settings-file.ts';
import type { Journal } from '../../electron/orders/journal/journal.ts';
import { beijingDay, DAY_MS } from '../../shared/beijing.ts';
import { dayRecordSchema, type DayRecord } from '../../shared/contract/bill.ts';
import { z } from 'zod';
import { BILL_KEPT_DAYS } from '../../shared/timing.ts';

const fileSchema = z.strictObject({ v: z.literal(1), records: z.array(dayRecordSchema), misses: z.array(z.never()) });

/** Reads the calendar of a month `rounds` times; the duration of each in ms. */
export function calendarTimes(journal: Journal, wallMs: number, rounds: number): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-bench-'));
  const path = join(folder, 'days.json');
  const records = Array.from({ length: BILL_KEPT_DAYS }, (_, back) => recordOf(beijingDay(wallMs - back * DAY_MS)));
  writeSettingsFile(path, fileSchema, { v: 1, records: records.reverse(), misses: [] }, wallMs);
  const clock: Clock = { ...systemClock(), read: () => ({ wallMs, monoMs: 0, run: 'bench' }) };
  const service = createBillService({
    ...{ journal, clock, log: silentLog },
    merchant: { mchId: '1900000109' },
    terminal: { deviceId: 'kiosk-1' },
    source: { fetch: () => Promise.resolve({ kind: 'no-bill' }), close: () => undefined },
    records: dayRecords(path, () => wallMs),
    kept: keptBills(folder, process.pid),
    audit: { note: () => undefined },
    random: () => 0,
    isDriving: () => false,
  });
  const times = Array.from({ length: rounds }, () => {
    const began = performance.now();
    service.calendar(beijingDay(wallMs).slice(0, 7));
    return performance.now() - began;
  });
  rmSync(folder, { recursive: true });
  return times;
}

const some = { count: 12, fen: 34_500 };
const recordOf = (day: string): DayRecord => ({
  ...{ day, from: 'wechat', atMs: 0, rows: 212, matched: 210, differing: 2, seenAtMs: 1 },
  sums: { paid: some, cancelled: some, refunded: some, inDoubt: some },
});
