/** kill -9, and a power cut, at every numbered step of a cancel. */
import { ownSpans, type Case } from './cases.ts';
import { numbered, type Numbers, type Row } from './lanes.ts';
import type { Site } from './site.ts';
import { trial, type Trial } from './trial.ts';
import type { Step } from './victim.ts';

/** A way to end the process, at each step of a span. */
export interface Sweep extends Numbers {
  readonly line: 'disk' | 'net';
  readonly deed: 'kill' | 'half' | 'power';
}

/**
 * A row that ends one cancel of the case at each step of the sweep: at as many steps as the undisturbed one took
 * (`steps`), and then further until a cancel finishes before it reaches the next step.
 */
export function killsOf(
  site: Site,
  of: Case,
  steps: readonly Step[],
  { line, deed, ...numbers }: Sweep,
  done: (trial: Trial) => void,
): Row {
  const taken = steps.filter((step) => step.line === line).length;
  return numbered(numbers, async (n) => {
    const tried = await trial(site, of, { line, n, deed });
    done(tried);
    return tried.step !== null || n <= taken;
  });
}

/**
 * Every way to end it at every step. Half of a sync is the same as a kill, so `half` adds something only for steps with
 * a length. A power cut ends both processes at once, so it is left out where a second process runs beside the first.
 */
export const everySweep = ({ beside }: Case): Sweep[] =>
  (['disk', 'net'] as const).flatMap((line) =>
    (beside ? (['kill', 'half'] as const) : (['kill', 'half', 'power'] as const)).map((deed) => ({
      line,
      deed,
      from: 1,
      until: Infinity,
    })),
  );

/**
 * Each step once, in the case that it belongs to; half of the bytes that are sent; and a power cut wherever something
 * may have been promised. A commit's writes to the log count as one step here: wal-cuts.ts cuts a commit at every byte.
 */
export function sweepsForTests(of: Case, steps: readonly Step[]): Sweep[] {
  const { disk, net } = ownSpans(of, steps);
  const sweeps: Sweep[] = (['kill', 'half', 'power'] as const).map((deed) => ({ line: 'net', deed, ...net }));
  if (of.beside) return sweeps.filter(({ deed }) => deed === 'kill');
  return [{ line: 'disk', deed: 'kill', ...disk, without: laterWritesOfCommits(steps) }, ...sweeps];
}

function laterWritesOfCommits(steps: readonly Step[]): ReadonlySet<number> {
  const disk = steps.filter(({ line }) => line === 'disk');
  const isInLog = (step: Step | undefined): boolean => step?.what === 'write' && step.target.endsWith('-wal');
  return new Set(disk.flatMap((step, index) => (isInLog(step) && isInLog(disk[index - 1]) ? [step.n] : [])));
}

export interface KillFigures {
  readonly steps: number;
  readonly kills: number;
  readonly powerCuts: number;
  readonly resumed: number;
  readonly toldAgain: number;
  readonly insideWindow: number;
}

export function killFigures(trials: readonly Trial[]): KillFigures {
  const cut = trials.filter(({ step }) => step !== null);
  const count = (holds: (trial: Trial) => boolean): number => cut.filter(holds).length;
  return {
    steps: new Set(cut.map(({ case: { name }, point: { line, n } }) => `${name} ${line} ${String(n)}`)).size,
    kills: count(({ point }) => point.deed !== 'power'),
    powerCuts: count(({ point }) => point.deed === 'power'),
    resumed: count(({ end }) => end !== 'told-again'),
    toldAgain: count(({ end }) => end === 'told-again'),
    insideWindow: count(({ insideWindow }) => insideWindow),
  };
}

/** A step's name in reports. */
export const nameOf = ({ case: of, point, step }: Trial): string =>
  `${of.name}: ${point.deed} at ${point.line} ${String(point.n)}${step === null ? '' : ` (${step.what} ${step.target})`}`;
