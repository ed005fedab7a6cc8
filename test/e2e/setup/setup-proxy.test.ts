/**
 * A shop whose network lets nothing out but through its proxy, on the real bundles: one terminal is set up on the screen,
 * finds and cancels an order, and says what is wrong once the proxy wants another account. The gateway has a name that no
 * resolver knows; only the proxy reaches it.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOLD_MS } from '../../../renderer/input/hold.ts';
import { ShopProxy, type Asked } from '../../support/gateway/shop-proxy.ts';
import { fingersOn } from '../../support/screen/fingers.ts';
import { giveCertificate, giveNumbersAndKey, step, toIds } from '../../support/screen/setup-screen.ts';
import { nextCustomer, onTill, openShop, scan, tap, type Shop } from '../../support/screen/shop.ts';
import { secretsIn, secretsUnder } from '../../support/secrets/canaries.ts';
import { OpensslCa } from '../../support/secrets/openssl.ts';
import { setupFiles, type SetupFiles } from '../../support/terminal/setup-files.ts';

const HOST = 'api.mch.shop.test';
const PASSWORD = 'canary of the shop’s proxy';
const ORDER = 'POS20261123-000042';

let proxy: ShopProxy;
let shop: Shop;
let usb: SetupFiles;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-proxy-'));
  const ca = new OpensslCa(folder);
  shop = await openShop({
    setUp: false,
    viewport: { width: 1280, height: 800 },
    ca: {
      caPem: ca.certPem,
      issueServer: () => Promise.resolve(ca.issue(`/CN=${HOST}`, { names: `DNS:${HOST}` })),
      issueMerchant: (mchId) => Promise.resolve(ca.issue(`/CN=${mchId}`)),
    },
  });
  usb = setupFiles(shop.gateway);
  proxy = await ShopProxy.start(Number(new URL(shop.gateway.primary).port));
});
afterAll(async () => {
  await shop.close();
  usb.remove();
  await proxy.close();
  rmSync(folder, { recursive: true });
});

const lets =
  (user: string, password: string) =>
  ({ headers }: Asked): string =>
    headers['proxy-authorization'] === `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`
      ? 'HTTP/1.1 200 Connection established\r\n\r\n'
      : 'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="shop"\r\n\r\n';

test('a terminal behind a proxy is set up, cancels through it, and names it in the self-test when it asks for an account', async () => {
  const { page, gateway } = shop;
  const { merchant } = gateway;
  proxy.answer = lets('till', PASSWORD);

  await toIds(page);
  await giveNumbersAndKey(page, merchant);
  await giveCertificate(shop, usb, page);
  await tap(page, 'setup-next');
  await step(page, 'gateway');
  await tap(page, 'setup-advanced');
  const address = `http://127.0.0.1:${String(proxy.port)}`;
  for (const [field, text] of [
    ['primary', `https://${HOST}`],
    ['backup', ''],
    ['faceGateway', `https://${HOST}`],
    ['proxy', address],
    ['proxyUser', 'till'],
    ['proxyPassword', 'not this one'],
  ] as const)
    await page.getByTestId(`setup-${field}`).fill(text);
  await shop.kiosk.answerDialog({ open: [usb.authority] });
  await tap(page, 'pick-authority');
  await page.getByTestId('authority-given').waitFor();
  await tap(page, 'setup-next');
  await step(page, 'terminal');
  await tap(page, 'setup-next');
  expect(await page.getByTestId('setup-step-finish').innerText()).toContain(address);
  await tap(page, 'setup-protection-device');
  const hand = await fingersOn(page);
  const holdToApply = (): Promise<void> => hand.hold('setup-accept-weak', HOLD_MS + 300);
  await page.getByTestId('setup-weak').waitFor();
  await holdToApply();

  await page.getByTestId('setup-refused').waitFor();
  await tap(page, 'change-gateway');
  await step(page, 'gateway');
  expect(await page.locator('[data-testid="field-error"]:visible').innerText()).toContain('代理账号');
  await page.getByTestId('setup-proxyPassword').fill(PASSWORD);
  await tap(page, 'setup-next');
  await step(page, 'terminal');
  await tap(page, 'setup-next');
  await step(page, 'finish');
  await page.getByTestId('setup-weak').waitFor();
  await holdToApply();
  await page.getByTestId('setup-applied').waitFor();
  expect(await page.getByTestId('setup-probe').getAttribute('data-probe')).toBe('answered');
  await hand.touch('setup-to-till');
  await page.getByTestId('stage-none').waitFor();

  const seeded = gateway.seed({
    outTradeNo: ORDER,
    amountFen: 990,
    state: 'NOTPAY',
    paidAt: new Date(Date.now() - 60_000).toISOString(),
  });
  expect(seeded.ok).toBe(true);
  await scan(page, ORDER);
  await tap(page, 'number-submit');
  await onTill(page, 'paying');
  await tap(page, 'cancel');
  await onTill(page, 'cancelled');
  expect(gateway.ledger.verdict(ORDER)).toMatchObject({ charged: false, state: 'CLOSED' });
  expect(gateway.ledger.violations).toEqual([]);
  expect(new Set(proxy.asked.map(({ target }) => target))).toEqual(new Set([`${HOST}:443`]));
  expect(Buffer.concat(proxy.carried).toString('latin1')).not.toMatch(new RegExp(`${ORDER}|${merchant.mchId}`));
  await nextCustomer(page);

  proxy.answer = lets('till', 'another one since this morning');
  await tap(page, 'staff');
  await tap(page, 'staff-back-office');
  await tap(page, 'tab-self-test');
  await page.locator('[data-testid="self-test-run"]:enabled').click();
  await page.locator('.back-office [data-testid="self-test-verdict"]').waitFor();
  const line = page.locator('.back-office [data-testid="line-primary"]');
  expect(await line.getAttribute('data-code')).toBe('proxy-account');
  expect(await line.innerText()).toContain(`代理要求账号（127.0.0.1:${String(proxy.port)}`);

  const canaries = { 'proxy password': PASSWORD };
  expect(secretsIn(Buffer.from(await page.content()), canaries)).toEqual([]);
  expect(secretsIn(Buffer.from(shop.kiosk.output()), canaries)).toEqual([]);
  expect(secretsUnder(shop.profile.folder, canaries)).toEqual([]);
  expect(readFileSync(join(shop.profile.folder, 'settings.json'), 'utf8')).toContain(address);
});
