/**
 * The module that `import ... from 'electron'` finds in the process of facts.ts: it does nothing and records the calls.
 * It has only what the app uses; anything else is undefined, so the app then fails with an error.
 */
import { EventEmitter } from 'node:events';

type Answer = (...args: readonly unknown[]) => unknown;

export interface Recorded {
  enabledSandboxBeforeReady: boolean;
  ready: boolean;
  readonly schemes: { readonly scheme: string; readonly privileges: Readonly<Record<string, boolean>> }[];
  readonly protocols: Map<string, Answer>;
  readonly windows: RecordedWindow[];
  readonly permission: Partial<Record<'request' | 'check' | 'device' | 'display', Answer | null>>;
  readonly commands: Map<string, Answer>;
  readonly exposed: Map<string, Readonly<Record<string, unknown>>>;
  readonly invoked: (readonly unknown[])[];
  menu: unknown;
  readonly switches: string[];
  /** The events for the session's listeners. */
  readonly session: EventEmitter;
}

export const recorded: Recorded = {
  enabledSandboxBeforeReady: false,
  ready: false,
  schemes: [],
  protocols: new Map(),
  windows: [],
  permission: {},
  commands: new Map(),
  exposed: new Map(),
  invoked: [],
  menu: 'not said',
  switches: [],
  session: new EventEmitter(),
};

/** A page's side in main. The code that collects facts emits its events. */
export class RecordedContents extends EventEmitter {
  readonly id: number;
  windowOpen: Answer | null = null;
  static next = 1;

  constructor() {
    super();
    this.id = RecordedContents.next++;
  }
  setWindowOpenHandler(handler: Answer): void {
    this.windowOpen = handler;
  }
  send(): void {
    // Messages from main to the page are not examined here.
  }
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }
  reload(): void {
    throw new Error('nothing went away');
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new RecordedContents();
  readonly options: WindowOptions;
  url = '';

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    recorded.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL(url: string): Promise<void> {
    this.url = url;
    return Promise.resolve();
  }
  getBounds(): typeof FIRST_DISPLAY {
    return FIRST_DISPLAY;
  }
  show(): void {
    throw new Error('there is no page to show');
  }
  isDestroyed(): boolean {
    return false;
  }
}

const FIRST_DISPLAY = { x: 0, y: 0, width: 1280, height: 800 };
const SECOND_DISPLAY = { x: 1280, y: 0, width: 1024, height: 600 };

interface WindowOptions {
  readonly webPreferences?: Readonly<Record<string, unknown>>;
}
export type RecordedWindow = InstanceType<typeof BrowserWindow>;

class App extends EventEmitter {
  readonly commandLine = { appendSwitch: (name: string): void => void recorded.switches.push(name) };
  #tellReady: () => void = () => undefined;
  readonly #ready = new Promise<void>((resolve) => {
    this.#tellReady = resolve;
  });
  enableSandbox(): void {
    recorded.enabledSandboxBeforeReady = !recorded.ready;
  }
  /** As Electron does it: after everything at the top of main.ts has run. */
  becomeReady(): void {
    recorded.ready = true;
    this.#tellReady();
  }
  whenReady(): Promise<void> {
    return this.#ready;
  }
  requestSingleInstanceLock(): boolean {
    return true;
  }
  getVersion(): string {
    return '0.0.0';
  }
  setPath(): void {
    // The profile is already a folder of the test's own.
  }
  getPath(): string {
    return process.env['FACEPAY_PROFILE'] ?? '';
  }
  quit(): void {
    throw new Error('the app gave up');
  }
  setAsDefaultProtocolClient(): boolean {
    return true;
  }
}
export const app = new App();

export const protocol = {
  registerSchemesAsPrivileged(schemes: Recorded['schemes']): void {
    recorded.schemes.push(...schemes);
  },
  handle(scheme: string, handler: Answer): void {
    recorded.protocols.set(scheme, handler);
  },
};

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: Answer | null): void => void (recorded.permission.request = handler),
    setPermissionCheckHandler: (handler: Answer | null): void => void (recorded.permission.check = handler),
    setDevicePermissionHandler: (handler: Answer | null): void => void (recorded.permission.device = handler),
    setDisplayMediaRequestHandler: (handler: Answer | null): void => void (recorded.permission.display = handler),
    on: (event: string, listener: Answer): void => void recorded.session.on(event, listener),
  },
};

export const ipcMain = {
  handle(channel: string, handler: Answer): void {
    recorded.commands.set(channel, handler);
  },
};

export const contextBridge = {
  exposeInMainWorld(key: string, api: Readonly<Record<string, unknown>>): void {
    recorded.exposed.set(key, api);
  },
};

class IpcRenderer extends EventEmitter {
  invoke(...args: readonly unknown[]): Promise<unknown> {
    recorded.invoked.push(args);
    return Promise.resolve(null);
  }
}
export const ipcRenderer = new IpcRenderer();

export const Menu = { setApplicationMenu: (menu: unknown): void => void (recorded.menu = menu) };
export const nativeTheme = { themeSource: 'system' };
export const powerMonitor = new EventEmitter();
export const powerSaveBlocker = { start: (): number => 1 };
export const dialog = {};
export const screen = Object.assign(new EventEmitter(), {
  getAllDisplays: (): unknown[] => [FIRST_DISPLAY, SECOND_DISPLAY].map((bounds, id) => ({ id, bounds })),
  getPrimaryDisplay: (): unknown => ({}),
});
export const safeStorage = {
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(false),
  getSelectedStorageBackend: (): string => 'basic_text',
};
