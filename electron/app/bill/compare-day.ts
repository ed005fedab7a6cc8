/** One day: its bill from WeChat or from what is kept, compared with the journal. Changes no order. */
import type { BillFrom, BillMissing, Comparison } from '../../../shared/contract/bill.ts';
import { DAY_MS, beijingDay, dayStartMs } from '../../../shared/beijing.ts';
import { ok } from '../../../shared/result.ts';
import { withFilesAsync } from '../../base/safe-file.ts';
import type { BillAnswer, BillSource } from '../../wechat/bill-source.ts';
import type { KeptBills } from './kept-bills.ts';
import { reconcile, type ReconcileParts } from './reconcile.ts';

export interface CompareDayParts extends ReconcileParts {
  readonly source: Pick<BillSource, 'fetch'>;
  readonly kept: KeptBills;
}

export type DayCompared =
  | { readonly kind: 'compared'; readonly comparison: Comparison; readonly from: BillFrom }
  /** `text`: what WeChat or the reader says of it, for the log. */
  | { readonly kind: 'missing'; readonly why: BillMissing; readonly text: string | null };

/** Fetches the day's bill and keeps it, once every line of it was read. */
export async function fetchedDay(parts: CompareDayParts, day: string): Promise<DayCompared> {
  const { source, kept } = parts;
  const done = await withFilesAsync<DayCompared, never>(async () => {
    const path = kept.draft(day);
    const answer = await source.fetch(day, path);
    if (answer.kind === 'no-bill') return ok(await comparedWith(parts, null, day, 'none'));
    if (answer.kind !== 'bill') return ok(missing(answer));
    const compared = await comparedWith(parts, path, day, 'wechat');
    if (compared.kind === 'compared') kept.keep(day);
    return ok(compared);
  });
  kept.drop(day);
  return done.ok ? done.value : { kind: 'missing', why: 'disk', text: done.error };
}

/** The kept bill of the day; `null` if none is kept, or what is kept can no longer be read. */
export async function keptDay(parts: CompareDayParts, day: string): Promise<DayCompared | null> {
  const path = parts.kept.find(day);
  if (path === null) return null;
  const compared = await comparedWith(parts, path, day, 'wechat');
  return compared.kind === 'compared' ? compared : null;
}

async function comparedWith(
  parts: CompareDayParts,
  path: string | null,
  day: string,
  from: BillFrom,
): Promise<DayCompared> {
  const nextPath = parts.kept.find(beijingDay(dayStartMs(day) + DAY_MS));
  const result = await reconcile(parts, { path, day, nextPath });
  if (result.ok) return { kind: 'compared', comparison: result.value, from };
  const { problem, line } = result.error;
  return { kind: 'missing', why: 'not-whole', text: line === null ? problem : `${problem}, line ${String(line)}` };
}

function missing(answer: Exclude<BillAnswer, { kind: 'bill' | 'no-bill' }>): DayCompared {
  const text = 'text' in answer ? answer.text : 'trouble' in answer ? answer.trouble : null;
  return {
    kind: 'missing',
    why: answer.kind,
    text: answer.kind === 'no-answer' ? `${answer.why} ${text ?? ''}` : text,
  };
}
