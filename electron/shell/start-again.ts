/** Beginning anew, where nobody else sees to it. */
import { app } from 'electron';

/** Windows' Shell Launcher passes it (build/machine/windows/shell-launcher.xml). */
const BY_SHELL = '--restarted-by-shell';

/**
 * Starts the app again once this one has ended. Shell Launcher does so itself: of two new ones it would watch the one that
 * finds the place taken, and start it again for ever. `args`: as Electron's `relaunch`; without it, those of this start.
 */
export function startAgain(args?: string[]): void {
  if (!process.argv.includes(BY_SHELL)) app.relaunch(args === undefined ? {} : { args });
}
