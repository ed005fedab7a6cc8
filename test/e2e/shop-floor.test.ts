/** Events around the main job: the network, the scanner, a crash of the screen, a second start, a damaged journal. */
import { spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../electron/base/clock.ts';
import { startPracticeGateway } from '../../electron/practice/gateway-server.ts';
import { launchKiosk } from '../../build/stand-in/launcher/launch.ts';
import {
  chooseScenario,
  MAIN_BUNDLE,
  nextCustomer,
  onTill,
  openShop,
  scan,
  takePayment,
  tap,
  type Shop,
} from '../support/screen/shop.ts';

let shop: Shop | null = null;
const open = async (...options: Parameters<typeof openShop>): Promise<Shop> => {
  shop = await openShop(...options);
  return shop;
};
afterEach(async () => {
  await shop?.close();
  shop = null;
});

const secondsAgo = (seconds: number): string => new Date(Date.now() - seconds * 1_000).toISOString();

test('the network goes down during a cancel and comes back: it goes on by itself', async () => {
  const { page, gateway } = await open({ scenario: 'never-answers' });
  const orderId = await takePayment(page, '15');
  await tap(page, 'cancel');
  await onTill(page, 'armed');
  const ports = { primary: Number(new URL(gateway.primary).port), backup: Number(new URL(gateway.backup).port) };
  await gateway.close();
  await onTill(page, 'reversing');
  const offline = page.locator('[data-testid="notice"][data-code="offline"]');
  await offline.waitFor();
  expect(await page.getByTestId('verdict').getAttribute('data-verdict')).toBe('do-not-charge');
  const back = await startPracticeGateway({
    clock: systemClock(),
    merchant: gateway.merchant,
    ca: gateway.ca,
    ports,
    ledgerText: JSON.stringify(gateway.ledger),
  });
  await onTill(page, 'cancelled');
  await offline.waitFor({ state: 'detached' });
  expect(back.ledger.verdict(orderId)).toEqual({ charged: false, refunded: false, state: 'CLOSED' });
  await back.close();
});

test('the screen crashes and comes back to where things stand', async () => {
  const { kiosk } = await open({ scenario: 'never-answers' });
  const orderId = await takePayment(kiosk.page, '15');
  await tap(kiosk.page, 'cancel');
  await onTill(kiosk.page, 'armed');
  await kiosk.page.goto('chrome://crash').catch(() => undefined);
  await expect
    .poll(() =>
      kiosk.page
        .getByTestId('phase-cancelled')
        .count()
        .catch(() => 0),
    )
    .toBe(1);
  expect(await kiosk.page.getByTestId('phase-cancelled').getAttribute('data-order-id')).toBe(orderId);
});

test('without a merchant the app practises with a gateway of its own, unmistakably, and survives a kill', async () => {
  const here = await open({ setUp: false });
  await here.page.getByTestId('practice-band').waitFor();
  await chooseScenario(here.page, 'never-answers');
  const orderId = await takePayment(here.page, '3');
  await tap(here.page, 'cancel');
  await onTill(here.page, 'armed');
  await here.kiosk.kill();
  await here.restart();
  // By its number: on a busy machine it may have ended meanwhile, and then it has left the tray.
  await scan(here.page, orderId);
  await tap(here.page, 'number-submit');
  await onTill(here.page, 'cancelled');
});

test('a second start shows the first window and ends', async () => {
  const { profile, kiosk } = await open();
  const second = launchKiosk({
    mainBundle: MAIN_BUNDLE,
    userData: profile.chromium,
    env: { FACEPAY_PROFILE: profile.folder },
  });
  await expect(second).rejects.toThrow('ended');
  expect(await kiosk.page.getByTestId('stage-none').count()).toBe(1);
});

test('the terminal command and the running app share one journal: a cancel from the one is driven by the other', async () => {
  const { page, gateway, profile } = await open({ scenario: 'never-answers' });
  const orderId = await takePayment(page, '15');
  const done = spawnSync(
    process.execPath,
    ['electron/cli.ts', 'cancel', orderId, '--json', '--profile', profile.folder, '--wait', '0'],
    { encoding: 'utf8' },
  );
  expect(done.status).toBe(3);
  await onTill(page, 'cancelled');
  // On a busy machine nobody may have seen it armed; its timeline tells.
  const armed = page.locator('[data-testid="timeline-row"][data-what="cancel-armed"]');
  if ((await page.getByTestId('timeline-row').count()) === 0) await tap(page, 'timeline-toggle');
  await expect.poll(() => armed.count()).toBe(1);
  expect(gateway.ledger.violations).toEqual([]);
});

test('a journal of a newer version is refused untouched, and the screen says what to do', async () => {
  const here = await open();
  await here.kiosk.quit();
  const path = here.profile.journal('practice');
  mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path);
  db.exec('PRAGMA user_version = 9001');
  db.close();
  await here.restart();
  const notStarted = here.page.getByTestId('not-started');
  await notStarted.waitFor();
  expect(await notStarted.getAttribute('data-reason')).toBe('journal:newer-file');
});

describe('in a shop with nothing out of order', () => {
  let whole: Shop;
  beforeAll(async () => {
    whole = await openShop();
  });
  afterEach(async () => {
    await nextCustomer(whole.page);
  });
  afterAll(async () => {
    await whole.close();
  });

  test('a scanned order number fills the number, presses nothing, and the order can be cancelled', async () => {
    const { page, gateway } = whole;
    const seeded = gateway.seed({
      outTradeNo: 'POS20261123-000042',
      amountFen: 990,
      state: 'NOTPAY',
      paidAt: secondsAgo(60),
    });
    expect(seeded.ok).toBe(true);
    await page.getByTestId('stage-none').waitFor();
    await scan(page, 'POS20261123-000042');
    await expect.poll(() => page.getByTestId('number-input').inputValue()).toContain('0042');
    expect(gateway.requests).toEqual([]);
    expect(await page.getByTestId('amount').getAttribute('data-empty')).toBe('true');
    await tap(page, 'number-submit');
    await onTill(page, 'paying');
    await tap(page, 'cancel');
    await onTill(page, 'cancelled');
    expect(gateway.ledger.verdict('POS20261123-000042')).toMatchObject({ charged: false, state: 'CLOSED' });
  });

  test('a paid order entered by WeChat’s own number is a refund, and a cashier is told whom to ask', async () => {
    const { page, gateway } = whole;
    const seeded = gateway.seed({ outTradeNo: 'POS-7', amountFen: 990, state: 'SUCCESS', paidAt: secondsAgo(60) });
    if (!seeded.ok) throw new Error(seeded.error);
    await scan(page, seeded.value.transactionId);
    await tap(page, 'number-submit');
    // A till's own number may look the same, so it asks.
    await tap(page, 'number-is-wechat-pay-number');
    await onTill(page, 'paid');
    expect(await page.getByTestId('cancel').count()).toBe(0);
  });

  test('a number that WeChat does not know says so, and is asked about again when it is looked up again', async () => {
    const { page, gateway } = whole;
    await scan(page, 'NO-SUCH-ORDER-1');
    await tap(page, 'number-submit');
    await onTill(page, 'not-found');
    await tap(page, 'next-customer');
    gateway.seed({ outTradeNo: 'NO-SUCH-ORDER-1', amountFen: 990, state: 'SUCCESS', paidAt: secondsAgo(60) });
    await scan(page, 'NO-SUCH-ORDER-1');
    await tap(page, 'number-submit');
    await onTill(page, 'paid');
  });

  test('the page is isolated: no Node, no second bridge, no inline script, no network of its own', async () => {
    const { page } = whole;
    const seen = await page.evaluate(async () => {
      const script = document.createElement('script');
      let inline = 'blocked';
      try {
        script.text = 'window.ran = true';
        document.head.append(script);
        if ('ran' in window) inline = 'ran';
      } catch {
        inline = 'blocked';
      }
      const outside = await fetch('https://api.mch.weixin.qq.com/').then(
        () => 'reached',
        () => 'blocked',
      );
      return {
        node: ['require', 'process', 'ipcRenderer', 'module'].filter((name) => name in window),
        bridge: Object.keys(Reflect.get(window, 'kiosk')).sort(),
        frozen: Object.isFrozen(Reflect.get(window, 'kiosk')),
        inline,
        outside,
      };
    });
    expect(seen).toEqual({
      node: [],
      bridge: ['invoke', 'subscribe'],
      frozen: true,
      inline: 'blocked',
      outside: 'blocked',
    });
  });
});
