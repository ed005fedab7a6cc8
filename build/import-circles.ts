/** Circles of imports: files of which each needs the other before it can be read or moved. The tree is held to its list of them by test/build/import-circles.test.ts. */
import { posix } from 'node:path';
import typescript from 'typescript';

/** Each file, as a path from the root with `/`, and what is written in it. */
export type Sources = ReadonlyMap<string, string>;

export type Arrows = ReadonlyMap<string, readonly string[]>;
export type Circles = readonly (readonly string[])[];

/**
 * Every circle among these files, each with its files in order of name. An import counts in whatever form it stands: of
 * values or of types alone, passed on by `export from`, made late by `import()`, or in a type (`import('./a.ts').A`).
 */
export const circlesIn = (sources: Sources): Circles =>
  circlesOf(
    new Map([...sources].map(([file, text]) => [file, importsOf(file, text).filter((target) => sources.has(target))])),
  );

/** Every circle among whatever points at each other by name. */
export function circlesOf(arrows: Arrows): Circles {
  const reached = new Map([...arrows.keys()].map((file) => [file, reachedFrom(file, arrows)] as const));
  const reaches = (from: string, to: string): boolean => reached.get(from)?.has(to) === true;
  const inCircle = [...arrows.keys()].filter((file) => reaches(file, file)).sort();
  const circleOf = (file: string): readonly string[] =>
    inCircle.filter((other) => reaches(file, other) && reaches(other, file));
  return inCircle.map(circleOf).filter((circle, index) => circle[0] === inCircle[index]);
}

/** The files that one imports, by their paths from the root; packages are left out. */
function importsOf(file: string, text: string): readonly string[] {
  const { importedFiles } = typescript.preProcessFile(text, true, true);
  return importedFiles.flatMap(({ fileName }) =>
    fileName.startsWith('.') ? [posix.join(posix.dirname(file), fileName)] : [],
  );
}

/** All that is met on the way from there, and the file itself only where the way leads back to it. */
function reachedFrom(file: string, arrows: Arrows): ReadonlySet<string> {
  const seen = new Set(arrows.get(file));
  for (const next of seen) for (const target of arrows.get(next) ?? []) seen.add(target);
  return seen;
}
