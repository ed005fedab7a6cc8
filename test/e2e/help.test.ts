/** The guide on the real bundles: F1 on the till and in the back office, how it is closed, and what closes it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SCAN_GAP_MS } from '../../renderer/input/scan.ts';
import { DOUBLE_TAP_MS } from '../../renderer/input/tap-guard.ts';
import { onTill, openShop, scan, takePayment, tap, type Shop } from '../support/screen/shop.ts';
import { enterAs } from '../support/screen/staff-screen.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await shop.page.getByTestId('stage-none').waitFor();
});
afterAll(async () => {
  await shop.close();
});

const shows = (page: string): Promise<void> => shop.page.getByTestId(`help-${page}`).waitFor();
const closed = (): Promise<void> => shop.page.getByTestId('help-dialog').waitFor({ state: 'detached' });
/** A second stroke earlier than this is a key that bounces. */
const pressF1 = async (): Promise<void> => {
  await shop.page.waitForTimeout(DOUBLE_TAP_MS);
  await shop.page.keyboard.press('F1');
};
const focused = (): Promise<string | null> =>
  shop.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);

test('F1 on the till opens the cashier’s page in the app’s language, and F1 closes it', async () => {
  await pressF1();
  await shows('cashier');
  expect(await shop.page.getByTestId('help-cashier').innerText()).toContain('收一笔款');
  expect(
    await shop.page
      .getByTestId('help-cashier')
      .locator('img')
      .evaluate((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth),
  ).toBe(640);
  await pressF1();
  await closed();
  await tap(shop.page, 'language');
  await pressF1();
  await shows('cashier');
  expect(await shop.page.getByTestId('help-cashier').innerText()).toContain('Take a payment');
  await shop.page.keyboard.press('Escape');
  await closed();
});

test('a bouncing F1 opens it once', async () => {
  await shop.page.waitForTimeout(DOUBLE_TAP_MS);
  const devtools = await shop.page.context().newCDPSession(shop.page);
  const startS = Date.now() / 1_000;
  // The strokes carry their times, however long this machine takes to deliver them.
  await Promise.all(
    [0, 0.1].flatMap((afterS) =>
      (['keyDown', 'keyUp'] as const).map((type) =>
        devtools.send('Input.dispatchKeyEvent', { type, key: 'F1', code: 'F1', timestamp: startS + afterS }),
      ),
    ),
  );
  await devtools.detach();
  await shows('cashier');
  await shop.page.keyboard.press('Escape');
  await closed();
});

test('the button opens it; keys scroll and walk through the pages; what is typed reaches nothing behind it; Escape gives the focus back', async () => {
  const { page } = shop;
  await page.getByTestId('help').focus();
  await page.keyboard.press('Enter');
  await shows('cashier');
  await expect.poll(focused).toBe('help-cashier');
  await expect
    .poll(async () => {
      await page.keyboard.press('PageDown');
      return page.getByTestId('help-cashier').evaluate(({ scrollTop }) => scrollTop);
    })
    .toBeGreaterThan(200);
  await page.keyboard.press('7');
  // While a key might still be a scanner's, it has no effect.
  await page.waitForTimeout(2 * SCAN_GAP_MS);
  await page.keyboard.press('F6');
  expect(await page.getByTestId('number-input').count()).toBe(0);
  await page.locator('[data-testid="help-link-manager"]:enabled').click();
  await shows('manager');
  await expect.poll(focused).toBe('help-manager');
  expect(await page.getByTestId('help-manager').evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  await tap(page, 'help-page-terminal-command');
  await shows('terminal-command');
  await page.keyboard.press('Escape');
  await closed();
  expect(await focused()).toBe('help');
  expect(await page.getByTestId('amount').textContent()).toBe('¥0.00');
});

test('a scan brings the order’s dialog before it, F1 helps over that dialog too, and leaves the number as it is', async () => {
  const { page } = shop;
  await pressF1();
  await shows('cashier');
  await scan(page, '20261124103000001');
  await page.getByTestId('number-input').waitFor();
  await closed();
  await pressF1();
  await shows('cashier');
  await page.keyboard.press('Escape');
  await closed();
  expect((await page.getByTestId('number-input').inputValue()).replaceAll(' ', '')).toBe('20261124103000001');
  await page.keyboard.press('Escape');
  await page.getByTestId('number-input').waitFor({ state: 'detached' });
});

test('an order that waits for somebody takes its place; one that waited before is one tap away', async () => {
  const { page } = shop;
  await shop.gateway.setScenario('paid-late');
  await takePayment(page, '30');
  await tap(page, 'cancel');
  await onTill(page, 'armed');
  await pressF1();
  await shows('cashier');
  await onTill(page, 'choosing');
  await closed();
  await pressF1();
  await page.locator('[data-testid="help-attention"]:enabled').click();
  await closed();
  await tap(page, 'keep');
  await onTill(page, 'paid');
});

test('in the back office F1 opens the page for the work that is done there', async () => {
  const { page } = shop;
  await enterAs(page, 'technician', '735194');
  await tap(page, 'tab-pos');
  await pressF1();
  await shows('pos-api');
  await pressF1();
  await closed();
  await tap(page, 'tab-support');
  await pressF1();
  await shows('technician');
  await page.keyboard.press('Escape');
  await closed();
  expect(await page.getByTestId('back-office').count()).toBe(1);
});
