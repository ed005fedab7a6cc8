/**
 * Vitest's global set-up for the tests that start the app: one Chromium for each worker, in which each start of the app
 * gets its own browser context. Such a start costs a third of a start with its own Chromium. A worker's Chromium is
 * started when the first of its test files asks for it: a run of one file starts one.
 */
import { createServer, type Server } from 'node:http';
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
    /** Answers `/N` with worker N's STANDIN_SHARED_CHROMIUM; empty if Chromium is not used or not installed. */
    readonly chromiums: string;
  }
}

/** Called by Vitest before there are workers. Resolves with the function that cleans up. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = findChromium();
  project.provide('chromiums', '');
  // The tests themselves report what is missing.
  const ofStandIn = project.name === 'host';
  if (executablePath === null || (!ofStandIn && chooseHost() === 'electron')) return () => Promise.resolve();
  const switches = ofStandIn ? [] : SWITCHES_OF_APP;
  const browsers = new Map<string, Promise<Browser>>();
  const browserOf = (worker: string): Promise<Browser> => {
    const browser = browsers.get(worker) ?? launch(executablePath, switches);
    browsers.set(worker, browser);
    return browser;
  };
  const server = createServer((request, response) => {
    void browserOf(request.url ?? '')
      .then(async (browser) => endpointOf(await profileOf(browser)))
      .then(
        (endpoint) => response.end([endpoint, ...switches].join(' ')),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  });
  project.provide('chromiums', await addressOf(server));
  return async () => {
    server.close();
    await Promise.all([...browsers.values()].map(async (browser) => (await browser).close()));
  };
}

const launch = (executablePath: string, switches: readonly string[]): Promise<Browser> =>
  chromium.launch({
    executablePath,
    chromiumSandbox: hasSandbox(),
    args: [...browserArguments(switches), DEVTOOLS_PORT],
    env: { ...process.env, ...fontEnvironment() },
  });

/** Listens on loopback. */
const addressOf = (server: Server): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? `http://127.0.0.1:${String(address.port)}` : '');
    });
  });

/** Playwright chose the port, and only Chromium knows it. */
async function profileOf(browser: Browser): Promise<string> {
  const cdp = await browser.newBrowserCDPSession();
  const { commandLine } = await cdp.send('SystemInfo.getInfo');
  const [, folder] = /--user-data-dir=(\S+)/.exec(commandLine) ?? [];
  if (folder === undefined) throw new Error(`Chromium names no profile in "${commandLine}"`);
  return folder;
}
