/** A tapped button does not keep Enter, and digits do not fall through a dialog into the amount. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onTill, openShop, tap, typeKeys, type Shop } from '../../support/screen/shop.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(async () => {
  await shop.close();
});

test('after a tap on the language Enter takes the amount, and the language stays', async () => {
  const { page } = shop;
  await tap(page, 'language');
  await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('en');
  await typeKeys(page, '5');
  await page.keyboard.press('Enter');
  await onTill(page, 'paid');
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await tap(page, 'next-customer');
  await page.getByTestId('stage-none').waitFor();
});

test('digits that are typed over the sound dialog are no amount', async () => {
  const { page } = shop;
  await tap(page, 'sound');
  await page.locator('dialog:modal').waitFor();
  await typeKeys(page, '77');
  await page.keyboard.press('Escape');
  await page.locator('dialog:modal').waitFor({ state: 'detached' });
  expect(await page.getByTestId('amount').getAttribute('data-empty')).toBe('true');
  await typeKeys(page, '8');
  expect(await page.getByTestId('amount').textContent()).toBe('¥8.00');
});
