/** The till's window, and the kiosk's guards connected to Electron: the lock, the watch over the screen, and a technician's way out. */
import { app, type BrowserWindow } from 'electron';
import type { KioskExit } from '../../../shared/contract/kiosk.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { lockWindow, showForService } from './kiosk-lock.ts';
import { openPage } from '../windows/page-window.ts';
import { watchScreen, type ScreenWatch } from './screen-watch.ts';
import { startAgain } from './start-again.ts';

/** Chromium then draws in software. Passed to the next start of the app only. */
const SOFTWARE = '--disable-gpu';

/** The till's window, full screen unless `windowed`. */
export function openKioskWindow(bundleFolder: string, windowed: boolean): BrowserWindow {
  const window = openPage({
    bundleFolder,
    preload: 'preload',
    path: '/index.html',
    place: { width: 1280, height: 800, kiosk: !windowed },
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  return window;
}

/** A technician's way out. Closing and restarting begin after the answer has left. */
export function leaveKiosk(window: BrowserWindow | null, how: KioskExit): void {
  if (how === 'window') {
    if (window !== null) showForService(window);
    return;
  }
  if (how === 'restart') startAgain();
  setImmediate(() => {
    app.quit();
  });
}

interface GuardParts {
  readonly isFree: () => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

/** `windowed`: on a developer's machine, where the window must be closable. */
export function guardKiosk(window: BrowserWindow, windowed: boolean, { isFree, clock, log }: GuardParts): ScreenWatch {
  if (!windowed) lockWindow(window);
  return watchScreen({
    window,
    app,
    clock,
    log,
    isSoftware: process.argv.includes(SOFTWARE),
    isFree,
    relaunch: (software) => {
      const args = process.argv.slice(1);
      startAgain(software && !args.includes(SOFTWARE) ? [...args, SOFTWARE] : args);
      app.quit();
    },
  });
}
