/** The customer's screen beside the till's: the same payment, on a second display, and no controls. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { enterAs } from '../../support/screen/staff-screen.ts';
import { onTill, openShop, takePayment, tap, type Shop } from '../../support/screen/shop.ts';

let shop: Shop;

const SECOND = { STANDIN_SECOND_DISPLAY: '1024x600' };

const customerPages = (): Page[] =>
  shop.page
    .context()
    .pages()
    .filter((page) => new URL(page.url()).pathname.startsWith('/customer/'));

async function customerPage(): Promise<Page> {
  await expect.poll(() => customerPages().length).toBe(1);
  const [page] = customerPages();
  if (page === undefined) throw new Error('the customer’s page went away');
  return page;
}

const sees = (page: Page, name: string): Promise<void> => page.getByTestId(`customer-${name}`).waitFor();

describe('on a second display', () => {
  beforeAll(async () => {
    shop = await openShop({ env: SECOND });
  });
  afterAll(() => shop.close());

  test('the page has one bridge, which only hears', async () => {
    const customer = await customerPage();
    await sees(customer, 'welcome');
    expect(
      await customer.evaluate(() => [
        typeof Reflect.get(globalThis, 'kiosk'),
        Object.keys(Reflect.get(globalThis, 'customer') as object),
      ]),
    ).toEqual(['undefined', ['subscribe']]);
    expect(await customer.locator('button, a, input, select, textarea, [role="button"], [tabindex]').count()).toBe(0);
  });

  test('a payment is followed on the second display, from welcome to thanks, with no number on it', async () => {
    const customer = await customerPage();
    expect(
      customer.viewportSize() ?? (await customer.evaluate(() => ({ width: innerWidth, height: innerHeight }))),
    ).toEqual({ width: 1_024, height: 600 });
    await sees(customer, 'welcome');
    const orderId = await takePayment(shop.page, '12.3');
    await sees(customer, 'paid');
    expect(await customer.getByTestId('customer-amount').textContent()).toBe('¥12.30');
    expect(await customer.getByTestId('customer-practice').count()).toBe(1);
    const text = (await customer.locator('body').textContent()) ?? '';
    expect(text).not.toContain(orderId);
    expect(text).not.toContain(orderId.slice(-4));
    await tap(shop.page, 'next-customer');
    await sees(customer, 'paid');
  });

  test('a cancel that ends unpaid says so, and the next customer begins afresh', async () => {
    await shop.gateway.setScenario('never-answers');
    const customer = await customerPage();
    await takePayment(shop.page, '5');
    await sees(customer, 'wait');
    await tap(shop.page, 'cancel');
    await onTill(shop.page, 'cancelled');
    await sees(customer, 'not-charged');
    await tap(shop.page, 'next-customer');
    await shop.gateway.setScenario('paid');
    await takePayment(shop.page, '6');
    await sees(customer, 'paid');
    expect(await customer.getByTestId('customer-amount').textContent()).toBe('¥6.00');
  });
});

test('a technician turns it off and on at once', async () => {
  shop = await openShop({ env: SECOND });
  onTestFinished(() => shop.close());
  await customerPage();
  await enterAs(shop.page, 'technician');
  await tap(shop.page, 'tab-support');
  await shop.page.locator('[data-testid="customer-display-found"][data-found="true"]').waitFor();
  await tap(shop.page, 'customer-display-switch');
  await expect.poll(() => customerPages().length).toBe(0);
  await tap(shop.page, 'customer-display-switch');
  await sees(await customerPage(), 'welcome');
});

test('without a second display there is no such window', async () => {
  shop = await openShop();
  onTestFinished(() => shop.close());
  await takePayment(shop.page, '1');
  await onTill(shop.page, 'paid');
  expect(customerPages()).toEqual([]);
});
