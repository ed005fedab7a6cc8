/** A file, and a text that must be in it; otherwise the table is wrong. */
export interface Place {
  readonly file: string;
  readonly text: string;
}

/**
 * How people try to get out of the kiosk, and what stops them. If the app stops it, a test has tried it: `test` names
 * that test.
 */
export type Breakout =
  | ({ readonly attempt: string; readonly on: 'both'; readonly by: 'app'; readonly test: Place } & Place)
  | ({ readonly attempt: string; readonly on: 'Windows' | 'Linux'; readonly by: 'script' } & Place)
  | {
      readonly attempt: string;
      readonly on: 'Windows' | 'Linux' | 'both';
      readonly by: 'nobody';
      readonly instead: string;
    };

const app = (attempt: string, file: string, text: string, testFile: string, title: string): Breakout => ({
  attempt,
  on: 'both',
  by: 'app',
  file,
  text,
  test: { file: testFile, text: title },
});
const windows = (attempt: string, text: string): Breakout => ({
  attempt,
  on: 'Windows',
  by: 'script',
  file: 'build/machine/windows/Settings.ps1',
  text,
});
const windowsStart = (attempt: string, file: string, text: string): Breakout => ({
  attempt,
  on: 'Windows',
  by: 'script',
  file: `build/machine/windows/${file}`,
  text,
});
const linux = (attempt: string, file: string, text: string): Breakout => ({
  attempt,
  on: 'Linux',
  by: 'script',
  file: `build/machine/linux/${file}`,
  text,
});
const nobody = (on: 'Windows' | 'Linux' | 'both', attempt: string, instead: string): Breakout => ({
  attempt,
  on,
  by: 'nobody',
  instead,
});

const WINDOW = 'electron/shell/windows/page-window.ts';
const LOCK = 'electron/shell/kiosk/kiosk-lock.ts';
const HARDENING = 'electron/shell/windows/hardening.ts';
const CHECKLIST = 'test/security/checklist.ts';
const CHECKS = 'test/security/checklist.test.ts';
const LOGIND = 'files/etc/systemd/logind.conf.d/50-facepay-kiosk.conf';
const UNIT = 'files/etc/systemd/system/facepay-kiosk.service';

export const BREAKOUTS: readonly Breakout[] = [
  app('Developer tools (F12, Ctrl+Shift+I)', WINDOW, 'devTools: false', CHECKS, 'shows no developer tools'),
  app(
    'A browser’s shortcut (Ctrl+R, Ctrl+W, F11, Alt+Left)',
    LOCK,
    'if (!isKeyAllowed(input)) event.preventDefault()',
    'test/shell/kiosk/kiosk-lock.test.ts',
    'a browser shortcut never reaches the page',
  ),
  app(
    'A link that leaves the app',
    HARDENING,
    "contents.on('will-navigate', keepHere)",
    CHECKLIST,
    'keeps every frame on its own page',
  ),
  app('A second window', HARDENING, "action: 'deny'", CHECKLIST, 'opens no further window'),
  app('A file dropped on the page', WINDOW, 'navigateOnDragDrop: false', CHECKS, 'opens no file that is dropped on it'),
  app('Boxes that a page opens', WINDOW, 'disableDialogs: true', CHECKS, 'lets no page open a box'),
  app('The menu bar (Alt)', HARDENING, 'Menu.setApplicationMenu(null)', CHECKS, 'has no menu bar'),
  app(
    'The print dialog, at a slip',
    'electron/shell/page-printer.ts',
    'silent: true',
    'test/shell/page-printer.test.ts',
    'a slip opens no dialog',
  ),
  app('Camera, notifications, devices from the page', HARDENING, 'answer(false)', CHECKLIST, 'grants no permission'),
  app(
    'A program opened from the app',
    'electron/updates/install.ts',
    'shell: false',
    CHECKS,
    'is anything opened outside the app',
  ),
  app(
    'facepay-kiosk: links that do more than show',
    'electron/shell/order-links.ts',
    'isLink',
    'test/pos/fuzz.test.ts',
    'is a link to an order only to the letter',
  ),
  app(
    'Crashing the screen',
    'electron/shell/kiosk/screen-watch.ts',
    "'render-process-gone'",
    'test/shell/kiosk/screen-watch.test.ts',
    'comes back at once',
  ),
  app(
    'Hanging the screen',
    'electron/shell/kiosk/screen-watch.ts',
    'forcefullyCrashRenderer()',
    'test/shell/kiosk/screen-watch.test.ts',
    'is ended and comes back once patience is over',
  ),
  app(
    'Starting the app a second time',
    'electron/main.ts',
    'requestSingleInstanceLock()',
    'test/e2e/shop-floor.test.ts',
    'a second start shows the first window and ends',
  ),
  app(
    'Closing the window from outside',
    LOCK,
    'if (!quitting) event.preventDefault()',
    'test/shell/kiosk/kiosk-lock.test.ts',
    'the window does not close, until the app itself quits',
  ),
  app('Zooming with two fingers', LOCK, 'disable-pinch', CHECKS, 'does not zoom with two fingers'),
  linux('The terminal command (facepay)', UNIT, 'InaccessiblePaths=-/usr/bin/facepay'),
  {
    attempt: 'The terminal command (facepay.exe)',
    on: 'Windows',
    by: 'script',
    file: 'build/installer.nsh',
    text: '"$INSTDIR\\command" /inheritance:r',
  },
  windows('Ctrl+Alt+Del', "'Ctrl+Alt+Del'"),
  windows('Task manager (Ctrl+Shift+Esc)', "'Shift+Ctrl+Esc'"),
  windows('Start menu (Ctrl+Esc)', "'Ctrl+Esc'"),
  windows('Locking the session (Win+L)', "'Win+L'"),
  windows('Another window (Alt+Tab)', "'Alt+Tab'"),
  windows('Closing the app (Alt+F4)', "'Alt+F4'"),
  windows('Explorer (Win+E)', "'Win+E'"),
  windows('Desktop (Win+D)', "'Win+D'"),
  windows('All windows down (Win+M)', "'Win+M'"),
  windows('Accessibility centre (Win+U)', "'Win+U'"),
  windows('High contrast (Shift+Alt+PrtScn)', "'LShift+LAlt+PrintScrn'"),
  windows('Mouse keys (Shift+Alt+NumLock)', "'LShift+LAlt+NumLock'"),
  windows('Edge swipes', "'AllowEdgeSwipe'"),
  windows('A notification to tap', "'DisableNotificationCenter'"),
  windows('A USB stick that plays itself', "'NoDriveTypeAutoRun'"),
  windows('An error box to click through', "'ErrorMode'"),
  windows('Power button or lid', "'PBUTTONACTION'"),
  windows('Switching the user', "'HideFastUserSwitching'"),
  windows('The Windows key by itself', "'Windows'"),
  windows('Run box (Win+R)', "'Win+R'"),
  windows('Quick links (Win+X)', "'Win+X'"),
  windows('Settings (Win+I)', "'Win+I'"),
  windows('Task view (Win+Tab)', "'Win+Tab'"),
  windows('Next window (Alt+Esc)', "'Alt+Esc'"),
  windows('Window menu (Alt+Space)', "'Alt+Space'"),
  windows('Five times the Windows key, the filter’s own way out', "'BreakoutKeyScanCode'"),
  windows('Sticky keys (Shift five times)', 'StickyKeys'),
  windows('Filter keys (right Shift held)', 'Keyboard Response'),
  windows('Toggle keys (NumLock held)', 'ToggleKeys'),
  windows('Accessibility keys, all of them', "'ForceOffAccessibility'"),
  windows('Task manager by any other way', "'DisableTaskMgr'"),
  windows('Locking by any other way', "'DisableLockWorkstation'"),
  windows('Another password for the kiosk’s user', "'DisableChangePassword'"),
  windows('Win keys where there is no Keyboard Filter', "'NoWinKeys'"),
  windows('A toast to tap', "'NoToastApplicationNotification'"),
  windows('The lock screen', "'NoLockScreen'"),
  windowsStart('A desktop under the app', 'shell-launcher.xml', 'V2:AppType="Desktop"'),
  windowsStart('Ending the app', 'shell-launcher.xml', 'RestartShell'),
  windowsStart('Ending the app on Pro (back within a minute)', 'Start.ps1', 'New-TimeSpan -Minutes 1'),
  windowsStart('An administrator signed in as cashier', 'Account.ps1', 'S-1-5-32-545'),
  windows('Waiting for a restart after an update', "'NoAutoRebootWithLoggedOnUsers'"),
  linux('Another console (Ctrl+Alt+F2)', LOGIND, 'NAutoVTs=0'),
  linux('Ctrl+Alt+Del', 'facepay-kiosk-setup', 'ctrl-alt-del.target /dev/null'),
  linux('Magic SysRq', 'files/etc/sysctl.d/50-facepay-kiosk.conf', 'kernel.sysrq = 0'),
  linux('Power button, short or long', LOGIND, 'HandlePowerKeyLongPress=ignore'),
  linux('Lid', LOGIND, 'HandleLidSwitch=ignore'),
  linux('Ending the app', UNIT, 'Restart=always'),
  linux('Signing in as the kiosk’s user', 'files/etc/sysusers.d/facepay-kiosk.conf', '/usr/sbin/nologin'),
  linux(
    'A desktop beside it',
    'facepay-kiosk-setup',
    'display-manager.service /etc/systemd/system/facepay-kiosk.service',
  ),
  nobody(
    'Windows',
    'Ctrl+Alt+Del and Alt+Tab on Pro, which has no Keyboard Filter',
    'Use Enterprise or IoT Enterprise, or put no keyboard on the terminal',
  ),
  nobody(
    'Windows',
    'The desktop under the app on Pro, which has no Shell Launcher',
    'Use Enterprise or IoT Enterprise',
  ),
  nobody(
    'Windows',
    'Holding Shift while it signs in, to sign in as somebody else',
    'It takes that person’s password; put no keyboard on the terminal',
  ),
  nobody('Windows', 'Safe mode, recovery', 'BitLocker, and a firmware password'),
  nobody('Linux', 'Boot parameters', 'A password on GRUB'),
  nobody('both', 'Booting from USB', 'Firmware: internal drive only, and a password on it'),
  nobody(
    'both',
    'Holding the power button for seconds',
    'Firmware or housing; the journal survives it, and the cancel goes on',
  ),
  nobody(
    'both',
    'Opening the system’s file dialog and looking around',
    'It opens for staff who are signed in alone; give the kiosk’s user no other files',
  ),
  nobody('both', 'A USB keyboard', 'Lock the ports in the firmware, or cover them'),
];
