/** The technician's way out of full screen, as a technician takes it. */
import { afterEach, expect, test } from 'vitest';
import { chromiumsUsing } from '../../../build/stand-in/launcher/processes.ts';
import { openShop, type Shop } from '../../support/screen/shop.ts';
import { enterAs } from '../../support/screen/staff-screen.ts';

let shop: Shop | null = null;
afterEach(async () => {
  await shop?.close();
  shop = null;
});

test('a technician shows the app in a window, with a second tap, and it goes on', async () => {
  shop = await openShop({ setUp: false });
  const { page } = shop;
  await enterAs(page, 'technician');
  await page.getByTestId('tab-support').click();
  await page.getByTestId('kiosk-close').click();
  await page.getByTestId('kiosk-no').click();
  await page.getByTestId('kiosk-window').click();
  await page.getByTestId('kiosk-yes').click();
  await page.getByTestId('kiosk-window').waitFor();
  expect(await page.getByTestId('kiosk-error').count()).toBe(0);
  // If the app gets another switch for Chromium, add it to test/support/screen/shared-chromium.ts too; otherwise each start
  // has a Chromium of its own.
  expect(chromiumsUsing(shop.profile.folder)).toEqual([]);
});
