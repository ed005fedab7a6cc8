/** Wires the kiosk's guards to Electron: the lock, the watch over the screen, and a technician's way out. */
import { app, type BrowserWindow } from 'electron';
import { noteOnceOpen, type Desk } from '../app/dispatch.ts';
import { heldBy, type Held, type KioskDesk } from '../app/kiosk-handlers.ts';
import type { RunningTerminal } from '../app/running-terminal.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { lockWindow, showForService } from './kiosk-lock.ts';
import { watchScreen } from './screen-watch.ts';

/** Chromium then draws by itself. Handed to the next start of the app only. */
const SOFTWARE = '--disable-gpu';

interface NotingParts extends Pick<Desk, 'log' | 'noteApart'> {
  readonly opening: () => RunningTerminal['opening'];
}

export function kioskDesk({ opening, ...parts }: NotingParts, windowNow: () => BrowserWindow | null): KioskDesk {
  return {
    held: () => heldNow(opening),
    note: (caller, outcome, how) => {
      noteOnceOpen({ opening: opening(), ...parts }, caller, 'kiosk-left', outcome, how);
    },
    leave: (how) => {
      const window = windowNow();
      if (how === 'window') {
        if (window !== null) showForService(window);
        return;
      }
      if (how === 'restart') app.relaunch();
      // The answer leaves first.
      setImmediate(() => {
        app.quit();
      });
    },
  };
}

interface GuardParts {
  readonly opening: () => RunningTerminal['opening'];
  readonly clock: Clock;
  readonly log: Log;
}

/** `windowed`: on a developer's desk, where a window must close. */
export function guardKiosk(window: BrowserWindow, windowed: boolean, { opening, clock, log }: GuardParts): void {
  if (!windowed) lockWindow(window);
  watchScreen({
    window,
    app,
    clock,
    log,
    isSoftware: process.argv.includes(SOFTWARE),
    isFree: async () => (await heldNow(opening)) === null,
    relaunch: (software) => {
      const args = process.argv.slice(1);
      app.relaunch({ args: software && !args.includes(SOFTWARE) ? [...args, SOFTWARE] : args });
      app.quit();
    },
  });
}

async function heldNow(opening: () => RunningTerminal['opening']): Promise<Held | null> {
  const opened = await opening();
  return opened.ok ? heldBy(opened.value) : null;
}
