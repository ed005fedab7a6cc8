// Runs in the stand-in's main process. Why it exists: the parts of Electron whose effect only an operating system could
// show. They keep the state that their own getters return, and record the calls.
import type * as Electron from 'electron';
import { readiness } from '../base/readiness.ts';
import { record } from '../base/records.ts';
import { StrictEmitter, strict } from '../base/strict.ts';

let menu: Electron.Menu | null = null;

/** `Menu`. */
export const Menu: Pick<typeof Electron.Menu, 'setApplicationMenu' | 'getApplicationMenu'> = strict('Menu', {
  setApplicationMenu(next: Electron.Menu | null): void {
    menu = next;
    record('Menu.setApplicationMenu', next);
  },
  getApplicationMenu: () => menu,
});

const blockers = new Set<number>();
let lastBlocker = 0;

/** `powerSaveBlocker`. */
export const powerSaveBlocker: Pick<Electron.PowerSaveBlocker, 'start' | 'stop' | 'isStarted'> = strict(
  'powerSaveBlocker',
  {
    start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number {
      record('powerSaveBlocker.start', type);
      blockers.add(++lastBlocker);
      return lastBlocker;
    },
    stop(id: number): boolean {
      record('powerSaveBlocker.stop', id);
      return blockers.delete(id);
    },
    isStarted: (id: number) => blockers.has(id),
  },
);

/** `powerMonitor`: nothing here ever sleeps, so it stays silent. */
export const powerMonitor = new StrictEmitter('powerMonitor', [
  'suspend',
  'resume',
  'shutdown',
  'lock-screen',
  'unlock-screen',
  'on-ac',
  'on-battery',
]);

const shortcuts = new Set<string>();

/** `globalShortcut`. */
export const globalShortcut: Pick<
  Electron.GlobalShortcut,
  'register' | 'registerAll' | 'isRegistered' | 'unregister' | 'unregisterAll'
> = strict('globalShortcut', {
  register(accelerator: string): boolean {
    readiness.require('globalShortcut cannot be used before the app is ready');
    record('globalShortcut.register', accelerator);
    shortcuts.add(accelerator);
    return true;
  },
  registerAll(accelerators: string[]): void {
    for (const accelerator of accelerators) globalShortcut.register(accelerator, () => undefined);
  },
  isRegistered: (accelerator: string) => shortcuts.has(accelerator),
  unregister: (accelerator: string) => void shortcuts.delete(accelerator),
  unregisterAll: () => shortcuts.clear(),
});

/** `crashReporter`. */
export const crashReporter: Pick<Electron.CrashReporter, 'start'> = strict('crashReporter', {
  start: (options: Electron.CrashReporterStartOptions) => record('crashReporter.start', options),
});

/** `shell`: this app opens nothing outside itself. */
export const shell: Pick<Electron.Shell, 'openExternal'> = strict('shell', {
  openExternal(url: string): Promise<void> {
    throw new Error(`the stand-in refuses shell.openExternal("${url}"): a kiosk opens nothing outside itself`);
  },
});
