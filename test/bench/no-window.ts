/** The app on the stand-in host without a working Chromium: main runs, and no window ever opens. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Profile } from '../../electron/app/settings/profile.ts';
import { MainProcess } from '../../build/stand-in/launcher/main-process.ts';
import { standInCommand } from '../../build/stand-in/launcher/stand-in-command.ts';
import { MAIN_BUNDLE } from '../support/screen/shop.ts';

/** Runs it until `act` is done, then kills it. */
export async function withoutWindow(profile: Profile, act: () => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-no-window-'));
  const chromium = join(folder, 'chromium');
  // Descriptor 3 is the connection to the parent process: when that ends, this process ends too.
  writeFileSync(chromium, '#!/bin/sh\nexec timeout 60 cat <&3 >/dev/null\n');
  chmodSync(chromium, 0o755);
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    STANDIN_CONTROL: '1',
    FACEPAY_PROFILE: profile.folder,
    CHROMIUM_PATH: chromium,
  };
  const main = new MainProcess(
    standInCommand(MAIN_BUNDLE, [`--user-data-dir=${profile.chromium}`]),
    env,
    () => undefined,
  );
  const ended = main.ended().then(() => {
    throw new Error(`main ended by itself\n${main.output()}`);
  });
  try {
    await Promise.race([act(), ended]);
  } finally {
    ended.catch(() => undefined);
    await main.kill();
    rmSync(folder, { recursive: true });
  }
}
