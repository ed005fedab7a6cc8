/** The cashier's hands on the till: bounces, focus, the sound setting and the visual form of the sounds. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { bounce, onTill, openShop, ready, takePayment, tap, type Shop } from '../../support/screen/shop.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(async () => {
  await shop.close();
});

const acts = (page: Page): Promise<(string | null)[]> =>
  page.locator('[data-testid="timeline-row"]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-what')));

test.each([30, 300])(
  'a touch that bounces after %i ms arms once, takes back once, and leaves the order where it is',
  async (gapMs) => {
    await shop.gateway.setScenario('never-answers');
    const { page } = shop;
    await takePayment(page, '1');
    if ((await page.getByTestId('timeline-row').count()) === 0) await tap(page, 'timeline-toggle');
    await bounce(page, 'cancel', gapMs);
    await onTill(page, 'armed');
    await ready(page, 'withdraw');
    await bounce(page, 'withdraw', gapMs);
    await onTill(page, 'paying');
    await ready(page, 'cancel');
    expect(await page.getByTestId('stage-order').count()).toBe(1);
    const done = await acts(page);
    expect(done.filter((what) => what?.includes('cancel')).length).toBeLessThanOrEqual(2);
    await bounce(page, 'next-customer', gapMs);
    await page.getByTestId('stage-none').waitFor();
  },
);

test('a switch that bounces is switched once', async () => {
  const { page } = shop;
  const language = (): Promise<string> => page.evaluate(() => document.documentElement.lang);
  const before = await language();
  await bounce(page, 'language', 30);
  await expect.poll(language).not.toBe(before);
  await tap(page, 'language');
  await expect.poll(language).toBe(before);
});

test('after each change the focus is at the top of the new state, on no button', async () => {
  const { page } = shop;
  await takePayment(page, '2');
  await ready(page, 'cancel');
  await page.getByTestId('cancel').focus();
  await page.keyboard.press('Enter');
  await onTill(page, 'armed');
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('stage-order');
  await ready(page, 'withdraw');
  await page.keyboard.press('Enter');
  expect(await page.getByTestId('phase-armed').count()).toBe(1);
  await tap(page, 'withdraw');
  await onTill(page, 'paying');
  await tap(page, 'next-customer');
});

test('the sound is turned down and muted on purpose only, and stays so over a restart', async () => {
  const { page } = shop;
  await tap(page, 'sound');
  await ready(page, 'volume-high');
  await tap(page, 'volume-high');
  await expect.poll(() => page.getByTestId('volume-high').getAttribute('aria-pressed')).toBe('true');
  await expect.poll(() => page.locator('[data-cue="look"]').count()).toBe(1);
  await ready(page, 'mute');
  await page.getByTestId('mute').click();
  expect(await page.getByTestId('unmute').count()).toBe(0);
  await page.getByTestId('mute').click({ delay: 900 });
  await page.getByTestId('unmute').waitFor();
  await tap(page, 'sound-close');
  await page.locator('[data-testid="sound"][data-muted]').waitFor();
  await shop.kiosk.quit();
  await shop.restart();
  await shop.page.locator('[data-testid="sound"][data-muted]').waitFor();
});

test('a muted till still shows each cue', async () => {
  await shop.gateway.setScenario('paid');
  await takePayment(shop.page, '3');
  await shop.page.locator('[data-cue="paid"]').waitFor();
  await onTill(shop.page, 'paid');
  await tap(shop.page, 'next-customer');
});
