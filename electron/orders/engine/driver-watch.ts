/**
 * Watches whether a process drives while there are orders to drive. The driver writes a sign of life beside the lock. A
 * process that cannot take the lock looks for that sign, by its own clock alone. After a while it reports a holder that
 * does not move, or a lock that cannot be taken. Nothing else would ever report that.
 */
import { basename } from 'node:path';
import { DRIVER_ALIVE_MS, DRIVER_SILENT_MS } from '../../../shared/timing.ts';
import type { WatchedClock } from '../../base/watched-clock.ts';
import type { LockRefusal } from './leader-lock.ts';
import { holderText, readHolder, writeHolder, type Holder } from './lock-holder.ts';

export interface DriverWatchParts {
  /** The path of the leader lock. */
  readonly lockPath: string;
  readonly program: Holder['program'];
  readonly pid: number;
  readonly clock: Pick<WatchedClock, 'read' | 'steadyFrom'>;
  /** Whether any order is under way. */
  readonly hasOpen: () => boolean;
  /**
   * No process drives (who holds the lock, or what is wrong with it), or that is over (`null`). Called once per change.
   */
  readonly onNobodyDrives: (detail: string | null) => void;
}

/**
 * To be called at least every few seconds: with `null` while this process drives, otherwise with the reason why it does
 * not.
 */
export type DriverWatch = (refusal: LockRefusal | null) => void;

export function driverWatch({ lockPath, program, pid, clock, hasOpen, onNobodyDrives }: DriverWatchParts): DriverWatch {
  let own: Holder | null = null;
  let isReported = false;
  /** The last sign of life of another driver, and when it was first seen. */
  let sign = '';
  let signMonoMs: number | null = null;

  const report = (detail: string | null): void => {
    if (isReported === (detail !== null)) return;
    isReported = detail !== null;
    onNobodyDrives(detail);
  };

  const drive = (): void => {
    report(null);
    signMonoMs = null;
    const now = clock.read();
    if (own !== null && (now.monoMs - own.alive.monoMs < DRIVER_ALIVE_MS || !hasOpen())) return;
    own = { pid, program, since: own?.since ?? now, alive: now, steadyFrom: clock.steadyFrom() };
    writeHolder(lockPath, own);
  };

  const lookOn = (refusal: LockRefusal): void => {
    own = null;
    if (!hasOpen()) {
      signMonoMs = null;
      report(null);
      return;
    }
    const { monoMs } = clock.read();
    const holder = refusal === 'held' ? readHolder(lockPath) : null;
    const seen = JSON.stringify(holder?.alive ?? null);
    if (signMonoMs === null || seen !== sign) signMonoMs = monoMs;
    sign = seen;
    if (monoMs - signMonoMs < DRIVER_SILENT_MS) report(null);
    else
      report(
        refusal === 'held' ? (holder === null ? 'PID ?' : holderText(holder)) : `${basename(lockPath)}: ${refusal}`,
      );
  };

  return (refusal) => {
    if (refusal === null) drive();
    else lookOn(refusal);
  };
}
