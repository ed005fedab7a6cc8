/**
 * Makes a failing life as simple as possible while it still fails in the same way. A life is its tape of draws: pieces
 * of the tape are cut out or set to the simplest, and a change is kept if the life still fails.
 */
import { recordedChoices, tapedChoices } from './world/choices.ts';
import { live, type LifeOptions } from './life.ts';

export interface Shrunk {
  readonly tape: readonly number[];
  readonly rule: string;
  /** How many draws were not the simplest, before and after. */
  readonly livelyBefore: number;
  readonly livelyAfter: number;
  /** How many lives it took. */
  readonly lives: number;
}

const LIVES_MAX = 2_000;

/** `null` if the life of this seed does not fail. */
export async function shrink(seed: number, options: LifeOptions): Promise<Shrunk | null> {
  const { choices, tape } = recordedChoices(seed);
  const rule = (await live(choices, options)).violation?.rule;
  if (rule === undefined) return null;
  let lives = 1;
  const fails = async (candidate: readonly number[]): Promise<boolean> => {
    lives += 1;
    return (await live(tapedChoices(candidate), options)).violation?.rule === rule;
  };
  let best: readonly number[] = tape;
  for (let piece = best.length >> 1; piece > 0 && lives < LIVES_MAX; piece >>= 1) {
    for (let at = 0; at < best.length && lives < LIVES_MAX;) {
      const cut = [...best.slice(0, at), ...best.slice(at + piece)];
      const dull = [
        ...best.slice(0, at),
        ...Array.from({ length: Math.min(piece, best.length - at) }, () => 0),
        ...best.slice(at + piece),
      ];
      if (await fails(cut)) best = cut;
      else {
        if (best.slice(at, at + piece).some((draw) => draw !== 0) && (await fails(dull))) best = dull;
        at += piece;
      }
    }
  }
  return { tape: best, rule, livelyBefore: lively(tape), livelyAfter: lively(best), lives };
}

const lively = (tape: readonly number[]): number => tape.filter((draw) => draw !== 0).length;

/** What happened in it, line by line. */
export async function traceOf(tape: readonly number[], options: LifeOptions): Promise<readonly string[]> {
  const lines: string[] = [];
  await live(tapedChoices(tape), { ...options, trace: (line) => lines.push(line) });
  return lines;
}
