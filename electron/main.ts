/** The app's entry in Electron's main process. Reads as a list: claim, lock, open, connect, show. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { app, powerMonitor, powerSaveBlocker, type BrowserWindow } from 'electron';
import type { Notice } from '../shared/ipc.ts';
import { noterApart } from './app/audit-trail.ts';
import type { Role } from '../shared/roles.ts';
import type { Language } from '../shared/settings.ts';
import { createCustomerDesk } from './app/customer-desk.ts';
import { dispatch, noteOnceOpen } from './app/dispatch.ts';
import { trailsInThread } from './app/exports/trails.ts';
import { createHandlers } from './app/handlers.ts';
import { heldNow } from './app/kiosk-handlers.ts';
import { linkedOrder, viewFor } from './app/orders-desk.ts';
import { checkInThread } from './app/journal-check.ts';
import { defaultProfileFolder, profileIn } from './app/profile.ts';
import { signedAsPacked } from './app/packed-facts.ts';
import { createProvisionDesk } from './app/provision-desk.ts';
import { fleetKeyIn, listFolder, provisionPlaces, removableRoots } from './app/provision-places.ts';
import { runTerminal, type RunningTerminal } from './app/running-terminal.ts';
import { createSetupDesk } from './app/setup-desk.ts';
import { setupPins } from './app/setup-pins.ts';
import { isFresh as isFreshTerminal } from './app/setup-state.ts';
import type { SelfTestDesk } from './app/self-test-handlers.ts';
import { hostCheck } from './app/self-test/host-check.ts';
import { readTrailWith } from './app/self-test/journal-thread.ts';
import { selfTestDesk } from './app/self-test/self-test-desk.ts';
import { practiceTarget } from './app/self-test/target.ts';
import { settingsStore, type SettingsStore } from './app/settings-store.ts';
import { createStaffDesk } from './app/staff-desk.ts';
import { surroundingsOf, wireUpdates } from './app/updates-wiring.ts';
import { systemClock } from './base/clock.ts';
import { fileLog } from './base/log.ts';
import { openServices } from './services.ts';
import { claimAppScheme, serveApp } from './shell/app-protocol.ts';
import { closeBeforeQuit, restartOnBug } from './shell/app-life.ts';
import { keepCustomerScreen, type CustomerScreen } from './shell/customer-window.ts';
import { denyPermissions, forbidLeaving, removeMenu } from './shell/hardening.ts';
import { fileDialogs } from './shell/file-dialogs.ts';
import { hostOf } from './shell/host.ts';
import { answerCommands, tellScreen } from './shell/ipc-bridge.ts';
import { pickFiles } from './shell/file-picker.ts';
import { systemKeyStore } from './shell/key-store.ts';
import { forbidZoom } from './shell/kiosk-lock.ts';
import { guardKiosk, leaveKiosk } from './shell/kiosk.ts';
import { openKioskWindow } from './shell/kiosk-window.ts';
import type { ScreenWatch } from './shell/screen-watch.ts';
import { pagePrinter } from './shell/page-printer.ts';
import { claimOrderLinks, hearOrderLinks } from './shell/order-links.ts';
import { printPage } from './shell/printing.ts';
import { hearInstaller, isInstallersWish } from './shell/quit-for-update.ts';
import { stayAwake, type StayAwake } from './shell/stay-awake.ts';
import { thisBuild } from './shell/this-build.ts';
import type { Surroundings } from './updates/update-settings.ts';

/** How long quitting waits for a call that is out. What it said is asked for again at the next start. */
const QUIT_WITHIN_MS = 3_000;

const bundleFolder = join(import.meta.dirname, '..');
const profile = profileIn(defaultProfileFolder(process.env, homedir()));
const host = hostOf(process.versions);
const log = fileLog(profile.logs);
const clock = systemClock();
const isWindowed = process.env['FACEPAY_WINDOWED'] === '1';
const notices = new Map<Notice['code'], Notice>();
let window: BrowserWindow | null = null;
let screenWatch: ScreenWatch | null = null;
let awake: StayAwake | null = null;
let customerScreen: CustomerScreen | null = null;
const customer = createCustomerDesk(clock, (shown) => {
  customerScreen?.show(shown);
});
/** The page has loaded, so it listens. */
const screenIsThere = Promise.withResolvers<undefined>();

claimAppScheme();
app.enableSandbox();
mkdirSync(profile.chromium, { recursive: true });
app.setPath('userData', profile.chromium);
if (app.requestSingleInstanceLock() && !isInstallersWish(process.argv)) start();
else app.quit();

function start(): void {
  restartOnBug(log);
  forbidLeaving();
  forbidZoom();
  const passphrase = process.env['FACEPAY_PASSPHRASE'] ?? '';
  const box = systemKeyStore(log);
  const store = settingsStore(profile, passphrase, box);
  const pins = setupPins(profile);
  let atScreen: Role = 'cashier';
  const noteApart = noterApart(profile, store, clock);
  const staff = createStaffDesk({
    profile,
    store,
    clock,
    note: (actor, act, outcome, about) => {
      noteOnceOpen({ opening: running.opening, log, noteApart }, actor, act, outcome, about);
    },
    onChange: (view) => {
      // The secrets of a set-up under way go with whoever gave them.
      if (atScreen === 'technician' && view.role !== 'technician') void setup['setup.discard']({}, staff.caller());
      atScreen = view.role;
      tellScreen(window, 'staff.changed', view);
    },
  });
  let opened = false;
  let started = false;
  // Cancels under way go on whether or not there is a window yet.
  const running = runTerminal({
    open: () => {
      // What was said of the terminal before is not true of this one.
      notices.clear();
      customer.closed();
      if (opened) tellScreen(window, 'app.reopened', null);
      opened = true;
      return openServices({
        profile,
        store,
        clock,
        log,
        checkApart: checkInThread(profile, join(import.meta.dirname, 'journal-check-worker.js'), log),
        onChange: (stored) => {
          const view = viewFor({ clock }, stored, staff.caller().role);
          tellScreen(window, 'order.changed', view);
          customer.tookOrder(view);
          awake?.tookOrder(view);
        },
        onStage: (stage) => {
          tellScreen(window, 'payment.stage', stage);
          customer.tookStage(stage);
        },
        onNotice: said,
      });
    },
    begin: ({ audit, engine, pos, environment }) => {
      if (!started) {
        audit.byApp('app-started', app.getVersion());
        if (staff.crew.setAside !== null) audit.byApp('crew-set-aside', staff.crew.setAside);
      }
      started = true;
      customer.opened(environment === 'practice');
      engine.start();
      void pos.start();
    },
    closeWithinMs: QUIT_WITHIN_MS,
    log,
  });
  const setupParts = { profile, store, clock, log, box, passphraseGiven: passphrase !== '', running, pins };
  const provision = createProvisionDesk({
    ...setupParts,
    places: () => provisionPlaces(appFolder(), profile.folder, removableRoots(process.platform, listFolder)),
    fleetKeyPem: () => fleetKeyIn([appFolder(), profile.folder].filter((folder) => folder !== null)),
    hostName: hostname(),
  });
  const setup = createSetupDesk(setupParts, (what) => pickFiles(window, what, languageOf(store)), provision);
  const signed = signedAsPacked(manifestBeside(bundleFolder), process.platform);
  const identity = { version: app.getVersion(), build: thisBuild, host, ...(signed === undefined ? {} : { signed }) };
  const selfTest = selfTestOf(store, running);
  const windowNow = (): BrowserWindow | null => window;
  const updates = wireUpdates({ profile, clock, log, running, staff, selfTest, host, app, appFolder: appFolder(), surroundings: broughtAlong(), screenIsThere: screenIsThere.promise });
  const handlers = createHandlers({
    app: identity,
    notices: () => [...notices.values()],
    exports: {
      desk: { files: fileDialogs(windowNow), printer: pagePrinter(windowNow, log) },
      profile,
      store,
      clock,
      app: identity,
      opening: () => running.opening,
      selfTest: () => Promise.resolve(selfTest.last()),
      trails: trailsInThread(profile, join(import.meta.dirname, 'trail-worker.js')),
    },
    staff,
    setup,
    selfTest,
    updates,
    kiosk: {
      held: () => heldNow(running.opening),
      note: (caller, outcome, how) => {
        noteOnceOpen({ opening: running.opening, log, noteApart }, caller, 'kiosk-left', outcome, how);
      },
      leave: (how) => {
        leaveKiosk(window, how);
      },
      alive: () => {
        screenWatch?.alive();
      },
    },
  });
  const isFresh = (): boolean => isFreshTerminal({ store, pins });
  answerCommands(
    () => window,
    (name, input) => dispatch({ handlers, opening: running.opening, isFresh, log, noteApart }, staff.caller(), name, input),
  );
  void provision.atStart();
  void updates.start();
  powerMonitor.on('resume', () => {
    staff.signOut('slept');
    void running.opening.then((now) => {
      if (now.ok) now.value.engine.wake();
    });
  });
  closeBeforeQuit(async () => {
    updates.close();
    const last = await running.opening;
    if (last.ok) last.value.audit.byApp('app-stopped', app.getVersion());
    await running.close();
  });
  hearInstaller(() => heldNow(running.opening), log);
  hearOrderLinks(process.argv, log, (number) => void showLinked(running, () => staff.caller().role, number));
  void app.whenReady().then(() => {
    show(running);
    const settings = store.settings();
    if (settings.ok && settings.value.terminal.customerDisplay === 'off') return;
    void screenIsThere.promise.then(() => {
      openCustomerScreen();
    });
  });
}

function said(notice: Notice): void {
  if (notice.on) notices.set(notice.code, notice);
  else notices.delete(notice.code);
  tellScreen(window, 'app.notice', notice);
}

/** Where the installed app is, as whoever installs it sees it; `null` where it runs from its sources. */
function appFolder(): string | null {
  if (!app.isPackaged) return null;
  const program = process.env['APPIMAGE'] ?? process.execPath;
  return process.platform === 'darwin' ? resolve(program, '../../../..') : dirname(program);
}

/** Where the key and the address of updates may lie that came with the app. */
function broughtAlong(): Surroundings {
  return surroundingsOf(appFolder(), profile, app.isPackaged ? process.resourcesPath : null);
}

function languageOf(store: SettingsStore): Language {
  const settings = store.settings();
  return settings.ok ? settings.value.terminal.language : 'zh-CN';
}

/** A link opens nothing where a technician has not let till software in. */
async function showLinked(running: RunningTerminal, roleNow: () => Role, number: string): Promise<void> {
  const [opened] = await Promise.all([running.opening, screenIsThere.promise]);
  if (!opened.ok) return;
  const { value: services } = opened;
  if (!services.pos.status().enabled) {
    log.warn({}, 'a link to an order came while till software may not connect');
    return;
  }
  tellScreen(window, 'app.open-order', linkedOrder(services, number, roleNow()));
}

function selfTestOf(store: SettingsStore, running: RunningTerminal): SelfTestDesk {
  return selfTestDesk({
    profile,
    store,
    clock,
    log,
    version: app.getVersion(),
    host: hostCheck(host, process.versions.node),
    surroundings: broughtAlong(),
    readTrail: readTrailWith(join(import.meta.dirname, 'journal-worker.js')),
    practice: async () => {
      const opened = await running.opening;
      return opened.ok ? practiceTarget(opened.value) : null;
    },
    onLine: (line) => {
      tellScreen(window, 'self-test.line', line);
    },
    note: (caller, outcome) => {
      noteOnceOpen({ opening: running.opening, log }, caller, 'self-test-run', outcome, null);
    },
    print: (onto) => printPage(window, onto, `facepay-self-test-${new Date(clock.read().wallMs).toISOString().slice(0, 10)}.pdf`),
  });
}

function show(running: RunningTerminal): void {
  claimOrderLinks();
  removeMenu();
  denyPermissions();
  serveApp(join(bundleFolder, 'renderer'));
  awake = stayAwake(powerSaveBlocker, () => window);
  window = openKioskWindow(bundleFolder, isWindowed);
  screenWatch = guardKiosk(window, isWindowed, { isFree: async () => (await heldNow(running.opening)) === null, clock, log });
  window.webContents.once('did-finish-load', () => {
    screenIsThere.resolve(undefined);
  });
  window.on('closed', () => {
    window = null;
  });
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
}

/** After the till's own screen, which must not wait for it. */
function openCustomerScreen(): void {
  if (window === null) return;
  customerScreen = keepCustomerScreen({ till: window, bundleFolder, windowed: isWindowed, shownNow: () => customer.now(), clock, log });
}

/** The app's package.json as it was packed; `null` where there is none beside the bundles. */
function manifestBeside(bundles: string): string | null {
  const file = join(bundles, '../package.json');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
