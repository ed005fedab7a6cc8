/**
 * A terminal whose clock has been watched, as an app that has run for a while does it: a stated time of payment counts
 * at once.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { profileIn } from '../../electron/app/settings/profile.ts';
import { systemClock } from '../../electron/base/clock.ts';
import { fileTroubleOf } from '../../electron/base/safe-file.ts';
import { isHeld, writeHolder } from '../../electron/orders/engine/lock-holder.ts';

const MINUTE_MS = 60_000;

/**
 * Does nothing while a process drives the practice terminal in `folder`: that process writes down itself what it has
 * seen.
 */
export function clockWatchedIn(folder: string): void {
  const profile = profileIn(folder);
  const lockPath = profile.leaderLock('practice');
  if (!existsSync(profile.settings) || isHeld(lockPath) !== false) return;
  const alive = systemClock().read();
  const from = { ...alive, wallMs: alive.wallMs - MINUTE_MS, monoMs: alive.monoMs - MINUTE_MS };
  try {
    mkdirSync(dirname(lockPath), { recursive: true, mode: 0o700 });
  } catch (error) {
    // A disk that accepts no writes cannot store this either.
    if (fileTroubleOf(error) === null) throw error;
  }
  writeHolder(lockPath, { pid: process.pid, program: 'app', since: from, alive, steadyFrom: from });
}
