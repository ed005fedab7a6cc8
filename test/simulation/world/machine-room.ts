/**
 * Time in the simulation, and the terminal on which it passes. True time only rises. The terminal's monotonic clock
 * stands still while it sleeps and begins again at a reboot; its wall clock shows whatever somebody set it to.
 */
import type { Clock, Timestamp } from '../../../electron/base/clock.ts';
import { Heap, type Due } from './heap.ts';

interface Happening extends Due {
  readonly act: () => void;
}

interface Timer {
  /** On the monotonic clock. If its process stands still, it fires when the process goes on. */
  atMs: number;
  seq: number;
  readonly owner: TimerOwner;
  act: (() => void) | null;
}

/** The process that owns the timers. */
export interface TimerOwner {
  readonly alive: boolean;
  /**
   * Monotonic time until which the process stands still (SIGSTOP, a debugger, a host that swaps); if it is in the past,
   * the process runs.
   */
  readonly heldUntilMonoMs: number;
}

/** The wall clock's time at true time 0: an ordinary afternoon. */
const EPOCH_MS = Date.UTC(2026, 10, 23, 6, 0, 0);
/** How long the terminal has been up at the start. */
const UPTIME_MS = 5_000_000;
/** Steps of the wall clock that are at least this large end at least this far from where it ever stood. */
const APART_MS = 2_000;

export class MachineRoom {
  /** True time, ms since the start of the life. */
  nowMs = 0;
  /** How often the terminal has been switched on. */
  boots = 1;
  /** Set when a promise was settled: its handlers must run before time advances. */
  unsettled = false;
  #monoOffsetMs = -UPTIME_MS;
  #wallSkewMs = 0;
  /** Every position that the wall clock has left. */
  readonly #wallSkews: number[] = [];
  /** Payments whose time has been written down and not yet been registered. */
  claimsUnderWay = 0;
  #asleepUntilMs = 0;
  #seq = 0;
  readonly #happenings = new Heap<Happening>();
  readonly #timers = new Heap<Timer>();

  get monoMs(): number {
    return this.nowMs - this.#monoOffsetMs;
  }
  get wallMs(): number {
    return EPOCH_MS + this.nowMs + this.#wallSkewMs;
  }
  get wallSkewMs(): number {
    return this.#wallSkewMs;
  }

  /** An event outside the terminal, by true time. */
  in(ms: number, act: () => void): void {
    this.#happenings.push({ atMs: this.nowMs + ms, seq: (this.#seq += 1), act });
  }

  /** An event at the terminal: it waits while the terminal sleeps. */
  inAwake(ms: number, act: () => void): void {
    this.in(ms, () => {
      if (this.nowMs < this.#asleepUntilMs) this.inAwake(this.#asleepUntilMs - this.nowMs, act);
      else act();
    });
  }

  /**
   * A process's own view of the clocks. A dead process has no timers; the timers of a process that stands still wait
   * for it.
   */
  clockOf(run: string, owner: TimerOwner): Clock {
    return {
      read: (): Timestamp => ({ wallMs: this.wallMs, monoMs: this.monoMs, run }),
      after: (ms, act) => {
        // Whole milliseconds, and never too early: otherwise rounding could make a timer early, and it would be set
        // again for ever.
        const timer: Timer = { atMs: Math.ceil(this.monoMs + Math.max(0, ms)), seq: (this.#seq += 1), owner, act };
        this.#timers.push(timer);
        return () => {
          timer.act = null;
        };
      },
    };
  }

  /**
   * Somebody sets the wall clock. While a payment's time is on its way to its registration, the clock never comes to
   * stand where it stood before: two steps that undo each other between two readings are not seen by anybody, and the
   * app takes two readings that agree for a clock that was not set (electron/base/watched-clock.ts).
   */
  setWall(byMs: number): void {
    this.#wallSkews.push(this.#wallSkewMs);
    this.#wallSkewMs += byMs;
    if (this.claimsUnderWay === 0 || Math.abs(byMs) < APART_MS) return;
    while (this.#wallSkews.some((old) => Math.abs(old - this.#wallSkewMs) < APART_MS)) this.#wallSkewMs += APART_MS;
  }

  /** The terminal sleeps: the monotonic clock stands still, and so do its timers. */
  sleep(ms: number): void {
    this.#monoOffsetMs += ms;
    this.#asleepUntilMs = Math.max(this.#asleepUntilMs, this.nowMs) + ms;
  }

  /** Running again after `upMs` from switching on. The caller has ended all processes. */
  reboot(upMs: number): void {
    this.#timers.clear();
    this.#monoOffsetMs = this.nowMs - upMs;
    this.boots += 1;
  }

  /** Runs the event that is due next, at its time. `false`: none is left, or none until `untilMs`. */
  runNext(untilMs: number): boolean {
    const timer = this.#nextTimer();
    const happening = this.#happenings.peek();
    const timerMs = timer === undefined ? Infinity : Math.max(this.nowMs, timer.atMs + this.#monoOffsetMs);
    const happeningMs = happening?.atMs ?? Infinity;
    const nextMs = Math.min(timerMs, happeningMs);
    if (nextMs > untilMs) return false;
    this.nowMs = nextMs;
    if (happeningMs <= timerMs) this.#happenings.pop()?.act();
    else this.#timers.pop()?.act?.();
    return true;
  }

  #nextTimer(): Timer | undefined {
    for (;;) {
      const timer = this.#timers.peek();
      if (timer === undefined) return timer;
      const isLive = timer.act !== null && timer.owner.alive;
      if (isLive && timer.owner.heldUntilMonoMs <= timer.atMs) return timer;
      this.#timers.pop();
      if (!isLive) continue;
      timer.atMs = timer.owner.heldUntilMonoMs;
      timer.seq = this.#seq += 1;
      this.#timers.push(timer);
    }
  }
}
