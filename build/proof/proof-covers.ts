/**
 * What each measurement covers: the file that measures, all that it imports, and the programs it starts. Each figure is
 * kept with a hash of all that. So it is known, without git, whether the figure still holds for the present code. The
 * hash covers only code that runs: types, comments, layout and a file's folder change nothing that could have been
 * measured.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { minifySync, transformWithOxc } from 'vite';
import manifest from '../../package.json' with { type: 'json' };
import { partCommands, partNames, typedCommand, type PartName, type Proof } from '../../shared/proof.ts';
import { root } from '../run.ts';

interface Covered {
  /** Files that are run or compiled but that no import shows, with everything they import. */
  readonly also: readonly string[];
  /** A program that starts with this file and continues with some of its imports, which are listed in `also`. */
  readonly begins: readonly string[];
  /** Folders that are imported but do not run there, except their files listed in `also`. */
  readonly without: readonly string[];
}

/** The local API listens only where a technician has switched it on: in none of these measurements. */
const API = 'electron/pos/';
const API_SWITCH = 'electron/pos/pos-api.ts';

/** What the command prints in words. No figure counts or times a word, and a better one must not make figures old. */
const WORDS = 'shared/locales/';

const CLI = ['electron/cli.ts', 'electron/cli/main.ts'];
const ARGUMENTS = 'electron/cli/arguments.ts';
const PRACTICE = 'electron/cli/practice-commands.ts';

export const covered: Readonly<Record<PartName, Covered>> = {
  simulation: { also: [], begins: [], without: [] },
  // The command that is killed and its gateway are parts of the terminal command; the other parts are not covered.
  crash: {
    also: [ARGUMENTS, API_SWITCH, 'electron/cli/commands.ts', PRACTICE, 'test/crash/syscalls.c'],
    begins: CLI,
    without: [API, WORDS],
  },
  wire: { also: [], begins: [], without: [] },
  audit: { also: [], begins: [], without: [] },
  soak: { also: [ARGUMENTS, API_SWITCH, PRACTICE], begins: CLI, without: [API, WORDS] },
};

/** Reads a file by its path from the project's folder, with `/`. */
type Read = (path: string) => string;

const readHere: Read = (path) => readFileSync(join(root, path), 'utf8');

/** The files that a measurement covers, and the packages they import, both sorted. */
export function coverageOf(
  part: PartName,
  read: Read = readHere,
): { readonly files: readonly string[]; readonly packages: readonly string[] } {
  const { also, begins, without } = covered[part];
  const files = new Set(begins);
  const packages = new Set<string>();
  const todo = [partCommands[part].file, ...also];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const path = next;
    if (files.has(path) || (!also.includes(path) && without.some((folder) => path.startsWith(folder)))) continue;
    files.add(path);
    if (!/\.tsx?$/.test(path)) continue;
    for (const name of importsOf(read(path))) {
      if (name.startsWith('.')) todo.push(posix.join(posix.dirname(path), name));
      else if (!name.startsWith('node:')) packages.add(packageOf(name));
    }
  }
  return { files: [...files].sort(), packages: [...packages].sort() };
}

/** What a module imports at run time, and the modules from which it starts threads. Imports of types alone are gone. */
export function importsOf(text: string): readonly string[] {
  const ways = [
    /^(?:import|export)\s+(?!type\s)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm,
    /\bimport\(\s*'([^']+)'/g,
    /\bnew URL\(\s*'(\.[^']+)'/g,
  ];
  return ways.flatMap((way) => [...text.matchAll(way)].flatMap(([, name]) => (name === undefined ? [] : [name])));
}

const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

/** A quoted text that is the path of a project file, from the project's folder or from the file that contains it. */
const QUOTED_PATH = /(["'`])((?:\.{1,2}|electron|shared|build|test)\/[\w./-]+\.(?:tsx?|c))\1/g;

/** The parts have most of their files in common. */
const running = new Map<string, Promise<string>>();

/**
 * The code of a file that runs: without types, comments and layout. For other files than TypeScript: their text, with
 * Unix line ends.
 */
function runningText(path: string, text: string): Promise<string> {
  const key = `${path}\n${text}`;
  const known = running.get(key);
  if (known !== undefined) return known;
  const made = /\.tsx?$/.test(path) ? withoutTypes(path, text) : Promise.resolve(text.replaceAll('\r\n', '\n'));
  running.set(key, made);
  return made;
}

async function withoutTypes(path: string, text: string): Promise<string> {
  const { code } = await transformWithOxc(text, path, { sourcemap: false });
  return minifySync(path.replace(/\.tsx?$/, '.js'), code, {
    mangle: false,
    compress: false,
    codegen: { removeWhitespace: true },
  }).code;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * SHA-256, hex, of all running code that a measurement covers, in its present state. A file that was only moved counts
 * as unchanged.
 */
export async function hashOf(part: PartName, read: Read = readHere): Promise<string> {
  const { files, packages } = coverageOf(part, read);
  const versions = new Map<string, string>(Object.entries(manifest.devDependencies));
  const texts = new Map(
    await Promise.all(files.map(async (path) => [path, await runningText(path, read(path))] as const)),
  );
  // A path in a text is replaced by its file's own hash: a new name for the same file is no change, a different file is
  // one.
  const own = new Map([...texts].map(([path, text]) => [path, sha256(text.replaceAll(QUOTED_PATH, '$1$1'))]));
  const named = (from: string, path: string): string =>
    own.get(posix.join(path.startsWith('.') ? posix.dirname(from) : '', path)) ?? posix.basename(path);
  const prints = [...texts].map(([from, text]) =>
    sha256(text.replaceAll(QUOTED_PATH, (_, quote: string, path: string) => quote + named(from, path) + quote)),
  );
  return sha256([...packages.map((name) => `${name} ${versions.get(name) ?? ''}`), ...prints.sort()].join('\n'));
}

/**
 * The parts whose figures were measured on other code than the present one, or by another command: nobody may show
 * them.
 */
export async function stalePartsOf(proof: Proof): Promise<readonly PartName[]> {
  const stale = await Promise.all(
    partNames.map(async (part) => {
      const measured = proof[part];
      return (
        measured !== undefined && (measured.covers !== (await hashOf(part)) || measured.command !== typedCommand(part))
      );
    }),
  );
  return partNames.filter((_, index) => stale[index]);
}
