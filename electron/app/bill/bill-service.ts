/**
 * WeChat's bills of this terminal: fetched by itself in the morning, one after another, by the process that drives; kept,
 * compared, and put into the calendar. It changes no order, and waits while one is under way.
 */
import { beijingDay, DAY_MS, dayStartMs } from '../../../shared/beijing.ts';
import { fail, ok } from '../../../shared/result.ts';
import {
  BILL_DAYS_BACK,
  BILL_FIRST_LOOK_MS,
  BILL_JITTER_MS,
  BILL_LOOK_MS,
  BILL_PACE_MS,
  BILL_PATIENCE_MS,
} from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Journal } from '../../orders/journal/journal.ts';
import { THE_APP } from '../../orders/machine/actor.ts';
import type { BillSource } from '../../wechat/bill-source.ts';
import type { BillService } from '../core/bill-service.ts';
import { billCalendar, isThere } from './bill-calendar.ts';
import { dueDay } from './bill-due.ts';
import type { DaysKnown } from './day-records.ts';
import { soleWork, workOn, type DayWorkParts, type SoleWork } from './day-work.ts';
import { noteFile } from './note-comparison.ts';
import { reconcile } from './reconcile.ts';

export interface BillServiceParts extends Omit<DayWorkParts, 'source' | 'journal'> {
  readonly journal: Pick<Journal, 'find' | 'load' | 'page' | 'history' | 'open'>;
  readonly source: BillSource;
  readonly clock: Clock;
  /** 0 to 1, unpredictable: this terminal's part of the wait in the morning. */
  readonly random: () => number;
  readonly isDriving: () => boolean;
}

export function createBillService(parts: BillServiceParts): BillService {
  const { records, kept, audit, clock, source } = parts;
  const work = soleWork();
  const morning = fetchesByItself(parts, work);
  return {
    start() {
      kept.tidy(clock.read().wallMs);
      morning.start();
    },
    async stop(withinMs) {
      work.end();
      morning.stop();
      source.close();
      let stopTimer = (): void => undefined;
      const patience = new Promise<void>((resolve) => {
        stopTimer = clock.after(withinMs, resolve);
      });
      await Promise.race([work.over(), patience]);
      stopTimer();
    },
    calendar: (month) =>
      billCalendar({ ...records.now(), month, nowMs: clock.read().wallMs, firstDay: firstDayOf(parts) }),
    async day(day, anew, by) {
      const { wallMs } = clock.read();
      if (!isThere(day, wallMs)) return fail('bill-to-come');
      const isTooOld = dayStartMs(day) < wallMs - (BILL_DAYS_BACK + 1) * DAY_MS;
      if (isTooOld && kept.find(day) === null) return fail('bill-too-old');
      const done = await work.run(() => workOn(parts, day, anew && !isTooOld, by));
      if (done === 'busy-comparing') return fail(done);
      if (done.kind === 'missing') return ok({ kind: 'missing', why: done.why });
      records.seen(day);
      return ok(done);
    },
    file: (path, day, by) =>
      work.run(async () => {
        const result = await reconcile(parts, { path, day });
        noteFile(audit, by, result);
        if (result.ok) {
          records.compared(result.value, 'file');
          records.seen(result.value.day);
        }
        return result;
      }),
    standing: () => standingOf(records.now()),
  };
}

/** Looks every few minutes whether a bill is due, and fetches one after another. */
function fetchesByItself(
  parts: BillServiceParts,
  work: SoleWork,
): { readonly start: () => void; readonly stop: () => void } {
  const { journal, records, clock, log } = parts;
  const jitterMs = Math.floor(parts.random() * BILL_JITTER_MS);
  let isStopped = false;
  let stopTimer = (): void => undefined;
  let dueSinceMs: number | null = null;

  const fetchDue = async (): Promise<'looked' | 'fetched'> => {
    const { wallMs, monoMs } = clock.read();
    const day = dueDay({ ...records.now(), nowMs: wallMs, firstDay: firstDayOf(parts), jitterMs });
    if (day === null) {
      dueSinceMs = null;
      return 'looked';
    }
    dueSinceMs ??= monoMs;
    if (journal.open().orders.length > 0 && monoMs - dueSinceMs < BILL_PATIENCE_MS) return 'looked';
    return (await work.run(() => workOn(parts, day, false, THE_APP))) === 'busy-comparing' ? 'looked' : 'fetched';
  };

  const lookAfter = (ms: number): void => {
    stopTimer = clock.after(ms, () => {
      void (parts.isDriving() ? fetchDue() : Promise.resolve('looked' as const))
        .catch((error: unknown) => {
          // The journal may have been closed under a comparison.
          if (!isStopped) log.error({ error }, 'a bill could not be compared');
          return 'looked' as const;
        })
        .then((what) => {
          if (!isStopped) lookAfter(what === 'fetched' ? BILL_PACE_MS : BILL_LOOK_MS);
        });
    });
  };

  return {
    start: () => {
      lookAfter(BILL_FIRST_LOOK_MS);
    },
    stop: () => {
      isStopped = true;
      stopTimer();
    },
  };
}

function firstDayOf({ journal }: BillServiceParts): string | null {
  const [first] = journal.page({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }, null, 1);
  return first === undefined ? null : beijingDay(first.createdAtMs);
}

/** The newest day that was compared, and over all days what a manager has not seen yet. */
function standingOf({ records }: DaysKnown): ReturnType<BillService['standing']> {
  const newest = records.at(-1);
  const unseen = records.filter(({ differing, seenAtMs }) => differing > 0 && seenAtMs === null);
  return {
    lastBill: newest === undefined ? null : { day: newest.day, differing: newest.differing },
    bills: {
      days: unseen.map(({ day }) => day),
      inDoubt: unseen.reduce(
        (sum, { sums }) => ({ count: sum.count + sums.inDoubt.count, fen: sum.fen + sums.inDoubt.fen }),
        { count: 0, fen: 0 },
      ),
    },
  };
}
