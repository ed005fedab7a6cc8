/**
 * Lives with no rule broken, and the proof that the rules find errors: the same search over a product with bugs in it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../build/run.ts';
import { drawn, LONG, partWords, sliceOf } from '../support/slice.ts';
import { ALL_FAULTS } from './world/faults.ts';
import { recordedChoices, seededChoices, tapedChoices } from './world/choices.ts';
import { hunt } from './hunt.ts';
import { live } from './life.ts';
import { search } from './search.ts';
import { SEEDED_BUGS, type SeededBug } from './seeded-bugs.ts';

const LIVES = LONG ? 10_000 : 2_000;
/** A short run uses lives that `npm run simulate` in full, from 1 on, does not reach. */
const FIRST = LONG ? 1 : 2_000_000 + drawn('lives', 1_000_000_000);

test(`${String(LIVES)} lives break no rule, and meet every kind of fault (${partWords})`, async () => {
  const { failures, hits, seeds } = await search(FIRST, LIVES);
  expect(
    failures.map(
      ({ seed, violation }) =>
        `${violation.rule}: ${violation.detail}; npm run simulate -- --seed ${String(seed)} --trace`,
    ),
  ).toEqual([]);
  expect(seeds).toBe(LIVES);
  // A part is too small for more than "met at all": the rarest kind is met some 20 times in it, by chance often half of that.
  expect(ALL_FAULTS.filter((fault) => hits[fault] < (LONG ? LIVES / 400 : 1))).toEqual([]);
});

const courseOf = async (seed: number, wire: boolean): Promise<readonly string[]> => {
  const course: string[] = [];
  const { violation, ends } = await live(seededChoices(seed), { wire, trace: (line) => course.push(line) });
  return [...course, ...ends, violation?.rule ?? 'no violation'];
};

test('a seed lives the same life each time', async () => {
  for (let seed = FIRST; seed < FIRST + 100; seed += 1)
    expect(await courseOf(seed, false)).toEqual(await courseOf(seed, false));
});

test('over real bytes, signatures and XML it is the same life as by the short way', async () => {
  for (let seed = FIRST; seed < FIRST + LIVES / 20; seed += 1)
    expect(await courseOf(seed, true), `seed ${String(seed)}`).toEqual(await courseOf(seed, false));
});

test('a life can be lived again from its tape, and an empty tape is the dullest of lives', async () => {
  const { choices, tape } = recordedChoices(7);
  const life = await live(choices);
  expect((await live(tapedChoices(tape))).ends).toEqual(life.ends);
  const dull = await live(tapedChoices([]));
  expect([dull.violation, dull.hits.size, dull.ends]).toEqual([null, 0, ['paid']]);
});

describe('a bug put into the product on purpose is noticed', () => {
  test('there are at least fifteen', () => {
    expect(new Set(SEEDED_BUGS.map(({ name }) => name)).size).toBeGreaterThanOrEqual(15);
  });

  test('each of them has its one place in the product as it is', () => {
    const places = ({ file, find }: SeededBug): number => readFileSync(join(root, file), 'utf8').split(find).length - 1;
    expect(SEEDED_BUGS.filter((bug) => places(bug) !== 1).map(({ name }) => name)).toEqual([]);
  });

  test.concurrent.each(sliceOf('seeded bugs', SEEDED_BUGS, 10).map((bug) => [bug.name, bug] as const))(
    '%s',
    async (_name, bug) => {
      expect(await hunt(bug, 20_000)).toMatchObject({ seed: expect.any(Number), rule: expect.any(String) });
    },
  );

  test('and the life that shows it is shrunk to a short one that fails in the same way', async () => {
    const [bug] = SEEDED_BUGS.filter(({ name }) => name === 'a pay call without an answer counts as failed');
    const { shrunk } = (bug === undefined ? null : await hunt(bug, 1_000, true)) ?? expect.fail();
    expect(shrunk?.livelyAfter).toBeLessThan((shrunk?.livelyBefore ?? 0) / 4);
    expect(shrunk?.trace.length).toBeLessThan(25);
    expect(shrunk?.trace.join('\n')).toContain('failed');
  });
});
