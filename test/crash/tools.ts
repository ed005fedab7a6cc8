/** What crash tests run on: the terminal command in one file, and the shim between it and the system. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleCommand } from '../../build/bundle/command-bundle.ts';

export interface Tools {
  /** The terminal command as one file: it starts in half the time, and starting is most of a crash test's work. */
  readonly command: string;
  /** The compiled syscalls.c. */
  readonly shim: string;
  /** For NODE_COMPILE_CACHE. */
  readonly compileCache: string;
  /** For other files of the tests; removed by `dispose`. */
  readonly folder: string;
  dispose(): void;
}

export async function makeTools(): Promise<Tools> {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-crash-'));
  const shim = join(folder, 'syscalls.so');
  const source = join(import.meta.dirname, 'syscalls.c');
  const compiled = spawnSync(
    'cc',
    ['-O2', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-o', shim, source, '-ldl', '-pthread'],
    { encoding: 'utf8' },
  );
  if (compiled.status !== 0) throw new Error(`cc: ${compiled.stderr}`);
  const command = process.env['FACEPAY_COMMAND'] ?? (await bundleCommand(folder));
  return {
    folder,
    shim,
    command,
    compileCache: process.env['NODE_COMPILE_CACHE'] ?? join(folder, 'compiled'),
    dispose() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
