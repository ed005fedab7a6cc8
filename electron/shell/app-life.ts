/** How the app ends: by an orderly quit, or by a bug, after which it starts again. */
import { app, type BrowserWindow } from 'electron';
import type { Log } from '../base/log.ts';
import { startAgain } from './kiosk/start-again.ts';

/** Quitting waits for `close`, which has its own time limit. */
export function closeBeforeQuit(close: () => Promise<void>): void {
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}

/** A second start brings the window of the first to the front. The app ends with its last window. */
export function liveWithWindow(windowNow: () => BrowserWindow | null): void {
  app.on('second-instance', () => {
    const window = windowNow();
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
}

/**
 * A bug at the very start would come again at once. A pause keeps the machine usable for the person who must look at
 * it.
 */
const RESTART_PAUSE_MS = 10_000;

/** A bug ends the process, never the journal: a new process takes up what this one had under way. */
export function restartOnBug(log: Log): void {
  const restart = (error: unknown): void => {
    log.error({ error }, 'a bug; starting again');
    const pause = process.uptime() * 1_000 < RESTART_PAUSE_MS ? RESTART_PAUSE_MS : 0;
    setTimeout(() => {
      startAgain();
      app.exit(1);
    }, pause);
  };
  process.on('uncaughtException', restart);
  process.on('unhandledRejection', restart);
}
