/** Cashiers by name, and handing over the shift, on the screen. */
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { onTill, openShop, takePayment, tap, type Shop } from '../../support/screen/shop.ts';
import { enterAs } from '../../support/screen/staff-screen.ts';

let shop: Shop | null = null;
afterEach(async () => {
  await shop?.close();
  shop = null;
});

const rows = (page: Page, within: string): Promise<string[]> =>
  page
    .getByTestId(within)
    .getByTestId('order-row')
    .evaluateAll((list) => list.map((row) => row.getAttribute('data-order-id') ?? ''));

const nameButton = (page: Page, name: string): ReturnType<Page['locator']> =>
  page.locator(`[data-testid="shift-name"][data-name="${name}"]`);

/** An order that changes just then is shown again, and the list is confirmed again. */
async function confirmed(page: Page): Promise<void> {
  const confirm = page.getByTestId('hand-over-confirm');
  await expect
    .poll(async () => {
      if ((await confirm.count()) > 0) await confirm.click({ timeout: 1_000 }).catch(() => undefined);
      return page.getByTestId('sheet-dialog').count();
    })
    .toBe(1);
}

/** The sheet of the shift comes by itself; whoever has read it closes it. */
async function sheetClosed(page: Page): Promise<void> {
  await page.getByTestId('sheet-dialog').getByTestId('shift-sheet').first().waitFor();
  await tap(page, 'sheet-close');
  await page.getByTestId('sheet-dialog').waitFor({ state: 'detached' });
}

test('a manager enters names; a cashier serves by name and hands unsettled orders over to the next, who sees them first', async () => {
  shop = await openShop({ scenario: 'never-answers' });
  const { page } = shop;
  await enterAs(page, 'manager');
  await tap(page, 'tab-staff');
  for (const name of ['王芳', '李强']) {
    await page.getByTestId('cashier-name').fill(name);
    await page.getByTestId('cashier-add').click();
    await page.locator(`[data-testid="cashier"][data-name="${name}"]`).waitFor();
  }
  await tap(page, 'staff');
  await tap(page, 'staff-sign-out');
  // Nothing is unsettled, so one tap is enough.
  await tap(page, 'shift');
  await sheetClosed(page);
  await nameButton(page, '王芳').click();
  await page.locator('[data-testid="shift"][data-name="王芳"]').waitFor();

  const orderId = await takePayment(page, '15');
  await tap(page, 'shift');
  await page.getByTestId('hand-over-paying').waitFor();
  expect(await page.getByTestId('hand-over-confirm').isDisabled()).toBe(true);
  await page.getByTestId('hand-over-stay').click();
  await tap(page, 'cancel');
  await onTill(page, 'armed');
  await tap(page, 'withdraw');
  // Until its own call has ended, the payment stays with the cashier who began it.
  await tap(page, 'shift');
  await expect.poll(() => rows(page, 'hand-over')).toEqual([orderId]);
  await page.getByTestId('hand-over-paying').waitFor({ state: 'detached' });
  await confirmed(page);

  // In fours, for whoever reads it aloud.
  expect((await page.getByTestId('shift-sheet').first().textContent())?.replaceAll(' ', '')).toContain(orderId);
  await sheetClosed(page);
  await page.getByTestId('shift-screen').getByTestId('order-row').waitFor();
  expect(await rows(page, 'shift-screen')).toEqual([orderId]);
  expect(await page.getByTestId('take-over').isDisabled()).toBe(true);
  await shop.kiosk.kill();
  await shop.restart();
  const again = shop.page;
  await again.getByTestId('shift-screen').getByTestId('order-row').waitFor();
  expect(await rows(again, 'shift-screen')).toEqual([orderId]);
  await nameButton(again, '李强').click();
  await again.getByTestId('take-over').click();
  await again.locator('[data-testid="shift"][data-name="李强"]').waitFor();
  await again.getByTestId('stage-none').waitFor();
  expect(await again.locator(`[data-testid="tray-order"][data-order-id="${orderId}"]`).count()).toBe(1);
});

test('an order that changes while the list is read is shown again, and only then handed over', async () => {
  shop = await openShop({ scenario: 'recall-twice' });
  const { page } = shop;
  await shop.gateway.setScenario('never-answers');
  const orderId = await takePayment(page, '8');
  await tap(page, 'cancel');
  await onTill(page, 'armed');
  await tap(page, 'shift');
  const row = page.getByTestId('hand-over').locator(`[data-order-id="${orderId}"]`);
  await row.and(page.locator('[data-phase="armed"]')).waitFor();
  // The cancel is sent by itself and is proved: nothing is left to hand over.
  await row.waitFor({ state: 'detached' });
  await confirmed(page);
  await sheetClosed(page);
  await page.getByTestId('shift-screen').waitFor();
  await page.getByTestId('take-over').click();
  await page.getByTestId('stage-none').waitFor();
});

test('a signed-in manager who hands over sees the sheet too, and prints earlier ones again', async () => {
  shop = await openShop({ scenario: 'paid' });
  const { page } = shop;
  await takePayment(page, '12');
  await onTill(page, 'paid');
  await enterAs(page, 'manager');
  await tap(page, 'shift');
  const sheet = page.getByTestId('sheet-dialog').getByTestId('shift-sheet').first();
  await sheet.waitFor();
  expect(await sheet.textContent()).toContain('¥12.00');
  await sheetClosed(page);
  await tap(page, 'tab-overview');
  expect(await page.getByTestId('overview-paid').textContent()).toContain('¥12.00');
  await page.getByTestId('shift-sheet-show').click();
  await sheet.waitFor();
  // Whoever signs out leaves no sheet open for others.
  await sheetClosed(page);
});
