/** The about page on the real bundles: its content in both languages, how it closes, and what closes it. */
import { join } from 'node:path';
import { createTranslator } from 'use-intl';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gitState } from '../../build/git-state.ts';
import { stalePartsOf } from '../../build/proof/proof-covers.ts';
import manifest from '../../package.json' with { type: 'json' };
import aboutEn from '../../shared/locales/about.en.json' with { type: 'json' };
import aboutZh from '../../shared/locales/about.zh-CN.json' with { type: 'json' };
import en from '../../shared/locales/en.json' with { type: 'json' };
import zh from '../../shared/locales/zh-CN.json' with { type: 'json' };
import { SCAN_GAP_MS } from '../../renderer/input/scan.ts';
import { DOUBLE_TAP_MS } from '../../renderer/input/tap-guard.ts';
import { proofSchema } from '../../shared/proof.ts';
import storedProof from '../../shared/proof.json' with { type: 'json' };
import { promiseIds, shownPromises } from '../../shared/promises.ts';
import { onTill, openShop, takePayment, tap, type Shop } from '../support/screen/shop.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ viewport: { width: 1280, height: 800 } });
});
afterAll(async () => {
  await shop.close();
});

const open = async (): Promise<void> => {
  await tap(shop.page, 'help');
  await tap(shop.page, 'about');
  await shop.page.getByTestId('about-dialog').waitFor();
};
const closed = (): Promise<void> => shop.page.getByTestId('about-dialog').waitFor({ state: 'detached' });
const text = async (testId: string): Promise<string> => (await shop.page.getByTestId(testId).textContent()) ?? '';

/** A finger on the middle of a button, after the button's pause. */
async function touch(testId: string): Promise<void> {
  await shop.page.locator(`[data-testid="${testId}"]:enabled`).waitFor();
  const box = await shop.page.getByTestId(testId).boundingBox();
  if (box === null) throw new Error('there is nothing to touch');
  const devtools = await shop.page.context().newCDPSession(shop.page);
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await devtools.detach();
}

test('the about page says in both languages what runs, from which commit, on what, and what is promised', async () => {
  await shop.page.getByTestId('stage-none').waitFor();
  const state = gitState(join(import.meta.dirname, '../..'));
  for (const words of [
    { ...zh, ...aboutZh },
    { ...en, ...aboutEn },
  ]) {
    await open();
    expect(await text('about-version')).toBe(`FacePay Kiosk ${manifest.version}`);
    // A person is spoken to first: codes, figures and commits only for those who ask.
    expect(await text('about-dialog')).toContain(
      createTranslator({ locale: 'zh-CN', messages: words })('about.call', { reader: 'cashier' }),
    );
    expect(await shop.page.getByTestId('about-commit').count()).toBe(0);
    expect(await text('about-dialog')).not.toContain('npm run');
    await tap(shop.page, 'technical');
    expect(await text('about-commit')).toContain(state?.commit ?? words.about.commitUnknown);
    expect(await text('about-host')).toContain(manifest.devDependencies.electron);
    expect(await text('about-terminal')).toBe('kiosk-1');
    expect(await text('identity')).toContain(words.about.environments.practice);
    const promises = shop.page.getByTestId('promise');
    expect(await promises.count()).toBe(promiseIds.length);
    expect(await promises.first().textContent()).toContain(words.proof.promise.window);
    // No figure that was measured on code that has changed since.
    const proof = proofSchema.parse(storedProof);
    const stale = await stalePartsOf(proof);
    for (const [index, { state, id }] of shownPromises(proof, stale).entries()) {
      const row = (await promises.nth(index).textContent()) ?? '';
      expect(row.includes(words.proof.stale), id).toBe(state === 'stale');
    }
    await shop.page.keyboard.press('Escape');
    await closed();
    await tap(shop.page, 'language');
  }
});

test('it shows the licence of each package in the app, as its authors wrote it, when somebody asks', async () => {
  await open();
  expect(await shop.page.getByTestId('licences-text').count()).toBe(0);
  await tap(shop.page, 'licences');
  await shop.page.getByTestId('licences-text').waitFor();
  const licences = await text('licences-text');
  for (const part of ['react 19', 'zod 4', 'Copyright (c) Meta Platforms', 'WITHOUT WARRANTY OF ANY KIND'])
    expect(licences).toContain(part);
  // Sooner it would be a double tap.
  await shop.page.waitForTimeout(DOUBLE_TAP_MS);
  await tap(shop.page, 'licences');
  await expect.poll(() => shop.page.getByTestId('promise').count()).toBe(promiseIds.length);
  await shop.page.keyboard.press('Escape');
  await closed();
});

test('it is opened from the guide, closed by Escape and by touch, and no key of the till reaches what lies behind it', async () => {
  const { page } = shop;
  await open();
  await page.keyboard.press('7');
  // While a key might still be a scanner's, it has no effect.
  await page.waitForTimeout(2 * SCAN_GAP_MS);
  await page.keyboard.press('F6');
  expect(await page.getByTestId('number-input').count()).toBe(0);
  await page.keyboard.press('Escape');
  await closed();
  await page.keyboard.press('5');
  await expect.poll(() => text('amount')).toBe('¥5.00');
  await page.keyboard.press('Escape');
  await open();
  const close = page.getByTestId('about-close');
  expect((await close.boundingBox())?.height).toBeGreaterThanOrEqual(64);
  await touch('about-close');
  await closed();
});

test('an order goes on behind it, and one that waits for somebody brings the till back', async () => {
  await shop.gateway.setScenario('paid-late');
  await takePayment(shop.page, '30');
  await tap(shop.page, 'cancel');
  await onTill(shop.page, 'armed');
  await open();
  await onTill(shop.page, 'choosing');
  await closed();
  await tap(shop.page, 'keep');
  await onTill(shop.page, 'paid');
});
