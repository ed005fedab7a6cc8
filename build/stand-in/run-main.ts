// Runs as the stand-in's main process. Why it exists: it is the entry: `node run-main.ts <main bundle> [args]`
// does what `electron <app> [args]` does, with a Chromium of this machine instead of Electron's own.
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { STAND_IN_VERSIONS } from './launcher/versions.ts';

// `electron` is the stand-in, so that the main bundle runs byte for byte as it was built.
const standIn = new URL('./electron/electron-module.ts', import.meta.url).href;
registerHooks({
  resolve(specifier, context, next) {
    const isElectron = specifier === 'electron' || specifier === 'electron/main';
    return isElectron ? { url: standIn, shortCircuit: true, format: 'module-typescript' } : next(specifier, context);
  },
});

const LOAD_LIMIT_MS = 60_000;

const [, , bundle, ...args] = process.argv;
if (bundle === undefined) {
  console.error('usage: node run-main.ts <main bundle> [args]');
  process.exit(2);
}
const mainBundle = path.resolve(bundle);
// Before anything reads it: the app must see Electron's argv, not this script's.
process.argv = [process.execPath, mainBundle, ...args];
// What Electron adds to Node's own.
Object.defineProperty(process, 'type', { value: 'browser', enumerable: true });
Object.defineProperty(process, 'versions', { value: { ...process.versions, ...STAND_IN_VERSIONS }, enumerable: true });
const { app } = await import('./electron/app.ts');
const { startBrowser } = await import('./browser/browser.ts');
const { followLauncher, tellLauncher } = await import('./base/control.ts');
const { answerNextDialog } = await import('./electron/dialog.ts');
const { runningBrowser } = await import('./browser/running-browser.ts');

followLauncher((message) => {
  if (message.kind === 'quit') app.quit();
  else if (message.kind === 'open-url') app.openUrl(message.url);
  else answerNextDialog(message.answer);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());

const tooLong = setTimeout(() => {
  console.error(
    'the main bundle has not finished loading: its top-level await seems to wait for ready, which comes after it',
  );
  process.exit(1);
}, LOAD_LIMIT_MS);
await import(pathToFileURL(mainBundle).href);
clearTimeout(tooLong);

if (!app.isLeaving()) {
  const browser = await startBrowser(app.getPath('userData'), app.chromiumSwitches);
  runningBrowser.set(browser);
  if (browser.endpoint !== null)
    tellLauncher({ kind: 'browser', pid: browser.pid, contextId: browser.contextId, endpoint: browser.endpoint });
  // It may have been asked to quit while Chromium was starting.
  if (app.isLeaving()) await runningBrowser.close();
  else app.becomeReady(() => runningBrowser.close());
}
