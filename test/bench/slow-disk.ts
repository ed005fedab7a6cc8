/** The environment that gives the app a disk with slow sync. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingForCrashTests } from '../crash/compiler.ts';

export const SYNC_MS = 25;

export interface SlowDisk {
  readonly env: Readonly<Record<string, string>>;
  dispose(): void;
}

/** `null` if nothing can be put between a process and the C library. */
export function slowDisk(): SlowDisk | null {
  if (missingForCrashTests() !== null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'facepay-slow-'));
  const shim = join(folder, 'slow-sync.so');
  const { status, stderr } = spawnSync(
    'cc',
    [
      '-O2',
      '-Wall',
      '-Wextra',
      '-Werror',
      '-shared',
      '-fPIC',
      '-o',
      shim,
      join(import.meta.dirname, 'slow-sync.c'),
      '-ldl',
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`cc: ${stderr}`);
  return {
    env: { LD_PRELOAD: shim, SLOW_SYNC_MS: String(SYNC_MS) },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
