/** After a paid order the till returns to the keypad by itself, unless somebody touches it; the keypad names that order. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onTill, openShop, takePayment, tap, type Shop } from '../../support/screen/shop.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ returnSeconds: 3 });
});
afterAll(async () => {
  await shop.close();
});

test('it says when, returns to the keypad, and the keypad opens the order again, which then stays', async () => {
  const { page } = shop;
  const orderId = await takePayment(page, '12.5');
  await onTill(page, 'paid');
  expect(await page.getByTestId('paid-return').textContent()).toMatch(/^[1-3] 秒后自动回到键盘/);
  await page.getByTestId('stage-none').waitFor();
  const last = page.getByTestId('last-paid');
  expect([await last.textContent(), await last.getAttribute('data-order-id')]).toEqual(['上一笔¥12.50', orderId]);
  await last.click();
  await onTill(page, 'paid');
  expect(await page.getByTestId('paid-return').count()).toBe(0);
  await tap(page, 'next-customer');
  await page.getByTestId('stage-none').waitFor();
});

test('a touch anywhere keeps the order on the screen', async () => {
  const { page } = shop;
  await takePayment(page, '8');
  await page.getByTestId('paid-return').waitFor();
  await page.locator('.header__store').click();
  await page.getByTestId('paid-return').waitFor({ state: 'detached' });
  await onTill(page, 'paid');
  await tap(page, 'next-customer');
});

test('an order that needs a person is never left', async () => {
  const { page, gateway } = shop;
  await gateway.setScenario('never-answers');
  await takePayment(page, '9');
  await onTill(page, 'paying');
  expect(await page.getByTestId('paid-return').count()).toBe(0);
});
