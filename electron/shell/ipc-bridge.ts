/** The contract over Electron's IPC. One channel in, one out. Every sender is checked before anything else is read. */
import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import type { EventName, EventPayload } from '../../shared/ipc.ts';
import { COMMAND_CHANNEL, EVENT_CHANNEL } from '../../shared/ipc-channels.ts';
import { isOwn } from './windows/hardening.ts';

/** What the check needs to know of the window. */
interface OwnWindow {
  readonly webContents: { readonly id: number };
}

type Run = (name: unknown, input: unknown) => Promise<unknown>;

/** Answers commands only from the main frame of `window`'s own page (advice 17). */
export function answerCommands(windowNow: () => OwnWindow | null, run: Run): void {
  ipcMain.handle(COMMAND_CHANNEL, (event, name: unknown, input: unknown) => {
    if (!isTrusted(event, windowNow())) throw new Error('refused');
    return run(name, input);
  });
}

function isTrusted({ sender, senderFrame }: IpcMainInvokeEvent, window: OwnWindow | null): boolean {
  return (
    window !== null &&
    sender.id === window.webContents.id &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    isOwn(senderFrame.url)
  );
}

/** Sends to the screen. Without a window nothing is sent: a new window requests everything when it opens. */
export function sendToRenderer<Name extends EventName>(
  window: BrowserWindow | null,
  name: Name,
  payload: EventPayload<Name>,
): void {
  if (window === null || window.isDestroyed()) return;
  window.webContents.send(EVENT_CHANNEL, name, payload);
}
