// Runs in the stand-in's main process. Why it exists: file descriptor 3 is the connection to the launcher. It reports
// where the pages are and takes orders. When it ends, the launcher is dead and this process is no longer needed.
import { Socket } from 'node:net';
import { settings } from './settings.ts';

/** The messages to the launcher. */
export type ToLauncher =
  /** Chromium runs: a process of main's own, or a browser context in one that is shared. */
  | {
      readonly kind: 'browser';
      readonly pid: number | null;
      readonly contextId: string | null;
      readonly endpoint: string;
    }
  /** A window shows a page (again, after a crash); `window` counts from 1. */
  | { readonly kind: 'page'; readonly window: number; readonly targetId: string }
  /** The window's page has loaded, or failed to. */
  | { readonly kind: 'loaded'; readonly window: number };

/** The answer for the next dialog of its kind. */
export interface DialogAnswer {
  /** showOpenDialog: the chosen files; an empty list means cancelled. */
  readonly open?: readonly string[];
  /** showSaveDialog: the chosen path; an empty text means cancelled. */
  readonly save?: string;
  /** showMessageBox: the index of the pressed button. */
  readonly press?: number;
}

/** The messages from the launcher. */
export type FromLauncher =
  | { readonly kind: 'quit' }
  | { readonly kind: 'open-url'; readonly url: string }
  | { readonly kind: 'dialog'; readonly answer: DialogAnswer };

const socket = settings.control ? new Socket({ fd: 3 }) : null;

/** Sends a message to the launcher, if there is one. */
export function tellLauncher(message: ToLauncher): void {
  socket?.write(`${JSON.stringify(message)}\n`);
}

/**
 * Listens to the launcher's orders, and ends this process when the launcher, or the process that holds stdin, is gone.
 */
export function followLauncher(obey: (message: FromLauncher) => void): void {
  if (socket === null) return;
  let rest = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      // The launcher is this stand-in's other half.
      obey(JSON.parse(line) as FromLauncher);
    }
  });
  // Chromium ends with this process: its DevTools pipe closes.
  const orphaned = (): never => process.exit(1);
  socket.on('end', orphaned).on('error', orphaned);
  process.stdin.on('end', orphaned).on('error', orphaned).resume();
}
