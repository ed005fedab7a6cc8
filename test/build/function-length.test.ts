/** No function is too long to read at a glance; checked by the real lint configuration over made-up files. */
import { expect, it } from 'vitest';
import { lintMadeUp } from '../support/lint-made-up.ts';

const FILES = [
  'electron/orders/engine/made-up.ts',
  'electron/main.ts',
  'shared/made-up.ts',
  'renderer/till/made-up.tsx',
  'build/made-up.ts',
];

function functionOf(lines: number): string {
  const body = Array.from({ length: lines - 2 }, (_, n) => `  void ${String(n)};`);
  return ['export function made(): void {', ...body, '}', ''].join('\n');
}

/** Those of the files in which a function of so many lines is too long. */
const tooLong = (files: readonly string[], lines: number): string[] =>
  lintMadeUp(new Map(files.map((file) => [file, functionOf(lines)]))).flatMap(({ file, rule }) =>
    rule === 'eslint/max-lines-per-function' ? [file] : [],
  );

it('a function of 71 lines passes nowhere, one of 70 does', () => {
  expect(tooLong(FILES, 70)).toEqual([]);
  expect(tooLong(FILES, 71).toSorted()).toEqual(FILES.toSorted());
});

it('one whose source goes into a page may be as long as it is, and no longer', () => {
  const file = 'build/stand-in/page/page-bridge.ts';
  expect([tooLong([file], 192), tooLong([file], 193)]).toEqual([[], [file]]);
});
