/** The C compiler that the crash tests need for their shim; no other test needs it. */
import { spawnSync } from 'node:child_process';

export const hasCompiler = (): boolean => spawnSync('cc', ['--version'], { stdio: 'ignore' }).status === 0;

/** Whether the compiler finds the C library's headers, which Debian has in a separate package. */
export const hasHeaders = (): boolean =>
  spawnSync('cc', ['-E', '-x', 'c', '-'], { input: '#include <stdio.h>\n', stdio: ['pipe', 'ignore', 'ignore'] })
    .status === 0;

/** Why this machine cannot run crash tests; `null` if it can. */
export function missingForCrashTests(): string | null {
  if (process.platform !== 'linux') return 'they stand between a process and the C library in the manner of Linux';
  if (hasCompiler() && hasHeaders()) return null;
  return 'there is no C compiler with its headers (Debian: apt-get install gcc libc6-dev)';
}
