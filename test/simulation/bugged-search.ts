/** A worker that searches a product with one bug in it until the bug is found. Its module graph is its own. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { SeededBug } from './seeded-bugs.ts';

export interface Hunt {
  readonly bug: SeededBug;
  readonly seedsMax: number;
  /** Whether the life that shows the bug is shrunk, which takes up to 2,000 more lives. */
  readonly shrinks: boolean;
}

/** The seed and the rule that showed the bug; how far that life was shrunk, and what happens in it. */
export interface Caught {
  readonly seed: number;
  readonly rule: string;
  readonly shrunk: {
    readonly livelyBefore: number;
    readonly livelyAfter: number;
    readonly trace: readonly string[];
  } | null;
}

const { bug, seedsMax, shrinks } = workerData as Hunt;
const path = resolve(import.meta.dirname, '../..', bug.file);
const url = pathToFileURL(path).href;
const source = readFileSync(path, 'utf8');
const places = source.split(bug.find).length - 1;
if (places !== 1) throw new Error(`"${bug.name}": its text stands ${String(places)} times in ${bug.file}`);

registerHooks({
  load: (loaded, context, next) =>
    loaded === url
      ? { format: 'module-typescript', shortCircuit: true, source: source.replace(bug.find, () => bug.put) }
      : next(loaded, context),
});

const { search } = await import('./search.ts');
const { shrink, traceOf } = await import('./shrink.ts');

/** Most bugs are found within a few lives. */
const AT_ONCE = 10;

async function caught(): Promise<Caught | null> {
  for (let from = 1; from <= seedsMax; from += AT_ONCE) {
    const [failure] = (await search(from, Math.min(AT_ONCE, seedsMax - from + 1))).failures;
    if (failure === undefined) continue;
    const { seed, wire, violation } = failure;
    if (!shrinks) return { seed, rule: violation.rule, shrunk: null };
    const shrunk = await shrink(seed, { wire });
    if (shrunk === null) throw new Error(`seed ${String(seed)} failed once and not again`);
    const { livelyBefore, livelyAfter, tape } = shrunk;
    const trace = await traceOf(tape, { wire });
    return { seed, rule: violation.rule, shrunk: { livelyBefore, livelyAfter, trace } };
  }
  return null;
}

parentPort?.postMessage(await caught());
