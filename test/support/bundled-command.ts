/** The terminal command as one file, which starts in a third of the time that its sources take. */
import { join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../..');

/** Bundles it below `folder`, with the thread it starts where it looks for it; resolves with the file to run. */
export async function bundleCommand(folder: string): Promise<string> {
  await bundled('electron/cli.ts', join(folder, 'terminal'), 'facepay.mjs');
  await bundled('electron/app/self-test/journal-worker.ts', join(folder, 'app/self-test'), 'journal-worker.ts');
  return join(folder, 'terminal/facepay.mjs');
}

const bundled = (source: string, outDir: string, name: string): Promise<unknown> =>
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
      // What is not there need not be read.
      minify: true,
      rolldownOptions: { output: { format: 'es', entryFileNames: name, codeSplitting: false } },
    },
  });
