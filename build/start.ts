/**
 * `npm start`: the cashier's screen in practice mode. It runs in Electron if Electron's binary is installed or can be
 * downloaded, otherwise on the stand-in in a Chromium window. Without any display, it runs the demonstration in this
 * terminal.
 */
import { join } from 'node:path';
import { chooseHost, electronBinary, openKiosk } from './stand-in/launcher/launch.ts';
import { prepare } from './prepare.ts';
import { root, runNode } from './run.ts';

/** Long enough for a slow connection, short enough not to look dead. */
const DOWNLOAD_LIMIT_MS = 5 * 60 * 1_000;

const say = (line: string): void => {
  console.log(line);
};

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);

async function start(): Promise<number> {
  if (!hasDisplay()) {
    say('No display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.');
    say('Running the demonstration in this terminal instead: a hanging payment, cancelled. It takes about 20 s.\n');
    return runNode(['electron/cli.ts', 'demo']);
  }
  const bundled = await runNode(['build/bundle.ts']);
  if (bundled !== 0) return bundled;
  if (process.env['KIOSK_HOST'] !== 'stand-in' && electronBinary() === null) await fetchElectron();
  const host = chooseHost();
  if (host === 'stand-in') {
    say('Electron is not here and could not be fetched. Set ELECTRON_MIRROR to a mirror you can reach and start again');
    say(
      '(for instance ELECTRON_MIRROR=https://npmmirror.com/mirrors/electron/). Opening the same app in a Chromium window.',
    );
    const missing = await prepare(['chromium', 'a Chinese font']);
    if (missing.length > 0) {
      say(missing.join('\n'));
      return 1;
    }
  }
  process.env['FACEPAY_WINDOWED'] ??= '1';
  // Chromium's sandbox cannot start as root; everywhere else it stays on.
  const args = host === 'electron' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return openKiosk({ mainBundle: join(root, 'out/main/main.js'), host, args });
}

async function fetchElectron(): Promise<void> {
  say('Fetching Electron (once, about 120 MB) ...');
  await runNode(['node_modules/electron/install.js'], { quiet: true, limitMs: DOWNLOAD_LIMIT_MS });
}

process.exitCode = await start();
