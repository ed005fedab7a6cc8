/** The built page over made-up data in a real Chromium, without main: only what the page does by itself changes it. */
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { PAGE_PATIENCE_MS } from '../../../build/stand-in/launcher/launch.ts';
import type { FakeKioskOptions } from './fake-kiosk.ts';

const ORIGIN = 'http://kiosk.test';
const FOLDER = resolve('out/renderer');
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

export interface FakePageOptions extends FakeKioskOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
  /** Runs before the page's own scripts. */
  readonly before?: () => void;
}

/** Opens it and waits until it has its data. */
export async function openFakePage(browser: Browser, options: FakePageOptions): Promise<Page> {
  const {
    width = 1_280,
    height = 800,
    colorScheme = 'light',
    reducedMotion = 'no-preference',
    before,
    ...fake
  } = options;
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion });
  page.setDefaultTimeout(PAGE_PATIENCE_MS);
  await page.route(`${ORIGIN}/**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    const file = join(FOLDER, path === '/' ? 'index.html' : path);
    if (!existsSync(file)) return route.fulfill({ status: 404 });
    return route.fulfill({ body: readFileSync(file), contentType: types[extname(file)] ?? 'application/octet-stream' });
  });
  if (before !== undefined) await page.addInitScript(before);
  await page.addInitScript(`${await fakeScript()};fakeKioskScript.installFakeKiosk(${JSON.stringify(fake)});`);
  await page.goto(`${ORIGIN}/`);
  await page.locator('.main-screen').waitFor();
  return page;
}

let bundled: Promise<string> | null = null;
const fakeScript = (): Promise<string> => (bundled ??= bundle());

async function bundle(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: resolve('test/support/screen/fake-kiosk.ts'), formats: ['iife'], name: 'fakeKioskScript' },
    },
  });
  const output = Array.isArray(made) ? made[0]?.output[0] : null;
  if (output?.type !== 'chunk') throw new Error('the fake kiosk was not bundled');
  return output.code;
}
