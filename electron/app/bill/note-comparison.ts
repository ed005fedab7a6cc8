/** For the audit trail: which day, how many rows, how many differ; or why there was nothing to compare. */
import type { Comparison } from '../../../shared/contract/bill.ts';
import type { Result } from '../../../shared/result.ts';
import type { Actor } from '../../orders/machine/actor.ts';
import type { BillRefused } from '../core/bill-service.ts';
import type { Services } from '../core/services.ts';
import type { DayCompared } from './compare-day.ts';

type Notes = Pick<Services['audit'], 'note'>;

/** A file that a person chose. */
export function noteFile(audit: Notes, by: Actor, result: Result<Comparison, BillRefused>): void {
  if (result.ok) {
    audit.note(by, 'bill-compared', 'ok', comparisonText(result.value));
    return;
  }
  const { problem, line } = result.error;
  audit.note(by, 'bill-compared', problem, line === null ? null : `line ${String(line)}`);
}

/** WeChat's own bill of a day. */
export function noteDay(audit: Notes, by: Actor, day: string, done: DayCompared): void {
  if (done.kind === 'missing') audit.note(by, 'bill-compared', done.why, day);
  else audit.note(by, 'bill-compared', done.from === 'none' ? 'no-bill' : 'ok', comparisonText(done.comparison));
}

export const comparisonText = (comparison: Comparison): string => {
  const { day, rows, matched } = comparison;
  return `${day}: ${String(rows)} rows, ${String(matched)} match, ${String(differingIn(comparison))} differ`;
};

export const differingIn = ({ counts }: Pick<Comparison, 'counts'>): number =>
  counts.reduce((sum, { count }) => sum + count, 0);
