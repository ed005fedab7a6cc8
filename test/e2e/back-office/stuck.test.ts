/** The manager's list on the real bundles: stuck orders of this till and others arrive in it and are settled in it. */
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { facepay, secondsAgo } from '../../support/command.ts';
import { bounce, invoke, openShop, scanKeys, tap, type Shop } from '../../support/screen/shop.ts';
import { enterAs } from '../../support/screen/staff-screen.ts';

let shop: Shop | null = null;
const open = async (...options: Parameters<typeof openShop>): Promise<Shop> => {
  shop = await openShop(...options);
  return shop;
};
afterEach(async () => {
  await shop?.close();
  shop = null;
});

/** Longer than the hold plus the delays of a busy machine. */
const HELD_MS = 1_200;
const LET_GO_MS = 150;

/** A finger or a mouse that stays down on a button. */
async function press(page: Page, testId: string, ms = HELD_MS): Promise<void> {
  await page.locator(`[data-testid="${testId}"]:enabled`).hover();
  await page.mouse.down();
  await page.waitForTimeout(ms);
  await page.mouse.up();
}

async function holdKey(page: Page, testId: string, key: string, ms = HELD_MS): Promise<void> {
  await page.locator(`[data-testid="${testId}"]:enabled`).focus();
  await page.keyboard.down(key);
  await page.waitForTimeout(ms);
  await page.keyboard.up(key);
}

const row = (page: Page, orderId: string): ReturnType<Page['locator']> =>
  page.locator(`[data-testid="stuck-row"][data-order-id="${orderId}"]`);
const pick = (page: Page, orderId: string): Promise<void> => row(page, orderId).getByTestId('stuck-pick').click();
const results = (page: Page, taken: number, refused: number): Promise<void> =>
  page
    .locator(`[data-testid="stuck-results"][data-taken="${String(taken)}"][data-refused="${String(refused)}"]`)
    .waitFor();

/**
 * Keys of one scan. The page is busy, so it hears the second part only once it has taken the first for the whole: when
 * the dialog comes into the page, and does not listen yet, or when it is open.
 */
const scanInParts = (page: Page, parts: readonly [string, string], moment: 'opening' | 'open'): Promise<void> =>
  page.evaluate(
    ([[first, second], when]) =>
      new Promise<void>((resolve, reject) => {
        setTimeout(() => reject(new Error(`no dialog: ${document.body.innerText}`)), 10_000);
        let atMs = performance.now() - 4 * first.length;
        const press = (keys: readonly string[]): void => {
          for (const key of keys) {
            const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
            Object.defineProperty(event, 'timeStamp', { value: atMs });
            document.body.dispatchEvent(event);
            atMs += 4;
          }
        };
        const inPage = when === 'opening' ? '[data-testid="number-sheet"]' : '[data-testid="number-sheet"][open]';
        const observer = new MutationObserver(() => {
          if (document.querySelector(inPage) === null) return;
          observer.disconnect();
          press([...Array.from(second), 'Enter']);
          resolve();
        });
        observer.observe(document.body, { childList: true, subtree: true, attributes: true });
        press(Array.from(first));
      }),
    [parts, moment] as const,
  );

/** Sorts the list, with the button that is there for it now. */
const refresh = (page: Page): Promise<void> =>
  page.locator('[data-testid="stuck-refresh"]:enabled, [data-testid="stuck-changed"]:enabled').click();

/** An order of another till that WeChat no longer reverses, and the command that tried; it ends before a manager. */
async function stuckOrder({ gateway, profile }: Shop, outTradeNo: string): Promise<string> {
  const seeded = gateway.seed({
    outTradeNo,
    amountFen: 990,
    state: 'SUCCESS',
    scenario: 'expired',
    paidAt: secondsAgo(60),
  });
  if (!seeded.ok) throw new Error(seeded.error);
  const { exitCode } = await facepay(
    'cancel',
    outTradeNo,
    '--paid-at',
    secondsAgo(60),
    '--reason-code',
    'duplicate',
    '--wait',
    '30',
    '--profile',
    profile.folder,
  );
  expect(exitCode).toBe(4);
  return seeded.value.transactionId;
}

test('orders that another process left stuck come in, are handed over and leave by proof, or by a manager’s word', async () => {
  const here = await open();
  const { page, gateway } = here;
  await enterAs(page, 'manager');
  await page.getByTestId('stuck-empty').waitFor();
  expect(await page.getByTestId('back-office-waiting').getAttribute('data-count')).toBe('0');
  const transactionId = await stuckOrder(here, 'till2-1');
  await stuckOrder(here, 'till2-2');
  await expect.poll(() => page.getByTestId('back-office-waiting').getAttribute('data-count')).toBe('2');
  await refresh(page);
  await expect.poll(() => page.getByTestId('stuck-row').count()).toBe(2);
  expect(await row(page, 'till2-1').getAttribute('data-money')).toBe('taken');

  await bounce(page, 'stuck-all', 30);
  await bounce(page, 'act-hand-over', 30);
  await expect
    .poll(() =>
      page
        .getByTestId('order-numbers')
        .allInnerTexts()
        .then((texts) => texts.join().replaceAll(/\s/g, '')),
    )
    .toContain(transactionId);
  expect(await page.getByTestId('order-code').count(), 'a code for each of the two').toBe(2);
  expect(await page.getByTestId('act-hold').isEnabled(), 'no reason yet').toBe(false);
  await tap(page, 'why-other');
  expect(await page.getByTestId('act-hold').isEnabled(), '"other" needs words').toBe(false);
  await tap(page, 'why-duplicate');
  await press(page, 'act-hold', LET_GO_MS);
  await bounce(page, 'act-hold', 30);
  await page.getByTestId('act-hold').focus();
  await scanKeys(page, 'POS20261123-000042');
  expect(
    await page.getByTestId('stuck-results').count(),
    'neither a tap, nor one that bounces, nor a scanner’s Enter',
  ).toBe(0);
  expect(await page.getByTestId('number-input').count(), 'nor does a dialog come over this one').toBe(0);
  await holdKey(page, 'act-hold', 'Space');
  await results(page, 2, 0);
  await tap(page, 'stuck-dismiss');
  await expect.poll(() => page.getByTestId('stuck-row').count(), { message: 'nothing has been proved' }).toBe(2);

  gateway.seed({ outTradeNo: 'till2-1', transactionId, amountFen: 990, state: 'REFUND', paidAt: secondsAgo(60) });
  await pick(page, 'till2-1');
  await tap(page, 'act-query');
  await row(page, 'till2-1').and(page.locator('[data-phase="cancelled"][data-gone]')).waitFor();
  await tap(page, 'stuck-dismiss');
  await expect.poll(() => page.getByTestId('stuck-row').count()).toBe(1);

  await pick(page, 'till2-2');
  expect(await page.getByTestId('act-try-now').count(), 'it was handed over').toBe(0);
  await tap(page, 'act-refund-not-made');
  await tap(page, 'why-device-fault');
  await press(page, 'act-hold');
  await results(page, 1, 0);
  await tap(page, 'stuck-dismiss');
  await row(page, 'till2-2').and(page.locator('[data-phase="attention"]')).waitFor();
  await pick(page, 'till2-2');
  await tap(page, 'act-hand-over');
  await tap(page, 'why-duplicate');
  await press(page, 'act-hold');
  await results(page, 1, 0);
  await tap(page, 'stuck-dismiss');
  await pick(page, 'till2-2');
  await tap(page, 'act-refund-made');
  await tap(page, 'why-duplicate');
  await page.getByTestId('refund-number').fill('50300708122026112400001');
  await press(page, 'act-hold');
  await results(page, 1, 0);
  await tap(page, 'stuck-dismiss');
  await page.getByTestId('stuck-empty').waitFor();
  expect(await page.getByTestId('back-office-waiting').getAttribute('data-count')).toBe('0');
  const { lines } = await facepay('orders', '--profile', here.profile.folder);
  expect(lines.map(({ order }) => order)).toMatchObject([
    { outTradeNo: 'till2-2', phase: 'settled' },
    { outTradeNo: 'till2-1', phase: 'cancelled', outcome: 'refunded' },
  ]);
});

test('a manager finds another till’s order by its scanned number, sees what WeChat says of it, cancels it with a reason, and it is proved', async () => {
  const { page, gateway, profile } = await open();
  const seeded = gateway.seed({
    outTradeNo: 'till3-77',
    amountFen: 1_990,
    state: 'SUCCESS',
    scenario: 'paid',
    paidAt: secondsAgo(2 * 86_400),
  });
  if (!seeded.ok) throw new Error(seeded.error);
  await enterAs(page, 'manager');
  await page.getByTestId('stuck-empty').waitFor();
  await scanKeys(page, seeded.value.transactionId);
  await page.getByTestId('number-sheet').waitFor();
  await expect.poll(() => page.getByTestId('cancel-transactionId').inputValue()).toBe(seeded.value.transactionId);
  expect(await page.getByTestId('number-input').count(), 'the till’s own dialog stays away').toBe(0);
  await page.getByTestId('paid-day').selectOption('1');
  await tap(page, 'number-find');
  const decided = page.locator('[data-testid="decided"][data-phase="paid"]');
  await decided.waitFor();
  expect(await decided.innerText(), 'the amount, as WeChat has it, before anything can be held').toContain('¥19.90');
  expect(gateway.ledger.verdict('till3-77')).toMatchObject({ charged: true, refunded: false });
  await tap(page, 'why-wrong-amount');
  await holdKey(page, 'act-hold', 'Enter');
  await page.getByTestId('number-done').waitFor();
  await expect
    .poll(() => gateway.ledger.verdict('till3-77'))
    .toEqual({ charged: true, refunded: true, state: 'REFUND' });
  await page.keyboard.press('Escape');
  await page.getByTestId('number-sheet').waitFor({ state: 'detached' });
  await expect
    .poll(async () => (await facepay('orders', '--profile', profile.folder)).lines.map(({ order }) => order))
    .toMatchObject([{ phase: 'cancelled', outcome: 'refunded' }]);
  expect(gateway.ledger.violations).toEqual([]);
});

test('a scan that a busy page hears in two parts is one number, also if its rest comes while the dialog opens', async () => {
  const { page } = await open();
  await enterAs(page, 'manager');
  await page.getByTestId('stuck-empty').waitFor();
  const whole = '4200020261130690058018093982';
  for (const moment of ['opening', 'open'] as const) {
    await scanInParts(page, [whole.slice(0, 12), whole.slice(12)], moment);
    await expect.poll(() => page.getByTestId('cancel-transactionId').inputValue()).toBe(whole);
    expect(await page.getByTestId('cancel-outTradeNo').inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await page.getByTestId('number-sheet').waitFor({ state: 'detached' });
  }
});

test('the list stays where it is while something is marked, and says that it has changed', async () => {
  const here = await open();
  const { page } = here;
  await enterAs(page, 'manager');
  await stuckOrder(here, 'till2-1');
  await refresh(page);
  await scanKeys(page, 'till2-1');
  await page.getByTestId('stuck-bar').waitFor();
  await stuckOrder(here, 'till2-2');
  await page.getByTestId('stuck-changed').waitFor();
  expect(await page.getByTestId('stuck-row').count()).toBe(1);
  expect(await page.getByTestId('stuck-bar').count()).toBe(1);
  await tap(page, 'stuck-changed');
  await expect.poll(() => page.getByTestId('stuck-row').count()).toBe(2);
  await row(page, 'till2-1').getByTestId('stuck-details').click();
  await expect.poll(() => page.getByTestId('timeline-row').count()).toBeGreaterThan(3);
});

test('the list is no cashier’s, whatever the page asks for', async () => {
  const { page } = await open();
  await page.getByTestId('stage-none').waitFor();
  expect(await invoke(page, 'manager.stuck', { limit: 1 })).toEqual({ ok: false, code: 'forbidden', field: null });
});
