/** A cashier's name in Chinese, by fingers on the screen alone. */
import { expect, test } from 'vitest';
import { fingersOn } from '../../support/screen/fingers.ts';
import { openShop } from '../../support/screen/shop.ts';
import { enterAs } from '../../support/screen/staff-screen.ts';

test('王小明 is spelled and chosen by touches, by word or by character, and what was not chosen stays as letters', async () => {
  const shop = await openShop({ setUp: false });
  try {
    const { page } = shop;
    await enterAs(page, 'manager');
    const fingers = await fingersOn(page);
    const touch = (testId: string): Promise<void> => fingers.touch(testId);
    const spell = async (letters: string): Promise<void> => {
      for (const letter of letters) await touch(`touch-key-${letter}`);
    };
    /** Turns the rows until the text is there, and touches it. */
    const choose = async (text: string): Promise<void> => {
      const candidate = page.locator('[data-testid^="candidate-"]').filter({ hasText: new RegExp(`^\\d${text}$`) });
      await page.getByTestId('candidate-1').waitFor();
      for (let rows = 0; (await candidate.count()) === 0; rows += 1) {
        if (rows > 20) throw new Error(`no ${text}`);
        await touch('candidates-more');
      }
      await touch((await candidate.getAttribute('data-testid')) ?? '');
    };
    const value = (): Promise<string> => page.getByTestId('cashier-name').inputValue();
    await touch('tab-staff');
    await touch('cashier-name');
    expect(await page.getByTestId('cashier-name').getAttribute('inputmode')).toBe('none');
    await spell('wangxiaoming');
    expect(await value(), 'nothing is typed yet').toBe('');
    await choose('王');
    expect(await value()).toBe('王');
    await choose('小');
    await touch('touch-space');
    expect(await value(), 'the blank takes the first').toBe('王小明');
    expect(await page.getByTestId('candidates').count()).toBe(0);
    await touch('cashier-add');
    await page.getByText('王小明', { exact: true }).first().waitFor();
    await expect.poll(value).toBe('');

    await touch('cashier-name');
    await spell('li');
    await touch('touch-delete');
    await touch('touch-done');
    await expect.poll(value, { message: 'what was spelled and not chosen' }).toBe('l');
    await touch('cashier-name');
    await touch('touch-clear');
    await touch('touch-pinyin');
    await spell('anna');
    expect(await value(), 'as letters').toBe('anna');
  } finally {
    await shop.close();
  }
});

test('a keyboard that is plugged in types as before', async () => {
  const shop = await openShop({ setUp: false });
  try {
    const { page } = shop;
    await enterAs(page, 'manager');
    await page.getByTestId('tab-staff').click();
    await page.getByTestId('cashier-name').click();
    await page.keyboard.type('wang 王', { delay: 120 });
    expect(await page.getByTestId('cashier-name').inputValue()).toBe('wang 王');
    expect(await page.getByTestId('candidates').count()).toBe(0);
  } finally {
    await shop.close();
  }
});
