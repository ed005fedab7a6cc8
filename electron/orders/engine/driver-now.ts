/** Which process drives a journal's orders at this moment, as seen from outside. For commands and the self-test. */
import type { Clock } from '../../base/clock.ts';
import { DRIVER_RETRY_MS, DRIVER_SILENT_MS } from '../../../shared/timing.ts';
import type { JournalTrouble } from '../journal/journal.ts';
import { isHeld, readHolder, type Holder } from './lock-holder.ts';

export type DriverNow =
  /** `holder` gave a sign of life within the last DRIVER_SILENT_MS. */
  | { readonly state: 'drives'; readonly holder: Holder }
  /** The leader lock is held, but its holder gives no sign of life. `null` where the holder is not known. */
  | { readonly state: 'silent'; readonly holder: Holder | null }
  /** No process holds the leader lock. */
  | { readonly state: 'nobody' }
  /** The lock file cannot be read, so nothing is known. */
  | { readonly state: 'unusable'; readonly why: JournalTrouble };

/**
 * Checks at once. If no process seems to drive, it keeps checking for a while. So it also finds a process that is about
 * to take the lock, or that has only just received orders to drive. Settles within DRIVER_SILENT_MS. Takes nothing and
 * writes nothing.
 */
export async function driverNow(lockPath: string, clock: Clock): Promise<DriverNow> {
  const first = look(lockPath, clock);
  const forMs = first.state === 'drives' ? 0 : first.state === 'silent' ? DRIVER_SILENT_MS : 2 * DRIVER_RETRY_MS;
  let now = first;
  for (let passedMs = 0; passedMs < forMs && now.state !== 'drives'; passedMs += DRIVER_RETRY_MS) {
    await new Promise<void>((resolve) => {
      clock.after(DRIVER_RETRY_MS, resolve);
    });
    now = look(lockPath, clock);
  }
  return now;
}

function look(lockPath: string, clock: Clock): DriverNow {
  const held = isHeld(lockPath);
  if (held === false) return { state: 'nobody' };
  if (held !== true) return { state: 'unusable', why: held };
  const holder = readHolder(lockPath);
  if (holder === null) return { state: 'silent', holder };
  // The holder of the lock has held it since this machine started. All processes of a machine share one monotonic
  // clock.
  const silentMs = clock.read().monoMs - holder.alive.monoMs;
  return { state: silentMs >= 0 && silentMs < DRIVER_SILENT_MS ? 'drives' : 'silent', holder };
}
