/** The files allowed in the packed app: those that run there, and nothing else. */
import { createHash } from 'node:crypto';
import { builtinModules } from 'node:module';
import { extractFile, getRawHeader, listPackage, statFile, uncache } from '@electron/asar';

/**
 * Bytes of app.asar. It was 1.9 MB when this limit was set. If it more than doubles, that is a mistake, or a decision
 * to write down here.
 */
export const ASAR_BUDGET_BYTES = 4 * 1024 * 1024;

/** All files that run, and the licences of what they hold. Bundles that a page names have a hash in their name. */
const RUNS: readonly RegExp[] = [
  /^package\.json$/,
  /^out\/main\/[a-z-]+\.js$/,
  /^out\/main\/serialport\/(win|linux)-(x64|arm64)\.node$/,
  /^out\/preload\/(customer-)?preload\.cjs$/,
  /^out\/renderer\/(customer\/)?index\.html$/,
  /^out\/renderer\/third-party\.txt$/,
  /^out\/renderer\/(customer\/)?assets\/[\w.-]+-[\w-]{8}\.(js|css|svg|png|woff2|wav|wasm)$/,
];

const MUST: readonly string[] = [
  'package.json',
  'out/main/main.js',
  'out/preload/preload.cjs',
  'out/preload/customer-preload.cjs',
  'out/renderer/index.html',
  'out/renderer/customer/index.html',
  'out/renderer/third-party.txt',
];

/** What Electron and its Node provide to the main process. */
const PROVIDED = new Set([
  'electron',
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
  'node:sqlite',
]);

export interface AsarFile {
  readonly path: string;
  readonly text: string;
}

/** The files of an archive, by paths with `/`. Throws if it is no archive. */
export function asarFiles(archive: string): readonly AsarFile[] {
  uncache(archive);
  return listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').replace(/^\//, ''))
    .filter((path) => !('files' in statFile(archive, path)))
    .map((path) => ({ path, text: extractFile(archive, path).toString('utf8') }));
}

/** What is wrong with the files, in words; empty if nothing is. */
export function contentFaults(files: readonly AsarFile[]): readonly string[] {
  const strays = files.filter(({ path }) => !RUNS.some((rule) => rule.test(path)));
  const missing = MUST.filter((path) => !files.some((file) => file.path === path));
  const mapped = files.filter(({ text }) => /^\/[/*][#@] sourceMappingURL=/m.test(text));
  return [
    ...strays.map(({ path }) => `${path} does not run there`),
    ...missing.map((path) => `${path} is missing`),
    ...mapped.map(({ path }) => `${path} names a source map`),
    ...files.filter(({ path }) => /^out\/(?:main|preload)\/.*\.c?js$/.test(path)).flatMap(unknownImports),
  ];
}

const STATIC_IMPORT = /(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w$*{}, \n]+?\s*from\s*)?["']([^"'\n]+)["']/g;

/** A package left out of a bundle would be looked for in a node_modules folder that does not exist. */
function unknownImports({ path, text }: AsarFile): string[] {
  const names = [...text.matchAll(STATIC_IMPORT)].flatMap(([, name]) => (name === undefined ? [] : [name]));
  return [...new Set(names)]
    .filter((name) => !PROVIDED.has(name))
    .map((name) => `${path} imports ${name}, which is not there`);
}

/** The hash that Electron compares with the one in its own program: SHA-256 of the archive's header, in hex. */
export function asarHeaderHash(archive: string): string {
  uncache(archive);
  return createHash('sha256').update(getRawHeader(archive).headerString).digest('hex');
}
