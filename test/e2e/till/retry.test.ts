/**
 * A cancel that goes on, as the cashier sees it: which attempt, WeChat's last answer, when the next one is, and "try
 * now".
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onTill, openShop, takePayment, tap, type Shop } from '../../support/screen/shop.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ scenario: 'system-error', viewport: { width: 1280, height: 800 } });
});
afterAll(async () => {
  await shop.close();
});

/** The content of till and tray at one moment. */
const shown = (): Promise<{ badge: string; answer: string; next: string; tray: string; tryNowHeight: number }> =>
  shop.page.evaluate(() => {
    const text = (selector: string): string => document.querySelector(selector)?.textContent ?? '';
    return {
      badge: text('.status-panel__badge'),
      answer: text('.status-panel__words'),
      next: text('[data-testid="countdown"]'),
      tray: text('.tray-card__next'),
      tryNowHeight: document.querySelector('[data-testid="try-now"]')?.getBoundingClientRect().height ?? 0,
    };
  });

test('between attempts the till and the tray show which it was and when the next is, and "try now" does not wait for it', async () => {
  await takePayment(shop.page, '20');
  await tap(shop.page, 'cancel');
  await onTill(shop.page, 'reversing');
  await expect.poll(shown, { interval: 50 }).toEqual({
    badge: '第 2 次',
    answer: expect.stringContaining('上次答复：微信系统繁忙'),
    next: expect.stringMatching(/^[1-4]秒后自动重试$/),
    tray: expect.stringMatching(/^第 2 次 · [1-4] 秒后重试$/),
    tryNowHeight: expect.closeTo(96, 0),
  });
  const reverses = (): number => shop.gateway.requests.filter(({ path }) => path.includes('reverse')).length;
  expect(reverses()).toBe(2);
  await tap(shop.page, 'try-now');
  await expect.poll(reverses, { interval: 20, timeout: 3_000 }).toBe(3);
  await onTill(shop.page, 'cancelled');
});
