// Runs in the stand-in's main process. Why it exists: the app must ask all windows to close when it quits, and windows
// must tell the app when the last is gone; with this list neither has to import the other.

/** The part of a window that quitting needs. */
export interface ClosableWindow {
  close(): void;
  destroy(): void;
}

const windows = new Set<ClosableWindow>();
let emptied: () => void = () => undefined;

export const windowList = {
  all: (): readonly ClosableWindow[] => [...windows],
  add(window: ClosableWindow): void {
    windows.add(window);
  },
  remove(window: ClosableWindow): void {
    if (windows.delete(window) && windows.size === 0) emptied();
  },
  /** The listener for the moment when the last window is gone. */
  onEmptied(listener: () => void): void {
    emptied = listener;
  },
};
