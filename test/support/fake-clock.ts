import type { Clock, Timestamp } from '../../electron/base/clock.ts';

interface Timer {
  readonly dueMs: number;
  readonly seq: number;
  readonly act: () => void;
}

/**
 * A clock that stands still until it is told to advance. Both clocks advance together; `jumpWall` sets only the wall
 * clock, as a person does, and `restart` begins another run on the same machine: its timers are gone.
 */
export class FakeClock implements Clock {
  #wallMs: number;
  #monoMs: number;
  #run: string;
  #runs = 1;
  #seq = 0;
  readonly #timers = new Set<Timer>();

  constructor(wallMs = Date.UTC(2026, 0, 5, 2, 0, 0), monoMs = 1_000_000, run = 'run-1') {
    this.#wallMs = wallMs;
    this.#monoMs = monoMs;
    this.#run = run;
  }

  read(): Timestamp {
    return { wallMs: this.#wallMs, monoMs: this.#monoMs, run: this.#run };
  }

  after(ms: number, act: () => void): () => void {
    this.#seq += 1;
    const timer: Timer = { dueMs: this.#monoMs + Math.max(0, ms), seq: this.#seq, act };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** How many timers wait: a test waits until a timer is set before it advances the clock. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Advances by `ms`, fires due timers in their order, and lets promises settle before, between and after. */
  async advance(ms: number): Promise<void> {
    await settle();
    const target = this.#monoMs + ms;
    for (let next = this.#nextUntil(target); next !== undefined; next = this.#nextUntil(target)) {
      this.#moveTo(next.dueMs);
      this.#timers.delete(next);
      next.act();
      await settle();
    }
    this.#moveTo(target);
    await settle();
  }

  /** Somebody sets the time: the wall clock jumps by `ms` (negative: back), nothing else changes. */
  jumpWall(ms: number): void {
    this.#wallMs += ms;
  }

  /** The process ends and another begins `downMs` later; with `reboot`, the machine's monotonic clock starts at 0. */
  restart(downMs = 0, reboot = false): void {
    this.#timers.clear();
    this.#wallMs += downMs;
    this.#monoMs = reboot ? 0 : this.#monoMs + downMs;
    this.#runs += 1;
    this.#run = `run-${String(this.#runs)}`;
  }

  #moveTo(monoMs: number): void {
    this.#wallMs += monoMs - this.#monoMs;
    this.#monoMs = monoMs;
  }

  #nextUntil(target: number): Timer | undefined {
    const [first] = [...this.#timers]
      .filter((timer) => timer.dueMs <= target)
      .sort((a, b) => a.dueMs - b.dueMs || a.seq - b.seq);
    return first;
  }
}

/** A few turns of the event loop, so that chains of promises (and writes that are ready) run before time advances. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
