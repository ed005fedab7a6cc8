// Runs in the stand-in's main process. Why it exists: the event objects that come with a navigation or an IPC message.
import type * as Electron from 'electron';
import type { FrameDocument } from './frames.ts';
import { StandInEvent, strictAs } from '../base/strict.ts';

/** The event that will-navigate, will-frame-navigate and will-redirect pass to their listeners. */
export class NavigationEvent extends StandInEvent {
  readonly url: string;
  readonly isMainFrame: boolean;
  readonly frame: Electron.WebFrameMain | null;
  readonly isSameDocument = false;
  readonly initiator = null;

  constructor(url: string, isMainFrame: boolean, frame: Electron.WebFrameMain | null) {
    super();
    this.url = url;
    this.isMainFrame = isMainFrame;
    this.frame = frame;
  }
}

/** The event of a message from a frame, for ipcMain.on and ipcMain.handle. */
export type IpcEvent = Electron.IpcMainEvent & Electron.IpcMainInvokeEvent;

/** Makes the event of a message; `senderFrame` becomes null once that document is gone, as in Electron. */
export function ipcEvent(sender: Electron.WebContents, frame: FrameDocument): IpcEvent {
  const event = new StandInEvent();
  return strictAs<IpcEvent>('ipcMain event', {
    type: 'frame',
    sender,
    get senderFrame() {
      return frame.isAlive() ? frame.view : null;
    },
    frameId: frame.number,
    processId: 1,
    preventDefault: () => event.preventDefault(),
    get defaultPrevented() {
      return event.defaultPrevented;
    },
  });
}
