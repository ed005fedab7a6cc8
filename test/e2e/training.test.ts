/** The course, walked as a cashier walks it: seven payments on the app's own practice gateway, nothing but taps. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOUBLE_TAP_MS } from '../../renderer/input/tap-guard.ts';
import type { Scenario } from '../../shared/practice/scenarios.ts';
import { enterAs, signIn } from '../support/screen/staff-screen.ts';
import {
  chooseScenario,
  onTill,
  openShop,
  ready,
  scenarioIs,
  takePayment,
  tap,
  typeKeys,
  type Shop,
} from '../support/screen/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ setUp: false });
});
afterAll(async () => {
  await shop.close();
});

const isOn = (id: string): Promise<void> =>
  shop.page.locator(`[data-testid="course"][data-exercise="${id}"]`).waitFor();

/** The course sets the gateway by itself, a moment after the exercise begins. */
const isSet = (scenario: Scenario): Promise<void> => scenarioIs(shop.page, scenario);

const isDone = (id: string): Promise<void> =>
  shop.page.locator(`[data-testid="course"][data-exercise="${id}"][data-done="true"]`).waitFor();

/** The exercise says so itself; the next one brings the keypad. */
async function done(id: string): Promise<void> {
  await isDone(id);
  await tap(shop.page, 'course-next');
  await shop.page.getByTestId('stage-none').waitFor();
}

/** What an exercise leaves ends by itself. */
const nothingIsLeft = (page: Page): Promise<void> =>
  expect.poll(() => page.locator('.tray__lists > .tray__list [data-tray-order]').count()).toBe(0);

/** By the keyboard alone: Tab until the button has the focus, then Enter. */
async function pressByKey(page: Page, testId: string): Promise<void> {
  await ready(page, testId);
  for (let tabs = 0; (await focused(page)) !== testId; tabs += 1) {
    if (tabs > 60) throw new Error(`Tab never comes to ${testId}`);
    await page.keyboard.press('Tab');
  }
  // Sooner it would be the second tap of a double tap.
  await page.waitForTimeout(DOUBLE_TAP_MS);
  await page.keyboard.press('Enter');
}

test('all seven exercises are done by real payments; each next one brings the keypad, and none leaves an order', async () => {
  const { page } = shop;
  await tap(page, 'course-start');
  await isOn('goes-well');
  await isSet('paid');
  const skip = await page.getByTestId('course-skip').boundingBox();
  const next = await page.getByTestId('course-next').boundingBox();
  expect(await page.getByTestId('course-next').isDisabled()).toBe(true);
  expect((next?.x ?? 0) - (skip?.x ?? 0) - (skip?.width ?? 0), 'apart').toBeGreaterThan(16);
  await takePayment(page, '1');
  await isDone('goes-well');
  expect(await page.getByTestId('course-next').boundingBox(), 'where it was').toEqual(next);
  expect(await page.getByTestId('course-skip').isDisabled()).toBe(true);
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
  expect(await page.getByTestId('course-redo').count()).toBe(0);
  await tap(page, 'course-leave');
  await closing.waitFor({ state: 'detached' });
  await nothingIsLeft(page);
});

test('by the keyboard alone: what is skipped is not done, the order left in it ends by itself, and the last page does it again', async () => {
  const { page } = shop;
  await pressByKey(page, 'language');
  await pressByKey(page, 'course-start');
  await page.locator('[data-testid="course-resume"][data-done="7"]').waitFor();
  await pressByKey(page, 'course-anew');
  await isOn('goes-well');
  await isSet('paid');
  await typeKeys(page, '1');
  await page.keyboard.press('Enter');
  await isDone('goes-well');
  await pressByKey(page, 'course-next');
  await isOn('declined');
  await page.getByTestId('stage-none').waitFor();
  await pressByKey(page, 'course-skip');
  await isOn('hangs');
  await isSet('never-answers');
  await typeKeys(page, '3');
  await page.keyboard.press('Enter');
  await onTill(page, 'paying');
  await page.keyboard.press('F4');
  await onTill(page, 'armed');
  await pressByKey(page, 'course-skip');
  await isOn('take-back');
  await page.getByTestId('stage-none').waitFor();
  for (const id of ['recall', 'paid-after-all', 'manager']) {
    await pressByKey(page, 'course-skip');
    await isOn(id);
  }
  await pressByKey(page, 'course-skip');
  const closing = page.getByTestId('course-closing');
  await closing.waitFor();
  expect(await closing.innerText()).toContain('1 exercise of 7 mastered');
  expect(await closing.locator('[data-result="skipped"]').count()).toBe(6);
  await pressByKey(page, 'course-redo');
  await isOn('declined');
  await nothingIsLeft(page);
  await pressByKey(page, 'course-leave');
  await page.getByTestId('course').waitFor({ state: 'detached' });
});

test('a course that was left half-way can start again; it gives way to the back office, where the manager sees when it was done', async () => {
  const { page } = shop;
  expect(await page.getByTestId('course-offer').count()).toBe(0);
  await tap(page, 'course-start');
  await page.locator('[data-testid="course-resume"][data-done="1"]').waitFor();
  await tap(page, 'course-anew');
  await isOn('goes-well');
  await tap(page, 'course-skip');
  await isOn('declined');
  await isSet('declined');
  await enterAs(page, 'manager');
  expect(await page.getByTestId('course').count()).toBe(0);
  await tap(page, 'tab-staff');
  await page.locator('[data-testid="course-result"][data-count="0"][data-whole="true"]').waitFor();
});

test('a terminal with a merchant of its own has no entry to it, and offers nothing', async () => {
  const other = await openShop();
  try {
    await other.page.getByTestId('stage-none').waitFor();
    for (const testId of ['course-start', 'course-offer', 'scenario'])
      expect(await other.page.getByTestId(testId).count(), testId).toBe(0);
  } finally {
    await other.close();
  }
});

test('two exercises, a restart, and it goes on at the third; the offer that was put off stays away; the manager sees it all, also once the terminal is live', async () => {
  const here = await openShop({ setUp: false });
  try {
    await tap(here.page, 'offer-begin');
    const at = (id: string, more = ''): Promise<void> =>
      here.page.locator(`[data-testid="course"][data-exercise="${id}"]${more}`).waitFor();
    for (const [id, scenario, yuan] of [
      ['goes-well', 'paid', '1'],
      ['declined', 'declined', '2'],
    ] as const) {
      await at(id);
      await scenarioIs(here.page, scenario);
      await takePayment(here.page, yuan);
      await at(id, '[data-done="true"]');
      expect(await here.page.getByTestId('course-unkept').count()).toBe(0);
      await tap(here.page, 'next-customer');
      await here.page.getByTestId('stage-none').waitFor();
      await tap(here.page, 'course-next');
    }
    await at('hangs');
    await tap(here.page, 'course-leave');
    await here.kiosk.quit();
    await here.restart();

    const offer = (): Locator => here.page.getByTestId('course-offer');
    await expect.poll(() => offer().innerText()).toContain('已练会 2 题');
    await tap(here.page, 'offer-later');
    await offer().waitFor({ state: 'detached' });
    await here.kiosk.quit();
    await here.restart();
    await tap(here.page, 'course-start');
    await here.page.locator('[data-testid="course-resume"][data-done="2"]').waitFor();
    expect(await offer().count()).toBe(0);
    await tap(here.page, 'course-go-on');
    await at('hangs');
    await tap(here.page, 'course-leave');
    await here.page.getByTestId('course').waitFor({ state: 'detached' });
    expect(await offer().count(), 'put off before').toBe(0);

    await enterAs(here.page, 'manager');
    await tap(here.page, 'tab-staff');
    const result = (): Locator => here.page.locator('[data-testid="course-result"][data-count="2"]');
    await expect.poll(() => result().innerText()).toContain('已练会 2 题，共 7 题');
    await here.kiosk.quit();
    await here.setUpMerchant();
    await here.restart();
    await signIn(here.page, 'manager', '482615');
    expect(await here.page.getByTestId('scenario').count()).toBe(0);
    await tap(here.page, 'tab-staff');
    await result().waitFor();
  } finally {
    await here.close();
  }
});

test('a case is chosen on the panel by finger or by arrow keys, stands in the band, and one tap goes back to normal', async () => {
  const here = await openShop({ setUp: false });
  try {
    const { page } = here;
    await chooseScenario(page, 'declined');
    await tap(page, 'scenario-reset');
    await scenarioIs(page, 'paid');
    await page.getByTestId('scenario-reset').waitFor({ state: 'detached' });
    // A button that slides under the finger takes no tap before this.
    await page.waitForTimeout(DOUBLE_TAP_MS);

    await tap(page, 'scenario');
    await page.getByTestId('scenarios').waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('scenario-paid');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('scenario-declined');
    await page.keyboard.press('Enter');
    await scenarioIs(page, 'declined');
    await page.getByTestId('scenarios').waitFor({ state: 'detached' });

    await tap(page, 'scenario');
    await page.getByTestId('scenarios').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('scenarios').waitFor({ state: 'detached' });
    await scenarioIs(page, 'declined');
  } finally {
    await here.close();
  }
});

const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset['testid'] : undefined,
  );
