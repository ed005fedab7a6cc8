/** Who drives a journal's orders at this moment, looked at from outside: for commands and the self-test. */
import type { Clock } from '../../base/clock.ts';
import { DRIVER_RETRY_MS, DRIVER_SILENT_MS } from '../../../shared/timing.ts';
import type { JournalTrouble } from '../journal/journal.ts';
import { isHeld, readHolder, type Holder } from './seat-holder.ts';

export type DriverNow =
  /** `holder` has given a sign of life within DRIVER_SILENT_MS. */
  | { readonly state: 'drives'; readonly holder: Holder }
  /** The seat is taken and nothing is heard of who sits in it; `null` where nobody knows who that is. */
  | { readonly state: 'silent'; readonly holder: Holder | null }
  /** No process sits in the seat. */
  | { readonly state: 'nobody' }
  /** Whether it is taken cannot be told: the lock file cannot be read. */
  | { readonly state: 'unusable'; readonly why: JournalTrouble };

/**
 * Looks at once, and where nobody seems to drive, for a while: whoever is about to take the seat, or has only just got
 * orders to drive, must not be taken for nobody. Settles within DRIVER_SILENT_MS. Takes nothing and writes nothing.
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
  // Who holds the lock has done so since this machine started, and over processes its monotonic clock is one.
  const silentMs = clock.read().monoMs - holder.alive.monoMs;
  return { state: silentMs >= 0 && silentMs < DRIVER_SILENT_MS ? 'drives' : 'silent', holder };
}
