import { Worker } from 'node:worker_threads';
import type { Caught, Hunt } from './bugged-search.ts';
import type { SeededBug } from './seeded-bugs.ts';

/**
 * Searches up to `seedsMax` lives of the product with `bug` in it, and `shrinks` the one that shows it; `null` if no
 * check noticed.
 */
export function hunt(bug: SeededBug, seedsMax: number, shrinks = false): Promise<Caught | null> {
  return new Promise((resolve, reject) => {
    const workerData: Hunt = { bug, seedsMax, shrinks };
    const worker = new Worker(new URL('./bugged-search.ts', import.meta.url), { workerData });
    worker.on('message', (caught: Caught | null) => {
      resolve(caught);
      void worker.terminate();
    });
    worker.on('error', reject);
  });
}
