/** How often each kind of fault was met, for the report, and whether that is often enough to rely on. Pure text. */

/** Fewer of a kind in this many lives, and the search has hardly seen it. */
const HITS_MIN = 1_000;
const LIVES = 1_000_000;

/** A line for each kind, by name, with its count. */
export function kindLines(hits: Readonly<Record<string, number>>): readonly string[] {
  const kinds = Object.entries(hits);
  const longest = Math.max(...kinds.map(([kind]) => kind.length));
  return kinds.map(([kind, times]) => `  ${kind.padEnd(longest)}  ${times.toLocaleString('en').padStart(11)}`);
}

export interface SeldomMet {
  /** The kinds that were met too seldom, the least first. */
  readonly kinds: readonly string[];
  /** How often each has to be met in so many lives; a fraction where they are few. */
  readonly due: number;
  /** The lives are enough to say that it is the world's fault and not chance's: the run has failed. */
  readonly fails: boolean;
}

/** The kinds that so many lives met less than 1,000 times in a million. */
export function seldomMet(hits: Readonly<Record<string, number>>, lives: number): SeldomMet {
  const due = (HITS_MIN * Math.min(lives, LIVES)) / LIVES;
  const kinds = Object.entries(hits)
    .filter(([, times]) => times < due)
    .sort(([, a], [, b]) => a - b)
    .map(([kind]) => kind);
  return { kinds, due, fails: kinds.length > 0 && lives >= LIVES };
}
