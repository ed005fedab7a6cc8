/** An installer's request to quit, delivered as the operating system does it: by a second start of the app. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import { launchKiosk } from '../../../build/stand-in/launcher/launch.ts';
import { MAIN_BUNDLE, openShop, type Shop } from '../../support/screen/shop.ts';

let shop: Shop | null = null;
afterEach(async () => {
  await shop?.close();
  shop = null;
});

const wish = async (folder: string): Promise<unknown> => {
  const profile = profileIn(folder);
  const started = launchKiosk({
    mainBundle: MAIN_BUNDLE,
    userData: profile.chromium,
    env: { FACEPAY_PROFILE: folder },
    args: ['--quit-for-update'],
  });
  return started.then(
    async (kiosk) => {
      await kiosk.quit();
      return 'became the app';
    },
    (error: unknown) => error,
  );
};

test('the running app quits at an installer’s wish, and the wish itself ends', async () => {
  shop = await openShop();
  expect(await wish(shop.profile.folder)).toMatchObject({ exitCode: 0 });
  expect(await shop.kiosk.exited()).toBe(0);
});

test('where no app runs, the wish does not become one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-wish-'));
  try {
    expect(await wish(join(folder, 'profile'))).toMatchObject({ exitCode: 0 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
