/**
 * The red screen has the way out on it: a manager comes, types the PIN, decides on this order, and is gone again. By
 * keyboard and by finger, from the till and from history.
 */
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import zh from '../../../shared/locales/zh-CN.json' with { type: 'json' };
import { secondsAgo } from '../../support/command.ts';
import { invoke, onTill, openShop, takePayment, tap, typeKeys, type Shop } from '../../support/screen/shop.ts';
import { setPin, signIn, submitPin } from '../../support/screen/staff-screen.ts';

const PIN = '482615';
const WRONG_PIN = '905183';
const HELD_MS = 1_200;

let shop: Shop | null = null;
afterEach(async () => {
  await shop?.close();
  shop = null;
});

/** A till whose manager has a PIN, and on it an order before a manager. */
async function redScreen(scenario: 'sign-error' | 'expired'): Promise<{ here: Shop; page: Page; orderId: string }> {
  const here = await openShop({ scenario });
  shop = here;
  const { page } = here;
  await setPin(page, 'manager', PIN);
  await tap(page, 'staff-close');
  const orderId = await takePayment(page, '8.00');
  await tap(page, 'cancel');
  await onTill(page, 'attention');
  return { here, page, orderId };
}

const isRole = (page: Page, role: string): Promise<void> =>
  page.locator(`[data-testid="staff"][data-role="${role}"]`).waitFor();
const gone = (page: Page, testId: string): Promise<void> => page.getByTestId(testId).waitFor({ state: 'detached' });
const chosen = (page: Page, act: string): Promise<void> =>
  page.locator(`[data-testid="choose-${act}"][aria-checked="true"]`).waitFor();

async function hold(page: Page, how: 'finger' | 'key'): Promise<void> {
  const button = page.locator('[data-testid="act-hold"]:enabled');
  if (how === 'finger') await button.hover();
  else await button.focus();
  await (how === 'finger' ? page.mouse.down() : page.keyboard.down('Space'));
  await page.waitForTimeout(HELD_MS);
  await (how === 'finger' ? page.mouse.up() : page.keyboard.up('Space'));
}

/** WeChat's record of the order becomes this one. */
function becomes({ gateway }: Shop, outTradeNo: string, state: 'SUCCESS' | 'REFUND'): void {
  const seeded = gateway.seed({ outTradeNo, amountFen: 800, state, scenario: 'paid', paidAt: secondsAgo(60) });
  if (!seeded.ok) throw new Error(seeded.error);
}

test('by keyboard: F9, a wrong PIN, the right one, what the cause advises, held; then the till is the cashier’s again', async () => {
  const { here, page, orderId } = await redScreen('sign-error');
  await page.keyboard.press('F9');
  await page.locator('[data-testid="called-to"][data-phase="attention"]').waitFor();
  expect(await page.getByTestId('pin-role-technician').count(), 'no other role decides').toBe(0);
  await typeKeys(page, WRONG_PIN);
  await page.keyboard.press('Enter');
  await page.locator('[data-testid="pin-problem"][data-left="4"]').waitFor();
  await typeKeys(page, PIN);
  await page.keyboard.press('Enter');
  await page.locator('[data-testid="decided"][data-phase="attention"]').waitFor();
  await chosen(page, 'try-now');
  await isRole(page, 'manager');

  await page.keyboard.press('Escape');
  await gone(page, 'act-sheet');
  await isRole(page, 'cashier');
  await onTill(page, 'attention');

  becomes(here, orderId, 'SUCCESS');
  await page.keyboard.press('F9');
  await page.getByTestId('called-to').waitFor();
  await typeKeys(page, PIN);
  await page.keyboard.press('Enter');
  await page.getByTestId('why-duplicate').focus();
  await page.keyboard.press('Space');
  await hold(page, 'key');
  await gone(page, 'act-sheet');
  await isRole(page, 'cashier');
  await onTill(page, 'cancelled');
  expect(here.gateway.ledger.verdict(orderId)).toMatchObject({ charged: true, refunded: true });
  expect(here.gateway.ledger.violations).toEqual([]);
});

test('by finger: handed over to the platform, it no longer calls; a manager who was signed in stays; history leads there too; what ends meanwhile needs nobody; a locked PIN says how long', async () => {
  const { here, page, orderId } = await redScreen('expired');
  await signIn(page, 'manager', PIN);
  await tap(page, 'back-office-close');
  await tap(page, 'decide');
  await page.getByTestId('act-sheet').waitFor();
  await page.keyboard.press('Escape');
  await gone(page, 'act-sheet');
  await isRole(page, 'manager');

  await tap(page, 'staff');
  await tap(page, 'staff-back-office');
  await tap(page, 'tab-history');
  await page.getByTestId('history-row').first().click();
  await tap(page, 'history-decide');
  await page.locator('[data-testid="decided"][data-phase="attention"]').waitFor();
  await tap(page, 'act-sheet-close');
  await gone(page, 'act-sheet');
  await tap(page, 'staff');
  await tap(page, 'staff-sign-out');
  await isRole(page, 'cashier');

  await tap(page, 'decide');
  await submitPin(page, PIN);
  await chosen(page, 'hand-over');
  await tap(page, 'why-duplicate');
  await hold(page, 'finger');
  await gone(page, 'act-sheet');
  await isRole(page, 'cashier');
  await page.getByTestId('headline').getByText(zh.phase.handedOver).waitFor();

  await tap(page, 'decide');
  for (const left of ['4', '3', '2', '1']) {
    await submitPin(page, WRONG_PIN);
    await page.locator(`[data-testid="pin-problem"][data-left="${left}"]`).waitFor();
  }
  await submitPin(page, WRONG_PIN);
  await page.getByTestId('pin-locked').waitFor();
  becomes(here, orderId, 'REFUND');
  expect(await invoke(page, 'order.ask', { orderId })).toMatchObject({ ok: true });
  await page.getByTestId('called-for-nothing').waitFor();
  await tap(page, 'called-close');
  await gone(page, 'staff-dialog');
  await onTill(page, 'cancelled');
});
