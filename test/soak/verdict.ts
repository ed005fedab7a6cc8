/** Whether a soak ended as it must, and its figures. */
import type { SoakReport, Tenth } from './soak.ts';

/**
 * The allowed growth after the first tenth, in percent. With fewer cancels than given here, the first tenth is no
 * warm-up yet.
 */
const GROWTH_MAX_PERCENT = 5;
const WARM_AFTER_CANCELS = 200;
/**
 * How far a tenth's share of the journal may be from the mean of all tenths, in percent: the mix is drawn at random,
 * not dealt evenly.
 */
const JOURNAL_SPREAD_MAX_PERCENT = 25;

/** Of the cancels, in percent. */
const NEEDLESS_MAX_PERCENT = 3;

export interface Verdict {
  readonly violations: readonly string[];
  readonly figures: Readonly<Record<string, number | string>>;
}

export function verdictOn(report: SoakReport): Verdict {
  const { tenths, before, after, cancels, wrong } = report;
  const first = tenths.at(0);
  const last = tenths.at(-1);
  if (first === undefined || last === undefined) throw new Error('a soak has tenths');
  const later = tenths.slice(1);
  const heapGrowthPercent = percent(Math.max(...later.map(({ heapBytes }) => heapBytes)), first.heapBytes);
  const rssGrowthPercent = percent(Math.max(...later.map(({ residentBytes }) => residentBytes)), first.residentBytes);
  const spread = journalSpreadPercent(tenths);
  const violations = [...wrong];
  const must = (holds: boolean, words: string): void => {
    if (!holds) violations.push(words);
  };
  must(sum(report.endings) === cancels, `${String(sum(report.endings))} of ${String(cancels)} cancels ended`);
  const needlessPercent = rounded((100 * report.needlessReverses) / cancels);
  must(
    needlessPercent < NEEDLESS_MAX_PERCENT,
    `${String(report.needlessReverses)} reverses were made again for nothing`,
  );
  for (const tenth of later)
    must(holdsTheSame(tenth, first), `after ${String(tenth.done)}: ${held(tenth)}, not ${held(first)}`);
  must(holdsTheSame(after, before), `after it all: ${held(after)}, not ${held(before)} as before`);
  if (first.done >= WARM_AFTER_CANCELS) {
    must(heapGrowthPercent < GROWTH_MAX_PERCENT, `the heap grew by ${String(heapGrowthPercent)} %`);
    must(spread < JOURNAL_SPREAD_MAX_PERCENT, `tenths of the journal differ by ${String(spread)} % from their mean`);
  }
  return {
    violations,
    figures: {
      cancels,
      ...report.endings,
      reverses: report.reverses,
      needlessReverses: report.needlessReverses,
      wrongEndings: wrong.length,
      seconds: rounded(last.seconds),
      cancelsPerSecond: rounded(cancels / last.seconds),
      heapBytesFirst: first.heapBytes,
      heapBytesLast: last.heapBytes,
      heapGrowthPercent,
      rssBytesFirst: first.residentBytes,
      rssBytesLast: last.residentBytes,
      rssGrowthPercent,
      gatewayRssBytesLast: last.gatewayBytes,
      handlesAfterWarmUp: sum(first.handles),
      handlesAtEnd: sum(last.handles),
      handlesLeftAfterwards: sum(after.handles) - sum(before.handles),
      descriptorsFirst: first.descriptors ?? 'unknown',
      descriptorsLast: last.descriptors ?? 'unknown',
      journalBytes: last.journalBytes,
      journalBytesPerCancel: Math.round(last.journalBytes / cancels),
      journalSpreadPercent: spread,
    },
  };
}

type Held = Pick<Tenth, 'handles' | 'descriptors'>;

const held = ({ handles, descriptors }: Held): string =>
  `${JSON.stringify(handles)}, ${String(descriptors)} descriptors`;
const holdsTheSame = (one: Held, other: Held): boolean => held(one) === held(other);

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
const rounded = (value: number): number => Math.round(value * 10) / 10;
const percent = (now: number, then: number): number => rounded((100 * (now - then)) / then);

/**
 * The largest distance of a tenth's journal growth from the mean, in percent. The first tenth begins with empty tables.
 */
function journalSpreadPercent(tenths: readonly Tenth[]): number {
  const growths = tenths.slice(1).map(({ journalBytes }, index) => journalBytes - (tenths[index]?.journalBytes ?? 0));
  const mean = growths.reduce((total, growth) => total + growth, 0) / growths.length;
  return Math.max(...growths.map((growth) => Math.abs(percent(growth, mean))));
}
