/** The app on its host uses the tests' fonts, whatever fonts the machine has. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawnFonts, EXPECTED_FONTS } from '../support/screen/drawn-fonts.ts';
import { openShop, type Shop } from '../support/screen/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

test.skipIf(process.platform !== 'linux')('what is drawn is drawn with the fonts that the tests name', async () => {
  const drawn: unknown[] = [];
  for (const expected of EXPECTED_FONTS) drawn.push({ ...expected, fonts: await drawnFonts(shop.page, expected) });
  expect(drawn).toEqual(EXPECTED_FONTS);
});
