/**
 * Changing a set-up on the real bundles: to a service provider's, back to the one before, and restored by the terminal
 * itself.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { newPracticeMerchant } from '../../../electron/practice/practice-merchant.ts';
import { HOLD_MS } from '../../../renderer/input/hold.ts';
import { fingersOn } from '../../support/screen/fingers.ts';
import { step, toFinish, toIds } from '../../support/screen/setup-screen.ts';
import { setupFiles, type SetupFiles } from '../../support/terminal/setup-files.ts';
import { onTill, openShop, takePayment, tap, type Shop } from '../../support/screen/shop.ts';

const LONG_ENOUGH_MS = HOLD_MS + 300;

let shop: Shop | null = null;
let files: SetupFiles | null = null;
afterEach(async () => {
  await shop?.close();
  files?.remove();
  shop = null;
  files = null;
});

async function fresh(merchant = newPracticeMerchant()): Promise<{ shop: Shop; files: SetupFiles; page: Page }> {
  shop = await openShop({ setUp: false, merchant, viewport: { width: 1280, height: 800 } });
  files = setupFiles(shop.gateway);
  return { shop, files, page: shop.page };
}

/** A fresh terminal that has been set up for the gateway's merchant. */
async function setUp(): Promise<{ shop: Shop; files: SetupFiles; page: Page }> {
  const here = await fresh();
  const { page } = here;
  await toIds(page);
  await page.getByTestId('setup-mchId').fill(here.shop.gateway.merchant.mchId);
  await page.getByTestId('setup-appid').fill(here.shop.gateway.merchant.appid);
  await toFinish(here.shop, here.files, page);
  await tap(page, 'setup-apply');
  await page.getByTestId('setup-applied').waitFor();
  await tap(page, 'setup-overview-open');
  await page.getByTestId('setup-overview').waitFor();
  return here;
}

/** An address at which nobody answers. */
async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `https://127.0.0.1:${String(address.port)}`;
}

test('a shop below a service provider is set up, takes a payment and cancels one, all in both merchants’ names', async () => {
  const {
    shop: here,
    files: usb,
    page,
  } = await fresh({ ...newPracticeMerchant(), subMchId: '1900000110', subAppid: 'wx9999999999999999' });
  const { merchant } = here.gateway;
  await toIds(page, 'partner');
  await page.getByTestId('setup-mchId').fill(merchant.mchId);
  await page.getByTestId('setup-appid').fill(merchant.appid);
  await tap(page, 'setup-next');
  await expect.poll(() => page.locator('[data-testid="field-error"]:visible').count()).toBe(1);
  await page.getByTestId('setup-subMchId').fill('1900000110');
  await page.getByTestId('setup-subAppid').fill('wx9999999999999999');
  await toFinish(here, usb, page);
  const summary = await page.getByTestId('setup-step-finish').innerText();
  for (const id of [merchant.mchId, merchant.appid, '1900000110', 'wx9999999999999999']) expect(summary).toContain(id);
  await tap(page, 'setup-apply');
  await page.getByTestId('setup-applied').waitFor();
  expect(await page.getByTestId('setup-probe').getAttribute('data-probe')).toBe('answered');
  await tap(page, 'setup-to-till');

  const paid = await takePayment(page, '12');
  await onTill(page, 'paid');
  expect(here.gateway.ledger.get(paid)).toMatchObject({ subMchId: '1900000110', state: 'SUCCESS' });
  await tap(page, 'next-customer');
  await here.gateway.setScenario('charged-silently');
  const hanging = await takePayment(page, '7');
  await tap(page, 'cancel');
  await onTill(page, 'cancelled');
  expect(here.gateway.ledger.verdict(hanging)).toMatchObject({ charged: true, refunded: true });
  expect(here.gateway.ledger.get(hanging)).toMatchObject({ subMchId: '1900000110' });
});

test('a set-up that no call has proved yet is left for the one before it, whose payments go on', async () => {
  const { shop: here, page } = await setUp();
  await tap(page, 'change-gateway');
  await step(page, 'gateway');
  await tap(page, 'setup-advanced');
  const dead = await deadAddress();
  for (const field of ['primary', 'backup', 'faceGateway']) await page.getByTestId(`setup-${field}`).fill(dead);
  await tap(page, 'setup-next');
  await step(page, 'finish');
  await tap(page, 'setup-apply');
  await page.getByTestId('setup-applied').waitFor();
  expect(await page.getByTestId('setup-probe').getAttribute('data-probe')).toBe('unreachable');
  await tap(page, 'setup-overview-open');

  const hand = await fingersOn(page);
  await hand.hold('setup-go-back', HOLD_MS / 4);
  await page.waitForTimeout(HOLD_MS);
  await page.getByTestId('setup-overview').waitFor();
  await hand.hold('setup-go-back', LONG_ENOUGH_MS);
  await page.getByTestId('setup-applied').waitFor();
  await tap(page, 'setup-overview-open');
  expect(await page.getByTestId('setup-overview').innerText()).toContain(here.gateway.primary);
  expect(await page.getByTestId('setup-go-back').count(), 'there is none before it').toBe(0);
  await page.keyboard.press('Escape');
  await takePayment(page, '12');
  await onTill(page, 'paid');
});

test('a terminal that does not open with a new set-up puts the one before it back, and says why', async () => {
  const { shop: here, page } = await setUp();
  const live = here.profile.journal('live');
  mkdirSync(dirname(live), { recursive: true });
  const db = new DatabaseSync(live);
  db.exec('PRAGMA user_version = 9001');
  db.close();
  const newer = readFileSync(live);
  await tap(page, 'change-gateway');
  await step(page, 'gateway');
  await tap(page, 'setup-advanced');
  // One address outside this machine makes it real money; a newer version has written the journal for that.
  await page.getByTestId('setup-faceGateway').fill('https://face.invalid');
  await tap(page, 'setup-next');
  await step(page, 'finish');
  await tap(page, 'setup-protection-device');
  await page.getByTestId('setup-weak').waitFor();
  const hand = await fingersOn(page);
  await hand.hold('setup-accept-weak', LONG_ENOUGH_MS);
  await page.getByTestId('setup-put-back').waitFor();
  expect(await page.getByTestId('setup-put-back').innerText()).toContain('更新版本');
  // The entry is still there to be corrected.
  await tap(page, 'setup-correct');
  await step(page, 'finish');
  await page.getByTestId('setup-accept-weak').waitFor();
  await tap(page, 'setup-leave');
  await tap(page, 'setup-leave-drop');
  await page.getByTestId('setup-overview').waitFor();
  expect(await page.getByTestId('setup-overview').innerText()).not.toContain('face.invalid');
  await page.keyboard.press('Escape');
  await takePayment(page, '12');
  await onTill(page, 'paid');
  expect(readFileSync(live).equals(newer), 'the journal that could not be opened is as it was').toBe(true);
  await here.kiosk.quit();
  await here.restart();
  await here.page.getByTestId('stage-none').waitFor();
});
