/**
 * Circles of imports: files that need each other, so that none can be read or moved alone.
 * test/build/lint/import-circles.test.ts compares the tree with its list of them.
 */
import { posix } from 'node:path';
import typescript from 'typescript';

/** Each file, as a path from the root with `/`, and its text. */
export type Sources = ReadonlyMap<string, string>;

export type Arrows = ReadonlyMap<string, readonly string[]>;
export type Circles = readonly (readonly string[])[];

/**
 * Every circle among these files, each with its files in order of name. Every form of import counts: of values or of
 * types alone, passed on by `export from`, delayed by `import()`, or in a type (`import('./a.ts').A`).
 */
export const circlesIn = (sources: Sources): Circles =>
  circlesOf(
    new Map([...sources].map(([file, text]) => [file, importsOf(file, text).filter((target) => sources.has(target))])),
  );

/** Every circle in a graph of names. */
export function circlesOf(arrows: Arrows): Circles {
  const reached = new Map([...arrows.keys()].map((file) => [file, reachedFrom(file, arrows)] as const));
  const reaches = (from: string, to: string): boolean => reached.get(from)?.has(to) === true;
  const inCircle = [...arrows.keys()].filter((file) => reaches(file, file)).sort();
  const circleOf = (file: string): readonly string[] =>
    inCircle.filter((other) => reaches(file, other) && reaches(other, file));
  return inCircle.map(circleOf).filter((circle, index) => circle[0] === inCircle[index]);
}

/** The files that a file imports, by their paths from the root; packages are left out. */
function importsOf(file: string, text: string): readonly string[] {
  const { importedFiles } = typescript.preProcessFile(text, true, true);
  return importedFiles.flatMap(({ fileName }) =>
    fileName.startsWith('.') ? [posix.join(posix.dirname(file), fileName)] : [],
  );
}

/** Every name that can be reached from there; the start itself only if a path leads back to it. */
function reachedFrom(file: string, arrows: Arrows): ReadonlySet<string> {
  const seen = new Set(arrows.get(file));
  for (const next of seen) for (const target of arrows.get(next) ?? []) seen.add(target);
  return seen;
}
