/**
 * Scanners in each of their modes, by real key events: an order number is heard, no button is pressed, no amount is made;
 * a customer's payment code stays nowhere.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { composeIn, scanIn, SCANNER_MODES, type ScannerMode } from '../support/screen/scanners.ts';
import { nextCustomer, onTill, openShop, tap, typeKeys, type Shop } from '../support/screen/shop.ts';
import { setPin, signIn } from '../support/screen/staff-screen.ts';
import { secretsUnder } from '../support/secrets/canaries.ts';

const CODE = '163456789012345678';
const PIN = '482615';

let shop: Shop;
let page: Page;
beforeAll(async () => {
  shop = await openShop();
  page = shop.page;
  await setPin(page, 'manager', PIN);
  await page.keyboard.press('Escape');
  await page.getByTestId('staff-dialog').waitFor({ state: 'detached' });
});
afterAll(() => shop.close());

/** Keyboard users leave the focus on a button; the Enter of a scan would press it. */
const focus = (testId: string): Promise<void> => page.getByTestId(testId).focus();
const language = (): Promise<string> => page.evaluate(() => document.documentElement.lang);
const isAmountEmpty = async (): Promise<boolean> =>
  (await page.getByTestId('amount').getAttribute('data-empty')) === 'true';
const note = (what: string): Promise<void> => page.locator(`[data-testid="scan-note"][data-what="${what}"]`).waitFor();
/** Every text of the page, those in its fields too. */
const everyText = (): Promise<string> =>
  page.evaluate(() =>
    [
      document.body.textContent,
      ...Array.from(document.querySelectorAll('input, textarea'), (field) => Reflect.get(field, 'value') as string),
    ].join('\n'),
  );

const openPinPad = async (): Promise<void> => {
  await tap(page, 'staff');
  await page.getByTestId('pin-dots').waitFor();
};

describe('on the till', () => {
  test.each(SCANNER_MODES)(
    'a number scanned by %s is looked up, presses nothing and makes no amount',
    async (mode: ScannerMode) => {
      const number = `POS_2026-${String(SCANNER_MODES.indexOf(mode))}|a*@`;
      shop.gateway.seed({ outTradeNo: number, amountFen: 990, state: 'SUCCESS', paidAt: new Date().toISOString() });
      const before = { language: await language(), requests: shop.gateway.requests.length };
      for (const testId of ['language', 'key-5']) {
        await focus(testId);
        await scanIn(page, mode, number);
        expect(await page.getByTestId('number-input').inputValue()).toBe(number);
        expect(await isAmountEmpty()).toBe(true);
        expect({ language: await language(), requests: shop.gateway.requests.length }).toEqual(before);
        if (testId === 'language') await tap(page, 'number-close');
      }
      // In the field itself, where a finger has put the caret, it takes the place of what was there.
      await page.getByTestId('number-input').click();
      await scanIn(page, mode, number);
      expect(await page.getByTestId('number-input').inputValue()).toBe(number);
      await tap(page, 'number-submit');
      await onTill(page, 'paid');
      await nextCustomer(page);
    },
  );

  test.each(SCANNER_MODES)(
    'a payment code scanned by %s is said to be one, shown nowhere, and looked up only if it is said to be none',
    async (mode) => {
      const requests = shop.gateway.requests.length;
      await focus('key-5');
      await scanIn(page, mode, CODE);
      await page.locator('[data-testid="number-error"][data-code="payment-code"]').waitFor();
      expect(await isAmountEmpty()).toBe(true);
      await page.getByTestId('number-input').click();
      await scanIn(page, mode, CODE);
      expect(await everyText()).not.toContain(CODE.slice(0, 6));
      await page.keyboard.press('Enter');
      await page.locator('[data-testid="number-is-order-number"]').waitFor();
      await tap(page, 'number-close');
      expect(shop.gateway.requests.length).toBe(requests);
    },
  );

  test.each(SCANNER_MODES)(
    'a label scanned by %s that is longer than any order number says what it is not',
    async (mode) => {
      await focus('key-5');
      await scanIn(page, mode, 'BADGE-0123456789-0123456789-0123456789');
      await note('no-number');
      await page.getByTestId('number-input').waitFor({ state: 'detached' });
      expect(await isAmountEmpty()).toBe(true);
    },
  );

  test('a short number that was scanned may be a staff badge, and the dialog asks; one that is typed is what it is', async () => {
    const below = page.locator('.number-field__below');
    await focus('key-5');
    await scanIn(page, SCANNER_MODES[0], '104207');
    expect(await below.innerText()).toContain('工牌');
    await page.keyboard.press('Backspace');
    expect(await below.innerText()).not.toContain('工牌');
    await page.keyboard.press('7');
    await tap(page, 'number-close');
    await page.keyboard.press('F6');
    await typeKeys(page, '104207');
    await expect.poll(() => page.getByTestId('number-input').inputValue()).toBe('104207');
    expect(await below.innerText()).not.toContain('工牌');
    await tap(page, 'number-close');
  });
});

test.each(SCANNER_MODES)(
  'a scan by %s changes no PIN that is being typed, and the screen says what it was',
  async (mode) => {
    await openPinPad();
    await typeKeys(page, PIN.slice(0, 3));
    await scanIn(page, mode, '20261123150007');
    await note('no-badge');
    // Over the dialog, and for a screen reader in it.
    expect(await page.locator('dialog:modal [data-testid="scan-note"]:popover-open').count()).toBe(1);
    await scanIn(page, mode, CODE);
    await note('payment-code');
    expect(await page.getByTestId('pin-dots').getAttribute('data-count')).toBe('3');
    expect(await everyText()).not.toContain(CODE.slice(0, 6));
    await page.keyboard.press('Escape');
    await page.getByTestId('staff-dialog').waitFor({ state: 'detached' });
  },
);

test('a scanner that loses a moment in the middle is heard whole, and its first part stays nowhere', async () => {
  await scanIn(page, 'plain keys', 'POS_2026-0|a*@', 8);
  await expect.poll(() => page.getByTestId('number-input').inputValue()).toBe('POS_2026-0|a*@');
  await tap(page, 'number-close');
  await scanIn(page, 'plain keys', 'BADGE-0123456789-0123456789-0123456789', 12);
  await note('no-number');
  await page.getByTestId('number-input').waitFor({ state: 'detached' });
  await scanIn(page, 'plain keys', CODE, 8);
  await page.locator('[data-testid="number-error"][data-code="payment-code"]').waitFor();
  expect(await everyText()).not.toContain(CODE.slice(0, 6));
  await tap(page, 'number-close');
});

describe('in the back office', () => {
  beforeAll(() => signIn(page, 'manager', PIN));

  test.each(SCANNER_MODES)('a search finds the number scanned by %s, in its field and without it', async (mode) => {
    await tap(page, 'tab-history');
    await page.getByTestId('history-foot').waitFor();
    const number = `POS_2026-${String(SCANNER_MODES.indexOf(mode))}|a*@`;
    for (const into of ['history-pad', 'history-number']) {
      await focus(into);
      await scanIn(page, mode, number);
      expect(await page.getByTestId('history-number').inputValue()).toBe(number);
      await expect.poll(() => page.getByTestId('history-list').getAttribute('data-total')).toBe('1');
      expect(await page.getByTestId('history-pad').getAttribute('aria-expanded')).toBe('false');
      await scanIn(page, mode, CODE);
      await note('payment-code');
      expect(await everyText()).not.toContain(CODE.slice(0, 6));
      await page.getByTestId('history-number').fill('');
    }
  });

  test('a person may type 18 digits into the search', async () => {
    await page.getByTestId('history-number').click();
    await typeKeys(page, CODE.replace('16', '15'));
    expect(await page.getByTestId('history-number').inputValue()).toBe(CODE.replace('16', '15'));
    await tap(page, 'history-clear-number');
  });

  test.each(SCANNER_MODES)(
    'a payment code scanned by %s leaves the name that was being typed, and no undo brings it back',
    async (mode) => {
      await tap(page, 'tab-staff');
      const name = page.getByTestId('cashier-name');
      await name.fill('王芳');
      await name.press('End');
      await scanIn(page, mode, CODE);
      await note('payment-code');
      expect(await name.inputValue()).toBe('王芳');
      expect(await page.getByTestId('cashier-list').textContent()).not.toContain('王芳');
      for (let times = 0; times < 3; times += 1) await page.keyboard.press('Control+z');
      expect(await everyText()).not.toContain(CODE.slice(0, 6));
    },
  );

  test('a person may compose a name by an input method', async () => {
    const name = page.getByTestId('cashier-name');
    await name.fill('');
    await composeIn(page, 'wangfang', '王芳');
    expect(await name.inputValue()).toBe('王芳');
  });

  test('and nothing of it is in any file of the terminal', () => {
    expect(secretsUnder(shop.profile.folder, { 'payment code': CODE })).toEqual([]);
  });
});
