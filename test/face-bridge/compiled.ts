/** The helper and the fake library, compiled by this machine's C compiler, or for Windows by MinGW's. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { hasCompiler, hasHeaders } from '../crash/compiler.ts';

const HELPER = 'electron/face-bridge/helper/face-helper.c';
const LIBRARY = 'test/face-bridge/fake-library.c';
const STRICT = ['-Wall', '-Wextra', '-Werror', '-O1'];

/** Finds reads and writes past the end, leaks and what the language does not define. */
export const SANITIZED = ['-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

export const canCompile = (): boolean => process.platform === 'linux' && hasCompiler() && hasHeaders();

export interface Compiled {
  readonly program: string;
  readonly library: string;
}

export function compileHelper(folder: string, more: readonly string[] = []): Compiled {
  const program = join(folder, 'face-helper');
  const library = join(folder, 'libfake.so');
  compile('cc', ['-std=c99', '-pedantic', ...STRICT, ...more, '-o', program, HELPER, '-ldl', '-pthread']);
  // Not sanitized: it crashes on purpose.
  compile('cc', [...STRICT, '-shared', '-fPIC', '-o', library, LIBRARY]);
  return { program, library };
}

/** `i686` or `x86_64`, with Debian's gcc-mingw-w64. */
export function compileForWindows(folder: string, machine: string): Compiled {
  const program = join(folder, `face-helper-${machine}.exe`);
  const library = join(folder, `fake-${machine}.dll`);
  const gcc = `${machine}-w64-mingw32-gcc`;
  compile(gcc, ['-std=c99', ...STRICT, '-municode', '-o', program, HELPER]);
  compile(gcc, [...STRICT, '-shared', '-o', library, LIBRARY]);
  return { program, library };
}

function compile(compiler: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(compiler, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${compiler} ${args.join(' ')}: ${error?.message ?? stderr}`);
}
