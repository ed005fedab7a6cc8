/** A worker that searches a product with one bug in it until the bug is seen. Its module graph is its own. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { SeededBug } from './seeded-bugs.ts';

export interface Hunt {
  readonly bug: SeededBug;
  readonly seedsMax: number;
}

/** The seed and the rule that gave the bug away; how far that life was shrunk, and what happens in it. */
export interface Caught {
  readonly seed: number;
  readonly rule: string;
  readonly livelyBefore: number;
  readonly livelyAfter: number;
  readonly trace: readonly string[];
}

const { bug, seedsMax } = workerData as Hunt;
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

async function caught(): Promise<Caught | null> {
  for (let from = 1; from <= seedsMax; from += 50) {
    const [failure] = (await search(from, Math.min(50, seedsMax - from + 1))).failures;
    if (failure === undefined) continue;
    const { seed, wire, violation } = failure;
    const shrunk = await shrink(seed, { wire });
    if (shrunk === null) throw new Error(`seed ${String(seed)} failed once and not again`);
    const { livelyBefore, livelyAfter, tape } = shrunk;
    return { seed, rule: violation.rule, livelyBefore, livelyAfter, trace: await traceOf(tape, { wire }) };
  }
  return null;
}

parentPort?.postMessage(await caught());
