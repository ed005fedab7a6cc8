/** The app's entry in Electron's main process. Reads as a list: claim, lock, open, connect, show. */
import { mkdirSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { app, powerMonitor, powerSaveBlocker, type BrowserWindow } from 'electron';
import type { Role } from '../shared/role.ts';
import { noterApart } from './app/audit/audit-trail.ts';
import { isDisplayUsed } from './app/customer/customer-display-handlers.ts';
import { createCustomerDesk } from './app/customer/customer-desk.ts';
import { dispatch, noteOnceOpen } from './app/dispatch.ts';
import type { Note } from './app/core/handler.ts';
import { trailsInThread } from './app/audit/audit-report-port.ts';
import { createHandlers } from './app/command-table.ts';
import { heldNow, type Held } from './app/kiosk/kiosk-handlers.ts';
import { linkedOrder } from './app/pos/linked-order.ts';
import { noticeBoard } from './app/notices/notice-board.ts';
import { defaultProfileFolder, profileIn } from './app/settings/profile.ts';
import { signedAsPacked } from './app/core/packed-facts.ts';
import { createProvisionDesk } from './app/setup/provision-desk.ts';
import { fleetKeyIn, listFolder, provisionPlaces, removableRoots } from './app/setup/provision-places.ts';
import { screenTeller } from './app/core/screen-teller.ts';
import { createSetupDesk } from './app/setup/setup-desk.ts';
import { setupPins } from './app/setup/setup-pins.ts';
import { isFresh as isFreshTerminal } from './app/setup/setup-state.ts';
import { wireSelfTest } from './app/self-test/self-test-wiring.ts';
import { languageNow, settingsStore } from './app/settings/settings-store.ts';
import { createStaffDesk } from './app/staff/staff-desk.ts';
import { sayStaffNotices } from './app/staff/staff-notices.ts';
import { terminalAtScreen } from './app/terminal-at-screen.ts';
import { surroundingsOf, wireUpdates } from './app/updates/updates-wiring.ts';
import { systemClock } from './base/clock.ts';
import { fileLog } from './base/log.ts';
import { claimAppScheme, serveApp } from './shell/app-protocol.ts';
import { closeBeforeQuit, liveWithWindow, restartOnBug } from './shell/app-life.ts';
import { keepCustomerScreen, type CustomerScreen } from './shell/customer-window.ts';
import { denyPermissions, forbidLeaving, removeMenu } from './shell/hardening.ts';
import { fileDialogs } from './shell/file-dialogs.ts';
import { hostOf } from './shell/host.ts';
import { installedPlaces } from './shell/installed-app.ts';
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
import { builtAtMs, thisBuild } from './shell/this-build.ts';

const bundleFolder = join(import.meta.dirname, '..');
const profile = profileIn(defaultProfileFolder(process.env, homedir()));
const host = hostOf(process.versions);
const log = fileLog(profile.logs);
const clock = systemClock();
const isWindowed = process.env['FACEPAY_WINDOWED'] === '1';
let window: BrowserWindow | null = null;
let screenWatch: ScreenWatch | null = null;
let awake: StayAwake | null = null;
let customerScreen: CustomerScreen | null = null;
const screen = screenTeller(clock, (name, payload) => {
  tellScreen(window, name, payload);
});
const notices = noticeBoard((notice) => {
  screen.tell('app.notice', notice);
});
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
  const installed = installedPlaces(bundleFolder);
  const surroundings = surroundingsOf(installed.folder, profile, installed.resources);
  let atScreen: Role = 'cashier';
  const noteApart = noterApart(profile, store, clock);
  const note: Note = (actor, act, outcome, about) => {
    noteOnceOpen({ opening: running.opening, log, noteApart }, actor, act, outcome, about);
  };
  const held = (): Promise<Held | null> => heldNow(running.opening);
  const staff = createStaffDesk({
    profile,
    store,
    clock,
    note,
    onChange: (view) => {
      // The secrets of a set-up under way go with whoever gave them.
      if (atScreen === 'technician' && view.role !== 'technician') void setup['setup.discard']({}, staff.caller());
      atScreen = view.role;
      screen.tell('staff.changed', view);
      sayStaffNotices(staff, profile, notices);
    },
  });
  const here = { profile, store, clock, log, version: app.getVersion(), threads: import.meta.dirname };
  const running = terminalAtScreen({
    ...here,
    builtAtMs,
    staff,
    customer,
    notices,
    screen,
    onOrder: (view) => awake?.tookOrder(view),
  });
  const setupParts = { profile, store, clock, log, box, passphraseGiven: passphrase !== '', running, pins };
  const provision = createProvisionDesk({
    ...setupParts,
    places: async (drives) =>
      provisionPlaces(
        installed.folder,
        profile.folder,
        drives ? await removableRoots(process.platform, listFolder) : [],
      ),
    fleetKeyPem: () => fleetKeyIn([installed.folder, profile.folder].filter((folder) => folder !== null)),
    hostName: hostname(),
  });
  const setup = createSetupDesk(setupParts, (what) => pickFiles(window, what, languageNow(store)), provision);
  const signed = signedAsPacked(installed.manifest, process.platform);
  const identity = { version: app.getVersion(), build: thisBuild, host, ...(signed === undefined ? {} : { signed }) };
  const windowNow = (): BrowserWindow | null => window;
  const wiring = { ...here, running, host, surroundings, note };
  const selfTest = wireSelfTest({
    ...wiring,
    onLine: (line) => {
      screen.tell('self-test.line', line);
    },
    print: (onto, fileName) => printPage(window, onto, fileName),
  });
  const updates = wireUpdates({
    ...wiring,
    staff,
    selfTest,
    app,
    appFolder: installed.folder,
    screenIsThere: screenIsThere.promise,
  });
  const handlers = createHandlers({
    app: identity,
    notices: notices.all,
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
    customerDisplay: {
      store,
      displays: () => customerScreen,
      note: (caller, outcome, about) => {
        note(caller, 'customer-display-switched', outcome, about);
      },
    },
    kiosk: {
      held,
      note: (caller, outcome, how) => {
        note(caller, 'kiosk-left', outcome, how);
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
    (name, input) =>
      dispatch({ handlers, opening: running.opening, isFresh, log, noteApart }, staff.caller(), name, input),
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
  hearInstaller(held, log);
  hearOrderLinks(process.argv, log, (number) => {
    void Promise.all([running.opening, screenIsThere.promise]).then(([opened]) => {
      const order = linkedOrder(opened, number, staff.caller().role, log);
      if (order !== null) screen.tell('app.open-order', order);
    });
  });
  void app.whenReady().then(() => {
    show(held);
    void screenIsThere.promise.then(() => {
      openCustomerScreen(isDisplayUsed(store));
    });
  });
}

function show(held: () => Promise<Held | null>): void {
  claimOrderLinks();
  removeMenu();
  denyPermissions();
  serveApp(join(bundleFolder, 'renderer'));
  awake = stayAwake(powerSaveBlocker, () => window);
  window = openKioskWindow(bundleFolder, isWindowed);
  screenWatch = guardKiosk(window, isWindowed, { isFree: async () => (await held()) === null, clock, log });
  window.webContents.once('did-finish-load', () => {
    screenIsThere.resolve(undefined);
  });
  window.on('closed', () => {
    window = null;
  });
  liveWithWindow(() => window);
}

/** After the till's own screen, which must not wait for it. */
function openCustomerScreen(isUsed: boolean): void {
  if (window === null) return;
  customerScreen = keepCustomerScreen({
    till: window,
    isUsed,
    bundleFolder,
    windowed: isWindowed,
    shownNow: () => customer.now(),
    clock,
    log,
  });
}
