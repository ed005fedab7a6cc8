/** How often each kind of fault happened, for the report, and whether that is often enough to rely on. Pure text. */

/** With fewer of a kind in this many lives, the search has hardly tested it. */
const HITS_MIN = 1_000;
const LIVES = 1_000_000;

/** A line for each kind, by name, with its count. */
export function kindLines(hits: Readonly<Record<string, number>>): readonly string[] {
  const kinds = Object.entries(hits);
  const longest = Math.max(...kinds.map(([kind]) => kind.length));
  return kinds.map(([kind, times]) => `  ${kind.padEnd(longest)}  ${times.toLocaleString('en').padStart(11)}`);
}

export interface SeldomMet {
  /** The kinds that happened too seldom, the rarest first. */
  readonly kinds: readonly string[];
  /** How often each has to happen in this many lives; a fraction if the lives are few. */
  readonly due: number;
  /** There are enough lives to blame the world and not chance: the run has failed. */
  readonly fails: boolean;
}

/** The kinds that happened less than 1,000 times in a million lives, scaled to this number of lives. */
export function seldomMet(hits: Readonly<Record<string, number>>, lives: number): SeldomMet {
  const due = (HITS_MIN * Math.min(lives, LIVES)) / LIVES;
  const kinds = Object.entries(hits)
    .filter(([, times]) => times < due)
    .sort(([, a], [, b]) => a - b)
    .map(([kind]) => kind);
  return { kinds, due, fails: kinds.length > 0 && lives >= LIVES };
}
