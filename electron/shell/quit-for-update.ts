/** An installer asks the running app to quit: it starts the app once more, with one word, and the single-instance lock delivers it. */
import { app } from 'electron';
import type { Log } from '../base/log.ts';

const QUIT_FOR_UPDATE = '--quit-for-update';

/** Whether a start of the app is nothing but an installer's wish. Such a start never becomes the app. */
export const isInstallersWish = (argv: readonly string[]): boolean => argv.includes(QUIT_FOR_UPDATE);

/**
 * Quits when asked, unless `held` has a reason why the app must go on for the moment; the installer asks again. Only who
 * shares the lock, the same user, is heard.
 */
export function hearInstaller(held: () => Promise<string | null>, log: Log): void {
  app.on('second-instance', (_event, argv) => {
    if (!isInstallersWish(argv)) return;
    void held().then((why) => {
      log.info({ held: why }, 'an installer asked the app to quit');
      if (why === null) app.quit();
    });
  });
}
