/**
 * The main job, on the real bundles in a real Chromium (or Electron): take, hang, arm, withdraw, fire, choose, resume.
 */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../electron/base/clock.ts';
import { REVERSE_WINDOW_MS } from '../../shared/timing.ts';
import { fromTray, onTill, openShop, takePayment, tap, type Shop } from '../support/screen/shop.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(async () => {
  await shop.close();
});
afterEach(() => {
  expect(shop.gateway.ledger.violations).toEqual([]);
});

/** As late as a busy machine may be, in ms; another window would be 15 s. */
const LATE_MAX_MS = 5_000;

/** The time between an order's pay call and its first reverse at the gateway, in ms by the gateway's clock. */
function reverseAfterMs(outTradeNo: string): number {
  const of = (path: string): number => {
    const request = shop.gateway.requests.find((one) => one.path === path && one.fields['out_trade_no'] === outTradeNo);
    if (request === undefined) throw new Error(`${path} was not called for ${outTradeNo}`);
    return request.at.monoMs;
  };
  return of('/secapi/pay/facepayreverse') - of('/pay/facepay');
}

test('a payment that goes well ends as paid', async () => {
  await shop.gateway.setScenario('paid');
  const orderId = await takePayment(shop.page, '12.34');
  await onTill(shop.page, 'paid');
  expect(await shop.page.getByTestId('verdict').getAttribute('data-verdict')).toBe('paid');
  expect(shop.gateway.ledger.verdict(orderId)).toEqual({ charged: true, refunded: false, state: 'SUCCESS' });
  await tap(shop.page, 'next-customer');
  await shop.page.getByTestId('stage-none').waitFor();
});

test('an armed cancel can be taken back, and then nothing is ever sent', async () => {
  await shop.gateway.setScenario('never-answers');
  const orderId = await takePayment(shop.page, '1');
  await tap(shop.page, 'cancel');
  await onTill(shop.page, 'armed');
  await tap(shop.page, 'withdraw');
  await onTill(shop.page, 'paying');
  await shop.page.waitForTimeout(REVERSE_WINDOW_MS);
  expect(shop.gateway.requests.filter(({ path }) => path.includes('reverse'))).toEqual([]);
  await tap(shop.page, 'cancel');
  await onTill(shop.page, 'cancelled');
  expect(shop.gateway.ledger.verdict(orderId)).toMatchObject({ charged: false, state: 'CLOSED' });
  await tap(shop.page, 'next-customer');
});

test('a hanging payment, cancelled with one tap, fires at 15 s and goes through recall=Y, Y, N to cancelled', async () => {
  await shop.gateway.setScenario('recall-twice');
  const orderId = await takePayment(shop.page, '20');
  await tap(shop.page, 'cancel');
  await onTill(shop.page, 'armed');
  await shop.page.getByTestId('countdown').waitFor();
  await onTill(shop.page, 'cancelled');
  expect(await shop.page.getByTestId('verdict').getAttribute('data-verdict')).toBe('charge-again');
  expect(reverseAfterMs(orderId)).toBeGreaterThanOrEqual(15_000);
  expect(reverseAfterMs(orderId)).toBeLessThan(REVERSE_WINDOW_MS + LATE_MAX_MS);
  const answers = shop.page.locator('[data-testid="timeline-row"][data-what="reverse-answered"]');
  if ((await answers.count()) === 0) await tap(shop.page, 'timeline-toggle');
  await expect
    .poll(() => answers.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-recall')).sort()))
    .toEqual(['N', 'Y', 'Y']);
  await tap(shop.page, 'next-customer');
});

test.each([
  ['keep', 'paid', { charged: true, refunded: false, state: 'SUCCESS' }],
  ['refund', 'cancelled', { charged: true, refunded: true, state: 'REFUND' }],
] as const)('paid after the cancel was armed: the cashier may %s', async (choice, end, money) => {
  await shop.gateway.setScenario('paid-late');
  const orderId = await takePayment(shop.page, '30');
  await tap(shop.page, 'cancel');
  await onTill(shop.page, 'choosing');
  await tap(shop.page, choice);
  await onTill(shop.page, end);
  expect(shop.gateway.ledger.verdict(orderId)).toEqual(money);
  await tap(shop.page, 'next-customer');
});

test('an unresolved cancel goes to the tray and on by itself while the next customer pays', async () => {
  await shop.gateway.setScenario('never-answers');
  const hanging = await takePayment(shop.page, '40');
  await tap(shop.page, 'cancel');
  await onTill(shop.page, 'armed');
  await tap(shop.page, 'next-customer');
  await shop.gateway.setScenario('paid');
  await takePayment(shop.page, '50');
  await onTill(shop.page, 'paid');
  await tap(shop.page, 'next-customer');
  await fromTray(shop.page, hanging);
  await onTill(shop.page, 'cancelled');
  await tap(shop.page, 'next-customer');
});

test('main killed while a cancel is armed: started again, it fires at the same moment', async () => {
  await shop.gateway.setScenario('never-answers');
  const orderId = await takePayment(shop.page, '60');
  await tap(shop.page, 'cancel');
  await onTill(shop.page, 'armed');
  await shop.kiosk.kill();
  await shop.restart();
  const upAtMs = systemClock().read().monoMs;
  await fromTray(shop.page, orderId);
  await onTill(shop.page, 'cancelled');
  expect(reverseAfterMs(orderId)).toBeGreaterThanOrEqual(15_000);
  // A busy machine may be up only after the 15 s. A window of its own would begin then, and end 15 s later.
  const paidAtMs =
    shop.gateway.requests.find(({ fields }) => fields['out_trade_no'] === orderId)?.at.monoMs ?? Number.NaN;
  expect(reverseAfterMs(orderId)).toBeLessThan(Math.max(REVERSE_WINDOW_MS, upAtMs - paidAtMs) + LATE_MAX_MS);
  expect(
    shop.gateway.requests.filter(({ path, fields }) => path === '/pay/facepay' && fields['out_trade_no'] === orderId),
  ).toHaveLength(1);
});
