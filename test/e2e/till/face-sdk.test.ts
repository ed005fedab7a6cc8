/**
 * Face payments through the vendor's SDK: the bundles, the helper in C and a fake library that is made from the SDK's public
 * documents. No camera and none of WeChat's libraries.
 */
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { canCompile, compileHelper, type Compiled } from '../../face-bridge/compiled.ts';
import { nextCustomer, onTill, openShop, tap, type Shop } from '../../support/screen/shop.ts';
import { secretsUnder } from '../../support/secrets/canaries.ts';

/** Only root can give a program to root, and no other program is started. */
const canProtect = process.platform === 'linux' && process.getuid?.() === 0;

describe.skipIf(!canCompile() || !canProtect)('a till with the face SDK', () => {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-sdk-'));
  const requestFile = join(folder, 'face-request.json');
  let files: Compiled;
  let shop: Shop;
  let page: Page;
  /** What customers were recognised by. */
  const codes: Record<string, string> = {};

  beforeAll(async () => {
    files = compileHelper(folder);
    shop = await openShop({ faceHelper: files });
    page = shop.page;
  });
  afterAll(async () => {
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A payment of 5 yuan whose camera page is open; what the library was asked. */
  async function beforeTheCamera(): Promise<Record<string, unknown>> {
    rmSync(requestFile, { force: true });
    await tap(page, 'key-5');
    await tap(page, 'take-payment');
    await page.getByTestId('stage-look').waitFor();
    await vi.waitFor(() => {
      expect(existsSync(requestFile)).toBe(true);
    }, 60_000);
    return JSON.parse(readFileSync(requestFile, 'utf8')) as Record<string, unknown>;
  }

  /** A customer looks into the camera. */
  function recognised(outTradeNo: string): void {
    const code = shop.gateway.mintFaceCode({ outTradeNo, totalFee: 500 });
    codes[`face code ${outTradeNo}`] = code;
    const part = join(folder, 'face-code.part');
    writeFileSync(part, code);
    renameSync(part, join(folder, 'face-code.txt'));
  }

  async function paid(): Promise<void> {
    const { out_trade_no } = await beforeTheCamera();
    recognised(String(out_trade_no));
    await onTill(page, 'paid');
    await nextCustomer(page);
  }

  const stopped = (code: string): Promise<void> =>
    page.locator(`[data-testid="stage-stopped"][data-code="${code}"]`).waitFor();

  /** The processes that run this test's helper. */
  const helpers = (): number[] =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(`${files.program}\0`);
        } catch {
          return false;
        }
      })
      .map(Number);

  async function endHelper(): Promise<void> {
    for (const pid of helpers()) process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => {
      expect(helpers()).toEqual([]);
    }, 60_000);
  }

  test('pays with the code that the SDK gives, and asks it in the name of the merchant', async () => {
    const asked = await beforeTheCamera();
    const { merchant } = shop.gateway;
    expect(asked).toMatchObject({
      cmd: 'getWxpayfaceCode',
      appid: merchant.appid,
      mch_id: merchant.mchId,
      store_id: 'store-1',
      face_authtype: 'FACEPAY',
      face_code_type: '0',
      total_fee: '500',
    });
    recognised(String(asked['out_trade_no']));
    await onTill(page, 'paid');
    const pays = shop.gateway.requests.filter(({ path }) => path === '/pay/facepay');
    expect(pays.map(({ fields }) => fields['out_trade_no'])).toEqual([asked['out_trade_no']]);
    await nextCustomer(page);
  });

  test('stops before the camera at once, and takes the next payment', async () => {
    const before = shop.gateway.requests.filter(({ path }) => path === '/pay/facepay').length;
    await beforeTheCamera();
    await tap(page, 'stop');
    await stopped('by-cashier');
    await tap(page, 'next-customer');
    expect(shop.gateway.requests.filter(({ path }) => path === '/pay/facepay')).toHaveLength(before);
    await paid();
  });

  test('outlives a helper that is killed before the camera, and pays with the next one', async () => {
    await beforeTheCamera();
    await endHelper();
    await stopped('device');
    await tap(page, 'next-customer');
    await paid();
  });

  test('starts no helper that was replaced, and pays again once the right one is back', async () => {
    await endHelper();
    const { size } = statSync(files.program);
    // A program that is still ending cannot be written to.
    await vi.waitFor(() => {
      appendFileSync(files.program, 'x');
    }, 60_000);
    await tap(page, 'key-5');
    await tap(page, 'take-payment');
    await stopped('device');
    expect(helpers()).toEqual([]);
    truncateSync(files.program, size);
    await tap(page, 'next-customer');
    await paid();
  });

  test('keeps no code and no permit, and leaves no helper behind', async () => {
    const { authinfo, out_trade_no } = await beforeTheCamera();
    codes['permit'] = String(authinfo);
    codes['customer'] = 'oFakeCustomerOfTheFaceSdk';
    recognised(String(out_trade_no));
    await onTill(page, 'paid');
    expect(secretsUnder(shop.profile.folder, codes)).toEqual([]);
    await shop.kiosk.quit();
    await vi.waitFor(() => {
      expect(helpers()).toEqual([]);
    }, 60_000);
  });
});
