// Runs in the stand-in's main process. Why it exists: Chromium is started once, before ready; windows made
// after that find it here.
import { say } from '../base/records.ts';
import type { RunningBrowser } from './browser-page.ts';

let running: RunningBrowser | null = null;
let wanted = true;

/** The Chromium of this process. */
export const runningBrowser = {
  get(): RunningBrowser {
    if (running === null) throw new Error('Chromium is not running yet');
    return running;
  },
  /** Starts to use it. If it ends by itself, this process has no screen any more and ends too. */
  set(browser: RunningBrowser): void {
    running = browser;
    browser.onGone(() => {
      if (!wanted) return;
      // A person may just have closed its last window; the app gets a moment to quit because of that.
      setTimeout(() => {
        if (!wanted) return;
        say('Chromium went away');
        process.exit(1);
      }, 3000);
    });
  },
  /** Ends it; a Chromium that does not end now ends when this process does. */
  async close(): Promise<void> {
    wanted = false;
    const slow = new Promise((resolve) => setTimeout(resolve, 5000).unref());
    await Promise.race([running?.close(), slow]);
  },
};
