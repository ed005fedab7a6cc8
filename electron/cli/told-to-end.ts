/** When a command that would not end by itself is to end: by a signal, or because npm, which started it, is gone. */
import { PARENT_LOOK_MS } from '../../shared/timing.ts';
import { isAlive } from './is-alive.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves at the first sign. A second one ends the process at once; what is to be removed then is removed too. */
export const toldToEnd = (): Promise<void> =>
  new Promise((resolve) => {
    let signs = 0;
    for (const signal of SIGNALS)
      process.on(signal, () => {
        signs += 1;
        // npm passes on what the terminal has sent to all: that is one sign, not two.
        if (signs > 2) process.exit();
        resolve();
      });
    // Under npm alone: a service or script may start this command, end, and leave it running on purpose.
    if (process.env['npm_lifecycle_event'] === undefined) return;
    const parent = process.ppid;
    const look = setInterval(() => {
      if (process.ppid === parent && isAlive(parent)) return;
      clearInterval(look);
      resolve();
    }, PARENT_LOOK_MS);
    look.unref();
  });
