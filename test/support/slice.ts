/**
 * How much of an exhaustive loop a run of the tests does. `npm run test:long` does all of it. Any other run does a
 * part, another one with each commit, so that a few commits cover all of it. `TEST_SEED` chooses the part: `npm test`
 * prints the seed it used.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gitState } from '../../build/git-state.ts';

export const LONG = process.env['FACEPAY_TESTS'] === 'long';

/** The seed of the part; without git always the same. */
export const SEED: string = process.env['TEST_SEED'] ?? gitState(join(import.meta.dirname, '../..'))?.commit ?? '1';

/** For titles of tests, so that a failure says how to repeat it. */
export const partWords = LONG ? 'all of them' : `a part, TEST_SEED=${SEED}`;

/** A whole number below `below`: each loop has its own, and it is the same for one seed. */
export const drawn = (loop: string, below: number): number =>
  createHash('sha256').update(`${loop} ${SEED}`).digest().readUInt32BE() % below;

/** Every `every`-th item, beginning at a drawn one; all of them in a long run. */
export function sliceOf<Item>(loop: string, items: readonly Item[], every: number): readonly Item[] {
  if (LONG) return items;
  const first = drawn(loop, every);
  const slice = items.filter((_item, index) => index % every === first);
  return slice.length > 0 ? slice : items.slice(0, 1);
}
