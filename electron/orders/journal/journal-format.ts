/**
 * Which journal files a version opens. `user_version` is 1,000 for each generation, plus one for each step within it.
 *
 * A step within a generation only adds: tables, indices, columns with a default, fields in what is kept as JSON. So a
 * version can open what a later version of the same generation has written, and going back to the older version stays
 * possible. Any other change begins a new generation. The file changes to it only once this terminal will no longer go
 * back by itself (open-journal.ts, `proven`). A copy of the old file is kept. A version that brings a new generation
 * works on both.
 */
import { MIGRATIONS } from './sqlite-journal.ts';

export interface JournalFormat {
  /** The oldest generation that this version works on. */
  readonly generation: number;
  /** Steps within the generation, numbered by position. */
  readonly migrations: readonly string[];
  /** Each begins the next generation. */
  readonly generations: readonly string[];
}

export const FORMAT: JournalFormat = { generation: 0, migrations: MIGRATIONS, generations: [] };

export const STEPS_MAX = 1_000;

export const versionOf = ({ generation, migrations }: JournalFormat): number =>
  generation * STEPS_MAX + migrations.length;

export const generationIn = (version: number): number => Math.floor(version / STEPS_MAX);
export const stepsIn = (version: number): number => version % STEPS_MAX;

/** `later`: written by a later version, in a generation that this version works on. */
export function ageOf(version: number, format: JournalFormat): 'known' | 'later' | 'other-generation' {
  const begun = generationIn(version) - format.generation;
  if (begun < 0 || begun > format.generations.length) return 'other-generation';
  return stepsIn(version) > format.migrations.length ? 'later' : 'known';
}
