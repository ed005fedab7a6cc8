/**
 * The self-test on the real bundles: run by a technician, read by a manager, printed, and on a terminal that cannot
 * open.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { checkIdSchema } from '../../../shared/self-test/self-test.ts';
import { openShop, tap, type Shop } from '../../support/screen/shop.ts';
import { enterAs, setPin, signIn } from '../../support/screen/staff-screen.ts';

const TECHNICIAN_PIN = '739164';
const DAY_MS = 86_400_000;

let shop: Shop | null = null;
const open = async (): Promise<Shop> => {
  shop = await openShop({ viewport: { width: 1280, height: 800 } });
  return shop;
};
afterEach(async () => {
  await shop?.close();
  shop = null;
});

const onPage = (page: Page): Promise<void> => page.getByTestId('back-office-self-test').waitFor();
const codeOf = (page: Page, id: string): Promise<string | null> =>
  page.locator(`.back-office [data-testid="line-${id}"]`).getAttribute('data-code');
const verdictOf = (page: Page): Promise<string | null> =>
  page.locator('.back-office [data-testid="self-test-verdict"]').getAttribute('data-verdict');

async function openTab(page: Page): Promise<void> {
  await tap(page, 'tab-self-test');
  await onPage(page);
}

async function run(page: Page): Promise<void> {
  await page.locator('[data-testid="self-test-run"]:enabled').click();
  await page.locator('.back-office [data-testid="self-test-verdict"]').waitFor();
}

/** A finger in the middle of an element. */
async function touch(page: Page, testId: string): Promise<void> {
  const box = await page.getByTestId(testId).boundingBox();
  if (box === null) throw new Error('there is nothing to touch');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Input.dispatchTouchEvent', {
    type: 'touchStart',
    touchPoints: [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }],
  });
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await devtools.detach();
}

test('a technician runs it: every line with its finding, and nothing of it reaches an order', async () => {
  const { page, gateway } = await open();
  await enterAs(page, 'technician', TECHNICIAN_PIN);
  await openTab(page);
  await run(page);
  for (const id of checkIdSchema.options)
    expect(await page.locator(`.back-office [data-testid="line-${id}"][data-verdict]`).count(), id).toBe(1);
  const found = await Promise.all(
    ['settings', 'key', 'certificate', 'primary', 'query', 'door', 'journal', 'audit', 'screen', 'font'].map((id) =>
      codeOf(page, id),
    ),
  );
  expect(found).toEqual([
    'complete',
    'loads',
    'in-force',
    'reached',
    'proved',
    'let-through',
    'sound',
    'whole',
    'fits',
    'chinese',
  ]);
  expect(await page.locator('.back-office [data-verdict="fail"]').count()).toBe(0);
  expect([...gateway.ledger.orders()]).toEqual([]);
  const { apiKey, mchId } = gateway.merchant;
  const text = await page.locator('body').innerText();
  for (const secret of [apiKey, mchId]) expect(text).not.toContain(secret);
});

test('the report goes onto one page of A4 in both languages, and a manager reads it but runs none', async () => {
  const { page, profile, kiosk } = await open();
  await enterAs(page, 'technician', TECHNICIAN_PIN);
  await openTab(page);
  await run(page);
  for (const language of ['zh', 'en']) {
    const file = join(dirname(profile.folder), `${language}.pdf`);
    await kiosk.answerDialog({ save: file });
    await tap(page, 'self-test-pdf');
    await page
      .getByTestId('self-test-done')
      .filter({ hasText: `${language}.pdf` })
      .waitFor();
    const pdf = readFileSync(file).toString('latin1');
    expect([pdf.slice(0, 5), pdf.match(/\/Type\s*\/Page[^s]/g)?.length]).toEqual(['%PDF-', 1]);
    expect(pdf).toMatch(/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
    await tap(page, 'language');
  }
  await kiosk.answerDialog({ save: '' });
  await tap(page, 'self-test-pdf');
  await page.locator('[data-testid="back-office-error"][data-code="cancelled"]').waitFor();
  await kiosk.answerDialog({ save: join(dirname(profile.folder), 'no-such-folder', 'x.pdf') });
  await tap(page, 'self-test-pdf');
  await page.locator('[data-testid="back-office-error"][data-code="not-written"]').waitFor();
  if (kiosk.kind === 'stand-in') {
    await tap(page, 'self-test-print');
    await page.locator('[data-testid="back-office-error"][data-code="not-printed"]').waitFor();
  }

  await tap(page, 'staff');
  await tap(page, 'staff-sign-out');
  await page.locator('[data-testid="staff"][data-role="cashier"]').waitFor();
  await page.getByTestId('staff-dialog').waitFor({ state: 'detached' });
  await enterAs(page, 'manager');
  await openTab(page);
  await expect.poll(() => verdictOf(page)).toBe('warn');
  expect(await page.getByTestId('self-test-run').count()).toBe(0);
  expect(await page.getByTestId('self-test-pdf').count()).toBe(1);
});

test('touch is proved by a finger in each corner; a mouse proves nothing', async () => {
  const { page } = await open();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 5 });
  await enterAs(page, 'technician', TECHNICIAN_PIN);
  await openTab(page);
  await run(page);
  expect(await codeOf(page, 'touch')).toBe('untried');
  const corners = ['top-left', 'top-right', 'bottom-left', 'bottom-right'].map((corner) => `corner-${corner}`);
  await tap(page, 'touch-test');
  for (const corner of corners.slice(0, 3)) await touch(page, corner);
  await expect.poll(() => page.locator('[data-reached]').count()).toBe(3);
  await page.mouse.click(1_270, 790);
  expect(await page.locator('[data-reached]').count()).toBe(3);
  await page.locator('[data-testid="touch-stop"]:enabled').click();
  await expect.poll(() => codeOf(page, 'touch')).toBe('missed');
  await tap(page, 'touch-test');
  for (const corner of corners) await touch(page, corner);
  await page.getByTestId('touch-corners').waitFor({ state: 'detached' });
  await expect.poll(() => codeOf(page, 'touch')).toBe('works');
});

test('where the terminal cannot open, it says why, and the report outlives the app', async () => {
  const { page, profile, kiosk } = await open();
  await setPin(page, 'technician', TECHNICIAN_PIN);
  await kiosk.quit();
  writeFileSync(profile.settings, '{');
  rmSync(`${profile.settings}.kept`);
  await shop?.restart();
  const broken = (): Page => shop?.page ?? page;
  await broken().getByTestId('not-started').waitFor();
  await signIn(broken(), 'technician', TECHNICIAN_PIN);
  await openTab(broken());
  await run(broken());
  expect([await verdictOf(broken()), await codeOf(broken(), 'settings'), await codeOf(broken(), 'key')]).toEqual([
    'fail',
    'damaged',
    'loads',
  ]);
  expect(
    await broken().locator('.back-office .lines__line').first().getAttribute('data-testid'),
    'what needs somebody comes first',
  ).toBe('line-settings');
  await shop?.kiosk.quit();
  await shop?.restart();
  await signIn(broken(), 'technician', TECHNICIAN_PIN);
  await openTab(broken());
  await expect.poll(() => codeOf(broken(), 'settings')).toBe('damaged');
});

test('a certificate with ten days left is told to the technician and not to the cashier, one that has expired to everybody', async () => {
  const { gateway, profile, kiosk } = await open();
  const page = (): Page => {
    if (shop === null) throw new Error('the shop is closed');
    return shop.page;
  };
  await setPin(page(), 'technician', TECHNICIAN_PIN);
  await kiosk.quit();
  await replaceCertificate(10.5);
  await shop?.restart();
  await page().getByTestId('stage-none').waitFor();
  expect(await page().getByTestId('notice').count()).toBe(0);
  await signIn(page(), 'technician', TECHNICIAN_PIN);
  await page().locator('[data-testid="notice"][data-code="certificate-expiring"]').filter({ hasText: '10' }).waitFor();
  await shop?.kiosk.quit();
  await replaceCertificate(-1);
  await shop?.restart();
  await page().locator('[data-testid="notice"][data-code="certificate-expired"][data-tone="alarm"]').waitFor();

  async function replaceCertificate(days: number): Promise<void> {
    const store = settingsStore(profile, '');
    const settings = store.settings();
    const credentials = await store.credentials();
    if (!settings.ok || settings.value.merchant === null || !credentials.ok) throw new Error('not set up');
    const fresh = await gateway.ca.issueMerchant(gateway.merchant.mchId, {
      fromMs: Date.now() - 60 * DAY_MS,
      untilMs: Date.now() + days * DAY_MS,
    });
    await store.setMerchant(settings.value.merchant, { ...credentials.value, ...fresh });
  }
});
