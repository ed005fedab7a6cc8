/** The QR code of a refund is read back from the screen itself, as a phone's camera would see it. */
import { decode } from 'fast-png';
import jsQR from 'jsqr';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LANGUAGES, openGallery, THEMES, type OpenGallery } from '../gallery/open.ts';

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

/** What the code in this picture says; `null` if there is none that can be read. */
function readCode(png: Uint8Array): string | null {
  const { width, height, data, channels } = decode(png);
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1)
    for (let channel = 0; channel < 3; channel += 1) rgba[pixel * 4 + channel] = data[pixel * channels + channel] ?? 0;
  return jsQR(rgba, width, height, { inversionAttempts: 'dontInvert' })?.data ?? null;
}

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(THEMES)('the code holds the order’s number and amount, and its picture can be read (%s)', async (theme) => {
    await gallery.setTheme(theme);
    await gallery.show('back-office-stuck-refund', language);
    const code = gallery.page.getByTestId('order-code');
    await code.scrollIntoViewIfNeeded();
    const amount = language === 'en' ? 'Amount' : '金额';
    const number = language === 'en' ? 'Order number' : '订单号';
    expect(readCode(await code.screenshot())).toBe(`${number} 20261116093011004417\n${amount} ¥59.90`);
    expect((await code.innerText()).length, 'what it holds is said in words').toBeGreaterThan(10);
  });
});
