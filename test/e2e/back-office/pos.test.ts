/**
 * Till software beside the app, on the real bundles: the technician's page, register, hang, cancel, follow; and the
 * link that only shows an order.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMerchantFile } from '../../../electron/app/setup/merchant-file.ts';
import { createPosApi } from '../../../electron/pos/pos-api.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { systemClock } from '../../../electron/base/clock.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { orderMessageSchema, type OrderMessage } from '../../../electron/pos/order-message.ts';
import { writeMerchantFile } from '../../../electron/practice/practice-merchant.ts';
import { openServices } from '../../../electron/app/open-services.ts';
import { changes, waitUntil } from '../../../electron/cli/session.ts';
import { REVERSE_WINDOW_MS } from '../../../shared/timing.ts';
import { launchKiosk, KioskExited } from '../../../build/stand-in/launcher/launch.ts';
import { freePort } from '../../support/terminal/pos-shop.ts';
import { enterAs } from '../../support/screen/staff-screen.ts';
import { MAIN_BUNDLE, onTill, openShop, takePayment, tap, type Shop } from '../../support/screen/shop.ts';

let shop: Shop;
let startedAtMs = 0;
let port = 0;
let token = '';

const never = (): never => {
  throw new Error('not asked for');
};

/** What a technician sets on the page, written into the profile before the app starts. */
async function switchOn(): Promise<void> {
  const posOrders = {
    wallOfLate: never,
    register: never,
    pay: never,
    find: never,
    act: never,
    unsettled: never,
    changedSince: never,
    load: never,
  };
  const pos = createPosApi({
    file: shop.profile.posApi,
    posOrders,
    clock: systemClock(),
    log: silentLog,
    onNotice: never,
  });
  const made = pos.renewToken();
  if (!made.ok) throw new Error(made.error);
  token = made.value.token;
  await pos.switchTo({ enabled: true, port });
}

beforeAll(async () => {
  shop = await openShop({ scenario: 'never-answers' });
  port = await freePort();
  await switchOn();
  await shop.kiosk.quit();
  await shop.restart();
  await shop.page.getByTestId('stage-none').waitFor();
  startedAtMs = Date.now();
});
afterAll(async () => {
  await shop.close();
});

const call = async (method: string, path: string, body?: object): Promise<{ status: number; json: unknown }> => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`http://127.0.0.1:${String(port)}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: await response.json() };
};

/** Follows the events until `isOver` holds for the order; returns all of them. */
async function follow(isOver: (order: OrderMessage) => boolean): Promise<OrderMessage[]> {
  const response = await fetch(`http://127.0.0.1:${String(port)}/v1/events`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const told: OrderMessage[] = [];
  let text = '';
  if (response.body === null) throw new Error('no stream');
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^event: order\ndata: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) told.push(orderMessageSchema.parse(JSON.parse(data)));
    }
    if (told.some(isOver)) break;
  }
  return told;
}

const link = async (number: string): Promise<void> => {
  const second = await launchKiosk({
    mainBundle: MAIN_BUNDLE,
    userData: shop.profile.chromium,
    env: { FACEPAY_PROFILE: shop.profile.folder },
    args: [`facepay-kiosk://order/${number}`],
  }).catch((error: unknown) => error);
  expect(second).toBeInstanceOf(KioskExited);
};

/** Till software with the shop's merchant account: it makes the pay call itself, and the app knows nothing of it. */
async function payElsewhere(): Promise<{ readonly outTradeNo: string; readonly paidAt: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-till-'));
  const profile = profileIn(folder);
  const clock = systemClock();
  const store = settingsStore(profile, '');
  const { path } = await writeMerchantFile(shop.gateway, join(folder, 'gateway'));
  const setUp = readMerchantFile(path, Date.now());
  if (!setUp.ok) throw new Error(JSON.stringify(setUp.error));
  await store.setMerchant(setUp.value.merchant, setUp.value.credentials);
  const changed = changes();
  const announce = (): void => {
    changed.announce();
  };
  const opened = await openServices({
    profile,
    store,
    clock,
    log: silentLog,
    onChange: announce,
    onStage: announce,
    onNotice: () => undefined,
  });
  if (!opened.ok) throw new Error(opened.error.code);
  const { till, journal } = opened.value;
  till.take(2_000);
  const left = (): { outTradeNo: string; atMs: number } | null => {
    const stage = till.stage();
    const order = stage.name === 'order' ? journal.load(stage.orderId)?.order : undefined;
    return order?.payCall.state === 'left' ? { outTradeNo: order.orderId, atMs: order.payCall.at.wallMs } : null;
  };
  await waitUntil(() => left() !== null, changed, clock, 30_000);
  const order = left();
  await opened.value.close(100);
  rmSync(folder, { recursive: true, force: true });
  if (order === null) throw new Error('the pay call never left');
  return { outTradeNo: order.outTradeNo, paidAt: new Date(order.atMs).toISOString() };
}

const HANDED_OVER_AFTER_MS = 3_000;

/** The time between an order's pay call and its first reverse at the gateway, by the gateway's clock. */
function reverseAfterMs(outTradeNo: string): number {
  const at = (path: string): number =>
    shop.gateway.requests.find((one) => one.path === path && one.fields['out_trade_no'] === outTradeNo)?.at.monoMs ??
    Number.NaN;
  return at('/secapi/pay/facepayreverse') - at('/pay/facepay');
}

test('a hanging payment of the till software’s own is handed over with its pay time, cancelled 15 s after it, and followed to its end', async () => {
  // A younger app accepts no statement about the time of payment: the clock may have been set just before it began.
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, startedAtMs + REVERSE_WINDOW_MS - Date.now())));
  const { outTradeNo, paidAt } = await payElsewhere();
  await new Promise((resolve) => setTimeout(resolve, HANDED_OVER_AFTER_MS));
  const following = follow((order) => order.outTradeNo === outTradeNo && order.phase === 'cancelled');
  expect(await call('POST', '/v1/orders', { outTradeNo, amountFen: 2_000, paidAt })).toMatchObject({
    status: 201,
    json: { outTradeNo, paidAt },
  });
  expect(await call('POST', `/v1/orders/${outTradeNo}/cancel`)).toMatchObject({
    status: 200,
    json: { phase: 'armed', verdict: 'do-not-charge' },
  });
  await shop.page.locator(`[data-testid^="tray-"][data-order-id="${outTradeNo}"]`).waitFor();
  const told = await following;
  expect(told.at(-1)).toMatchObject({ phase: 'cancelled', verdict: 'charge-again', attempts: 1 });
  expect(reverseAfterMs(outTradeNo)).toBeGreaterThanOrEqual(15_000);
  // A window that began with the hand-over would end later than this.
  expect(reverseAfterMs(outTradeNo)).toBeLessThan(REVERSE_WINDOW_MS + HANDED_OVER_AFTER_MS);
  expect(shop.gateway.ledger.verdict(outTradeNo)).toMatchObject({ charged: false, state: 'CLOSED' });
  expect(shop.gateway.ledger.violations).toEqual([]);
});

test('a number that only the till software knows is registered, asked about and cancelled', async () => {
  const registered = await call('POST', '/v1/orders', { outTradeNo: 'till-77', amountFen: 500, paidAt: null });
  expect(registered).toMatchObject({ status: 201, json: { outTradeNo: 'till-77', phase: 'paying' } });
  await expect.poll(async () => (await call('GET', '/v1/orders/till-77')).json).toMatchObject({ phase: 'not-found' });
  await call('POST', '/v1/orders/till-77/cancel');
  // The order appears in the screen's tray as soon as the terminal is responsible for it.
  await shop.page.locator('[data-order-id="till-77"]').first().waitFor();
  expect(await call('POST', '/v1/orders/till-77/withdraw')).toMatchObject({ status: 200 });
});

test('a link shows a known order and leaves it as it was; of an unknown one only the dialog is filled', async () => {
  const { version } = orderMessageSchema.parse((await call('GET', '/v1/orders/till-77')).json);
  await link('till-77');
  await shop.page.locator('[data-testid^="phase-"][data-order-id="till-77"]').waitFor();
  expect((await call('GET', '/v1/orders/till-77')).json).toMatchObject({ version });
  await tap(shop.page, 'next-customer');
  const asked = shop.gateway.requests.length;
  await link('till-unknown');
  await expect.poll(() => shop.page.getByTestId('number-input').inputValue()).toBe('till-unknown');
  expect([(await call('GET', '/v1/orders/till-unknown')).status, shop.gateway.requests.length]).toEqual([404, asked]);
  await shop.page.keyboard.press('Escape');
  await shop.page.getByTestId('number-input').waitFor({ state: 'detached' });
});

test('junk links do nothing, and a link while a payment is under way waits in the tray', async () => {
  await link('a/cancel');
  await link('%00');
  await takePayment(shop.page, '20');
  await link('till-77');
  await shop.page.getByTestId('asked').waitFor();
  await onTill(shop.page, 'paying');
  await tap(shop.page, 'next-customer');
  await tap(shop.page, 'asked');
  await shop.page.locator('[data-testid^="phase-"][data-order-id="till-77"]').waitFor();
  await shop.page.getByTestId('asked').waitFor({ state: 'detached' });
  await tap(shop.page, 'next-customer');
  await shop.page.getByTestId('stage-none').waitFor();
  expect(
    shop.gateway.requests.filter(
      ({ path, fields }) => path.includes('reverse') && fields['out_trade_no'] === 'till-77',
    ),
  ).toEqual([]);
});

test('a link that macOS hands over is shown as well', async () => {
  await shop.kiosk.openUrl('facepay-kiosk://order/till-77');
  await shop.page.locator('[data-testid^="phase-"][data-order-id="till-77"]').waitFor();
  await tap(shop.page, 'next-customer');
});

test('a link that starts the app is shown once the screen is there', async () => {
  await shop.kiosk.quit();
  const args = ['facepay-kiosk://order/till-77'];
  const started = await launchKiosk({
    mainBundle: MAIN_BUNDLE,
    userData: shop.profile.chromium,
    env: { FACEPAY_PROFILE: shop.profile.folder },
    args,
  });
  await started.page.locator('[data-testid^="phase-"][data-order-id="till-77"]').waitFor();
  await started.quit();
  await shop.restart();
});

test('a port that is taken is said on the screen, and the till goes on', async () => {
  await shop.kiosk.quit();
  const taken = createServer();
  await new Promise<void>((resolve) => void taken.listen(port, '127.0.0.1', resolve));
  await shop.restart();
  await shop.page.locator('[data-testid="notice"][data-code="pos-api-stopped"]').waitFor();
  await shop.page.getByTestId('stage-none').waitFor();
  await new Promise((resolve) => taken.close(resolve));
  await shop.page.locator('[data-testid="notice"][data-code="pos-api-stopped"]').waitFor({ state: 'detached' });
  expect((await call('GET', '/v1/health')).status).toBe(200);
});

test('a technician switches it off and on, makes a token that is shown once, renews and revokes it', async () => {
  const { page } = shop;
  const shown = (): Promise<string> => page.getByTestId('pos-secret').inputValue();
  const withToken = async (): Promise<number> => (await call('GET', '/v1/orders/till-77')).status;
  await enterAs(page, 'technician');
  await tap(page, 'tab-pos');
  await page.locator('[data-testid="pos-state"][data-running="true"]').waitFor();
  await tap(page, 'pos-switch');
  await page.locator('[data-testid="pos-state"][data-running="false"]').waitFor();
  await expect(call('GET', '/v1/health')).rejects.toThrow();
  port = await freePort();
  await page.getByTestId('pos-port').fill('80');
  expect(await page.getByTestId('pos-switch').isDisabled()).toBe(true);
  await page.getByTestId('pos-port').fill(String(port));
  await tap(page, 'pos-switch');
  await page.locator('[data-testid="pos-state"][data-running="true"]').waitFor();
  expect(await withToken()).toBe(200);
  await tap(page, 'pos-renew');
  await tap(page, 'pos-no');
  expect(await withToken()).toBe(200);
  await tap(page, 'pos-renew');
  await tap(page, 'pos-yes');
  await page.getByTestId('pos-secret').waitFor();
  expect(await withToken()).toBe(401);
  token = await shown();
  expect([token.length, await withToken()]).toEqual([47, 200]);
  await tap(page, 'pos-copy');
  await tap(page, 'pos-done');
  expect(await page.getByTestId('pos-secret').count()).toBe(0);
  expect(await page.content()).not.toContain(token);
  await tap(page, 'pos-revoke');
  await tap(page, 'pos-yes');
  await page.getByTestId('pos-make').waitFor();
  expect(await withToken()).toBe(401);
});
