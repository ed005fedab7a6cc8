/** Light, dark and large text: chosen on the support page, seen on both displays, and kept. */
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { enterAs } from '../../support/screen/staff-screen.ts';
import { openShop, tap, type Shop } from '../../support/screen/shop.ts';

let shop: Shop;
afterEach(() => shop.close());

const textSize = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
const isDark = (page: Page): Promise<boolean> =>
  page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
const customerPage = (): Page | undefined =>
  shop.page
    .context()
    .pages()
    .find((page) => new URL(page.url()).pathname.startsWith('/customer/'));
/** By what a customer sees: light words on a dark ground. */
const isCustomerDark = async (): Promise<boolean | undefined> =>
  customerPage()?.evaluate(() => {
    const page = document.querySelector('.customer');
    if (page === null) return false;
    const { backgroundColor, color } = getComputedStyle(page);
    const brightness = (text: string): number =>
      (text.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
    return brightness(backgroundColor) < 150 && brightness(color) > 600;
  });
const scrolls = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
    return scrollHeight > clientHeight || scrollWidth > clientWidth;
  });

test('a manager chooses dark and large text: both displays follow the text, and pages are served so before their first paint', async () => {
  shop = await openShop({ viewport: { width: 1366, height: 768 }, env: { STANDIN_SECOND_DISPLAY: '1024x600' } });
  const { page } = shop;
  await expect.poll(() => customerPage() !== undefined).toBe(true);
  const usual = Number.parseFloat(await textSize(page));
  await enterAs(page, 'manager');
  await tap(page, 'tab-support');
  await tap(page, 'appearance-theme-dark');
  await expect.poll(() => isDark(page)).toBe(true);
  await tap(page, 'appearance-text-large');
  await expect.poll(() => textSize(page)).toBe(`${String(usual * 1.25)}px`);
  await expect.poll(async () => customerPage()?.evaluate(() => document.documentElement.dataset['text'])).toBe('large');
  // No script writes it: it stands in the page as main serves it.
  expect(await page.evaluate(() => fetch('./index.html').then((page) => page.text()))).toContain('data-text="large"');
  await expect.poll(isCustomerDark).toBe(true);
  await shop.kiosk.quit();
  await shop.restart();
  await shop.page.getByTestId('staff').waitFor();
  expect(await isDark(shop.page)).toBe(true);
  expect(await textSize(shop.page)).toBe(`${String(usual * 1.25)}px`);
  await expect.poll(async () => customerPage()?.evaluate(() => document.documentElement.dataset['text'])).toBe('large');
  await expect.poll(isCustomerDark).toBe(true);
  expect(await scrolls(shop.page)).toBe(false);
  await shop.page.setViewportSize({ width: 1080, height: 1920 });
  expect(await scrolls(shop.page)).toBe(false);
});
