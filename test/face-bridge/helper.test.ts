/** The reference helper in C, with a fake library: no camera and none of WeChat's libraries. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canCompile, compileForWindows, compileHelper, SANITIZED, type Compiled } from './compiled.ts';
import { helperContract } from './helper-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'facepay-helper-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!canCompile())('the helper under the address and undefined behaviour sanitizers', () => {
  let compiled: Compiled;
  beforeAll(() => {
    compiled = compileHelper(folder, SANITIZED);
  });
  helperContract(() => compiled);

  test('ends without a leak once its calls are done', () => {
    const line = (id: number, lane: number): string =>
      `{"id":${String(id)},"lane":${String(lane)},"req":"${Buffer.from('{"cmd":"echo"}').toString('base64')}"}\n`;
    // Its input stays open until the second answer, so that both lanes rest at the end.
    const shell = `(printf '%s' "$LINES"; while [ "$(wc -l < out)" -lt 3 ]; do sleep 0.01; done) | ./face-helper ./libfake.so > out 2> err`;
    const { status } = spawnSync('sh', ['-c', `: > out; ${shell}`], {
      cwd: folder,
      env: { ...process.env, LINES: line(1, 0) + line(2, 1) },
    });
    expect([status, readFileSync(join(folder, 'err'), 'utf8')]).toEqual([0, '']);
  });
});

const hasMingw = spawnSync('x86_64-w64-mingw32-gcc', ['--version']).error === undefined;

test.skipIf(!canCompile() || !hasMingw)('compiles for both kinds of Windows without a warning', () => {
  for (const machine of ['i686', 'x86_64']) {
    const { program } = compileForWindows(folder, machine);
    expect(readFileSync(program).subarray(0, 2).toString()).toBe('MZ');
  }
});
