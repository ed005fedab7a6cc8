/** Signing in as a person does it: by taps on the app's own screen. */
import type { Page } from 'playwright-core';
import type { PinRole } from '../../../shared/contract/staff.ts';

/** Taps the digits on the pad. */
export async function tapPin(page: Page, pin: string): Promise<void> {
  for (const digit of pin) await page.getByTestId(`pin-key-${digit}`).click();
}

/** Types one PIN after the other, each with the Enter key of the pad: a new PIN is typed twice. */
export async function submitPin(page: Page, ...pins: readonly string[]): Promise<void> {
  for (const pin of pins) {
    await page.locator('[data-testid="pin-dots"][data-count="0"]').waitFor();
    await tapPin(page, pin);
    await page.getByTestId('pin-submit').click();
  }
}

/** Sets a role's first PIN, as anybody may in practice; the dialog stays open to sign in. */
export async function setPin(page: Page, role: PinRole, pin: string): Promise<void> {
  await openDialog(page, role);
  await page.getByTestId('pin-set-now').click();
  await submitPin(page, pin, pin);
  await page.getByTestId('pin-set').waitFor();
}

/** Signs in with a PIN that is set, and waits for the back office, which appears a moment after the role. */
export async function signIn(page: Page, role: PinRole, pin: string): Promise<void> {
  await openDialog(page, role);
  await submitPin(page, pin);
  await page.getByTestId('staff-dialog').waitFor({ state: 'detached' });
  await page.locator(`[data-testid="staff"][data-role="${role}"]`).waitFor();
  await page.getByTestId('back-office').waitFor();
  // The first page is the overview; most tests of a manager's work begin at the list.
  if (role === 'manager') await page.getByTestId('tab-stuck').click();
}

/** Sets the PIN of a role and signs in with it: most tests of the back office begin like this. */
export async function enterAs(page: Page, role: PinRole, pin = '482615'): Promise<void> {
  await setPin(page, role, pin);
  await signIn(page, role, pin);
}

async function openDialog(page: Page, role: PinRole): Promise<void> {
  if ((await page.getByTestId('staff-dialog').count()) === 0) await page.getByTestId('staff').click();
  await page.getByTestId(`pin-role-${role}`).click();
}
