/** Tables and bills of any length, in a heap that could not hold them: test/bench/large-files.ts under a limit. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { LONG } from '../../support/slice.ts';

const run = promisify(execFile);
const SCRIPT = resolve(import.meta.dirname, '../../bench/large-files.ts');
/**
 * Old space in megabytes. Node needs about 14 for the program itself; the smallest number of orders below would take
 * twice the rest.
 */
const HEAP_MB = 40;

const EXPORTED = LONG ? 60_000 : 30_000;
const IN_BILL = LONG ? 100_000 : 60_000;

test.concurrent.each([
  ['export', EXPORTED, { rows: EXPORTED }],
  ['reconcile', IN_BILL, { rows: IN_BILL, matched: 2_000, others: IN_BILL - 2_000 }],
] as const)('%s of %i orders takes no more memory than a page of them', async (what, count, done) => {
  const { stdout } = await run(process.execPath, [
    `--max-old-space-size=${String(HEAP_MB)}`,
    SCRIPT,
    what,
    String(count),
  ]);
  expect(JSON.parse(stdout)).toMatchObject(done);
});
