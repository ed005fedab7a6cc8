/** The calendar of bills on the real bundles: a manager opens days, and the practice gateway makes their bills. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditKeyOf } from '../../../electron/app/audit/audit-trail.ts';
import { openJournal } from '../../../electron/orders/open-journal.ts';
import { beijingDay, DAY_MS, dayStartMs } from '../../../shared/beijing.ts';
import { write } from '../../support/orders/made-orders.ts';
import { openShop, tap, type Shop } from '../../support/screen/shop.ts';
import { setPin, signIn } from '../../support/screen/staff-screen.ts';

const KEPT = '4200000272202611230000000009';
const PIN = '482615';
const daysAgo = (days: number): string => beijingDay(Date.now() - days * DAY_MS);
const LATE = daysAgo(3);
const DAY = daysAgo(2);

let shop: Shop;

/** Two days ago an order was paid, and three days ago one failed: the calendar begins there. */
beforeAll(async () => {
  shop = await openShop({ viewport: { width: 1280, height: 800 } });
  await setPin(shop.page, 'manager', PIN);
  await shop.kiosk.quit();
  const { gateway, profile } = shop;
  gateway.seed({ outTradeNo: 'kept-order', transactionId: KEPT, paidAt: `${DAY}T12:00:00+08:00`, amountFen: 1_280 });
  const opened = openJournal(profile.journal('practice'), 'practice', Date.now(), auditKeyOf(profile));
  if (!opened.ok) throw new Error(opened.error);
  const { journal } = opened.value;
  const failed = { name: 'failed', cause: 'NOTSUPORTCARD' } as const;
  write(journal, { orderId: 'late-order', createdAtMs: dayStartMs(LATE) + DAY_MS / 2, phase: failed });
  const at = { transactionId: KEPT, createdAtMs: dayStartMs(DAY) + DAY_MS / 2 };
  write(journal, { ...at, orderId: 'kept-order', phase: { name: 'paid' } });
  journal.close();
  await shop.restart();
});
afterAll(() => shop.close());

test('a manager opens days of the calendar: one bill is still being made, one differs, and the day is marked', async () => {
  const { page, gateway } = shop;
  await signIn(page, 'manager', PIN);
  await tap(page, 'tab-bill');
  await gateway.setScenario('bill-late');
  await openDay(page, LATE);
  await page.locator('[data-testid="bill-missing"][data-code="creating"]').waitFor();
  await gateway.setScenario('bill-stranger');
  await tap(page, 'bill-back');
  await openDay(page, DAY);
  await page.getByTestId('bill-summary').waitFor();
  expect(await page.getByTestId('bill-verdict').textContent()).toContain(DAY);
  expect(await page.getByTestId('difference').first().getAttribute('data-kind')).toBe('paid-in-bill-not-here');
  await tap(page, 'bill-back');
  await showDay(page, DAY);
  await page.locator(`[data-testid="bill-calendar-${DAY}"][data-state="differs"]`).waitFor();
  expect(await page.getByTestId('bill-latest').innerText()).toContain('12.80');
});

/** The day may be in the month before the one that is shown. */
async function showDay(page: Page, day: string): Promise<void> {
  await page.getByTestId('bill-calendar').waitFor();
  if ((await page.getByTestId(`bill-calendar-${day}`).count()) === 0) await tap(page, 'bill-month-before');
  await page.getByTestId(`bill-calendar-${day}`).waitFor();
}

async function openDay(page: Page, day: string): Promise<void> {
  await showDay(page, day);
  await tap(page, `bill-calendar-${day}`);
}
