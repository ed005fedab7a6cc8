/**
 * Whether the simulation's report says how often each kind of fault happened, and does not present rare kinds as
 * proved.
 */
import { expect, test } from 'vitest';
import { ALL_FAULTS } from './world/faults.ts';
import { kindLines, seldomMet } from './kinds.ts';
import { search } from './search.ts';

test('the report has a line for every kind, with its count, also for one that was never met', async () => {
  const { hits } = await search(1, 200);
  const lines = kindLines(hits);
  expect(lines.map((line) => line.trim().split(/\s+/)[0])).toEqual([...ALL_FAULTS]);
  expect(lines.map((line) => Number(line.trim().split(/\s+/)[1]?.replaceAll(',', '')))).toEqual(
    ALL_FAULTS.map((kind) => hits[kind]),
  );
  expect(kindLines({ slept: 1_234_567, never: 0 })).toEqual(['  slept    1,234,567', '  never            0']);
});

test('a million lives that met a kind less than a thousand times have failed, and more lives need no more', () => {
  expect(seldomMet({ slept: 1_000, busy: 999, killed: 0 }, 1_000_000)).toEqual({
    kinds: ['killed', 'busy'],
    due: 1_000,
    fails: true,
  });
  expect(seldomMet({ slept: 1_000 }, 5_000_000)).toEqual({ kinds: [], due: 1_000, fails: false });
});

test('fewer lives owe as much less, and a kind that is short there is named and fails nothing', () => {
  expect(seldomMet({ slept: 10, busy: 9 }, 10_000)).toEqual({ kinds: ['busy'], due: 10, fails: false });
  expect(seldomMet({ slept: 0 }, 0)).toEqual({ kinds: [], due: 0, fails: false });
});
