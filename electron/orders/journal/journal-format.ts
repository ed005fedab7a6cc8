/**
 * Which files a version opens. `user_version` is 1,000 for each generation, and one for each step within it.
 *
 * A step within a generation only adds: tables, indices, columns with a default, fields in what is kept as JSON. So a
 * version opens what a later one of the same generation has written, and the way back to it stays open. A change of
 * another kind begins a generation; it waits until nobody can want to go back by themselves (open-journal.ts, `proven`), and
 * a copy of the file from before is kept. A version that brings one works on both.
 */
import { MIGRATIONS } from './sqlite-journal.ts';

export interface JournalFormat {
  /** The least that this version works on. */
  readonly generation: number;
  /** Steps within it, numbered by position. */
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

/** `later`: of a generation that this version works on, and of a version after this one. */
export function ageOf(version: number, format: JournalFormat): 'known' | 'later' | 'other-generation' {
  const begun = generationIn(version) - format.generation;
  if (begun < 0 || begun > format.generations.length) return 'other-generation';
  return stepsIn(version) > format.migrations.length ? 'later' : 'known';
}
