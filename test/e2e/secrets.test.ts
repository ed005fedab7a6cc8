/**
 * Secrets are planted in every field that takes one, and the app is used. Then they are searched for in everything it
 * left: its whole profile, its output, the screen's text and the screen's heap.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFaceCode } from '../../electron/practice/face-code.ts';
import { OPENID } from '../../electron/practice/order-fields.ts';
import { secretsIn, secretsUnder, type Canaries } from '../support/secrets/canaries.ts';
import { heapSnapshot } from '../support/secrets/page-heap.ts';
import { enterAs } from '../support/screen/staff-screen.ts';
import { onTill, openShop, takePayment, tap, type Shop } from '../support/screen/shop.ts';

const PIN = '739146280517';

let shop: Shop;
let out: string;
let canaries: Canaries;

beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'facepay-secrets-'));
  // Chromium's own files are searched too.
  shop = await openShop({
    scenario: 'never-answers',
    passphrase: 'canary passphrase of the store',
    ownChromium: true,
    proxyPassword: 'canary of the shop’s proxy',
  });
  const { merchant, clientKeyPem } = shop.gateway;
  canaries = {
    'API key': merchant.apiKey,
    'private key': clientKeyPem.split('\n')[5] ?? '',
    passphrase: 'canary passphrase of the store',
    'proxy password': 'canary of the shop’s proxy',
    openid: OPENID,
    PIN,
  };
});
afterAll(async () => {
  await shop.close();
  rmSync(out, { recursive: true, force: true });
});

/**
 * The device's own secret, which opens its stored secrets, was not entered by a person; it is searched for all the
 * same.
 */
const everyFile = (): string[] =>
  readdirSync(shop.profile.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

/** Every text that can be opened as a face code of this merchant, wherever it is. */
function faceCodesIn(text: string): string[] {
  const { merchant, faceSecret } = shop.gateway;
  return [...text.matchAll(/[\w-]{20,110}\.[\w-]{22}/g)]
    .map(([code]) => code)
    .filter((code) => openFaceCode(faceSecret, merchant, code) !== null);
}

/** Everything that a file can be made of, as a manager does it. */
async function exportEverything(): Promise<void> {
  const { page, kiosk } = shop;
  for (const [way, button, status, file] of [
    [['tab-history', 'history-export'], 'save-orders', 'orders-status', 'orders.csv'],
    [['tab-support'], 'save-diagnostics', 'diagnostics-status', 'diagnostics.zip'],
    [[], 'audit-export', 'audit-status', 'audit.jsonl'],
  ] as const) {
    for (const step of way) await tap(page, step);
    await kiosk.answerDialog({ save: join(out, file) });
    await tap(page, button);
    await expect.poll(() => page.getByTestId(status).textContent()).toContain(file);
  }
  mkdirSync(join(out, 'unzipped'));
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(join(out, 'diagnostics.zip'))))) {
    writeFileSync(join(out, 'unzipped', name.replaceAll('/', '_')), bytes);
  }
}

test('a face code is known when it is seen', () => {
  const code = shop.gateway.mintFaceCode({ outTradeNo: 'pos-1', totalFee: 100 });
  expect(faceCodesIn(`{"face_code":"${code}"}`)).toEqual([code]);
});

test('no secret is left in a file, in the output or in the screen', async () => {
  const { page } = shop;
  await takePayment(page, '12');
  await tap(page, 'cancel');
  await onTill(page, 'cancelled');
  await tap(page, 'next-customer');
  await shop.gateway.setScenario('paid');
  await takePayment(page, '34');
  await onTill(page, 'paid');
  await enterAs(page, 'manager', PIN);
  await exportEverything();
  await tap(page, 'back-office-close');

  const heap = await heapSnapshot(page);
  expect(heap.byteLength).toBeGreaterThan(1_000_000);
  expect(secretsIn(heap, canaries)).toEqual([]);
  expect(faceCodesIn(heap.toString('utf8'))).toEqual([]);
  expect(secretsIn(Buffer.from(await page.content()), canaries)).toEqual([]);

  expect(secretsUnder(shop.profile.folder, canaries)).toEqual([]);
  expect(readdirSync(out).sort()).toEqual(['audit.jsonl', 'diagnostics.zip', 'orders.csv', 'unzipped']);
  expect(secretsUnder(out, canaries)).toEqual([]);
  expect(everyFile().flatMap((file) => faceCodesIn(readFileSync(file, 'latin1')))).toEqual([]);
  expect(secretsIn(Buffer.from(shop.kiosk.output()), canaries)).toEqual([]);
});
