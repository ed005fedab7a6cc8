/** The list of the longest test files names files that exist, and puts them first. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../../build/run.ts';
import { LONGEST, longestFirst } from '../../../build/test/longest-first.ts';

test('each file of the list exists', () => {
  expect(LONGEST.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('they go first, in the order of the list, and the others stay in theirs', () => {
  const [longest = '', next = ''] = LONGEST.map((file) => join(root, file));
  const others = ['b', 'a'].map((name) => join(root, `test/${name}.test.ts`));
  expect(longestFirst([...others, next, longest], (path) => path)).toEqual([longest, next, ...others]);
});
