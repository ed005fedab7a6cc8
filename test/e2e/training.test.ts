/** The course, walked as a cashier walks it: seven payments on the app's own practice gateway, nothing but taps. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOUBLE_TAP_MS } from '../../renderer/tap-guard.ts';
import { enterAs } from '../support/staff-screen.ts';
import { onTill, openShop, takePayment, tap, type Shop } from '../support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ setUp: false });
});
afterAll(async () => {
  await shop.close();
});

const isOn = (id: string): Promise<void> => shop.page.locator(`[data-testid="course"][data-exercise="${id}"]`).waitFor();

/** Sets the gateway, which the course does by itself a moment after the exercise begins. */
const isSet = (scenario: string): Promise<void> => expect.poll(() => shop.page.getByTestId('scenario').inputValue()).toBe(scenario);

/** The exercise says so itself; then the till is cleared and the next one begins. */
async function done(id: string): Promise<void> {
  await shop.page.locator(`[data-testid="course"][data-exercise="${id}"][data-done="true"]`).waitFor({ timeout: 60_000 });
  await tap(shop.page, 'course-next');
  if ((await shop.page.getByTestId('stage-none').count()) === 0) await tap(shop.page, 'next-customer');
  await shop.page.getByTestId('stage-none').waitFor();
}

test('all seven exercises are done by real payments, and the closing page says so in both languages', { timeout: 300_000 }, async () => {
  const { page } = shop;
  await tap(page, 'course-start');
  await isOn('goes-well');
  await isSet('paid');
  await takePayment(page, '1');
  await done('goes-well');

  await isOn('declined');
  await isSet('declined');
  await takePayment(page, '2');
  await done('declined');

  await isOn('hangs');
  await isSet('never-answers');
  await takePayment(page, '3');
  await tap(page, 'cancel');
  await onTill(page, 'armed');
  expect(await page.locator('[data-testid="course"]').getAttribute('data-done')).toBe('false');
  await done('hangs');

  await isOn('take-back');
  await isSet('needs-password');
  await takePayment(page, '4');
  await tap(page, 'cancel');
  await tap(page, 'withdraw');
  await done('take-back');

  await isOn('recall');
  await isSet('recall-twice');
  await takePayment(page, '5');
  await tap(page, 'cancel');
  await isSet('paid');
  await tap(page, 'next-customer');
  await page.getByTestId('stage-none').waitFor();
  await takePayment(page, '6');
  await done('recall');

  await isOn('paid-after-all');
  await isSet('paid-late');
  await takePayment(page, '7');
  await tap(page, 'cancel');
  await onTill(page, 'choosing');
  await tap(page, 'keep');
  await done('paid-after-all');

  await isOn('manager');
  await isSet('sign-error');
  await takePayment(page, '8');
  await tap(page, 'cancel');
  await done('manager');

  const closing = page.getByTestId('course-closing');
  await closing.waitFor();
  expect(await closing.locator('[data-result="done"]').count()).toBe(7);
  expect(await closing.innerText()).toContain('已练会 7 题');
  await tap(page, 'language');
  await expect.poll(() => closing.innerText()).toContain('7 exercises of 7 mastered');
  await tap(page, 'course-leave');
  await closing.waitFor({ state: 'detached' });
});

test('it gives way to the back office, and a terminal with a merchant of its own has no entry to it', { timeout: 120_000 }, async () => {
  const { page } = shop;
  await tap(page, 'course-start');
  await isOn('goes-well');
  await tap(page, 'course-skip');
  await isOn('declined');
  // Sooner it would be the second tap of a double tap.
  await page.waitForTimeout(DOUBLE_TAP_MS);
  await tap(page, 'course-skip');
  await isOn('hangs');
  await isSet('never-answers');
  await enterAs(page, 'manager');
  expect(await page.getByTestId('course').count()).toBe(0);

  const other = await openShop();
  try {
    await other.page.getByTestId('stage-none').waitFor();
    expect(await other.page.getByTestId('course-start').count()).toBe(0);
  } finally {
    await other.close();
  }
});
