/**
 * Every random decision of a life, drawn from one seed or read back from a tape. The smallest draw always means the
 * simplest choice (no fault, the first of a list, the lowest of a range), so that a tape gets simpler as its numbers
 * get smaller.
 */
export interface Choices {
  /** A number in [0, 1). */
  unit(): number;
  /** `true` with probability `p`. */
  chance(p: number): boolean;
  /** An integer from `min` to `max`, both included. */
  between(min: number, max: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

const SPAN = 2 ** 32;

function choicesFrom(draw: () => number): Choices {
  const unit = (): number => draw() / SPAN;
  return {
    unit,
    chance: (p) => unit() >= 1 - p,
    between: (min, max) => min + Math.floor(unit() * (max - min + 1)),
    pick: (items) => items[Math.floor(unit() * items.length)] ?? items[0],
  };
}

/** sfc32 over the seed; draws are 32-bit. */
function generator(seed: number): () => number {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let counter = Math.floor(seed / SPAN) | 1;
  const draw = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) draw();
  return draw;
}

export const seededChoices = (seed: number): Choices => choicesFrom(generator(seed));

/** The same, with every draw recorded. */
export function recordedChoices(seed: number): { readonly choices: Choices; readonly tape: number[] } {
  const draw = generator(seed);
  const tape: number[] = [];
  return {
    tape,
    choices: choicesFrom(() => {
      const value = draw();
      tape.push(value);
      return value;
    }),
  };
}

/** Reads draws back; after the end of the tape every draw is the simplest. */
export function tapedChoices(tape: readonly number[]): Choices {
  let next = 0;
  return choicesFrom(() => tape[next++] ?? 0);
}
