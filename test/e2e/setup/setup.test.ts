/**
 * Setting up a fresh terminal on the real bundles: by fingers alone, by a keyboard alone, and with everything that can
 * be wrong.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { provisionText } from '../../../electron/app/setup/provision-maker.ts';
import { PROVISION_NAME } from '../../../electron/app/setup/provision-sources.ts';
import { writeMerchantFile } from '../../../electron/practice/practice-merchant.ts';
import { HOLD_MS } from '../../../renderer/input/hold.ts';
import { SCAN_GAP_MS } from '../../../renderer/input/scan.ts';
import { fingersOn } from '../../support/screen/fingers.ts';
import { scanAt } from '../../support/screen/scanners.ts';
import { setupFiles, type SetupFiles } from '../../support/terminal/setup-files.ts';
import {
  giveCertificate,
  giveNumbersAndKey,
  giveGateway,
  MANAGER,
  signInTechnician,
  step,
  TECHNICIAN,
  toFinish,
  toIds,
  toSetup,
} from '../../support/screen/setup-screen.ts';
import {
  chooseScenario,
  onTill,
  openShop,
  ready,
  scanKeys,
  takePayment,
  tap,
  typeKeys,
  type Shop,
} from '../../support/screen/shop.ts';

const PROVISION_PASSPHRASE = 'the tide is out at nine';

let shop: Shop | null = null;
let files: SetupFiles | null = null;
afterEach(async () => {
  await shop?.close();
  files?.remove();
  shop = null;
  files = null;
});

interface Fresh {
  readonly shop: Shop;
  readonly files: SetupFiles;
  readonly page: Page;
}

async function freshTerminal(viewport = { width: 1280, height: 800 }): Promise<Fresh> {
  shop = await openShop({ setUp: false, viewport });
  files = setupFiles(shop.gateway);
  return { shop, files, page: shop.page };
}

const errorOf = (page: Page): Promise<string> => page.locator('[data-testid="field-error"]:visible').innerText();
const errorCount = (page: Page): Promise<number> => page.locator('[data-testid="field-error"]:visible').count();
const valueOf = (page: Page, testId: string): Promise<string> => page.getByTestId(testId).inputValue();

/** The whole content of a page: its texts, its attributes and the values of its fields. */
const everythingOn = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      document.documentElement.outerHTML +
      Array.from(document.querySelectorAll('input'), ({ value }) => value).join('\n'),
  );

/** Controls on this page that are too small for a finger or have no name for screen readers. */
const unfit = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    Array.from(
      document.querySelectorAll<HTMLElement>(
        '.back-office button, .back-office input:not([type="radio"]), .back-office label.choice',
      ),
    ).flatMap((element) => {
      // The size in the layout: a button that is being pressed is drawn a little smaller.
      const { offsetWidth: width, offsetHeight: height } = element;
      const labels =
        element instanceof HTMLInputElement
          ? Array.from(element.labels ?? [], (label) => label.textContent).join('')
          : '';
      const name = element.getAttribute('aria-label') ?? labels + element.textContent;
      const what = element.dataset['testid'] ?? element.outerHTML.slice(0, 80);
      if (width === 0) return [];
      return [
        ...(Math.min(width, height) < 56 ? [`${what} is ${String(width)} x ${String(height)}`] : []),
        ...(name.trim() === '' ? [`${what} has no name`] : []),
      ];
    }),
  );

/** Whether the focused field is wholly on the screen and not under the keyboard. */
const fieldIsSeen = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const field = document.activeElement?.getBoundingClientRect();
    const keys = document.querySelector('.touch-keyboard')?.getBoundingClientRect();
    return field !== undefined && keys !== undefined && field.top >= 0 && field.bottom <= keys.top;
  });

test('a fresh terminal is set up by fingers alone, and then takes a payment; no secret stays on the page', async () => {
  const { shop: here, files: usb, page } = await freshTerminal();
  const { merchant, primary, backup } = here.gateway;
  const hand = await fingersOn(page);
  await hand.touch('set-up');
  await hand.touch('setup-begin');

  await step(page, 'people');
  expect(await unfit(page)).toEqual([]);
  await hand.type('pin-technician', TECHNICIAN);
  await hand.type('pin-technician-again', TECHNICIAN);
  await hand.type('pin-manager', MANAGER);
  await hand.type('pin-manager-again', MANAGER);
  expect(await fieldIsSeen(page)).toBe(true);
  await hand.touch('touch-done');

  await step(page, 'mode');
  expect(await everythingOn(page)).not.toMatch(new RegExp(`${TECHNICIAN}|${MANAGER}`));
  expect(await unfit(page)).toEqual([]);
  await hand.touch('setup-next');

  await step(page, 'ids');
  await hand.type('setup-mchId', merchant.mchId);
  await hand.type('setup-appid', merchant.appid);
  expect(await fieldIsSeen(page)).toBe(true);
  expect(await unfit(page)).toEqual([]);
  await hand.touch('setup-next');

  await step(page, 'key');
  await hand.type('setup-apiKey', merchant.apiKey);
  await hand.touch('setup-next');

  await step(page, 'certificate');
  expect(await everythingOn(page)).not.toContain(merchant.apiKey);
  await here.kiosk.answerDialog({ open: [usb.p12] });
  await hand.touch('pick-certificate');
  await page.getByTestId('certificate-facts').waitFor();
  expect(await page.getByTestId('certificate-facts').innerText()).toContain(merchant.mchId);
  expect(await unfit(page)).toEqual([]);
  await hand.touch('setup-next');

  await step(page, 'gateway');
  await hand.touch('setup-advanced');
  await hand.type('setup-primary', primary);
  await hand.type('setup-backup', backup);
  await hand.type('setup-faceGateway', primary);
  expect(await fieldIsSeen(page)).toBe(true);
  await hand.touch('touch-hide');
  expect(await page.getByTestId('touch-keyboard').count()).toBe(0);
  await here.kiosk.answerDialog({ open: [usb.authority] });
  await hand.touch('pick-authority');
  await page.getByTestId('authority-given').waitFor();
  expect(await unfit(page)).toEqual([]);
  await hand.touch('setup-next');

  await step(page, 'terminal');
  await hand.type('setup-storeName', 'Shop 7!');
  await hand.type('setup-deviceId', 'kiosk-7');
  await hand.touch('setup-next');

  await step(page, 'finish');
  await page.getByTestId('setup-practice').waitFor();
  expect(await unfit(page)).toEqual([]);
  const summary = await page.getByTestId('setup-step-finish').innerText();
  for (const part of [merchant.mchId, merchant.appid, 'Shop 7!', 'kiosk-7', primary]) expect(summary).toContain(part);
  await hand.touch('setup-apply');
  await page.getByTestId('setup-applied').waitFor();
  expect(await page.getByTestId('setup-probe').getAttribute('data-probe')).toBe('answered');
  expect(await everythingOn(page)).not.toContain(merchant.apiKey);

  await hand.touch('setup-to-till');
  await page.getByText('Shop 7!').waitFor();
  expect(await page.getByTestId('scenario').count()).toBe(0);
  await takePayment(page, '15');
  await onTill(page, 'paid');
  expect(here.gateway.requests.filter(({ path }) => path === '/pay/facepay')).toHaveLength(1);
});

test('it is set up by a keyboard alone, which keeps the one on the screen away', async () => {
  const { shop: here, files: usb, page } = await freshTerminal();
  const { merchant, primary, backup } = here.gateway;
  const keys = keyboardOn(page);
  await keys.press('set-up');
  await keys.press('setup-begin');
  await step(page, 'people');
  await keys.type('pin-technician', TECHNICIAN);
  expect(await page.getByTestId('touch-keyboard').count()).toBe(0);
  await keys.type('pin-technician-again', TECHNICIAN);
  await keys.type('pin-manager', MANAGER);
  await keys.type('pin-manager-again', MANAGER);
  await page.keyboard.press('Enter');

  await step(page, 'mode');
  // After the pause of "next", so that it follows the arrow as fast as hands can do it.
  await ready(page, 'setup-next');
  await page.keyboard.press('ArrowDown');
  await keys.press('setup-next');
  await step(page, 'ids');
  await keys.paste('setup-mchId', merchant.mchId);
  await keys.paste('setup-appid', ` ${merchant.appid}\n`);
  await keys.press('setup-back');
  await step(page, 'mode');
  await page.keyboard.press('ArrowUp');
  await keys.press('setup-next');
  await step(page, 'ids');
  expect(await valueOf(page, 'setup-appid')).toBe(merchant.appid);
  await keys.press('setup-next');

  await step(page, 'key');
  await here.kiosk.answerDialog({ open: [usb.noKey] });
  await keys.press('key-from-file');
  await expect.poll(() => errorCount(page)).toBe(1);
  await here.kiosk.answerDialog({ open: [usb.apiKey] });
  await keys.press('key-from-file');
  await step(page, 'certificate');
  await here.kiosk.answerDialog({ open: [usb.certPem, usb.keyPem] });
  await keys.press('pick-certificate');
  await page.getByTestId('certificate-facts').waitFor();
  await keys.press('setup-next');
  await step(page, 'gateway');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.locator('[data-testid="setup-family-code"]:has(:checked)').waitFor();
  await keys.press('setup-advanced');
  await keys.paste('setup-primary', primary);
  await keys.paste('setup-backup', backup);
  await keys.paste('setup-faceGateway', primary);
  await here.kiosk.answerDialog({ open: [usb.authority] });
  await keys.press('pick-authority');
  await page.getByTestId('authority-given').waitFor();
  await keys.press('setup-next');
  await step(page, 'terminal');
  await keys.paste('setup-storeName', '江边便利店');
  await page.locator('[data-testid="setup-next"]:enabled').waitFor();
  await page.keyboard.press('Enter');
  await step(page, 'finish');
  await keys.press('setup-apply');
  await page.getByTestId('setup-applied').waitFor();
  await keys.press('setup-to-till');
  await page.getByText('江边便利店').waitFor();
  for (const key of '15') await tap(page, `key-${key}`);
  await tap(page, 'take-payment');
  await page.getByTestId('stage-code').waitFor();
  await scanAt(page, [here.gateway.mintPaymentCode()], { gapMs: 5, enter: true });
  await onTill(page, 'paid');
  expect(here.gateway.requests.filter(({ path }) => path === '/pay/micropay')).toHaveLength(1);
});

test('each thing that is wrong is said at its field, nothing is lost on the way, and a scan stays in its field', async () => {
  const { shop: here, files: usb, page } = await freshTerminal();
  const { merchant } = here.gateway;
  await toIds(page);
  await page.getByTestId('setup-mchId').click();
  await scanKeys(page, merchant.mchId);
  expect(await valueOf(page, 'setup-mchId')).toBe(merchant.mchId);
  await step(page, 'ids');
  expect(await page.getByTestId('number-input').count()).toBe(0);
  await tap(page, 'setup-next');
  expect(await errorOf(page)).toContain('appid');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('setup-appid');
  await page.getByTestId('setup-appid').fill('wx-1');
  await tap(page, 'setup-next');
  expect(await page.getByTestId('setup-appid').getAttribute('aria-invalid')).toBe('true');
  await page.getByTestId('setup-appid').fill(merchant.appid);
  await tap(page, 'setup-next');

  await step(page, 'key');
  await page.getByTestId('setup-apiKey').fill('0123456789abcdef');
  await tap(page, 'setup-next');
  await expect.poll(() => errorCount(page)).toBe(1);
  expect(await errorOf(page)).toContain('32');
  await page.getByTestId('setup-apiKey').fill(merchant.apiKey);
  await tap(page, 'setup-next');

  await step(page, 'certificate');
  await tap(page, 'setup-next');
  await expect.poll(() => errorCount(page)).toBe(1);
  const pick = async (...open: readonly string[]): Promise<void> => {
    await here.kiosk.answerDialog({ open });
    await tap(page, 'pick-certificate');
  };
  const refusals = [
    [[usb.certPem, usb.otherKeyPem], '不是一对'],
    [[usb.expiredP12], '过期'],
    [[usb.otherMerchantP12], '别的商户号'],
    [[usb.noKey], '没有证书'],
  ] as const;
  for (const [open, words] of refusals) {
    await pick(...open);
    await expect.poll(() => errorOf(page)).toContain(words);
  }
  await pick(usb.certPem);
  await page.getByTestId('key-missing').waitFor();
  await pick(usb.lockedP12);
  await page.getByTestId('setup-passphrase').fill('not this one');
  await tap(page, 'setup-next');
  await expect.poll(() => errorCount(page)).toBe(1);
  expect(await valueOf(page, 'setup-passphrase')).toBe('');
  await page.getByTestId('setup-passphrase').fill(usb.passphrase);
  await tap(page, 'setup-next');
  await step(page, 'gateway');
  expect(await everythingOn(page)).not.toContain(usb.passphrase);

  await tap(page, 'step-ids');
  await page.getByTestId('setup-mchId').fill('1900000200');
  await tap(page, 'setup-next');
  await tap(page, 'setup-next');
  await step(page, 'certificate');
  await tap(page, 'setup-next');
  await expect.poll(() => errorOf(page)).toContain('别的商户号');
  await tap(page, 'step-ids');
  await page.getByTestId('setup-mchId').fill(merchant.mchId);

  // Leaving for the till and coming back within the session.
  await page.keyboard.press('Escape');
  await page.getByTestId('stage-none').waitFor();
  await tap(page, 'staff');
  await tap(page, 'staff-back-office');
  await toSetup(page);
  await step(page, 'ids');
  expect(await valueOf(page, 'setup-appid')).toBe(merchant.appid);
});

test('who is signed out finds the texts again and must give the secrets once more; later visits change one part', async () => {
  const { shop: here, files: usb, page } = await freshTerminal();
  const { merchant } = here.gateway;
  await toIds(page);
  await giveNumbersAndKey(page, merchant);
  await step(page, 'certificate');
  await tap(page, 'staff');
  await tap(page, 'staff-sign-out');
  await page.getByTestId('stage-none').waitFor();
  await signInTechnician(page);
  await toSetup(page);
  await step(page, 'certificate');
  await giveCertificate(here, usb, page);
  await tap(page, 'step-key');
  expect(await page.getByTestId('key-kept').count()).toBe(0);
  await page.getByTestId('setup-apiKey').fill(merchant.apiKey);
  await tap(page, 'setup-next');
  await step(page, 'certificate');
  await tap(page, 'setup-next');
  await giveGateway(here, usb, page);
  await tap(page, 'setup-next');
  await step(page, 'terminal');
  await tap(page, 'setup-next');
  await tap(page, 'setup-apply');
  await page.getByTestId('setup-applied').waitFor();

  await tap(page, 'setup-overview-open');
  await page.getByTestId('setup-overview').waitFor();
  expect(await everythingOn(page)).not.toContain(merchant.apiKey);
  await tap(page, 'change-terminal');
  await tap(page, 'setup-leave');
  await page.getByTestId('setup-overview').waitFor();
  await tap(page, 'change-terminal');
  await page.getByTestId('setup-storeName').fill('');
  await tap(page, 'setup-next');
  await expect.poll(() => errorCount(page)).toBe(1);
  await page.getByTestId('setup-storeName').fill('Riverside');
  await tap(page, 'setup-leave');
  await tap(page, 'setup-leave-stay');
  await tap(page, 'setup-next');
  await step(page, 'finish');
  await tap(page, 'setup-apply');
  await page.getByTestId('setup-applied').waitFor();
  await page.getByText('Riverside').first().waitFor();
  // The self-test was asked for: it runs, without being asked for again on its page.
  await tap(page, 'setup-self-test');
  await page.locator('.back-office [data-testid="self-test-verdict"]').waitFor();
});

test('a key that WeChat does not take is said with the way to it, and nothing is changed', async () => {
  const { shop: here, files: usb, page } = await freshTerminal();
  await toIds(page);
  await page.getByTestId('setup-mchId').fill(here.gateway.merchant.mchId);
  await page.getByTestId('setup-appid').fill(here.gateway.merchant.appid);
  await toFinish(here, usb, page, '0'.repeat(32));
  await tap(page, 'setup-apply');
  await page.getByTestId('setup-refused').waitFor();
  expect(await page.getByTestId('summary-key').getAttribute('data-tone')).toBe('alarm');
  await tap(page, 'change-key');
  await page.getByTestId('key-refused').waitFor();
  await tap(page, 'key-replace');
  await page.getByTestId('setup-apiKey').fill(here.gateway.merchant.apiKey);
  await tap(page, 'setup-next');
  await tap(page, 'step-finish');
  await tap(page, 'setup-apply');
  await page.getByTestId('setup-applied').waitFor();
});

test('real money behind the weakest protection takes a finger that stays on the button, and leaves no practice on the screen', async () => {
  const { shop: here, files: usb, page } = await freshTerminal();
  await chooseScenario(page, 'never-answers');
  await takePayment(page, '3');
  await tap(page, 'cancel');
  await onTill(page, 'armed');
  await page.keyboard.press('Escape');
  expect(await page.locator('[data-tray-order]').count()).toBe(1);
  await toIds(page);
  await page.getByTestId('setup-mchId').fill(here.gateway.merchant.mchId);
  await page.getByTestId('setup-appid').fill(here.gateway.merchant.appid);
  await tap(page, 'setup-next');
  await page.getByTestId('setup-apiKey').fill(here.gateway.merchant.apiKey);
  await tap(page, 'setup-next');
  await giveCertificate(here, usb, page);
  await tap(page, 'setup-next');
  await giveGateway(here, usb, page);
  // One address outside this machine makes it real money; no call goes there in this test.
  await page.getByTestId('setup-faceGateway').fill('https://face.invalid');
  await tap(page, 'setup-next');
  await step(page, 'terminal');
  await tap(page, 'setup-next');
  await page.getByTestId('setup-protection-device').click();
  await page.getByTestId('setup-weak').waitFor();
  expect(await page.getByTestId('setup-apply').count()).toBe(0);
  const hand = await fingersOn(page);
  await hand.hold('setup-accept-weak', HOLD_MS / 4);
  await page.waitForTimeout(HOLD_MS);
  await step(page, 'finish');
  await hand.hold('setup-accept-weak', HOLD_MS + 300);
  await page.getByTestId('setup-applied').waitFor();
  await hand.touch('setup-to-till');
  await page.getByTestId('stage-none').waitFor();
  expect(await page.getByTestId('practice-band').count()).toBe(0);
  expect(await page.locator('[data-tray-order]').count()).toBe(0);
});

test('a provisioning file sets the whole terminal up; a wrong passphrase is said at its field, and the file is gone afterwards', async () => {
  const { shop: here, files: usb, page } = await freshTerminal();
  const { path } = await writeMerchantFile(here.gateway, join(usb.folder, 'office'));
  const terminalFile = join(usb.folder, 'terminal.json');
  writeFileSync(
    terminalFile,
    JSON.stringify({
      terminal: { storeId: 's-8', storeName: 'Harbour', deviceId: 'kiosk-8', language: 'en' },
      pins: { manager: MANAGER, technician: TECHNICIAN },
    }),
  );
  const made = provisionText(
    { merchantFile: path, terminalFile, keyFile: null, deviceId: null, passphrase: PROVISION_PASSPHRASE },
    Date.now(),
  );
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const file = join(here.profile.folder, PROVISION_NAME);
  writeFileSync(file, made.value);

  await tap(page, 'set-up');
  await tap(page, 'setup-import');
  // A file that was found is found again: leaving asks nothing before something was typed.
  await tap(page, 'provision-use');
  await tap(page, 'provision-close');
  await tap(page, 'setup-import');
  await tap(page, 'provision-use');
  await page.getByTestId('provision-passphrase').fill('not this one at all');
  await tap(page, 'provision-close');
  await page.getByTestId('setup-leave-asked').waitFor();
  await tap(page, 'setup-leave-stay');
  expect(await page.getByTestId('provision-passphrase').inputValue()).toBe('not this one at all');
  await tap(page, 'provision-apply');
  await expect.poll(() => errorCount(page)).toBe(1);
  expect(existsSync(file)).toBe(true);
  await page.getByTestId('provision-passphrase').fill(PROVISION_PASSPHRASE);
  await tap(page, 'provision-apply');
  await page.getByTestId('setup-applied').waitFor();
  expect(existsSync(file)).toBe(false);
  expect(await everythingOn(page)).not.toMatch(new RegExp(`${PROVISION_PASSPHRASE}|${here.gateway.merchant.apiKey}`));
  await tap(page, 'setup-self-test');
  await page.getByTestId('staff-dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Harbour').first().waitFor();
});

/** Nobody presses Enter this soon after another key; a scanner does. */
const PAUSE_MS = 2 * SCAN_GAP_MS;

/** A person at a keyboard without a mouse: everything is reached by Tab and pressed by Enter. */
function keyboardOn(page: Page): {
  press(testId: string): Promise<void>;
  type(testId: string, text: string): Promise<void>;
  paste(testId: string, text: string): Promise<void>;
} {
  const focused = (): Promise<string | null> =>
    page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);
  const goTo = async (testId: string): Promise<void> => {
    await page.locator(`[data-testid="${testId}"]:not(:disabled)`).waitFor();
    for (let tabs = 0; tabs < 60 && (await focused()) !== testId; tabs += 1) await page.keyboard.press('Tab');
    expect(await focused()).toBe(testId);
  };
  return {
    async press(testId) {
      await goTo(testId);
      await page.waitForTimeout(PAUSE_MS);
      await page.keyboard.press('Enter');
    },
    async type(testId, text) {
      await goTo(testId);
      await typeKeys(page, text);
    },
    async paste(testId, text) {
      await goTo(testId);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.insertText(text);
    },
  };
}
