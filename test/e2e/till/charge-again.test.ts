/** After a proved "not charged" one tap charges the same customer the same amount, as a new order. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bounce, onTill, openShop, takePayment, type Shop } from '../../support/screen/shop.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ scenario: 'declined' });
});
afterAll(async () => {
  await shop.close();
});

const charged = (): readonly (readonly (string | undefined)[])[] =>
  shop.gateway.requests
    .filter(({ path }) => /pay\/(?:facepay|micropay)$/.test(path))
    .map(({ fields }) => [fields['out_trade_no'], fields['total_fee']]);

test('a payment that was surely not charged offers its amount again, and a double tap takes it once', async () => {
  const { page, gateway } = shop;
  const orderId = await takePayment(page, '38');
  await onTill(page, 'failed');
  expect(await page.getByTestId('charge-again').textContent()).toBe('重新收款 ¥38.00');
  await gateway.setScenario('paid');
  await bounce(page, 'charge-again', 90);
  await onTill(page, 'paid');
  const [first, second, ...more] = charged();
  expect(more).toEqual([]);
  expect(first).toEqual([orderId, '3800']);
  expect(second?.[1]).toBe('3800');
  expect(second?.[0]).not.toBe(orderId);
  expect(await page.getByTestId('charge-again').count()).toBe(0);
});
