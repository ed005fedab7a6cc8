/** Builds what runs: out/main (ESM, and its threads), out/preload (one CommonJS file, sandboxed), out/renderer. Run-time packages are bundled. */
import { rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';
import type { Build } from '../shared/ipc.ts';
import storedProof from '../shared/proof.json' with { type: 'json' };
import { proofSchema } from '../shared/proof.ts';
import { gitState } from './git-state.ts';
import { rendererConfig } from './vite.renderer.ts';

const root = join(import.meta.dirname, '..');
const OUT = join(root, 'out');

/** Provided by Electron and its Node; everything else goes into the bundle. */
const PROVIDED = ['electron', /^node:/, ...builtinModules];

const common: InlineConfig = { root, configFile: false, logLevel: 'warn', publicDir: false };

const checkout = gitState(root);
const thisBuild: Build = checkout === null ? null : { commit: checkout.commit, clean: checkout.changed.length === 0 };

// The screen shows these figures: what is not by their schema must not get that far.
proofSchema.parse(storedProof);

const main: InlineConfig = {
  ...common,
  define: { FACEPAY_BUILD: JSON.stringify(thisBuild) },
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: join(root, 'electron/main.ts'),
    outDir: join(OUT, 'main'),
    // The folder is new; whoever is built later must not empty it.
    emptyOutDir: false,
    target: 'node24',
    minify: true,
    rolldownOptions: { external: PROVIDED, output: { format: 'es', entryFileNames: 'main.js', codeSplitting: false } },
  },
};

/** The thread that reads a journal: a file of its own, for a thread begins with one. */
const journalWorker: InlineConfig = {
  ...main,
  build: {
    ...main.build,
    ssr: join(root, 'electron/app/self-test/journal-worker.ts'),
    rolldownOptions: { external: PROVIDED, output: { format: 'es', entryFileNames: 'journal-worker.js', codeSplitting: false } },
  },
};

const preload: InlineConfig = {
  ...common,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: join(root, 'electron/preload.ts'),
    outDir: join(OUT, 'preload'),
    target: 'chrome156',
    minify: true,
    rolldownOptions: { external: PROVIDED, output: { format: 'cjs', entryFileNames: 'preload.cjs' } },
  },
};

await rm(OUT, { recursive: true, force: true });
await Promise.all([build(main), build(journalWorker), build(preload), build({ ...rendererConfig, configFile: false, logLevel: 'warn' })]);
