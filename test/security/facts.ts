/**
 * Runs the app's real main.ts and preload.ts over an Electron that only records calls, and reports the resulting facts.
 * If its environment contains a change to one source file, it reports the facts of the app with that change: this
 * proves the checks of checklist.ts.
 */
import { commands, events } from '../../shared/contract/all.ts';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Change {
  /** From the project's root. */
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

export interface Facts {
  readonly schemes: readonly { readonly scheme: string; readonly privileges: Readonly<Record<string, boolean>> }[];
  readonly sandboxForAll: boolean;
  readonly windows: readonly { readonly url: string; readonly preferences: Readonly<Record<string, unknown>> }[];
  /** The answer of each permission handler to each permission; `null` if there is no handler. */
  readonly permissions: Readonly<Record<string, readonly unknown[] | null>>;
  readonly policy: string | null;
  readonly strayFile: number;
  /** Whether a page was kept from going to an address, by the event that asks. */
  readonly kept: Readonly<Record<string, boolean>>;
  /** Whether a download was refused, also one by the app's own page. */
  readonly downloadKept: boolean;
  readonly ownPageKept: boolean;
  readonly windowOpen: unknown;
  /** The result of a command, by its sender. */
  readonly senders: Readonly<Record<string, 'answered' | 'refused'>>;
  readonly exposed: Readonly<Record<string, readonly string[]>>;
  readonly strangerInvoked: boolean;
  readonly listenerSaw: readonly unknown[];
  readonly customerSaw: readonly unknown[];
  /** The menu bar that was set; `null` for none, a word if nothing was set. */
  readonly menu: unknown;
  /** Chromium's switches. */
  readonly switches: readonly string[];
}

const root = resolve(import.meta.dirname, '../..');
const changeText = process.env['FACEPAY_CHANGE'];
const change = changeText === undefined ? null : (JSON.parse(changeText) as Change);
const changedUrl = change === null ? null : pathToFileURL(resolve(root, change.file)).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? {
          url: new URL('./recorded-electron.ts', import.meta.url).href,
          shortCircuit: true,
          format: 'module-typescript',
        }
      : next(specifier, context),
  load: (url, context, next) =>
    change !== null && url === changedUrl
      ? { format: 'module-typescript', shortCircuit: true, source: changed(change) }
      : next(url, context),
});

function changed({ file, find, put }: Change): string {
  const source = readFileSync(resolve(root, file), 'utf8');
  const places = source.split(find).length - 1;
  if (places !== 1) throw new Error(`${JSON.stringify(find)} stands ${String(places)} times in ${file}`);
  return source.replace(find, () => put);
}

// The values that the bundler inserts for these names.
Object.assign(globalThis, {
  FACEPAY_BUILD: null,
  FACEPAY_BUILT_AT_MS: null,
  FACEPAY_COMMANDS: Object.keys(commands),
  FACEPAY_EVENTS: Object.keys(events),
});
const { app, ipcRenderer, recorded, RecordedContents } = await import('./recorded-electron.ts');
await import('../../electron/main.ts');
await import('../../electron/preload.ts');
await import('../../electron/customer-preload.ts');
app.becomeReady();
await new Promise((settle) => setImmediate(settle));
// The customer's window is opened after the till's page exists.
recorded.windows[0]?.webContents.emit('did-finish-load');
await new Promise((settle) => setImmediate(settle));

const PERMISSIONS = [
  'media',
  'geolocation',
  'notifications',
  'clipboard-read',
  'midi',
  'hid',
  'serial',
  'usb',
  'openExternal',
  'fullscreen',
];
const OWN = 'app://kiosk/index.html';
const CUSTOMER = 'app://kiosk/customer/index.html';
const AWAY = [
  'https://pay.example/',
  'http://127.0.0.1:8080/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'app://other/index.html',
  'data:text/html,x',
];

function answersOf(): Facts['permissions'] {
  const { request, check, device } = recorded.permission;
  const asked = (permission: string): unknown => {
    let answer: unknown = 'no answer';
    request?.(null, permission, (granted: unknown) => (answer = granted), { requestingUrl: OWN });
    return answer;
  };
  return {
    request: request ? PERMISSIONS.map(asked) : null,
    check: check ? PERMISSIONS.map((permission) => check(null, permission, OWN, {})) : null,
    device: device
      ? ['hid', 'serial', 'usb'].map((deviceType) => device({ deviceType, origin: OWN, device: {} }))
      : null,
  };
}

/** Whether the listeners of `event` keep a page from `url`. */
function isKept(contents: Pick<InstanceType<typeof RecordedContents>, 'emit'>, event: string, url: string): boolean {
  let prevented = false;
  contents.emit(event, { url, isMainFrame: true, preventDefault: () => (prevented = true) }, url);
  return prevented;
}

async function get(path: string): Promise<Response | null> {
  const answer = recorded.protocols.get('app')?.(new Request(`app://kiosk${path}`));
  return answer instanceof Response ? answer : answer instanceof Promise ? ((await answer) as Response) : null;
}

function sent(event: object): 'answered' | 'refused' {
  try {
    const handler = [...recorded.commands.values()][0];
    if (handler === undefined) return 'refused';
    handler(event, 'app.snapshot', {});
    return 'answered';
  } catch {
    // The bridge refuses a stranger by throwing, which Electron turns into a rejection in the page.
    return 'refused';
  }
}

const [window, customer] = recorded.windows;
const id = window?.webContents.id ?? 0;
const other = new RecordedContents();
app.emit('web-contents-created', {}, other);
const kiosk = recorded.exposed.get('kiosk') as
  | {
      invoke?: (name: string, input: unknown) => Promise<unknown>;
      subscribe?: (name: string, listener: (...args: unknown[]) => void) => void;
    }
  | undefined;
let listenerSaw: readonly unknown[] = [];
kiosk?.subscribe?.(
  'app.notice',
  (...args) => (listenerSaw = args.map((arg) => (arg === 'payload' ? arg : typeof arg))),
);
ipcRenderer.emit('kiosk:event', { sender: ipcRenderer }, 'app.notice', 'payload');
const heard = recorded.exposed.get('customer') as
  { subscribe?: (listener: (...args: unknown[]) => void) => void } | undefined;
let customerSaw: readonly unknown[] = [];
heard?.subscribe?.((...args) => (customerSaw = args.map((arg) => (arg === 'payload' ? arg : typeof arg))));
ipcRenderer.emit('customer:shown', { sender: ipcRenderer }, 'payload');
await kiosk?.invoke?.('shell.open', {}).catch(() => undefined);
const page = await get('/index.html');

const facts: Facts = {
  schemes: recorded.schemes,
  sandboxForAll: recorded.enabledSandboxBeforeReady,
  windows: recorded.windows.map(({ url, options }) => ({ url, preferences: options.webPreferences ?? {} })),
  permissions: answersOf(),
  policy: page?.headers.get('content-security-policy') ?? null,
  strayFile: (await get('/../../package.json'))?.status ?? 0,
  kept: Object.fromEntries(
    ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'].map((event) => [
      event,
      AWAY.every((url) => isKept(other, event, url)),
    ]),
  ),
  downloadKept: isKept(recorded.session, 'will-download', OWN),
  ownPageKept: isKept(other, 'will-navigate', OWN),
  windowOpen: other.windowOpen?.({ url: 'https://pay.example/' }) ?? null,
  senders: {
    own: sent({ sender: { id }, senderFrame: { url: OWN, parent: null } }),
    'another window': sent({ sender: { id: id + 100 }, senderFrame: { url: OWN, parent: null } }),
    'the customer’s window': sent({
      sender: { id: customer?.webContents.id ?? 0 },
      senderFrame: { url: CUSTOMER, parent: null },
    }),
    'the customer’s window, at the till’s page': sent({
      sender: { id: customer?.webContents.id ?? 0 },
      senderFrame: { url: OWN, parent: null },
    }),
    'a frame inside': sent({ sender: { id }, senderFrame: { url: OWN, parent: { url: OWN } } }),
    'another page': sent({ sender: { id }, senderFrame: { url: 'https://pay.example/', parent: null } }),
    'a frame that is gone': sent({ sender: { id }, senderFrame: null }),
  },
  exposed: Object.fromEntries([...recorded.exposed].map(([key, api]) => [key, Object.keys(api)])),
  strangerInvoked: recorded.invoked.some((args) => args.includes('shell.open')),
  listenerSaw,
  customerSaw,
  menu: recorded.menu,
  switches: recorded.switches,
};
process.stdout.write(`${JSON.stringify(facts)}\n`, () => process.exit(0));
