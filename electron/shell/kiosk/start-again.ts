/** Restarts the app, unless something else does so. */
import { app } from 'electron';

/** Windows' Shell Launcher passes it (build/machine/windows/shell-launcher.xml). */
const BY_SHELL = '--restarted-by-shell';

/**
 * Starts the app again once this one has ended, with the same arguments. Shell Launcher does that itself. If both started
 * it, Shell Launcher would watch the second process, which finds the lock taken and ends, and would start it again for
 * ever.
 */
export function startAgain(): void {
  if (process.argv.includes(BY_SHELL)) return;
  const execPath = wrapperOf(process.env, process.execPath);
  app.relaunch(execPath === null ? {} : { execPath });
}

/**
 * The file that a person starts, where it unpacks the app into a folder that goes with the app: an AppImage, or the
 * portable program for Windows. Their names for themselves: docs.appimage.org, "Environment variables", and
 * electron-builder's portable.nsi. An AppImage that starts an installed app hands its own names on, so they count only
 * for a program in its folder.
 */
function wrapperOf(env: Readonly<Record<string, string | undefined>>, program: string): string | null {
  const { APPIMAGE: image, APPDIR: unpacked } = env;
  if (image !== undefined && unpacked !== undefined && program.startsWith(`${unpacked}/`)) return image;
  return env['PORTABLE_EXECUTABLE_FILE'] ?? null;
}
