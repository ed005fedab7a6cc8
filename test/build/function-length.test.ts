/** No function is too long to read at a glance; checked by the real lint configuration over made-up files. */
import { join, resolve } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
// Without types, so that the files need not exist.
const eslint = new ESLint({ cwd: root, overrideConfig: [{ ...tseslint.configs.disableTypeChecked }] });

async function isTooLong(file: string, lines: number): Promise<boolean> {
  const body = Array.from({ length: lines - 2 }, (_, n) => `  void ${String(n)};`);
  const code = ['export function made(): void {', ...body, '}', ''].join('\n');
  const [result] = await eslint.lintText(code, { filePath: join(root, file) });
  expect(result?.messages.filter(({ fatal }) => fatal)).toEqual([]);
  return (result?.messages ?? []).some(({ ruleId }) => ruleId === 'max-lines-per-function');
}

it.each([
  'electron/orders/engine/made-up.ts',
  'electron/main.ts',
  'shared/made-up.ts',
  'renderer/till/made-up.tsx',
  'build/made-up.ts',
])('a function of 71 lines does not pass in %s, one of 70 does', async (file) => {
  expect([await isTooLong(file, 70), await isTooLong(file, 71)]).toEqual([false, true]);
});

it('one whose source goes into a page may be as long as it is, and no longer', async () => {
  const file = 'build/stand-in/page/page-bridge.ts';
  expect([await isTooLong(file, 192), await isTooLong(file, 193)]).toEqual([false, true]);
});
