/**
 * What the bundles in a folder were made from, as a hash in a file beside them, so that `npm start` bundles only what
 * has changed. The file belongs to this checkout: it is never packed (build/pack/stage.ts).
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { gitState } from '../git-state.ts';
import { root } from '../run.ts';

/** The file's name in the folder of the bundles. */
export const MADE_FROM = 'made-from.json';

/** All that a bundle is made of, or that says how. The tests belong to it, because figures measured with them do. */
const FOLDERS = ['build', 'electron', 'renderer', 'shared', 'test'] as const;
const FILES = ['package.json', 'package-lock.json', 'tsconfig.json'] as const;
/** Thousands of stored pictures are no sources. */
const NO_SOURCES = /[\\/]test[\\/].*\.png$/;

const madeFromSchema = z.object({ sources: z.string(), files: z.record(z.string(), z.string()) });

/** A hash of every source, of the commit, and of the files changed since: the bundles name their commit. */
export function sourcesNow(folder: string = root): string {
  const hash = createHash('sha256');
  const git = gitState(folder);
  hash.update(JSON.stringify([git?.commit ?? null, git?.changed.toSorted() ?? null, process.version]));
  for (const name of [...FILES, ...FOLDERS.flatMap((top) => filesIn(folder, top))]) {
    const path = join(folder, name);
    if (!existsSync(path) || NO_SOURCES.test(path)) continue;
    hash.update(`\0${name}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** Whether the folder holds, unchanged, what these sources are bundled to. */
export function isMadeFrom(out: string, sources: string): boolean {
  try {
    const made = madeFromSchema.safeParse(JSON.parse(readFileSync(join(out, MADE_FROM), 'utf8')));
    return made.success && made.data.sources === sources && sameFiles(made.data.files, hashesIn(out));
  } catch {
    // Not there, or half written: then the bundles are made again.
    return false;
  }
}

/** Notes that the folder's files were made from these sources. Written last, so that half a bundle has no such note. */
export function noteMadeFrom(out: string, sources: string): void {
  rmSync(join(out, MADE_FROM), { force: true });
  writeFileSync(join(out, MADE_FROM), `${JSON.stringify({ sources, files: hashesIn(out) }, null, 2)}\n`);
}

const sameFiles = (some: Readonly<Record<string, string>>, others: Readonly<Record<string, string>>): boolean =>
  Object.keys(some).length === Object.keys(others).length &&
  Object.entries(some).every(([name, hash]) => others[name] === hash);

const hashesIn = (out: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    filesIn(out, '.')
      .filter((name) => name !== MADE_FROM)
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(out, name)))
          .digest('hex'),
      ]),
  );

/** Paths from `folder`, with `/`, sorted. */
const filesIn = (folder: string, top: string): readonly string[] => {
  const start = join(folder, top);
  if (!existsSync(start)) return [];
  return readdirSync(start, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name).slice(join(folder).length).replaceAll('\\', '/').replace(/^\//, ''),
    )
    .toSorted();
};
