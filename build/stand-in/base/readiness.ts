// Runs in the stand-in's main process. Why it exists: half of Electron may only be used after `ready` and some only
// before it; every module asks here and needs no import of the app itself.

let ready = false;

/** Whether app has emitted `ready`. */
export const readiness = {
  isReady: (): boolean => ready,
  /** Called once, by the app, just before it emits `ready`. */
  becomeReady(): void {
    ready = true;
  },
  /** Throws as Electron does when something is used too early. */
  require(message: string): void {
    if (!ready) throw new Error(message);
  },
};
