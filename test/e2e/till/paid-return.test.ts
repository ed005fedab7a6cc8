/** After a paid order the till returns to the keypad by itself, unless somebody touches it; the keypad names that order. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onTill, openShop, takePayment, tap, type Shop } from '../../support/screen/shop.ts';

/** An empty clock battery. */
const DECADES_MS = 26 * 365 * 86_400_000;

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

test.each([
  ['ahead', 1],
  ['back', -1],
])('a wall clock that is set far %s meanwhile neither hurries nor holds it', async (_way, sign) => {
  const { page } = shop;
  const shownMs = page.evaluate(async (stepMs) => {
    const { now } = Date;
    const until = (shown: boolean): Promise<number> =>
      new Promise((resolve) => {
        const look = (): void => {
          if ((document.querySelector('[data-testid="paid-return"]') !== null) !== shown) return;
          watch.disconnect();
          resolve(performance.now());
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { childList: true, subtree: true });
      });
    const from = await until(true);
    Date.now = () => now() + stepMs;
    const to = await until(false);
    Date.now = now;
    return to - from;
  }, sign * DECADES_MS);
  await takePayment(page, '12.5');
  await page.getByTestId('stage-none').waitFor();
  expect(await shownMs).toBeGreaterThan(2_900);
});

test('an order that needs a person is never left', async () => {
  const { page, gateway } = shop;
  await gateway.setScenario('never-answers');
  await takePayment(page, '9');
  await onTill(page, 'paying');
  expect(await page.getByTestId('paid-return').count()).toBe(0);
});
