/** Reports when this machine's clock cannot be right: it shows a time before the running code was made. */
import type { Notice } from '../../../shared/ipc.ts';
import { CLOCK_LOOK_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';

export interface ClockWatchParts {
  /** When this code was made, UTC ms. */
  readonly builtAtMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly onNotice: (notice: Notice) => void;
}

/** Checks now and each minute: network time often comes a while after the start. Returns a function that stops it. */
export function watchClock({ builtAtMs, clock, log, onNotice }: ClockWatchParts): () => void {
  let shown: string | null = null;
  let callOff = (): void => undefined;
  const check = (): void => {
    callOff = clock.after(CLOCK_LOOK_MS, check);
    const { wallMs } = clock.read();
    const day = wallMs < builtAtMs ? new Date(wallMs).toISOString().slice(0, 'YYYY-MM-DD'.length) : null;
    if (day === shown) return;
    shown = day;
    if (day !== null) log.warn({ day }, 'the clock shows a time before this build');
    onNotice({ code: 'clock-before-build', on: day !== null, detail: day });
  };
  check();
  return () => {
    callOff();
  };
}
