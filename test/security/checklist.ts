/**
 * Electron's security checklist (docs/tutorial/security.md), by its numbers: what must be true of the app, and the
 * change to the source that switches it off. Each change must make its own check fail. 1-10, 13, 14, 17, 18 and 20 are
 * facts about the app at its start; 11, 12, 15, 16 and 19 are checked in the files that decide them.
 */
import type { Change, Facts } from './facts.ts';

export interface Item {
  readonly number: number;
  readonly name: string;
  readonly holds: (facts: Facts) => boolean;
  readonly switchedOff: readonly Change[];
}

const WINDOW = 'electron/shell/windows/page-window.ts';
const HARDENING = 'electron/shell/windows/hardening.ts';
const PROTOCOL = 'electron/shell/windows/app-protocol.ts';
const POLICY = 'electron/shell/windows/content-security-policy.ts';
const CUSTOMER = 'electron/customer-preload.ts';
const BRIDGE = 'electron/shell/ipc-bridge.ts';

const preferences = ({ windows }: Facts): readonly Readonly<Record<string, unknown>>[] =>
  windows.map((window) => window.preferences);
const everyWindow = (facts: Facts, rule: (preferences: Readonly<Record<string, unknown>>) => boolean): boolean =>
  facts.windows.length > 0 && preferences(facts).every(rule);
const without =
  (name: string) =>
  (facts: Facts): boolean =>
    everyWindow(facts, (preferences) => !preferences[name]);
const added = (line: string): Change => ({
  file: WINDOW,
  find: '      sandbox: true,',
  put: `      sandbox: true,\n      ${line}`,
});
const directive = ({ policy }: Facts, name: string): string | undefined =>
  policy
    ?.split('; ')
    .find((part) => part.startsWith(`${name} `))
    ?.slice(name.length + 1);

export const CHECKLIST: readonly Item[] = [
  {
    number: 1,
    name: 'loads its own files and nothing from a network',
    holds: ({ windows }) => windows.length > 0 && windows.every(({ url }) => url.startsWith('app://kiosk/')),
    switchedOff: [{ file: WINDOW, find: 'loadURL(`${APP_ORIGIN}${path}`)', put: "loadURL('https://pay.example/')" }],
  },
  {
    number: 2,
    name: 'gives no page Node',
    holds: (facts) =>
      everyWindow(
        facts,
        (set) =>
          set['nodeIntegration'] === false && !set['nodeIntegrationInWorker'] && !set['nodeIntegrationInSubFrames'],
      ),
    switchedOff: [
      { file: WINDOW, find: 'nodeIntegration: false', put: 'nodeIntegration: true' },
      added('nodeIntegrationInWorker: true,'),
      added('nodeIntegrationInSubFrames: true,'),
    ],
  },
  {
    number: 3,
    name: 'isolates the preload from the page',
    holds: (facts) => everyWindow(facts, (set) => set['contextIsolation'] === true),
    switchedOff: [{ file: WINDOW, find: 'contextIsolation: true', put: 'contextIsolation: false' }],
  },
  {
    number: 4,
    name: 'runs every page in the sandbox',
    holds: (facts) => facts.sandboxForAll && everyWindow(facts, (set) => set['sandbox'] === true),
    switchedOff: [
      { file: WINDOW, find: 'sandbox: true', put: 'sandbox: false' },
      { file: 'electron/main.ts', find: 'app.enableSandbox();', put: '' },
    ],
  },
  {
    number: 5,
    name: 'grants no permission, and no download',
    holds: ({ permissions, downloadKept }) =>
      downloadKept &&
      Object.values(permissions).every((answers) => answers !== null && answers.every((answer) => answer === false)),
    switchedOff: [
      { file: HARDENING, find: 'answer(false);', put: 'answer(true);' },
      { file: HARDENING, find: 'setPermissionCheckHandler(() => false)', put: 'setPermissionCheckHandler(() => true)' },
      {
        file: HARDENING,
        find: 'setDevicePermissionHandler(() => false)',
        put: 'setDevicePermissionHandler(() => true)',
      },
      {
        file: HARDENING,
        find: "defaultSession.on('will-download', (event) => {\n    event.preventDefault();",
        put: "defaultSession.on('will-download', () => {",
      },
      { file: 'electron/main.ts', find: 'denyPermissions();', put: '' },
    ],
  },
  {
    number: 6,
    name: 'keeps web security on',
    holds: (facts) => everyWindow(facts, (set) => set['webSecurity'] === true),
    switchedOff: [{ file: WINDOW, find: 'webSecurity: true', put: 'webSecurity: false' }],
  },
  {
    number: 7,
    name: 'has a content security policy without exceptions',
    holds: (facts) =>
      directive(facts, 'default-src') === "'none'" &&
      directive(facts, 'script-src') === "'self'" &&
      directive(facts, 'style-src') === "'self'" &&
      directive(facts, 'require-trusted-types-for') === "'script'" &&
      !/unsafe|\*|https?:|blob:/.test(facts.policy ?? '*'),
    switchedOff: [
      { file: POLICY, find: `"script-src 'self'"`, put: `"script-src 'self' 'unsafe-inline'"` },
      { file: POLICY, find: `"default-src 'none'"`, put: `"default-src 'self'"` },
      { file: PROTOCOL, find: `'content-security-policy': CONTENT_SECURITY_POLICY,`, put: '' },
    ],
  },
  {
    number: 8,
    name: 'takes nothing insecure into a secure page',
    holds: without('allowRunningInsecureContent'),
    switchedOff: [added('allowRunningInsecureContent: true,')],
  },
  {
    number: 9,
    name: 'has no experimental features',
    holds: without('experimentalFeatures'),
    switchedOff: [added('experimentalFeatures: true,')],
  },
  {
    number: 10,
    name: 'switches on no features of Blink',
    holds: without('enableBlinkFeatures'),
    switchedOff: [added("enableBlinkFeatures: 'CSSVariables',")],
  },
  {
    number: 12,
    name: 'embeds no browser',
    holds: (facts) => without('webviewTag')(facts) && facts.kept['will-attach-webview'] === true,
    switchedOff: [
      added('webviewTag: true,'),
      {
        file: HARDENING,
        find: "contents.on('will-attach-webview', (event) => {\n      event.preventDefault();",
        put: "contents.on('will-attach-webview', () => {",
      },
    ],
  },
  {
    number: 13,
    name: 'keeps every frame on its own page',
    holds: ({ kept, ownPageKept }) => Object.values(kept).every(Boolean) && !ownPageKept,
    switchedOff: [
      { file: HARDENING, find: 'return URL.canParse(url) && `', put: 'return true || `' },
      { file: HARDENING, find: "contents.on('will-frame-navigate', keepHere);", put: '' },
      { file: HARDENING, find: "contents.on('will-navigate', keepHere);", put: '' },
      { file: 'electron/main.ts', find: 'forbidLeaving();', put: '' },
    ],
  },
  {
    number: 14,
    name: 'opens no further window',
    holds: ({ windowOpen }) => JSON.stringify(windowOpen) === '{"action":"deny"}',
    switchedOff: [{ file: HARDENING, find: "action: 'deny'", put: "action: 'allow'" }],
  },
  {
    number: 17,
    name: 'answers its own page in its own window alone',
    holds: ({ senders: { own, ...strangers } }) =>
      own === 'answered' && Object.values(strangers).every((outcome) => outcome === 'refused'),
    switchedOff: [
      { file: BRIDGE, find: 'sender.id === window.webContents.id', put: 'true' },
      { file: BRIDGE, find: 'senderFrame.parent === null', put: 'true' },
      { file: BRIDGE, find: 'isOwn(senderFrame.url)', put: 'true' },
      { file: BRIDGE, find: "if (!isTrusted(event, windowNow())) throw new Error('refused');", put: '' },
    ],
  },
  {
    number: 18,
    name: 'serves its page by a scheme of its own, from a list of files',
    holds: ({ schemes, windows, strayFile }) =>
      schemes.length === 1 &&
      schemes.every(
        ({ scheme, privileges }) =>
          scheme === 'app' &&
          privileges['standard'] === true &&
          privileges['secure'] === true &&
          privileges['bypassCSP'] !== true,
      ) &&
      windows.every(({ url }) => !url.startsWith('file:')) &&
      strayFile === 404,
    switchedOff: [
      { file: WINDOW, find: 'loadURL(`${APP_ORIGIN}${path}`)', put: "loadURL('file:///opt/kiosk/index.html')" },
      { file: PROTOCOL, find: 'standard: true', put: 'standard: true, bypassCSP: true' },
      {
        file: PROTOCOL,
        find: "if (body === undefined) return new Response('not found', { status: 404 });",
        put: "if (body === undefined) return new Response('x');",
      },
    ],
  },
  {
    number: 20,
    name: 'gives the till’s page two functions, the customer’s one that only hears, and neither anything of Electron',
    holds: ({ exposed, strangerInvoked, listenerSaw, customerSaw }) =>
      JSON.stringify(exposed) === '{"kiosk":["invoke","subscribe"],"customer":["subscribe"]}' &&
      !strangerInvoked &&
      [listenerSaw, customerSaw].every((saw) => JSON.stringify(saw) === '["payload"]'),
    switchedOff: [
      {
        file: 'electron/preload.ts',
        find: "exposeInMainWorld('kiosk', bridge)",
        put: "exposeInMainWorld('kiosk', { ...bridge, ipcRenderer })",
      },
      { file: 'electron/preload.ts', find: 'FACEPAY_COMMANDS.includes(name)', put: 'true' },
      {
        file: 'electron/preload.ts',
        find: 'if (said === name) listener(payload);',
        put: 'if (said === name) listener(payload, _event);',
      },
      {
        file: CUSTOMER,
        find: "exposeInMainWorld('customer', bridge)",
        put: "exposeInMainWorld('customer', { ...bridge, ipcRenderer })",
      },
      { file: CUSTOMER, find: 'listener(shown);', put: 'listener(shown, _event);' },
    ],
  },
];
