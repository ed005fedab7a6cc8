/**
 * Sale after sale by a numeric pad alone. The cashier's own time is counted by the keystroke-level model (Card, Moran and
 * Newell: 0.28 s for a key of somebody who is no typist, 1.35 s to think before each amount), so it does not depend on the
 * machine.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onTill, openShop, type Shop } from '../../support/screen/shop.ts';

const KEY_S = 0.28;
const THINK_S = 1.35;
const OWN_TIME_MAX_S = 12;

let shop: Shop;
let keys = 0;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(async () => {
  await shop.close();
});

async function strike(...struck: readonly string[]): Promise<void> {
  keys += struck.length;
  for (const key of struck) await shop.page.keyboard.press(key);
}

const charged = (): readonly (string | undefined)[] =>
  shop.gateway.requests
    .filter(({ path }) => /pay\/(?:facepay|micropay)$/.test(path))
    .map(({ fields }) => fields['total_fee']);

test('three sales in a row are three amounts and three Enters, each amount the one that was typed, in 12 s of the cashier’s own time', async () => {
  const { page } = shop;
  const sales = ['12.5', '3+4.5', '38'];
  for (const [index, amount] of sales.entries()) {
    // From the second sale on the first digit leaves the paid order, and Enter follows the last digit at once.
    await strike(...Array.from(amount), 'Enter');
    await expect.poll(() => charged().length).toBe(index + 1);
    await onTill(page, 'paid');
  }
  expect(charged()).toEqual(['1250', '750', '3800']);
  expect(keys * KEY_S + sales.length * THINK_S).toBeLessThan(OWN_TIME_MAX_S);
});

test('Enter alone is "next customer", but not in the moment in which the result appears', async () => {
  const { page } = shop;
  const isLeft = async (): Promise<boolean> => {
    await strike('Enter');
    return (await page.getByTestId('stage-none').count()) === 1;
  };
  await expect.poll(isLeft).toBe(true);
  await strike('7', 'Enter', 'Enter');
  await onTill(page, 'paid');
  expect(charged().at(-1)).toBe('700');
  expect(await page.getByTestId('stage-none').count()).toBe(0);
});

test('digits leave no order whose result is open', async () => {
  const { page } = shop;
  await shop.gateway.setScenario('never-answers');
  await strike('9', 'Enter');
  await onTill(page, 'paying');
  const { length } = charged();
  await strike('5', '5', 'Enter');
  await onTill(page, 'paying');
  expect([charged().length, await page.getByTestId('stage-none').count()]).toEqual([length, 0]);
});
