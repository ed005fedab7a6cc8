/** The set-up wizard's steps as a technician with a mouse and a keyboard goes through them. */
import type { Page } from 'playwright-core';
import type { PracticeMerchant } from '../../../electron/practice/practice-merchant.ts';
import type { SetupFiles } from '../terminal/setup-files.ts';
import { tap, type Shop } from './shop.ts';

export const TECHNICIAN = '864209';
export const MANAGER = '975310';

/** Waits for a step of the wizard. */
export const step = (page: Page, id: string): Promise<void> => page.getByTestId(`setup-step-${id}`).waitFor();

/** From a fresh terminal's till to the merchant's numbers; their fields depend on `mode`. */
export async function toIds(page: Page, mode: 'merchant' | 'partner' = 'merchant'): Promise<void> {
  await tap(page, 'set-up');
  await tap(page, 'setup-begin');
  await step(page, 'people');
  for (const [role, pin] of [
    ['technician', TECHNICIAN],
    ['manager', MANAGER],
  ] as const) {
    await page.getByTestId(`pin-${role}`).fill(pin);
    await page.getByTestId(`pin-${role}-again`).fill(pin);
  }
  await tap(page, 'setup-next');
  await step(page, 'mode');
  await tap(page, `setup-mode-${mode}`);
  await tap(page, 'setup-next');
  await step(page, 'ids');
}

/** The merchant's numbers and key, to the step of the certificate. */
export async function giveNumbersAndKey(page: Page, { mchId, appid, apiKey }: MerchantIds): Promise<void> {
  await page.getByTestId('setup-mchId').fill(mchId);
  await page.getByTestId('setup-appid').fill(appid);
  await tap(page, 'setup-next');
  await page.getByTestId('setup-apiKey').fill(apiKey);
  await tap(page, 'setup-next');
}

type MerchantIds = Pick<PracticeMerchant, 'mchId' | 'appid' | 'apiKey'>;

/** Picks the certificate file and waits until it has been read. */
export async function giveCertificate(here: Shop, usb: SetupFiles, page: Page): Promise<void> {
  await here.kiosk.answerDialog({ open: [usb.p12] });
  await tap(page, 'pick-certificate');
  await page.getByTestId('certificate-facts').waitFor();
}

/** The practice gateway's addresses and its authority. */
export async function giveGateway(here: Shop, usb: SetupFiles, page: Page): Promise<void> {
  await step(page, 'gateway');
  await tap(page, 'setup-advanced');
  await page.getByTestId('setup-primary').fill(here.gateway.primary);
  await page.getByTestId('setup-backup').fill(here.gateway.backup);
  await page.getByTestId('setup-faceGateway').fill(here.gateway.primary);
  await here.kiosk.answerDialog({ open: [usb.authority] });
  await tap(page, 'pick-authority');
  await page.getByTestId('authority-given').waitFor();
}

/** From the merchant's numbers, which are filled in, to the last step before the set-up is put into force. */
export async function toFinish(
  here: Shop,
  usb: SetupFiles,
  page: Page,
  apiKey = here.gateway.merchant.apiKey,
): Promise<void> {
  await tap(page, 'setup-next');
  await page.getByTestId('setup-apiKey').fill(apiKey);
  await tap(page, 'setup-next');
  await giveCertificate(here, usb, page);
  await tap(page, 'setup-next');
  await giveGateway(here, usb, page);
  await tap(page, 'setup-next');
  await step(page, 'terminal');
  await tap(page, 'setup-next');
  await step(page, 'finish');
}

/** The back office begins at the first page that a technician has. */
export async function toSetup(page: Page): Promise<void> {
  await page.getByTestId('back-office').waitFor();
  if ((await page.getByTestId('back-office-setup').count()) === 0) await tap(page, 'tab-setup');
}

export async function signInTechnician(page: Page): Promise<void> {
  await tap(page, 'staff');
  await tap(page, 'pin-role-technician');
  await page.getByTestId('pin-ask').waitFor();
  for (const digit of TECHNICIAN) await tap(page, `pin-key-${digit}`);
  await tap(page, 'pin-submit');
}
