/**
 * `npm start`: the cashier's screen in practice mode. It runs in Electron if Electron's binary is installed or can be
 * downloaded, otherwise on the stand-in in a Chromium window. Without any display, it runs the demonstration in this
 * terminal.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

console.log('FacePay Kiosk in practice mode (play money). Looking for what has changed ...');
// What Node compiles is kept, so that the next start need not do it again. Before anything is imported.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../node_modules/.cache/compiled');
enableCompileCache(process.env['NODE_COMPILE_CACHE']);
const { isMadeFrom, sourcesNow } = await import('./bundle/made-from.ts');
const { fetchElectron } = await import('./start/fetch-electron.ts');
const { electronBinary } = await import('./stand-in/launcher/electron-binary.ts');
const { chooseHost, openKiosk } = await import('./stand-in/launcher/open-kiosk.ts');
const { root, runNode } = await import('./run.ts');

const OUT = join(root, 'out');

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
  const fetching = wantsElectron() ? fetchElectron(say) : Promise.resolve();
  const bundled = await bundleIfChanged();
  if (bundled !== 0) return bundled;
  await fetching;
  const host = chooseHost();
  if (host === 'stand-in') {
    const { prepare } = await import('./prepare.ts');
    const missing = await prepare(['chromium', 'a Chinese font']);
    if (missing.length > 0) {
      say(missing.join('\n'));
      return 1;
    }
  }
  say(host === 'electron' ? 'Opening the till in Electron ...' : 'Opening the till in a Chromium window ...');
  process.env['FACEPAY_WINDOWED'] ??= '1';
  // Chromium's sandbox cannot start as root; everywhere else it stays on.
  const args = host === 'electron' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return openKiosk({ mainBundle: join(OUT, 'main/main.js'), host, args });
}

const wantsElectron = (): boolean => process.env['KIOSK_HOST'] !== 'stand-in' && electronBinary() === null;

async function bundleIfChanged(): Promise<number> {
  if (isMadeFrom(OUT, sourcesNow())) return 0;
  say('The sources are new or have changed. Bundling them (some seconds, only this time) ...');
  return runNode(['build/bundle.ts']);
}

process.exitCode = await start();
