/**
 * `npm run crash-points -- [--repeats N] [--json]`: kill -9, half-done calls and power cuts at every numbered step of a
 * cancel, its journal cut off at every byte of the last write, and a disk that fails at every write and every sync.
 */
import { parseArgs } from 'node:util';
import { CASES, stepsOf, type Case } from './cases.ts';
import { missingForCrashTests } from './compiler.ts';
import { faultNameOf, faultsOf, type FaultTrial } from './faults.ts';
import type { Finding } from './judge.ts';
import { everySweep, killFigures, killsOf, nameOf } from './kills.ts';
import { hinderedKills, hinderedNameOf, HINDRANCES, type HinderedTrial } from './hindrances.ts';
import { inLanes } from './lanes.ts';
import { openSite, type Site } from './site.ts';
import { makeTools } from './tools.ts';
import type { Trial } from './trial.ts';
import type { Step } from './victim.ts';
import { cutAtBytes, lastWrite } from './wal-cuts.ts';

const REPEATS_MAX = 1_000;

const { values } = parseArgs({
  options: { repeats: { type: 'string', default: '1' }, json: { type: 'boolean', default: false } },
});
const repeats = Number(values.repeats);
const missing = missingForCrashTests();

if (!Number.isInteger(repeats) || repeats < 1 || repeats > REPEATS_MAX) {
  console.error(`--repeats takes a whole number from 1 to ${String(REPEATS_MAX)}`);
  process.exitCode = 2;
} else if (missing !== null) {
  console.error(`The crash points were NOT tried here: ${missing}.`);
  process.exitCode = 2;
} else {
  process.exitCode = await crashPoints();
}

async function crashPoints(): Promise<number> {
  const startedMs = performance.now();
  const findings: Finding[] = [];
  const trials: Trial[] = [];
  const faults: FaultTrial[] = [];
  const tell = (name: string, found: readonly Finding[]): void => {
    findings.push(...found);
    for (const { kind, text } of found) console.log(`${kind.toUpperCase()}  ${name}: ${text}`);
  };
  const tools = await makeTools();
  try {
    const site = await openSite(tools);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void giveUp(site));
    try {
      const undisturbed = new Map<Case, readonly Step[]>();
      for (const of of CASES) undisturbed.set(of, await stepsOf(site, of));
      for (const [of, steps] of undisturbed) describeSteps(of, steps);
      for (let repeat = 1; repeat <= repeats; repeat += 1) {
        await killEverywhere(site, undisturbed, trials, tell);
        console.log(
          `Repeat ${String(repeat)} of ${String(repeats)}: ${JSON.stringify(killFigures(trials))}, ${String(findings.length)} findings`,
        );
      }
      await failEverywhere(site, faults, tell);
      await hinderEverywhere(site, undisturbed, tell);
    } finally {
      await site.close();
    }
    const cuts = cutAtBytes(lastWrite());
    tell('journal cut off', cuts.findings);
    const of = (kind: Finding['kind']): number => findings.filter((finding) => finding.kind === kind).length;
    const figures = {
      ...killFigures(trials),
      lostIntents: of('lost'),
      falseCancelled: of('false-cancelled'),
      violations: of('violation'),
      walTruncations: cuts.truncations,
      ioFaults: faults.filter(({ reached }) => reached).length,
      repeats,
      seconds: Math.round((performance.now() - startedMs) / 1_000),
    };
    report(faults, figures);
    if (values.json) console.log(JSON.stringify({ figures }));
    return findings.length === 0 ? 0 : 1;
  } finally {
    tools.dispose();
  }
}

/** The gateway is a process of its own and would otherwise outlive this one. */
async function giveUp(site: Site): Promise<void> {
  await site.close();
  site.tools.dispose();
  process.exit(1);
}

type Tell = (name: string, found: readonly Finding[]) => void;

function killEverywhere(
  site: Site,
  undisturbed: ReadonlyMap<Case, readonly Step[]>,
  trials: Trial[],
  tell: Tell,
): Promise<void> {
  const done = (trial: Trial): void => {
    trials.push(trial);
    tell(nameOf(trial), trial.findings);
  };
  return inLanes(
    [...undisturbed].flatMap(([of, steps]) => everySweep(of).map((sweep) => killsOf(site, of, steps, sweep, done))),
  );
}

/** With a new journal and with an existing one. */
function failEverywhere(site: Site, faults: FaultTrial[], tell: Tell): Promise<void> {
  const done = (trial: FaultTrial): void => {
    faults.push(trial);
    tell(faultNameOf(trial), trial.findings);
  };
  const cases = CASES.filter(({ name }) => name === 'over' || name === 'recall');
  return inLanes(cases.flatMap((of) => faultsOf(site, of, () => ({ from: 1, every: 1 }), done)));
}

/** Kills at each step of an armed cancel while other processes hinder it; reports how many kills met each hindrance. */
async function hinderEverywhere(
  site: Site,
  undisturbed: ReadonlyMap<Case, readonly Step[]>,
  tell: Tell,
): Promise<void> {
  const trials: HinderedTrial[] = [];
  const done = (trial: HinderedTrial): void => {
    trials.push(trial);
    tell(hinderedNameOf(trial), trial.findings);
  };
  const armed = [...undisturbed].filter(([{ name }]) => name === 'armed');
  await inLanes(
    armed.flatMap(([of, steps]) =>
      HINDRANCES.flatMap((hindrance) => hinderedKills(site, of, hindrance, steps, 1, done)),
    ),
  );
  for (const hindrance of HINDRANCES)
    console.log(
      `Kills while hindered, ${hindrance}: ${String(trials.filter((trial) => trial.hindrance === hindrance && trial.met).length)}`,
    );
}

/** The steps by number and name; equal neighbours share a line. */
function describeSteps({ name, scenario, profile, paidSecondsAgo, beside }: Case, steps: readonly Step[]): void {
  console.log(
    `\n${name}: scenario ${scenario}, journal ${profile}, paid ${String(paidSecondsAgo)} s before${beside ? ', a second process beside it' : ''}; ${String(steps.length)} steps`,
  );
  let first: Step | undefined;
  steps.forEach((step, index) => {
    first ??= step;
    const next = steps[index + 1];
    if (next !== undefined && next.line === step.line && next.what === step.what && next.target === step.target) return;
    console.log(
      `  ${step.line} ${String(first.n)}${first === step ? '' : `-${String(step.n)}`}  ${step.what} ${step.target}`,
    );
    first = undefined;
  });
}

function report(faults: readonly FaultTrial[], figures: Readonly<Record<string, number>>): void {
  console.log('\nHow commands ended on a failing disk (exit code and what they said):');
  const ends = Map.groupBy(
    faults.filter(({ reached }) => reached),
    ({ point, exitCode, words }) => `${point.deed} at a ${point.line}: ${String(exitCode)} ${words.join('; ')}`,
  );
  for (const [end, { length }] of [...ends].toSorted()) console.log(`  ${String(length).padStart(4)}  ${end}`);
  console.log('');
  for (const [name, figure] of Object.entries(figures)) console.log(`${name.padEnd(16)}${String(figure)}`);
}
