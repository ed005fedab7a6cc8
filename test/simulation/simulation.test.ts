/** Ten thousand lives with no rule broken, and the proof that the rules can see: the same search over a product with bugs in it. */
import { describe, expect, test } from 'vitest';
import { ALL_FAULTS } from './faults.ts';
import { recordedChoices, seededChoices, tapedChoices } from './choices.ts';
import { hunt } from './hunt.ts';
import { live } from './life.ts';
import { search } from './search.ts';
import { SEEDED_BUGS } from './seeded-bugs.ts';

test('ten thousand lives break no rule, and meet every kind of fault a hundred times', async () => {
  const { failures, hits, seeds } = await search(1, 10_000);
  expect(failures.map(({ seed, violation }) => `${violation.rule}: ${violation.detail}; npm run simulate -- --seed ${String(seed)} --trace`)).toEqual([]);
  expect(seeds).toBe(10_000);
  expect(ALL_FAULTS.filter((fault) => hits[fault] < 100)).toEqual([]);
}, 120_000);

const courseOf = async (seed: number, wire: boolean): Promise<readonly string[]> => {
  const course: string[] = [];
  const { violation, ends } = await live(seededChoices(seed), { wire, trace: (line) => course.push(line) });
  return [...course, ...ends, violation?.rule ?? 'no violation'];
};

test('a seed lives the same life each time', async () => {
  for (let seed = 1; seed <= 100; seed += 1) expect(await courseOf(seed, false)).toEqual(await courseOf(seed, false));
});

test('over real bytes, signatures and XML it is the same life as by the short way', async () => {
  for (let seed = 1; seed <= 300; seed += 1) expect(await courseOf(seed, true), `seed ${String(seed)}`).toEqual(await courseOf(seed, false));
}, 60_000);

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

  test.concurrent.each(SEEDED_BUGS.map((bug) => [bug.name, bug] as const))('%s', async (_name, bug) => {
    expect(await hunt(bug, 20_000)).toMatchObject({ seed: expect.any(Number), rule: expect.any(String) });
  }, 120_000);

  test('and the life that shows it is shrunk to a short one that fails in the same way', async () => {
    const [bug] = SEEDED_BUGS.filter(({ name }) => name === 'a pay call without an answer counts as failed');
    const caught = bug === undefined ? null : await hunt(bug, 1_000);
    expect(caught?.livelyAfter).toBeLessThan((caught?.livelyBefore ?? 0) / 4);
    expect(caught?.trace.length).toBeLessThan(25);
    expect(caught?.trace.join('\n')).toContain('failed');
  }, 120_000);
});
