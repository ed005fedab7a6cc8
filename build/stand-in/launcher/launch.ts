// Runs in the test process and in start scripts. Why it exists: one way to run the app on either host.
import { spawn } from 'node:child_process';
import { electronAppArgument, electronBinary } from './electron-binary.ts';
import type { HostKind, KioskHost, LaunchOptions } from './kiosk-host.ts';
import { launchOnElectron } from './launch-electron.ts';
import { launchOnStandIn } from './launch-stand-in.ts';
import { standInCommand } from './stand-in-command.ts';
import { fontEnvironment } from '../../test/test-fonts.ts';

export { electronBinary } from './electron-binary.ts';
export { KioskExited, PAGE_PATIENCE_MS } from './kiosk-host.ts';
export type { HostKind, KioskHost, LaunchOptions } from './kiosk-host.ts';

/** Electron where it is installed, else the stand-in; KIOSK_HOST overrides. */
export function chooseHost(): HostKind {
  const wish = process.env['KIOSK_HOST'];
  if (wish === 'electron' || wish === 'stand-in') return wish;
  if (wish !== undefined && wish !== '') throw new Error(`KIOSK_HOST is "${wish}"; it may be electron or stand-in`);
  return electronBinary() === null ? 'stand-in' : 'electron';
}

/**
 * Launches the app for a test, with the tests' fonts; resolves when its first window has loaded. Throws KioskExited if
 * it ends before that.
 */
export async function launchKiosk(options: LaunchOptions): Promise<KioskHost> {
  const kind = options.host ?? chooseHost();
  const drawing = { ...options, env: { ...fontEnvironment(), ...options.env } };
  return kind === 'electron' ? launchOnElectron(drawing, requireElectron()) : launchOnStandIn(drawing);
}

/** Opens the app for a person, in a window, and resolves with its exit code when it ends. For `npm start`. */
export async function openKiosk(options: {
  mainBundle: string;
  host?: HostKind;
  args?: readonly string[];
}): Promise<number> {
  const { mainBundle, host = chooseHost(), args = [] } = options;
  const command =
    host === 'electron'
      ? { program: requireElectron(), args: [electronAppArgument(mainBundle), ...args] }
      : standInCommand(mainBundle, args);
  const child = spawn(command.program, command.args, {
    stdio: 'inherit',
    env: { STANDIN_HEADED: '1', ...process.env },
  });
  // Ctrl+C also reaches the child process, and that should have the time to quit properly.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

function requireElectron(): string {
  const binary = electronBinary();
  if (binary === null)
    throw new Error(
      'Electron is not installed here; "npx install-electron --no" fetches it (ELECTRON_MIRROR is honoured)',
    );
  return binary;
}
