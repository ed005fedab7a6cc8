/**
 * Whether somebody drives while there are orders to drive. Whoever drives gives a sign of life beside the lock; whoever
 * cannot take the seat looks for it, by its own clock alone: a holder that stands still, or a lock that cannot be taken, is
 * said after a while, for nothing else would ever say it.
 */
import { basename } from 'node:path';
import { DRIVER_ALIVE_MS, DRIVER_SILENT_MS } from '../../../shared/timing.ts';
import type { WatchedClock } from '../../base/watched-clock.ts';
import type { SeatRefusal } from './driver-seat.ts';
import { holderText, readHolder, writeHolder, type Holder } from './seat-holder.ts';

export interface SeatWatchParts {
  /** The driver's seat's own path. */
  readonly lockPath: string;
  readonly program: Holder['program'];
  readonly pid: number;
  readonly clock: Pick<WatchedClock, 'read' | 'steadyFrom'>;
  /** Whether any order is under way. */
  readonly hasOpen: () => boolean;
  /** Nobody drives (who holds the lock, or what is wrong with it), or it is over (`null`). Each change once. */
  readonly onNobodyDrives: (detail: string | null) => void;
}

/** To be called at least each few seconds, with `null` while this process drives, and otherwise with why it does not. */
export type SeatWatch = (refusal: SeatRefusal | null) => void;

export function seatWatch({ lockPath, program, pid, clock, hasOpen, onNobodyDrives }: SeatWatchParts): SeatWatch {
  let own: Holder | null = null;
  let said = false;
  /** The last sign of another driver's life, and when it was first seen. */
  let sign = '';
  let signMonoMs: number | null = null;

  const say = (detail: string | null): void => {
    if (said === (detail !== null)) return;
    said = detail !== null;
    onNobodyDrives(detail);
  };

  const drive = (): void => {
    say(null);
    signMonoMs = null;
    const now = clock.read();
    if (own !== null && (now.monoMs - own.alive.monoMs < DRIVER_ALIVE_MS || !hasOpen())) return;
    own = { pid, program, since: own?.since ?? now, alive: now, steadyFrom: clock.steadyFrom() };
    writeHolder(lockPath, own);
  };

  const lookOn = (refusal: SeatRefusal): void => {
    own = null;
    if (!hasOpen()) {
      signMonoMs = null;
      say(null);
      return;
    }
    const { monoMs } = clock.read();
    const holder = refusal === 'held' ? readHolder(lockPath) : null;
    const seen = JSON.stringify(holder?.alive ?? null);
    if (signMonoMs === null || seen !== sign) signMonoMs = monoMs;
    sign = seen;
    if (monoMs - signMonoMs < DRIVER_SILENT_MS) say(null);
    else
      say(refusal === 'held' ? (holder === null ? 'PID ?' : holderText(holder)) : `${basename(lockPath)}: ${refusal}`);
  };

  return (refusal) => {
    if (refusal === null) drive();
    else lookOn(refusal);
  };
}
