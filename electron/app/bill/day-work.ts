/** What is done about one day's bill, by the app itself or for a person: compare, keep, write down. */
import { beijingDay, DAY_MS, dayStartMs } from '../../../shared/beijing.ts';
import type { Log } from '../../base/log.ts';
import { THE_APP, type Actor } from '../../orders/machine/actor.ts';
import type { Services } from '../core/services.ts';
import { fetchedDay, keptDay, type CompareDayParts, type DayCompared } from './compare-day.ts';
import type { DayRecords } from './day-records.ts';
import { noteDay } from './note-comparison.ts';

export interface DayWorkParts extends CompareDayParts {
  readonly records: DayRecords;
  readonly audit: Pick<Services['audit'], 'note'>;
  readonly log: Log;
}

/** The kept bill, or with `anew`, or where none is kept, WeChat's; compared, and written into the calendar. */
export async function workOn(parts: DayWorkParts, day: string, anew: boolean, by: Actor): Promise<DayCompared> {
  const { records, audit, log } = parts;
  const done = (anew ? null : await keptDay(parts, day)) ?? (await fetchedDay(parts, day));
  if (done.kind === 'compared') records.compared(done.comparison, done.from);
  else records.missed(day, done.why);
  // What the app tries again by itself every half hour is no act.
  if (done.kind === 'compared' || by !== THE_APP) noteDay(audit, by, day, done);
  if (done.kind === 'missing') log.warn({ day, why: done.why, text: done.text }, 'no bill');
  else await checkDayBefore(parts, day);
  return done;
}

/** This day's bill may have the other half of what happened near the midnight before. */
async function checkDayBefore(parts: DayWorkParts, day: string): Promise<void> {
  const before = beijingDay(dayStartMs(day) - DAY_MS);
  const record = parts.records.now().records.find((one) => one.day === before);
  if (record === undefined || record.differing === 0) return;
  const again = await keptDay(parts, before);
  if (again?.kind === 'compared') parts.records.compared(again.comparison, again.from);
}

/** One piece of work at a time; whoever comes meanwhile is told so. */
export interface SoleWork {
  run<Value>(act: () => Promise<Value>): Promise<Value | 'busy-comparing'>;
  /** Settles once what is under way is over. */
  over(): Promise<unknown>;
  /** Nothing more is begun. */
  end(): void;
}

export function soleWork(): SoleWork {
  let working: Promise<unknown> | null = null;
  let isEnded = false;
  return {
    async run(act) {
      if (working !== null || isEnded) return 'busy-comparing';
      const work = act();
      working = work;
      try {
        return await work;
      } finally {
        working = null;
      }
    },
    over: () => (working ?? Promise.resolve()).catch(() => undefined),
    end: () => {
      isEnded = true;
    },
  };
}
