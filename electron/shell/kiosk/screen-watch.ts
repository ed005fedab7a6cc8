/**
 * Restores the screen by itself after a crash, a hang or a graphics failure. Orders are in main and go on meanwhile.
 */
import { ALIVE_EVERY_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import {
  HANG_PATIENCE_MS,
  RELAUNCH_LOOK_MS,
  remedyFor,
  SILENT_LOOKS_MAX,
  type Trouble,
  type Troubled,
} from './screen-troubles.ts';

/** What the watch needs of the window; Electron's BrowserWindow has it. */
export interface WatchedWindow {
  isDestroyed(): boolean;
  on(event: 'unresponsive' | 'responsive', listener: () => void): unknown;
  readonly webContents: {
    on(event: 'render-process-gone', listener: (event: unknown, details: { readonly reason: string }) => void): unknown;
    reload(): void;
    forcefullyCrashRenderer(): void;
  };
}

/** What the watch needs of the app. */
export interface WatchedApp {
  on(
    event: 'child-process-gone',
    listener: (event: unknown, details: { readonly type: string; readonly reason: string }) => void,
  ): unknown;
}

export interface ScreenWatchParts {
  readonly window: WatchedWindow;
  readonly app: WatchedApp;
  readonly clock: Clock;
  readonly log: Log;
  /** The app draws without the graphics card. */
  readonly isSoftware: boolean;
  /** Whether no customer is before the camera and no reverse is in flight. */
  readonly isFree: () => Promise<boolean>;
  /** From the next start on the app draws without the graphics card. */
  readonly giveUpCard: () => void;
  readonly relaunch: () => void;
}

export interface ScreenWatch {
  /** The page has given a sign of life. After the first one, more are expected until its process ends. */
  readonly alive: () => void;
}

/** Watches for the life of the window. */
export function watchScreen({
  window,
  app,
  clock,
  log,
  isSoftware,
  isFree,
  giveUpCard,
  relaunch,
}: ScreenWatchParts): ScreenWatch {
  let troubles: readonly Troubled[] = [];
  let stopPatience: (() => void) | null = null;
  let relaunching = false;

  const relaunchOnceFree = async (): Promise<void> => {
    if (await isFree()) relaunch();
    else clock.after(RELAUNCH_LOOK_MS, () => void relaunchOnceFree());
  };
  const reload = (): void => {
    if (!window.isDestroyed()) window.webContents.reload();
  };
  const happened = (trouble: Trouble, reason: string): void => {
    const next = remedyFor(troubles, { trouble, atMs: clock.read().monoMs }, isSoftware);
    ({ troubles } = next);
    const { remedy } = next;
    log.error({ trouble, reason, count: troubles.length, remedy }, 'the screen failed');
    if (remedy.do === 'reload') {
      if (remedy.afterMs === 0) reload();
      else clock.after(remedy.afterMs, reload);
    } else if (remedy.do === 'give-up-card') {
      giveUpCard();
    } else if (remedy.do === 'relaunch') {
      // A person who must cancel an order needs the screen while the app waits for a good moment to restart.
      if (trouble === 'page') reload();
      if (relaunching) return;
      relaunching = true;
      void relaunchOnceFree();
    }
  };
  const answers = (): void => {
    stopPatience?.();
    stopPatience = null;
  };

  // A hanging page does not respond to a reload. When it is ended, that is handled like any other end.
  const endPage = (): void => {
    if (window.isDestroyed()) return;
    log.error({}, 'the screen hangs; its process is ended');
    window.webContents.forcefullyCrashRenderer();
  };
  const signs = watchSigns(clock, endPage);

  window.webContents.on('render-process-gone', (_event, { reason }) => {
    answers();
    signs.stop();
    happened('page', reason);
  });
  window.on('responsive', answers);
  window.on('unresponsive', () => {
    stopPatience ??= clock.after(HANG_PATIENCE_MS, () => {
      stopPatience = null;
      endPage();
    });
  });
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (type === 'GPU' && reason !== 'clean-exit') happened('graphics', reason);
  });
  return { alive: signs.alive };
}

/** Watches for signs of life, from the first one on. Calls `onSilence` when too many in a row have not come. */
function watchSigns(clock: Clock, onSilence: () => void): ScreenWatch & { readonly stop: () => void } {
  let missedChecks = 0;
  let stopChecks: (() => void) | null = null;
  const check = (): void => {
    missedChecks += 1;
    stopChecks = missedChecks > SILENT_LOOKS_MAX ? null : clock.after(ALIVE_EVERY_MS, check);
    if (stopChecks === null) onSilence();
  };
  return {
    alive: () => {
      missedChecks = 0;
      stopChecks ??= clock.after(ALIVE_EVERY_MS, check);
    },
    stop: () => {
      stopChecks?.();
      stopChecks = null;
    },
  };
}
