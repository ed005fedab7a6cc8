/** A clock that remembers how the wall clock behaved recently, compared with the monotonic clock. */
import { isSameUptime, type Clock, type Timestamp } from './clock.ts';

/**
 * What the wall clock would show now, UTC ms, if it had gone on from its lowest and from its highest recent position.
 */
export interface WallSpan {
  readonly lowMs: number;
  readonly highMs: number;
}

export interface WatchedClock extends Clock {
  /**
   * Over the last `withinMs`; `null` if that is not known, because neither this process nor the one before it has
   * watched for so long. The two are a few ms apart if nobody set the clock, and further apart than `STEP_MS` if
   * somebody did.
   */
  wallSpan(withinMs: number): WallSpan | null;
  /** What it showed at the earliest time since when it is not known to have been set. */
  steadyFrom(): Timestamp;
}

/** Another process of this machine found the clock steady from one reading to the other. */
export interface Watched {
  readonly from: Timestamp;
  readonly until: Timestamp;
}

/**
 * A wall clock that moved by more than this against the monotonic one was set. Network time moves it by far less at a
 * time.
 */
export const STEP_MS = 1_000;

export const isSteady = ({ lowMs, highMs }: WallSpan): boolean => highMs - lowMs < STEP_MS;

export const steadyAt = (wallMs: number): WallSpan => ({ lowMs: wallMs, highMs: wallMs });

interface Stretch {
  readonly fromMonoMs: number;
  /** Wall minus monotonic time: the lowest and the highest value read in this stretch. */
  readonly low: number;
  readonly high: number;
}

/** Timestamps closer together than this are kept as one. */
const STRETCH_MS = 1_000;

/**
 * The same clock, which now remembers the last `keptMs` by its own readings. Between two readings that agree, the clock
 * counts as not set. If two readings do not agree, either of them may have been right between them. `before`: what was
 * seen before this process began. It counts if it ended at most `keptMs` ago on the same monotonic clock.
 */
export function watchedClock(clock: Clock, keptMs: number, before: Watched | null = null): WatchedClock {
  const stretches: Stretch[] = inherited(before, clock.read(), keptMs);
  const read = (): Timestamp => {
    const now = clock.read();
    const offset = now.wallMs - now.monoMs;
    const last = stretches.at(-1);
    if (last !== undefined && now.monoMs - last.fromMonoMs < STRETCH_MS) {
      stretches[stretches.length - 1] = { ...last, low: Math.min(last.low, offset), high: Math.max(last.high, offset) };
    } else stretches.push({ fromMonoMs: now.monoMs, low: offset, high: offset });
    // The newest of the earlier readings stays: it shows the clock's position at the start of the kept time.
    while ((stretches[1]?.fromMonoMs ?? Infinity) <= now.monoMs - keptMs) stretches.shift();
    return now;
  };
  read();
  return {
    read,
    steadyFrom() {
      const now = read();
      let [low, high, fromMonoMs] = [Infinity, -Infinity, now.monoMs];
      for (const stretch of stretches.toReversed()) {
        [low, high] = [Math.min(low, stretch.low), Math.max(high, stretch.high)];
        if (high - low >= STEP_MS) break;
        fromMonoMs = stretch.fromMonoMs;
      }
      return { wallMs: now.wallMs - (now.monoMs - fromMonoMs), monoMs: fromMonoMs, run: now.run };
    },
    after: (ms, act) => clock.after(ms, act),
    wallSpan(withinMs) {
      const { monoMs } = read();
      const fromMs = monoMs - withinMs;
      if ((stretches[0]?.fromMonoMs ?? Infinity) > fromMs) return null;
      const within = stretches.filter((_, index) => (stretches[index + 1]?.fromMonoMs ?? Infinity) > fromMs);
      return {
        lowMs: monoMs + Math.min(...within.map(({ low }) => low)),
        highMs: monoMs + Math.max(...within.map(({ high }) => high)),
      };
    },
  };
}

function inherited(before: Watched | null, now: Timestamp, keptMs: number): Stretch[] {
  const counts =
    before !== null &&
    isSameUptime(before.until, now) &&
    before.until.monoMs <= now.monoMs &&
    now.monoMs - before.until.monoMs <= keptMs;
  if (!counts) return [];
  return [before.from, before.until].map(({ wallMs, monoMs }) => ({
    fromMonoMs: monoMs,
    low: wallMs - monoMs,
    high: wallMs - monoMs,
  }));
}
