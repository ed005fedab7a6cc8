/**
 * Vitest's global set-up for the tests that start the app: one Chromium for each worker, in which each start of the app
 * gets its own browser context. Such a start costs a third of a start with its own Chromium.
 */
import { chromium, type Browser } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import {
  browserArguments,
  DEVTOOLS_PORT,
  endpointOf,
  findChromium,
  hasSandbox,
} from '../../../build/stand-in/browser/browser.ts';
import { chooseHost } from '../../../build/stand-in/launcher/launch.ts';
import { fontEnvironment } from '../../../build/test/test-fonts.ts';

/** The switches that the app adds to Chromium's before it is ready; the fixture of the stand-in's tests adds none. */
const SWITCHES_OF_APP = ['--disable-pinch', '--overscroll-history-navigation=0'];

declare module 'vitest' {
  interface ProvidedContext {
    /** STANDIN_SHARED_CHROMIUM for each worker; none if Chromium is not used or not installed. */
    readonly chromiums: readonly string[];
  }
}

/** Called by Vitest before there are workers. Resolves with the function that cleans up. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = findChromium();
  project.provide('chromiums', []);
  // The tests themselves report what is missing.
  const ofStandIn = project.name === 'host';
  if (executablePath === null || (!ofStandIn && chooseHost() === 'electron')) return () => Promise.resolve();
  const switches = ofStandIn ? [] : SWITCHES_OF_APP;
  const args = [...browserArguments(switches), DEVTOOLS_PORT];
  const browsers = await Promise.all(
    Array.from({ length: project.config.maxWorkers }, () =>
      chromium.launch({
        executablePath,
        chromiumSandbox: hasSandbox(),
        args,
        env: { ...process.env, ...fontEnvironment() },
      }),
    ),
  );
  const endpoints = await Promise.all(browsers.map(async (browser) => endpointOf(await profileOf(browser))));
  project.provide(
    'chromiums',
    endpoints.map((endpoint) => [endpoint, ...switches].join(' ')),
  );
  return async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
  };
}

/** Playwright chose the port, and only Chromium knows it. */
async function profileOf(browser: Browser): Promise<string> {
  const cdp = await browser.newBrowserCDPSession();
  const { commandLine } = await cdp.send('SystemInfo.getInfo');
  const [, folder] = /--user-data-dir=(\S+)/.exec(commandLine) ?? [];
  if (folder === undefined) throw new Error(`Chromium names no profile in "${commandLine}"`);
  return folder;
}
