/**
 * `npm run simulate -- [--seeds N] [--from S] [--json]`: searches N lives on all cores, then as many of a product with
 * each of the seeded bugs in it as it takes to see the bug. Exits with 1 where a rule was broken, a bug was not seen,
 * or a million lives met a kind of fault less than 1,000 times. `npm run simulate -- --seed X [--trace]`: lives the one
 * of seed X again; a failing one is shrunk and told.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { ALL_FAULTS } from './world/faults.ts';
import { seededChoices } from './world/choices.ts';
import { hunt } from './hunt.ts';
import { kindLines, seldomMet } from './kinds.ts';
import { live } from './life.ts';
import { isWire, search, together, type Found } from './search.ts';
import { SEEDED_BUGS } from './seeded-bugs.ts';
import { shrink, traceOf } from './shrink.ts';

const YEAR_MS = 365.25 * 86_400_000;
/** A worker takes this many lives at a time, so that all workers end together. */
const PORTION = 2_000;

interface Portion {
  readonly from: number;
  readonly seeds: number;
}

async function searchOnAllCores(from: number, seeds: number): Promise<Found> {
  const portions: Portion[] = [];
  for (let at = 0; at < seeds; at += PORTION) portions.push({ from: from + at, seeds: Math.min(PORTION, seeds - at) });
  const found: Found[] = [];
  let failed = false;
  const oneCore = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: 'search' });
      const next = (): void => {
        const portion = failed ? undefined : portions.shift();
        if (portion === undefined)
          void worker.terminate().then(() => {
            resolve();
          });
        else worker.postMessage(portion);
      };
      worker.on('message', (each: Found) => {
        found.push(each);
        failed ||= each.failures.length > 0;
        next();
      });
      worker.on('error', reject);
      next();
    });
  await Promise.all(Array.from({ length: availableParallelism() }, oneCore));
  return together(found);
}

function report(found: Found, bugsCaught: number, seconds: number, json: boolean): void {
  const { seeds, failures, hits, virtualMs, cpuMs, reverses, ends } = found;
  const [least] = [...ALL_FAULTS].sort((a, b) => hits[a] - hits[b]);
  const figures = {
    seeds,
    violations: failures.length,
    seedsPerSecondPerCore: Math.round(seeds / (cpuMs / 1_000)),
    virtualYears: Number((virtualMs / YEAR_MS).toFixed(1)),
    reverses,
    faultKinds: ALL_FAULTS.filter((fault) => hits[fault] > 0).length,
    leastHits: least === undefined ? 0 : hits[least],
    seededBugs: SEEDED_BUGS.length,
    seededBugsCaught: bugsCaught,
    seconds: Math.round(seconds),
  };
  console.log(
    `${String(seeds)} lives, ${String(figures.virtualYears)} years of virtual time, ${String(reverses)} reverses: ${String(failures.length)} violations.`,
  );
  console.log(
    `${String(figures.seedsPerSecondPerCore)} lives a second and core (processor time), ${seconds.toFixed(1)} s in all.`,
  );
  console.log(
    `Orders ended as: ${Object.entries(ends)
      .map(([phase, times]) => `${phase} ${String(times)}`)
      .join(', ')}.`,
  );
  console.log(`Faults met (${String(figures.faultKinds)} of ${String(ALL_FAULTS.length)} kinds):`);
  for (const line of kindLines(hits)) console.log(line);
  const { kinds, due, fails } = seldomMet(hits, seeds);
  if (kinds.length > 0)
    console.log(`${fails ? 'MET TOO SELDOM' : 'Met seldom'}, less than ${String(due)} times: ${kinds.join(', ')}.`);
  console.log(`Bugs put in on purpose: ${String(SEEDED_BUGS.length)}, seen: ${String(bugsCaught)}.`);
  for (const { seed, violation } of failures) {
    console.log(
      `\nVIOLATION: ${violation.rule}\n  ${violation.detail}\n  npm run simulate -- --seed ${String(seed)} --trace`,
    );
  }
  if (json) console.log(JSON.stringify({ figures }));
}

const BUG_SEEDS_MAX = 20_000;

/** How many of the seeded bugs a check notices. */
async function huntAll(): Promise<number> {
  let caught = 0;
  for (const bug of SEEDED_BUGS) {
    const seen = await hunt(bug, BUG_SEEDS_MAX);
    if (seen === null) console.log(`NOT SEEN: ${bug.name}`);
    else caught += 1;
  }
  return caught;
}

async function again(seed: number, trace: boolean): Promise<number> {
  const options = { wire: isWire(seed) };
  const life = await live(seededChoices(seed), {
    ...options,
    ...(trace
      ? {
          trace: (line: string) => {
            console.log(line);
          },
        }
      : {}),
  });
  if (life.violation === null) {
    console.log(`Seed ${String(seed)}: nothing wrong.`);
    return 0;
  }
  console.log(`Seed ${String(seed)}: VIOLATION: ${life.violation.rule}\n  ${life.violation.detail}`);
  const shrunk = await shrink(seed, options);
  if (shrunk !== null) {
    console.log(`\nThe shortest life found that fails like it (${String(shrunk.lives)} tried):`);
    for (const line of await traceOf(shrunk.tape, options)) console.log(line);
  }
  return 1;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      from: { type: 'string' },
      seed: { type: 'string' },
      trace: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  const whole = (name: 'seeds' | 'from' | 'seed', fallback: string): number => {
    const value = Number(values[name] ?? fallback);
    if (!Number.isSafeInteger(value) || value < 0)
      throw new Error(`--${name} must be a whole number, not "${values[name] ?? ''}"`);
    return value;
  };
  if (values.seed !== undefined) return again(whole('seed', ''), values.trace === true);
  const startedMs = performance.now();
  const found = await searchOnAllCores(whole('from', '1'), whole('seeds', '10000'));
  const seconds = (performance.now() - startedMs) / 1_000;
  const bugsCaught = await huntAll();
  report(found, bugsCaught, seconds, values.json === true);
  const proved =
    found.failures.length === 0 && bugsCaught === SEEDED_BUGS.length && !seldomMet(found.hits, found.seeds).fails;
  return proved ? 0 : 1;
}

if (isMainThread) process.exitCode = await main();
else if (workerData === 'search') {
  parentPort?.on('message', ({ from, seeds }: Portion) => {
    void search(from, seeds).then((found) => parentPort?.postMessage(found));
  });
}
