import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * One reading of both clocks.
 *
 * [Note: Two clocks] `wallMs` (UTC) is what people read; anybody can set it. `monoMs` counts since the machine started.
 * It only ever rises, but starts again at a reboot. `run` names the process that read it. Only `monoMs` may decide that
 * 15 s have passed; `elapsedSince` says what it still proves after a restart. A `run` of the form `boot/process` also
 * names the uptime of the machine: two readings of one uptime share one monotonic clock.
 */
export interface Timestamp {
  readonly wallMs: number;
  readonly monoMs: number;
  readonly run: string;
}

/** Time as a parameter: production reads the machine's clocks, tests and the simulation drive their own. */
export interface Clock {
  read(): Timestamp;
  /** Calls `act` once, not before `ms` have passed on the monotonic clock. Returns a function that cancels it. */
  after(ms: number, act: () => void): () => void;
}

/** Whether both were certainly read on the same monotonic clock. */
export const isSameUptime = (a: Timestamp, b: Timestamp): boolean =>
  a.run === b.run || (a.run.includes('/') && bootOf(a) === bootOf(b));

const bootOf = ({ run }: Timestamp): string => run.slice(0, run.lastIndexOf('/') + 1);

/** `boot/process` if the system names its uptime (Linux), otherwise the process alone. */
function runName(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${randomUUID()}`;
  } catch {
    // Windows, or a sandbox that hides it: then nothing can be proved across processes.
    return randomUUID();
  }
}

/** The machine's clocks, under a process id of this process's own. */
export function systemClock(run: string = runName()): Clock {
  const mono = (): number => Number(process.hrtime.bigint()) / 1e6;
  return {
    read: () => ({ wallMs: Date.now(), monoMs: mono(), run }),
    after: (ms, act) => {
      const dueMs = mono() + ms;
      let timer: NodeJS.Timeout;
      // Node counts a timer from when its event loop last looked at the clock, so one may fire too soon.
      const wait = (): void => {
        timer = setTimeout(
          () => {
            if (mono() < dueMs) wait();
            else act();
          },
          Math.max(0, Math.ceil(dueMs - mono())),
        );
      };
      wait();
      return () => {
        clearTimeout(timer);
      };
    },
  };
}

/**
 * How long ago `then` is at least, in ms. It is never more than the truth, so a wait based on it is never too short.
 *
 * Within one process the monotonic clock says it exactly. Across processes the smaller of two readings counts:
 * - monotonic: if it has risen since `then`, the difference counts, whether or not the machine was restarted meanwhile.
 *   (After a reboot the uptime is longer than the difference, and all of it lies after `then`.) If it is lower, the
 *   machine was restarted, and only its uptime is proved;
 * - wall: the difference, or nothing if that clock went back.
 */
export function elapsedSince(then: Timestamp, now: Timestamp): number {
  if (then.run === now.run) return Math.max(0, now.monoMs - then.monoMs);
  const mono = now.monoMs >= then.monoMs ? now.monoMs - then.monoMs : now.monoMs;
  return Math.max(0, Math.min(mono, now.wallMs - then.wallMs));
}

/** `then` in terms of the process that reads `now`. From here on only that process's monotonic clock counts. */
export function rebased(then: Timestamp, now: Timestamp): Timestamp {
  if (then.run === now.run) return then;
  return { wallMs: then.wallMs, monoMs: now.monoMs - elapsedSince(then, now), run: now.run };
}
