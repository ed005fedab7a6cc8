import type { Span } from './cases.ts';

/** Trials side by side. Most of a trial's time is waiting (a window, a backoff), so there are more lanes than cores. */
const LANES = 10;

/** A row of trials of unknown length: `next` begins one, or says that there are no more. */
export interface Row {
  next(): Promise<void> | null;
}

/** Works through the rows in turn until all have ended. Rejects with the first error, which is a bug of the tests. */
export async function inLanes(rows: readonly Row[], lanes: number = LANES): Promise<void> {
  const left = [...rows];
  const lane = async (): Promise<void> => {
    for (let row = left.shift(); row !== undefined; row = left.shift()) {
      const begun = row.next();
      if (begun === null) continue;
      left.push(row);
      await begun;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

export interface Numbers extends Span {
  /** This trial is left out. */
  readonly without?: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();

/** A row over a span of numbers. It ends early when `tried` says that a number does not exist. */
export function numbered({ from, until, without = NONE }: Numbers, tried: (n: number) => Promise<boolean>): Row {
  let next = from;
  let over = false;
  return {
    next() {
      while (without.has(next)) next += 1;
      if (over || next > Math.min(until, STEPS_MAX)) return null;
      const n = next;
      next += 1;
      return tried(n).then((reached) => {
        if (!reached) over = true;
      });
    },
  };
}

/** No command here takes nearly this many steps; the limit ends an endless loop. */
export const STEPS_MAX = 600;
