/** Signing in at the screen: PINs, wrong tries, the idle sign-out, the scanner that must not type a PIN. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { terminalSchema } from '../../../shared/settings.ts';
import { openShop, scanKeys, tap, typeKeys, type Shop } from '../../support/screen/shop.ts';
import { enterAs, setPin, signIn, submitPin, tapPin } from '../../support/screen/staff-screen.ts';

const MANAGER_PIN = '482615';
const WRONG_PIN = '905183';

let shop: Shop | null = null;
const open = async (...options: Parameters<typeof openShop>): Promise<Shop> => {
  shop = await openShop(...options);
  return shop;
};
afterEach(async () => {
  await shop?.close();
  shop = null;
});

const isRole = (page: Page, role: string): Promise<void> =>
  page.locator(`[data-testid="staff"][data-role="${role}"]`).waitFor();
const roleOf = (page: Page): Promise<string | null> => page.getByTestId('staff').getAttribute('data-role');

test('a shop sets a manager’s PIN in practice, signs in by it and out again', async () => {
  const { page } = await open();
  await tap(page, 'staff');
  await tap(page, 'pin-set-now');
  await page.getByTestId('pin-rule').waitFor();
  await submitPin(page, '123456');
  await page.locator('[data-testid="pin-problem"][data-code="pin-trivial"]').waitFor();
  await submitPin(page, MANAGER_PIN, WRONG_PIN);
  await page.locator('[data-testid="pin-problem"][data-code="pins-differ"]').waitFor();
  await submitPin(page, MANAGER_PIN, MANAGER_PIN);
  await page.getByTestId('pin-set').waitFor();
  await submitPin(page, WRONG_PIN);
  await page.locator('[data-testid="pin-problem"][data-left="4"]').waitFor();
  expect(await roleOf(page)).toBe('cashier');
  await submitPin(page, MANAGER_PIN);
  await page.getByTestId('staff-dialog').waitFor({ state: 'detached' });
  expect(await roleOf(page)).toBe('manager');
  await tap(page, 'staff');
  expect(await page.getByTestId('staff-who').getAttribute('data-role')).toBe('manager');
  await tap(page, 'staff-sign-out');
  await isRole(page, 'cashier');
  expect(await page.getByTestId('back-office').count()).toBe(0);
});

test('digits of the keyboard type a PIN, a scanner’s do not, and it never stands on the screen', async () => {
  const { page } = await open();
  await setPin(page, 'manager', MANAGER_PIN);
  await scanKeys(page, '4200001234567890123456789012');
  await typeKeys(page, '482615');
  await page.locator('[data-testid="pin-dots"][data-count="6"]').waitFor();
  expect(await page.getByTestId('staff-dialog').innerText()).not.toContain('82615');
  expect(await page.getByTestId('number-input').count()).toBe(0);
  await page.keyboard.press('Enter');
  await isRole(page, 'manager');
});

test('a kill while a PIN is being looked at wins no try, and a lock is there after it', async () => {
  const here = await open();
  await setPin(here.page, 'manager', MANAGER_PIN);
  await tapPin(here.page, WRONG_PIN);
  await here.page.getByTestId('pin-submit').click();
  // The try is on disk before anybody learns its result; then the app is gone.
  await expect.poll(() => readFileSync(here.profile.pins, 'utf8'), { interval: 5 }).toContain('"wrong": 1');
  await here.kiosk.kill();
  await here.restart();
  await tap(here.page, 'staff');
  for (const left of ['3', '2', '1']) {
    await submitPin(here.page, WRONG_PIN);
    await here.page.locator(`[data-testid="pin-problem"][data-left="${left}"]`).waitFor();
  }
  await submitPin(here.page, WRONG_PIN);
  await here.page.getByTestId('pin-locked').waitFor();
  await here.kiosk.kill();
  await here.restart();
  await tap(here.page, 'staff');
  await here.page.getByTestId('pin-locked').waitFor();
  expect(await here.page.getByTestId('pin-submit').count()).toBe(0);
});

test('the signed-in person is warned before they are signed out, may stay, and otherwise is signed out', async () => {
  const { page, profile } = await open();
  settingsStore(profile, '').setTerminal(terminalSchema.parse({ idleSignOutSeconds: 30 }));
  await setPin(page, 'manager', MANAGER_PIN);
  await signIn(page, 'manager', MANAGER_PIN);
  const warning = page.getByTestId('idle-dialog');
  await warning.waitFor();
  await page.getByTestId('idle-stay').click();
  await warning.waitFor({ state: 'detached' });
  expect(await roleOf(page)).toBe('manager');
  await warning.waitFor();
  await warning.waitFor({ state: 'detached' });
  expect(await roleOf(page)).toBe('cashier');
});

test('a technician gives a manager a PIN, which the manager must replace before it opens anything', async () => {
  const { page } = await open();
  await enterAs(page, 'technician', '739264');
  await tap(page, 'tab-staff');
  await tap(page, 'set-pin-manager');
  await submitPin(page, WRONG_PIN, WRONG_PIN);
  await page.locator('[data-testid="pin-card-manager"][data-set="true"]').waitFor();
  await tap(page, 'staff');
  await tap(page, 'staff-sign-out');
  await tap(page, 'staff');
  await submitPin(page, WRONG_PIN);
  await page.locator('[data-testid="pin-problem"][data-code="pin-initial"]').waitFor();
  expect(await roleOf(page)).toBe('cashier');
  await submitPin(page, MANAGER_PIN, MANAGER_PIN);
  await page.getByTestId('pin-set').waitFor();
  await submitPin(page, MANAGER_PIN);
  await page.getByTestId('back-office').waitFor();
  expect(await roleOf(page)).toBe('manager');
});

test('on a terminal that could not be opened a technician signs in all the same, and the till stays shut', async () => {
  const here = await open();
  await setPin(here.page, 'technician', '739264');
  await here.kiosk.quit();
  writeFileSync(here.profile.credentials, 'not a sealed file');
  await here.restart();
  await here.page.getByTestId('not-started').waitFor();
  await signIn(here.page, 'technician', '739264');
  await here.page.getByTestId('back-office').waitFor();
  await tap(here.page, 'staff');
  await tap(here.page, 'staff-sign-out');
  await here.page.getByTestId('not-started').waitFor();
});
