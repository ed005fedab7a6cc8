/** What crash tests run on: the terminal command in one file, and the shim between it and the system. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const ROOT = resolve(import.meta.dirname, '../..');

export interface Tools {
  /** The terminal command as one file: it starts in half the time, which is most of what a crash test does. */
  readonly command: string;
  /** syscalls.c, compiled. */
  readonly shim: string;
  /** For NODE_COMPILE_CACHE. */
  readonly compileCache: string;
  /** For whatever the tests need to put somewhere; gone after `dispose`. */
  readonly folder: string;
  dispose(): void;
}

export async function makeTools(): Promise<Tools> {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-crash-'));
  const shim = join(folder, 'syscalls.so');
  const source = join(import.meta.dirname, 'syscalls.c');
  const compiled = spawnSync('cc', ['-O2', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-o', shim, source, '-ldl', '-pthread'], { encoding: 'utf8' });
  if (compiled.status !== 0) throw new Error(`cc: ${compiled.stderr}`);
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: join(ROOT, 'electron/cli.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node24',
      rolldownOptions: { output: { format: 'es', entryFileNames: 'facepay.mjs', codeSplitting: false } },
    },
  });
  return {
    folder,
    shim,
    command: join(folder, 'facepay.mjs'),
    compileCache: join(folder, 'compiled'),
    dispose() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
