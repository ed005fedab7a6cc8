// Runs in the stand-in's main process. Why it exists: it finds the machine's Chromium and runs it as a kiosk's renderer
// should be: no network, no first-run pages, no background services. Tests give it a running Chromium, in which it gets
// a browser context of its own.
import { existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_DISPLAY, settings } from '../base/settings.ts';
import { playwrightPage, type RunningBrowser } from './browser-page.ts';
import { joinBrowser, type Look } from './joined-browser.ts';

/** The usual places of browsers of Chromium's family. */
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * The features that Chromium switches off. These are all that Playwright switches off, because only the last of two
 * such switches counts. Another is the suggestions below an address bar that nobody sees: each new window loads two
 * pages for them, which cost more than the app's own.
 */
const FEATURES_OFF = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

/** The switch for it. */
export const LESS_OF_CHROMIUM = `--disable-features=${FEATURES_OFF.join(',')}`;

/** Any free port, which Chromium writes into its profile. */
export const DEVTOOLS_PORT = '--remote-debugging-port=0';
const PORT_FILE = 'DevToolsActivePort';
const PATIENCE_MS = 30_000;

/** The path of a Chromium, Chrome or Edge on this machine, or null. CHROMIUM_PATH goes first. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return named;
  return USUAL_PLACES.find((place) => existsSync(place)) ?? null;
}

/** Chromium's own sandbox cannot start as root; anywhere else it stays on. */
export const hasSandbox = (): boolean => process.getuid?.() !== 0 && process.env['STANDIN_NO_SANDBOX'] !== '1';

/**
 * Starts Chromium with a profile of its own below `userData`, or joins the one that tests share. `switches` are the
 * app's own. They apply to Chromium as a whole, not to a context: an app whose switches differ from the shared one's
 * does not join.
 */
export async function startBrowser(userData: string, switches: ReadonlyMap<string, string>): Promise<RunningBrowser> {
  const shared = settings.headed ? null : settings.sharedChromium;
  const given = appArguments(switches).toSorted().join(' ');
  return shared?.switches.toSorted().join(' ') === given
    ? joinBrowser(shared.endpoint, lookOf(switches))
    : launchBrowser(userData, switches);
}

async function launchBrowser(userData: string, switches: ReadonlyMap<string, string>): Promise<RunningBrowser> {
  const executablePath = findChromium();
  if (executablePath === null) {
    throw new Error('no Chromium found: install one (apt-get install chromium), or name it in CHROMIUM_PATH');
  }
  const profile = path.join(userData, 'standin-chromium');
  await waitForPredecessor(profile);
  prepareProfile(profile);
  const { chromium } = await import('playwright-core');
  const { viewport, locale } = lookOf(switches);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: !settings.headed,
    chromiumSandbox: hasSandbox(),
    // The app decides what a signal does.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    viewport: settings.headed ? null : viewport,
    locale,
    colorScheme: settings.colorScheme,
    reducedMotion: settings.reducedMotion ? 'reduce' : 'no-preference',
    serviceWorkers: 'block',
    acceptDownloads: false,
    args: [
      ...browserArguments(appArguments(switches)),
      ...(settings.control ? [DEVTOOLS_PORT] : []),
      // A window without tabs, and without the bar that warns about the switches above.
      ...(settings.headed ? ['--app=data:text/html,<title>Kiosk</title>', '--test-type'] : []),
    ],
    // Playwright's banner about automation belongs in no kiosk window.
    ignoreDefaultArgs: settings.headed ? ['--enable-automation'] : [],
  });
  const browser = context.browser();
  if (browser === null) throw new Error('Chromium started without a browser to talk to');
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  const first = context.pages()[0];
  const spare = first === undefined ? [] : [first];
  return {
    cdp,
    pid: processInfo.find(({ type }) => type === 'browser')?.id ?? 0,
    contextId: null,
    endpoint: settings.control ? await endpointOf(profile) : null,
    blankPage: async () => playwrightPage(spare.pop() ?? (await context.newPage())),
    personPage: () => context.newPage(),
    onGone: (gone) => void context.on('close', gone),
    close: () => context.close(),
  };
}

const lookOf = (switches: ReadonlyMap<string, string>): Look => ({
  viewport: settings.viewport ?? DEFAULT_DISPLAY,
  locale: switches.get('lang') ?? settings.locale,
});

function appArguments(switches: ReadonlyMap<string, string>): string[] {
  return [...switches].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
}

/** The switches of a kiosk's Chromium; `ofApp` are the app's own switches, as arguments. */
export function browserArguments(ofApp: readonly string[]): string[] {
  return [
    ...ofApp,
    // The app answers every request. Requests that miss this (a WebSocket, a favicon) find no host at all.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // One process for the page and its subframes, so that one DevTools session sees them all.
    '--disable-site-isolation-trials',
    '--touch-events=enabled',
    LESS_OF_CHROMIUM,
  ];
}

/** Removes what an earlier run left, and the browser offers that no kiosk makes. */
function prepareProfile(profile: string): void {
  rmSync(path.join(profile, PORT_FILE), { force: true });
  const preferences = path.join(profile, 'Default', 'Preferences');
  if (existsSync(preferences)) return;
  mkdirSync(path.dirname(preferences), { recursive: true });
  writeFileSync(preferences, JSON.stringify({ translate: { enabled: false } }));
}

/**
 * The port on which Chromium listens. It writes the port into its profile soon after the start. Throws if it does not.
 */
export async function endpointOf(profile: string): Promise<string> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const [, port] = /^(\d+)\n/.exec(readIfThere(path.join(profile, PORT_FILE))) ?? [];
    if (port !== undefined) return `http://127.0.0.1:${port}`;
    await sleep(20);
  }
  throw new Error(`Chromium opened no DevTools port (${PORT_FILE} is missing)`);
}

/**
 * After a kill -9 the old Chromium needs a moment to notice. A new one started meanwhile would join the old one and
 * exit.
 */
async function waitForPredecessor(profile: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (isRunning(profile)) {
    if (Date.now() > deadline) throw new Error(`another Chromium still uses ${profile}`);
    await sleep(50);
  }
}

/**
 * Asks Linux's list of processes, since a lock may be left over and its process id may now belong to another process.
 */
function isRunning(profile: string): boolean {
  try {
    const owner = /-(\d+)$/.exec(readlinkSync(path.join(profile, 'SingletonLock')))?.[1];
    return owner !== undefined && readIfThere(`/proc/${owner}/cmdline`).includes(profile);
  } catch {
    // No lock, so nobody holds it.
    return false;
  }
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
