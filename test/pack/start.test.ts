/**
 * Whether the packed app runs. Node cannot read asar archives as Electron can. So the archive is unpacked to a folder,
 * and the app is started from there, on the stand-in host. This does not show that files inside the archive can be
 * read.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll } from '@electron/asar';
import { afterAll, beforeAll, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import en from '../../shared/locales/en.json' with { type: 'json' };
import zh from '../../shared/locales/zh-CN.json' with { type: 'json' };
import { launchKiosk, type KioskHost } from '../../build/stand-in/launcher/launch.ts';
import { preparePacking, type Packing } from './packed.ts';

let packing: Packing;
let kiosk: KioskHost;
const profile = mkdtempSync(join(tmpdir(), 'facepay-pack-profile-'));

beforeAll(async () => {
  packing = await preparePacking();
  const folder = await packing.pack('linux', 'x64');
  const app = join(packing.work, 'from-asar');
  extractAll(join(folder, 'resources/app.asar'), app);
  kiosk = await launchKiosk({
    host: 'stand-in',
    mainBundle: join(app, manifest.main),
    userData: join(profile, 'chromium'),
    env: { FACEPAY_PROFILE: profile },
  });
});
afterAll(async () => {
  await kiosk.quit();
  packing.remove();
  rmSync(profile, { recursive: true, force: true });
});

it('reaches its first screen, knows its version, and says plainly in both languages that it is not signed', async () => {
  const { page } = kiosk;
  await page.getByTestId('take-payment').waitFor();
  for (const words of [zh, en]) {
    await page.getByTestId('help').click();
    await page.getByTestId('about').click();
    await page.getByTestId('about-dialog').waitFor();
    expect(await page.getByTestId('about-version').textContent()).toBe(`FacePay Kiosk ${manifest.version}`);
    await page.locator('[data-testid="technical"]:enabled').click();
    expect(await page.getByTestId('about-signature').textContent()).toBe(words.about.notSigned);
    await page.keyboard.press('Escape');
    await page.getByTestId('about-dialog').waitFor({ state: 'detached' });
    await page.getByTestId('language').click();
  }
});
