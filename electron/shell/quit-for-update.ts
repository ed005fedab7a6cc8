/**
 * An installer asks the running app to quit: it starts the app once more with one argument, and the single-instance
 * lock delivers it.
 */
import { app } from 'electron';
import type { Log } from '../base/log.ts';

const QUIT_FOR_UPDATE = '--quit-for-update';

/** Whether this start of the app is only an installer's request. Such a start never becomes the app. */
export const isInstallerRequest = (argv: readonly string[]): boolean => argv.includes(QUIT_FOR_UPDATE);

/**
 * Quits when asked, unless `held` gives a reason why the app must go on for the moment. The installer asks again. Only
 * the same user, who shares the lock, can ask.
 */
export function listenForInstaller(held: () => Promise<string | null>, log: Log): void {
  app.on('second-instance', (_event, argv) => {
    if (!isInstallerRequest(argv)) return;
    void held().then((why) => {
      log.info({ held: why }, 'an installer asked the app to quit');
      if (why === null) app.quit();
    });
  });
}
