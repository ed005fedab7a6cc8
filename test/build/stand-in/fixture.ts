// Runs in the test process. Why it exists: it launches the small app of test/fixtures/host-app on the stand-in
// and clears up after it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { launchKiosk } from '../../../build/stand-in/launcher/launch.ts';
import type { KioskHost } from '../../../build/stand-in/launcher/launch.ts';

/** The fixture's main bundle. */
export const FIXTURE_MAIN = fileURLToPath(new URL('../../fixtures/host-app/main.js', import.meta.url));

/** How to launch the fixture; FIXTURE_* variables without their prefix go in `switches`. */
export interface FixtureOptions {
  readonly switches?: Readonly<Record<string, string>>;
  readonly userData?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly ownChromium?: boolean;
}

/** A directory for one test, removed after it. */
export function temporaryUserData(): string {
  const folder = makeFolder();
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** Launches the fixture for one test. */
export async function launchFixture(options: FixtureOptions = {}): Promise<KioskHost> {
  const host = await launch(options, options.userData ?? temporaryUserData());
  onTestFinished(() => host.kill());
  return host;
}

/** One fixture for all tests of a file that leave it as they found it. */
export function shareFixture(options: FixtureOptions = {}): () => KioskHost {
  let host: KioskHost | null = null;
  const folder = makeFolder();
  beforeAll(async () => {
    host = await launch(options, folder);
  });
  afterAll(async () => {
    await host?.kill();
    removeFolder(folder);
  });
  return () => {
    if (host === null) throw new Error('the shared fixture is only there within a test');
    return host;
  };
}

function launch(
  { switches = {}, env = {}, args = [], viewport, colorScheme, ownChromium = false }: FixtureOptions,
  userData: string,
): Promise<KioskHost> {
  const prefixed = Object.fromEntries(Object.entries(switches).map(([name, value]) => [`FIXTURE_${name}`, value]));
  return launchKiosk({
    mainBundle: FIXTURE_MAIN,
    host: 'stand-in',
    userData,
    args,
    env: { ...prefixed, ...env },
    ownChromium,
    ...(viewport === undefined ? {} : { viewport }),
    ...(colorScheme === undefined ? {} : { colorScheme }),
  });
}

function makeFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'host-test-'));
}

function removeFolder(folder: string): void {
  // Chromium may still be writing its last files when its main process is gone.
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
}

/** The fixture's "EVENT name details" lines, in order. */
export function events(host: KioskHost): string[] {
  return host
    .output()
    .split('\n')
    .filter((line) => line.startsWith('EVENT '))
    .map((line) => line.slice('EVENT '.length));
}

/** Waits until `holds` is true; a test's own time limit ends the waiting. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(25);
}
