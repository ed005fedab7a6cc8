/**
 * Each dialog opened and closed by the keyboard: the focus goes in, stays in, and returns to the control that opened
 * it.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGallery, type OpenGallery } from '../gallery/open.ts';

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
  // The touch test is offered only on a touch screen.
  await (
    await gallery.page.context().newCDPSession(gallery.page)
  ).send('Emulation.setTouchEmulationEnabled', { enabled: true });
});
afterAll(() => gallery.close());

/** The entry, the control that opens its dialog, and the dialog's own control that closes it. */
const dialogs: readonly (readonly [entry: string, opener: string, leave: string])[] = [
  ['till-keypad', 'enter-number', 'number-close'],
  ['till-keypad', 'help', 'help-close'],
  ['till-keypad', 'sound', 'sound-close'],
  ['till-keypad', 'staff', 'staff-close'],
  ['till-shift-serving', 'shift', 'hand-over-stay'],
  ['till-order-closed', 'slip-open', 'slip-close'],
  ['till-order-with-tray', 'enter-number', 'number-close'],
  ['till-order-with-tray', 'help', 'help-close'],
  ['back-office-stuck', 'stuck-by-number', 'number-sheet-close'],
  ['back-office-stuck', 'stuck-details', 'details-sheet-close'],
  ['back-office-stuck-chosen', 'act-settle', 'act-sheet-close'],
  ['back-office-self-test', 'touch-test', 'touch-stop'],
  ['back-office-staff', 'staff', 'staff-close'],
  ['back-office-staff', 'help', 'help-close'],
  ['not-started', 'help', 'help-close'],
];

const hasFocus = (): Promise<string | null> =>
  gallery.page.evaluate(
    () => document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.tagName ?? null,
  );
const inDialog = (): Promise<boolean> =>
  gallery.page.evaluate(() => document.activeElement?.closest('dialog:modal') !== null);

async function opened(entry: string, opener: string): Promise<void> {
  await gallery.show(entry, 'zh-CN');
  const control = gallery.page.locator(`[data-testid="${opener}"]:enabled`).first();
  await control.focus();
  await gallery.page.keyboard.press('Enter');
  await gallery.page.locator('dialog:modal').waitFor();
  expect(await inDialog()).toBe(true);
}

test.each(dialogs)('on %s, %s opens a dialog, and Escape gives the focus back to it', async (entry, opener) => {
  await opened(entry, opener);
  await gallery.page.keyboard.press('Escape');
  await gallery.page.locator('dialog:modal').waitFor({ state: 'detached' });
  expect(await hasFocus()).toBe(opener);
});

test.each(dialogs)('on %s, %s opens a dialog, and %s gives the focus back to it', async (entry, opener, leave) => {
  await opened(entry, opener);
  await gallery.page.locator(`[data-testid="${leave}"]:enabled`).focus();
  await gallery.page.keyboard.press('Enter');
  await gallery.page.locator('dialog:modal').waitFor({ state: 'detached' });
  expect(await hasFocus()).toBe(opener);
});

test('Escape leaves the back office and empties the keypad, Space presses as Enter does', async () => {
  const { page } = gallery;
  await gallery.show('back-office-history', 'zh-CN');
  await page.keyboard.press('Escape');
  await page.getByTestId('back-office').waitFor({ state: 'detached' });
  await gallery.show('till-keypad-typed', 'zh-CN');
  const before = await page.locator('.amount').first().textContent();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.amount').first().textContent()).not.toBe(before);
  await page.locator('[data-testid="sound"]:enabled').focus();
  await page.keyboard.press('Space');
  await page.getByTestId('sound-dialog').waitFor();
});
