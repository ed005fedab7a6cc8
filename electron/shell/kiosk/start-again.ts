/** Restarts the app, unless something else does so. */
import { app } from 'electron';

/** Windows' Shell Launcher passes it (build/machine/windows/shell-launcher.xml). */
const BY_SHELL = '--restarted-by-shell';

/**
 * Starts the app again once this one has ended. Shell Launcher does that itself. If both started it, Shell Launcher
 * would watch the second process, which finds the lock taken and ends, and would start it again for ever. `args`: as
 * for Electron's `relaunch`; without it, those of this start.
 */
export function startAgain(args?: string[]): void {
  if (!process.argv.includes(BY_SHELL)) app.relaunch(args === undefined ? {} : { args });
}
