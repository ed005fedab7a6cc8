// Runs in start scripts. Why it exists: `npm start` opens the app without the tests' way to drive it, whose packages
// take long to load.
import { spawn } from 'node:child_process';
import { electronAppArgument, electronBinary } from './electron-binary.ts';
import type { HostKind } from './kiosk-host.ts';
import { standInCommand } from './stand-in-command.ts';

/** Electron where it is installed, else the stand-in; KIOSK_HOST overrides. */
export function chooseHost(): HostKind {
  const wish = process.env['KIOSK_HOST'];
  if (wish === 'electron' || wish === 'stand-in') return wish;
  if (wish !== undefined && wish !== '') throw new Error(`KIOSK_HOST is "${wish}"; it may be electron or stand-in`);
  return electronBinary() === null ? 'stand-in' : 'electron';
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

/** Electron's binary. Throws, and says how to get it, if it is not installed. */
export function requireElectron(): string {
  const binary = electronBinary();
  if (binary === null)
    throw new Error(
      'Electron is not installed here; "npx install-electron --no" fetches it (ELECTRON_MIRROR is honoured)',
    );
  return binary;
}
