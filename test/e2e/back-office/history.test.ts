/** A manager searches orders on the real bundles: search, scan, filters, the history of an order, the last of a million. */
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { LONG } from '../../support/slice.ts';
import { fillJournal } from '../../support/orders/big-journal.ts';
import { onTill, openShop, scanKeys, takePayment, tap, typeKeys, type Shop } from '../../support/screen/shop.ts';
import { enterAs } from '../../support/screen/staff-screen.ts';

let shop: Shop | null = null;
afterEach(async () => {
  await shop?.close();
  shop = null;
});

const rows = (page: Page): ReturnType<Page['getByTestId']> => page.getByTestId('history-row');
const total = (page: Page): Promise<string | null> => page.getByTestId('history-list').getAttribute('data-total');

async function openHistory(page: Page): Promise<void> {
  await enterAs(page, 'manager');
  await tap(page, 'tab-history');
  await page.getByTestId('history-foot').waitFor();
}

test('a manager finds an order by a part of its number, by scanner, amount and state, and reads all its details', async () => {
  shop = await openShop({ viewport: { width: 1280, height: 800 } });
  const { page } = shop;
  const first = await takePayment(page, '12');
  await onTill(page, 'paid');
  await tap(page, 'next-customer');
  await shop.gateway.setScenario('declined');
  const second = await takePayment(page, '7');
  await onTill(page, 'failed');
  await tap(page, 'next-customer');
  await openHistory(page);
  await expect.poll(() => total(page)).toBe('2');
  expect(await rows(page).first().getAttribute('data-order-id'), 'the newest first').toBe(second);

  await typeKeys(page, first.slice(-5));
  await expect.poll(() => total(page)).toBe('1');
  await tap(page, 'history-row');
  await page.locator(`[data-testid="history-detail"][data-order-id="${first}"]`).waitFor();
  expect(await page.getByTestId('history-detail-state').getAttribute('data-state')).toBe('paid');
  const audit = page.getByTestId('audit-row');
  expect(await audit.first().getAttribute('data-act')).toBe('registered');
  // "Left" is missing if the answer arrived first.
  const told = page.getByTestId('history-detail').locator('[data-testid="timeline-row"]');
  for (const what of ['registered', 'pay-answered'])
    expect(await told.and(page.locator(`[data-what="${what}"]`)).count(), what).toBe(1);

  await scanKeys(page, second);
  await expect.poll(() => rows(page).first().getAttribute('data-order-id')).toBe(second);
  expect(await page.getByTestId('number-input').count(), 'the till’s own dialog stays shut').toBe(0);
  await tap(page, 'history-clear-number');
  await expect.poll(() => total(page)).toBe('2');

  await page.getByTestId('history-amount').fill('11-13');
  await expect.poll(() => rows(page).first().getAttribute('data-order-id')).toBe(first);
  await expect.poll(() => total(page)).toBe('1');
  // Beside an order only the active filters are shown; the others come back with the list.
  await tap(page, 'history-detail-close');
  await tap(page, 'history-group-failed');
  await page.getByTestId('history-empty').waitFor();
  await tap(page, 'history-reset');
  await expect.poll(() => total(page)).toBe('2');
  await tap(page, 'history-days-yesterday');
  await page.getByTestId('history-empty').waitFor();
  await tap(page, 'history-day-after');
  await expect.poll(() => total(page)).toBe('2');
});

/** Both are more rows than Chromium can lay out below one another, so the list scrolls by a scale. */
const ORDERS = LONG ? 1_000_000 : 500_000;

test(`a list of ${String(ORDERS)} orders reaches its last row, and its middle`, async () => {
  shop = await openShop({ viewport: { width: 1280, height: 800 } });
  const path = shop.profile.journal('practice');
  await shop.kiosk.quit();
  fillJournal(path, ORDERS, Date.now(), 500);
  await shop.restart();
  const { page } = shop;
  await openHistory(page);
  await expect.poll(() => total(page)).toBe(String(ORDERS));
  await page.getByTestId('history-list').focus();
  await page.keyboard.press('End');
  await page.locator(`[data-testid="history-row"][data-row="${String(ORDERS)}"][aria-selected="true"]`).waitFor();
  await page.getByTestId('history-list').evaluate((list) => {
    list.scrollTop = (list.scrollHeight - list.clientHeight) / 2;
  });
  await expect
    .poll(async () => Number(await rows(page).first().getAttribute('data-row')))
    .toBeGreaterThan(ORDERS / 2 - 1_000);
  await expect
    .poll(async () => Number(await rows(page).first().getAttribute('data-row')))
    .toBeLessThan(ORDERS / 2 + 1_000);
  await page.getByTestId('history-list').evaluate((list) => {
    list.scrollTop = list.scrollHeight;
  });
  await page.locator(`[data-testid="history-row"][data-row="${String(ORDERS)}"]`).waitFor();
});
