/** The gallery uses the tests' fonts, whatever fonts the machine has. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LANGUAGES, openGallery, type OpenGallery } from '../gallery/open.ts';
import { drawnFonts, EXPECTED_FONTS } from '../support/screen/drawn-fonts.ts';

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

describe.skipIf(process.platform !== 'linux').each(LANGUAGES)('in %s', (language) => {
  test('what is drawn is drawn with the fonts that the tests name', async () => {
    await gallery.show('till-keypad', language);
    const drawn: unknown[] = [];
    for (const expected of EXPECTED_FONTS) drawn.push({ ...expected, fonts: await drawnFonts(gallery.page, expected) });
    expect(drawn).toEqual(EXPECTED_FONTS);
  });
});
