/** The app's entry in Electron's main process. Reads as a list: claim, lock, open, connect, show. */
import { mkdirSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { app, powerMonitor, powerSaveBlocker, type BrowserWindow } from 'electron';
import type { Role } from '../shared/role.ts';
import { chosenAppearance } from './app/appearance/appearance-handlers.ts';
import { noterApart } from './app/audit/audit-trail.ts';
import { isDisplayUsed } from './app/customer/customer-display-handlers.ts';
import { chosenPrinter } from './app/exports/printer-handlers.ts';
import { slipPrinting } from './app/exports/slip-printer.ts';
import { createCustomerPresenter } from './app/customer/customer-presenter.ts';
import { dispatch, noteOnceOpen } from './app/dispatch.ts';
import type { Note } from './app/core/handler.ts';
import type { Opened, RunningTerminal } from './app/core/running-terminal.ts';
import { auditReportsInThread } from './app/audit/audit-report-port.ts';
import { createHandlers, type HandlerParts } from './app/command-table.ts';
import { heldNow, type Held } from './app/kiosk/kiosk-handlers.ts';
import { linkedOrder } from './app/pos/linked-order.ts';
import { activeNotices } from './app/notices/active-notices.ts';
import { defaultProfileFolder, profileIn } from './app/settings/profile.ts';
import { signedAsPacked } from './app/core/packed-facts.ts';
import { createProvisionService, type ProvisionService } from './app/setup/provision-service.ts';
import { fleetKeyIn, listFolder, provisionSources, removableRoots } from './app/setup/provision-sources.ts';
import { rendererNotifier } from './app/core/renderer-notifier.ts';
import type { ScannerPort } from './app/scanner/scanner-handlers.ts';
import type { TillScanner } from './app/scanner/till-scanner.ts';
import { createSetupService } from './app/setup/setup-service.ts';
import type { SetupService } from './app/setup/setup-handlers.ts';
import type { PickFiles, SetupParts } from './app/setup/setup-parts.ts';
import { setupPins } from './app/setup/setup-pins.ts';
import { isFresh as isFreshTerminal } from './app/setup/setup-state.ts';
import type { SelfTestService } from './app/self-test/self-test-handlers.ts';
import { wireSelfTest } from './app/self-test/self-test-wiring.ts';
import { isDriven } from './app/settings/is-driven.ts';
import { languageNow, settingsStore } from './app/settings/settings-store.ts';
import { createStaffService, type StaffService } from './app/staff/staff-service.ts';
import { updateStaffNotices } from './app/staff/staff-notices.ts';
import { terminalAtScreen, type AtScreenParts } from './app/terminal-at-screen.ts';
import type { AppUpdateController } from './app/updates/updates-handlers.ts';
import { surroundingsOf, wireUpdates } from './app/updates/updates-wiring.ts';
import type { Surroundings } from './updates/update-settings.ts';
import { nodeSerialPorts } from './scanner/node-serial-ports.ts';
import { createScanners } from './scanner/scanners.ts';
import { systemClock } from './base/clock.ts';
import { fileLog } from './base/log.ts';
import { wear } from './shell/windows/appearance.ts';
import { claimAppScheme, serveApp } from './shell/windows/app-protocol.ts';
import { closeBeforeQuit, liveWithWindow, restartOnBug } from './shell/app-life.ts';
import { keepCustomerScreen, type CustomerScreen } from './shell/windows/customer-window.ts';
import { denyPermissions, forbidLeaving, removeMenu } from './shell/windows/hardening.ts';
import { fileDialogs } from './shell/file-dialogs.ts';
import { clearForeignLock } from './shell/foreign-lock.ts';
import { hostOf } from './shell/host.ts';
import { readInstallation, type Installation } from './shell/installed-app.ts';
import { answerCommands, sendToRenderer } from './shell/ipc-bridge.ts';
import { pickFiles } from './shell/file-picker.ts';
import { systemKeyStore } from './shell/key-store.ts';
import { forbidZoom } from './shell/kiosk/kiosk-lock.ts';
import { drawAsRemembered, guardKiosk, leaveKiosk, openKioskWindow } from './shell/kiosk/kiosk.ts';
import type { ScreenWatch } from './shell/kiosk/screen-watch.ts';
import { pagePrinter } from './shell/page-printer.ts';
import { claimOrderLinks, listenForOrderLinks } from './shell/order-links.ts';
import { printPage } from './shell/printing.ts';
import { listenForInstaller, isInstallerRequest } from './shell/quit-for-update.ts';
import { stayAwake, type StayAwake } from './shell/kiosk/stay-awake.ts';
import { builtAtMs, thisBuild } from './shell/this-build.ts';

const bundleFolder = join(import.meta.dirname, '..');
const profile = profileIn(defaultProfileFolder(process.env, homedir()));
const host = hostOf(process.versions);
const log = fileLog(profile.logs);
const clock = systemClock();
const scanners = createScanners({ ports: nodeSerialPorts, clock, log });
const isWindowed = process.env['FACEPAY_WINDOWED'] === '1';
let window: BrowserWindow | null = null;
let screenWatch: ScreenWatch | null = null;
let awake: StayAwake | null = null;
let customerScreen: CustomerScreen | null = null;
const screen = rendererNotifier(clock, (name, payload) => {
  sendToRenderer(window, name, payload);
});
const tillScanner: TillScanner = {
  scanners,
  onSaid: (said) => {
    screen.notify('scanner.said', said);
  },
};
const triedScanners: ScannerPort = {
  scanners,
  onTried: (tried) => {
    screen.notify('scanner.tried', tried);
  },
};
const notices = activeNotices((notice) => {
  screen.notify('app.notice', notice);
});
const customer = createCustomerPresenter(clock, (shown) => {
  customerScreen?.show(shown);
});
/** The page has loaded and listens now. */
const screenIsThere = Promise.withResolvers<undefined>();

claimAppScheme();
app.enableSandbox();
mkdirSync(profile.chromium, { recursive: true });
app.setPath('userData', profile.chromium);
clearForeignLock({ folder: profile.chromium, isUsed: () => isDriven(profile), hostName: hostname(), log });
if (app.requestSingleInstanceLock() && !isInstallerRequest(process.argv)) start();
else {
  log.warn({}, 'this start ends: the app runs already, or the installer only asked it something');
  app.quit();
}

function start(): void {
  restartOnBug(log);
  forbidLeaving();
  forbidZoom();
  drawAsRemembered(profile.folder, log);
  const startup = readStartup();
  const terminal = openTerminal(startup);
  const { setup, provision, isFresh } = wireSetUp(startup, terminal);
  const { opening, staff, noteApart } = terminal;
  const tools = wireTools(startup, terminal);
  const handlers = createHandlers(handlerParts(startup, terminal, setup, tools));
  answerCommands(
    () => window,
    (name, input) => dispatch({ handlers, opening: opening(), isFresh, log, noteApart }, staff.caller(), name, input),
  );
  void provision.atStart();
  void tools.updates.start();
  listenToSystem(terminal, tools.updates);
  void app.whenReady().then(() => {
    wear(chosenAppearance(startup.here.store));
    show(terminal.held);
    void screenIsThere.promise.then(() => {
      openCustomerScreen(isDisplayUsed(startup.here.store));
    });
  });
}

/** What exists before anything is opened. */
interface Startup {
  /** What nearly every part needs. `threads`: the folder of main's bundle and its thread scripts. */
  readonly here: Pick<AtScreenParts, 'profile' | 'store' | 'clock' | 'log' | 'version' | 'threads'>;
  readonly secrets: Pick<SetupParts, 'box' | 'passphraseGiven' | 'pins'>;
  readonly installed: Installation;
  readonly surroundings: Surroundings;
}

function readStartup(): Startup {
  const passphrase = process.env['FACEPAY_PASSPHRASE'] ?? '';
  const box = systemKeyStore(log);
  const store = settingsStore(profile, passphrase, box);
  const secrets = { box, passphraseGiven: passphrase !== '', pins: setupPins(profile) };
  const installed = readInstallation(bundleFolder);
  const surroundings = surroundingsOf(installed.folder, profile, installed.resources);
  const here = { profile, store, clock, log, version: app.getVersion(), threads: import.meta.dirname };
  return { here, secrets, installed, surroundings };
}

/** The terminal, and who is at it. */
interface OpenTerminal {
  readonly running: RunningTerminal;
  /** What is open now. The terminal may be reopened, so ask for it each time. */
  readonly opening: () => Promise<Opened>;
  readonly staff: StaffService;
  readonly note: Note;
  readonly noteApart: ReturnType<typeof noterApart>;
  readonly held: () => Promise<Held | null>;
  /** Sets what happens when a technician has left the screen. */
  readonly onTechnicianGone: (act: () => void) => void;
}

/**
 * Opens the terminal at once. It and its staff need each other: the terminal records their acts, and the staff session
 * decides what its screen may show.
 */
function openTerminal({ here }: Pick<Startup, 'here'>): OpenTerminal {
  let atScreen: Role = 'cashier';
  let technicianGone = (): void => undefined;
  const noteApart = noterApart(profile, here.store, clock);
  const opening = (): Promise<Opened> => running.opening;
  const note: Note = (actor, act, outcome, about) => {
    noteOnceOpen({ opening: opening(), log, noteApart }, actor, act, outcome, about);
  };
  const staff = createStaffService({
    ...here,
    note,
    onChange: (view) => {
      if (atScreen === 'technician' && view.role !== 'technician') technicianGone();
      atScreen = view.role;
      screen.notify('staff.changed', view);
      updateStaffNotices(staff, profile, notices);
    },
  });
  const running = terminalAtScreen({
    ...here,
    builtAtMs,
    staff,
    customer,
    notices,
    screen,
    scanner: tillScanner,
    onOrder: (view) => awake?.tookOrder(view),
  });
  return {
    running,
    opening,
    staff,
    note,
    noteApart,
    held: () => heldNow(opening()),
    onTechnicianGone: (act) => {
      technicianGone = act;
    },
  };
}

interface SetUp {
  readonly setup: SetupService;
  readonly provision: ProvisionService;
  /** Whether nothing is set up yet, so that no technician can sign in to set it up. */
  readonly isFresh: () => boolean;
}

function wireSetUp({ here, secrets, installed }: Startup, { running, staff, onTechnicianGone }: OpenTerminal): SetUp {
  const parts = { ...here, ...secrets, running };
  const folders = [installed.folder, profile.folder].filter((folder) => folder !== null);
  const provision = createProvisionService({
    ...parts,
    sources: async (drives) =>
      provisionSources(
        installed.folder,
        profile.folder,
        drives ? await removableRoots(process.platform, listFolder) : [],
      ),
    fleetKeyPem: () => fleetKeyIn(folders),
    hostName: hostname(),
  });
  const pick: PickFiles = (what) => pickFiles(window, what, languageNow(here.store));
  const setup = createSetupService(parts, pick, provision);
  onTechnicianGone(() => {
    // The secrets of an unfinished set-up are dropped when the person who entered them leaves.
    void setup['setup.discard']({}, staff.caller());
    void scanners.endTry();
  });
  return { setup, provision, isFresh: () => isFreshTerminal(parts) };
}

/** What takes care of the app itself. */
interface Tools {
  readonly selfTest: SelfTestService;
  readonly updates: AppUpdateController;
}

function wireTools({ here, installed, surroundings }: Startup, { running, staff, note }: OpenTerminal): Tools {
  const wiring = { ...here, running, host, surroundings, note };
  const selfTest = wireSelfTest({
    ...wiring,
    onLine: (line) => {
      screen.notify('self-test.line', line);
    },
    print: (onto, fileName) => printPage(window, onto, fileName),
    scanner: () => scanners.state(),
  });
  const updates = wireUpdates({
    ...wiring,
    staff,
    selfTest,
    app,
    appFolder: installed.folder,
    screenIsThere: screenIsThere.promise,
  });
  return { selfTest, updates };
}

function handlerParts(
  startup: Startup,
  terminal: OpenTerminal,
  setup: SetupService,
  { selfTest, updates }: Tools,
): HandlerParts {
  const { store, version, threads } = startup.here;
  const { opening, staff, note, held } = terminal;
  const signed = signedAsPacked(startup.installed.manifest, process.platform);
  const identity = { version, build: thisBuild, host, ...(signed === undefined ? {} : { signed }) };
  const windowNow = (): BrowserWindow | null => window;
  const printer = slipPrinting(pagePrinter(windowNow, log), () => chosenPrinter(store), clock, log);
  return {
    app: identity,
    notices: notices.all,
    exports: {
      hostPort: { files: fileDialogs(windowNow), printer },
      profile,
      store,
      clock,
      app: identity,
      opening,
      selfTest: () => Promise.resolve(selfTest.last()),
      auditReports: auditReportsInThread(profile, join(threads, 'trail-worker.js')),
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
    printer: {
      store,
      list: () => printer.list(),
      note: (caller, outcome, about) => {
        note(caller, 'slip-printer-chosen', outcome, about);
      },
    },
    appearance: {
      store,
      wear: (appearance) => {
        wear(appearance);
        customerScreen?.reload();
      },
      note: (caller, outcome, about) => {
        note(caller, 'appearance-switched', outcome, about);
      },
    },
    scanner: triedScanners,
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
  };
}

/** The machine wakes, the app is to quit, an installer asks, or a link is opened. */
function listenToSystem(
  { running, opening, staff, held }: OpenTerminal,
  updates: Pick<AppUpdateController, 'close'>,
): void {
  powerMonitor.on('resume', () => {
    staff.signOut('slept');
    void opening().then((now) => {
      if (now.ok) now.value.engine.wake();
    });
  });
  closeBeforeQuit(async () => {
    updates.close();
    const last = await opening();
    if (last.ok) last.value.audit.byApp('app-stopped', app.getVersion());
    await running.close();
  });
  listenForInstaller(held, log);
  listenForOrderLinks(process.argv, log, (number) => {
    void Promise.all([opening(), screenIsThere.promise]).then(([opened]) => {
      const order = linkedOrder(opened, number, staff.caller().role, log);
      if (order !== null) screen.notify('app.open-order', order);
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
  screenWatch = guardKiosk(window, isWindowed, {
    profileFolder: profile.folder,
    isFree: async () => (await held()) === null,
    clock,
    log,
  });
  window.webContents.once('did-finish-load', () => {
    screenIsThere.resolve(undefined);
  });
  window.on('closed', () => {
    window = null;
  });
  liveWithWindow(() => window);
}

/** After the till's own screen, which must not wait for this. */
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
