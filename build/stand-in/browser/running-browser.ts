// Runs in the stand-in's main process. Why it exists: Chromium is started once, before ready; windows made
// after that find it here.
import { say } from '../base/records.ts';
import type { RunningBrowser } from './browser.ts';

let running: RunningBrowser | null = null;
let wanted = true;

/** The Chromium of this process. */
export const runningBrowser = {
  get(): RunningBrowser {
    if (running === null) throw new Error('Chromium is not running yet');
    return running;
  },
  /** Takes it into use. Should it go away by itself, this process has no screen any more and ends. */
  set(browser: RunningBrowser): void {
    running = browser;
    browser.context.on('close', () => {
      if (!wanted) return;
      // Its last window may just have been closed by hand; the app gets a moment to quit because of that.
      setTimeout(() => {
        if (!wanted) return;
        say('Chromium went away');
        process.exit(1);
      }, 3000);
    });
  },
  /** Ends it; a Chromium that will not go ends when this process does. */
  async close(): Promise<void> {
    wanted = false;
    const slow = new Promise((resolve) => setTimeout(resolve, 5000).unref());
    await Promise.race([running?.context.close(), slow]);
  },
};
