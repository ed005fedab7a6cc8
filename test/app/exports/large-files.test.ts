/** Tables and bills of any length in a heap that could not hold them: test/bench/large-files.ts under a limit. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const SCRIPT = resolve(import.meta.dirname, '../../bench/large-files.ts');
/** Old space in megabytes. Node needs about 14 for the program itself; the orders below would take over 100 at once. */
const HEAP_MB = 40;

test.concurrent.each([
  ['export', 60_000, { rows: 60_000 }],
  ['reconcile', 100_000, { rows: 100_000, matched: 2_000, others: 98_000 }],
] as const)('%s of %i orders takes no more memory than a page of them', async (what, count, done) => {
  const { stdout } = await run(process.execPath, [
    `--max-old-space-size=${String(HEAP_MB)}`,
    SCRIPT,
    what,
    String(count),
  ]);
  expect(JSON.parse(stdout)).toMatchObject(done);
});
