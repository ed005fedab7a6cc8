/** The till's window, and the kiosk's guards connected to Electron: the lock, the watch over the screen, and a technician's way out. */
import { app, type BrowserWindow } from 'electron';
import type { KioskExit } from '../../../shared/contract/kiosk.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { lockWindow, showForService } from './kiosk-lock.ts';
import { openPage } from '../windows/page-window.ts';
import { watchScreen, type ScreenWatch } from './screen-watch.ts';
import { giveUpCard, isCardGivenUp } from './graphics-card.ts';
import { startAgain } from './start-again.ts';

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

/** To be called before the app is ready. */
export function drawAsRemembered(profileFolder: string, log: Log): void {
  if (!isCardGivenUp(profileFolder, process.versions.chrome)) return;
  app.disableHardwareAcceleration();
  log.warn({}, 'the graphics card has failed before; the screen is drawn without it');
}

interface GuardParts {
  readonly profileFolder: string;
  readonly isFree: () => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

/** `windowed`: on a developer's machine, where the window must be closable. */
export function guardKiosk(
  window: BrowserWindow,
  windowed: boolean,
  { profileFolder, isFree, clock, log }: GuardParts,
): ScreenWatch {
  if (!windowed) lockWindow(window);
  const { chrome } = process.versions;
  return watchScreen({
    window,
    app,
    clock,
    log,
    isSoftware: isCardGivenUp(profileFolder, chrome),
    isFree,
    giveUpCard: () => {
      const kept = giveUpCard(profileFolder, chrome);
      if (!kept.ok) log.error({ trouble: kept.error }, 'that the graphics card fails could not be written down');
    },
    relaunch: () => {
      startAgain();
      app.quit();
    },
  });
}
