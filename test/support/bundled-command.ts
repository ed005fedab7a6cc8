/** The terminal command as one file, which starts in a third of the time that its sources take. */
import { join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../..');

/** Bundles it below `folder`, with its thread's file where the command looks for it; resolves with the file to run. */
export async function bundleCommand(folder: string): Promise<string> {
  // `require` loads less of Node than `import` does: 30 ms of each start.
  await bundled('electron/cli.ts', join(folder, 'terminal'), 'facepay.cjs', 'cjs');
  await bundled('electron/app/self-test/journal-worker.ts', join(folder, 'app/self-test'), 'journal-worker.ts', 'es');
  return join(folder, 'terminal/facepay.cjs');
}

const bundled = (source: string, outDir: string, name: string, format: 'es' | 'cjs'): Promise<unknown> =>
  build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: join(ROOT, source),
      outDir,
      emptyOutDir: false,
      target: 'node24',
      // Text that is left out need not be read.
      minify: true,
      rolldownOptions: { output: { format, entryFileNames: name, codeSplitting: false } },
    },
  });
