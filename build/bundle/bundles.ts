/**
 * What is bundled, and how: main and its thread (ESM), preloads (one CommonJS file each, sandboxed), the two pages.
 * Run-time packages go into the bundles.
 */
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import type { InlineConfig } from 'vite';
import { commands, events } from '../../shared/contract/all.ts';
import { gitState } from '../git-state.ts';
import { root } from '../run.ts';
import { thisBuild } from './this-build.ts';
import { serialNative } from './serial-native.ts';
import { rendererConfig } from './vite.renderer.ts';

/** Provided by Electron and its Node; everything else goes into the bundle. */
const PROVIDED = ['electron', /^node:/, ...builtinModules];

export interface Bundling {
  /** The folder that gets main/, preload/ and renderer/. */
  readonly out: string;
  readonly minify: boolean;
  /** The syntax target of all of them; where none is given, each host's own. */
  readonly target?: string;
}

/** The bundles, for Vite's `build`. */
export function bundles({ out, minify, target }: Bundling): InlineConfig[] {
  const common: InlineConfig = { root, configFile: false, logLevel: 'warn', publicDir: false };
  const main: InlineConfig = {
    ...common,
    define: {
      FACEPAY_BUILD: JSON.stringify(thisBuild()),
      FACEPAY_BUILT_AT_MS: JSON.stringify(gitState(root)?.committedAtMs ?? null),
    },
    ssr: { noExternal: true, target: 'node' },
    plugins: [serialNative()],
    build: {
      ssr: join(root, 'electron/main.ts'),
      outDir: join(out, 'main'),
      emptyOutDir: false,
      target: target ?? 'node24',
      minify,
      rolldownOptions: {
        external: PROVIDED,
        output: { format: 'es', entryFileNames: 'main.js', codeSplitting: false },
      },
    },
  };
  // In files of their own, because a thread starts from a file.
  const thread = (source: string, name: string): InlineConfig => ({
    ...main,
    build: {
      ...main.build,
      ssr: join(root, source),
      rolldownOptions: { external: PROVIDED, output: { format: 'es', entryFileNames: name, codeSplitting: false } },
    },
  });
  const threads = [
    thread('electron/app/self-test/journal-worker.ts', 'journal-worker.js'),
    thread('electron/app/audit/audit-report-worker.ts', 'trail-worker.js'),
    thread('electron/app/journal/journal-check-worker.ts', 'journal-check-worker.js'),
  ];
  const preload = (source: string, name: string): InlineConfig => ({
    ...common,
    define: {
      FACEPAY_COMMANDS: JSON.stringify(Object.keys(commands)),
      FACEPAY_EVENTS: JSON.stringify(Object.keys(events)),
    },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: join(root, source),
      outDir: join(out, 'preload'),
      emptyOutDir: false,
      target: target ?? 'chrome156',
      minify,
      rolldownOptions: { external: PROVIDED, output: { format: 'cjs', entryFileNames: name } },
    },
  });
  const preloads = [
    preload('electron/preload.ts', 'preload.cjs'),
    preload('electron/customer-preload.ts', 'customer-preload.cjs'),
  ];
  // Each page is bundled by itself: the customer's page must not change what the till loads.
  const page = (pageRoot: string, outDir: string): InlineConfig => ({
    ...rendererConfig,
    root: pageRoot,
    configFile: false,
    logLevel: 'warn',
    build: { ...rendererConfig.build, outDir, emptyOutDir: false, minify, ...(target === undefined ? {} : { target }) },
  });
  const till = page(rendererConfig.root, join(out, 'renderer'));
  const customer = page(join(root, 'renderer/customer'), join(out, 'renderer/customer'));
  return [main, ...threads, ...preloads, till, customer];
}
