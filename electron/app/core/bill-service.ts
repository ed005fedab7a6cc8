/** WeChat's bills as all features in app use them; electron/app/bill/bill-service.ts is it. */
import type { BillCalendar, BillProblem, Comparison, DayOutcome, DayRows } from '../../../shared/contract/bill.ts';
import type { BillStanding, LastBill } from '../../../shared/contract/overview.ts';
import type { Result } from '../../../shared/result.ts';
import type { Actor } from '../../orders/machine/actor.ts';

/** Why a file is not accepted as a bill. */
export interface BillRefused {
  readonly problem: BillProblem;
  readonly line: number | null;
  /** With `several-days`, oldest first. */
  readonly days: readonly DayRows[];
}

export interface BillService {
  /** From now on bills are fetched by themselves. */
  start(): void;
  /** Waits at most `withinMs` for a bill that is being read. */
  stop(withinMs: number): Promise<void>;
  calendar(month: string): BillCalendar;
  /** Compares the day's bill for `by`: the kept one, or with `anew`, or where none is kept, WeChat's. */
  day(
    day: string,
    anew: boolean,
    by: Actor,
  ): Promise<Result<DayOutcome, 'busy-comparing' | 'bill-to-come' | 'bill-too-old'>>;
  /** Compares a file that `by` chose; without a day, its rows say of which day it is. */
  file(path: string, day: string | null, by: Actor): Promise<Result<Comparison, BillRefused> | 'busy-comparing'>;
  /** For the manager's first page. */
  standing(): { readonly lastBill: LastBill | null; readonly bills: BillStanding };
}
