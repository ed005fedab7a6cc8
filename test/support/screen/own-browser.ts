/** The machine's Chromium without the app's main process, for pages over made-up data. */
import { chromium, type Browser } from 'playwright-core';
import { findChromium, LESS_OF_CHROMIUM } from '../../../build/stand-in/browser/browser.ts';
import { fontEnvironment } from '../../../build/test/test-fonts.ts';

/** Throws if there is none, and says how to install it. `args`: more of Chromium's own switches. */
export function openBrowser(args: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null)
    throw new Error('no Chromium found: install one (apt-get install chromium), or name it in CHROMIUM_PATH');
  return chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    args: [LESS_OF_CHROMIUM, ...args],
    env: { ...process.env, ...fontEnvironment() },
  });
}
