// Runs in the test process. Why it exists: it starts the app on Electron itself, through Playwright.
import { _electron } from 'playwright-core';
import { electronAppArgument } from './electron-binary.ts';
import { HOST_PATIENCE_MS, PAGE_PATIENCE_MS } from './kiosk-host.ts';
import type { KioskHost, LaunchOptions } from './kiosk-host.ts';

/** Launches `options.mainBundle` with the Electron at `executablePath`. */
export async function launchOnElectron(options: LaunchOptions, executablePath: string): Promise<KioskHost> {
  const electronApp = await _electron.launch({
    executablePath,
    args: [
      // Chromium's sandbox cannot start as root, nor where user namespaces are switched off; only for tests.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      electronAppArgument(options.mainBundle),
      `--user-data-dir=${options.userData}`,
      ...(options.args ?? []),
    ],
    env: { ...definedOnly(process.env), NODE_OPTIONS: '', ...options.env },
    colorScheme: options.colorScheme ?? 'light',
    timeout: HOST_PATIENCE_MS,
  });
  const child = electronApp.process();
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const exited = new Promise<number | null>((resolve) => {
    if (child.exitCode === null) child.once('exit', resolve);
    else resolve(child.exitCode);
  });
  const page = await electronApp.firstWindow({ timeout: HOST_PATIENCE_MS });
  page.setDefaultTimeout(PAGE_PATIENCE_MS);
  await page.waitForLoadState('load');
  if (options.viewport !== undefined) await page.setViewportSize(options.viewport);
  return {
    kind: 'electron',
    get page() {
      return electronApp.windows()[0] ?? page;
    },
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async quit() {
      // Quitting may cut off the answer; the exit code shows what happened.
      await electronApp.evaluate(({ app }) => app.quit()).catch(() => undefined);
      return exited;
    },
    exited: () => exited,
    output: () => output,
    async openUrl(url) {
      await electronApp.evaluate(
        ({ app }, link) => void app.emit('open-url', { preventDefault: () => undefined }, link),
        url,
      );
    },
    async answerDialog({ open, save, press }) {
      await electronApp.evaluate(answerNext, {
        open: open === undefined ? null : [...open],
        save: save ?? null,
        press: press ?? null,
      });
    },
  };
}

/** Runs in Electron's main process, so it uses nothing of this file. */
const answerNext = (
  { dialog }: { readonly dialog: Electron.Dialog },
  answer: { readonly open: string[] | null; readonly save: string | null; readonly press: number | null },
): void => {
  const usual = {
    open: dialog.showOpenDialog.bind(dialog),
    save: dialog.showSaveDialog.bind(dialog),
    press: dialog.showMessageBox.bind(dialog),
  };
  if (answer.open !== null) {
    const filePaths = answer.open;
    dialog.showOpenDialog = () => {
      dialog.showOpenDialog = usual.open;
      return Promise.resolve({ canceled: filePaths.length === 0, filePaths });
    };
  }
  if (answer.save !== null) {
    const filePath = answer.save;
    dialog.showSaveDialog = () => {
      dialog.showSaveDialog = usual.save;
      return Promise.resolve({ canceled: filePath === '', filePath });
    };
  }
  if (answer.press !== null) {
    const response = answer.press;
    dialog.showMessageBox = () => {
      dialog.showMessageBox = usual.press;
      return Promise.resolve({ response, checkboxChecked: false });
    };
  }
};

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
