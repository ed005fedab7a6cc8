/**
 * Every screen with stored pictures, compared in both languages, both themes and three sizes. `npm run test:visual --
 * --update` stores the present pictures; look at what changed before it is committed.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LANGUAGES, openGallery, THEMES, type OpenGallery } from '../gallery/open.ts';
import { partWords, sliceOf } from '../support/slice.ts';
import { judged } from './judged.ts';
import { pictureOf } from './picture.ts';
import { READABLE } from './pictures.ts';
import { isPictured } from './pictured.ts';

const SIZES = [
  { width: 1280, height: 800, scale: 1 / 2 },
  { width: 1920, height: 1080, scale: 1 / 3 },
  { width: 1080, height: 1920, scale: 1 / 3 },
] as const;

const EVERY_SCREEN = 30;

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

describe.each(SIZES)('at $width x $height', ({ width, height, scale }) => {
  test(`every pictured screen is as it was (${partWords})`, async () => {
    await gallery.page.setViewportSize({ width, height });
    const different: string[] = [];
    const ids = sliceOf(`pictures ${String(width)}`, gallery.ids.filter(isPictured), EVERY_SCREEN);
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) {
      for (const language of LANGUAGES) {
        await gallery.show(id, language);
        for (const theme of THEMES) {
          await gallery.setTheme(theme);
          const name = `${id}/${language}-${theme}-${String(width)}x${String(height)}`;
          different.push(...judged(name, pictureOf(await gallery.picture(scale)), READABLE));
        }
      }
    }
    expect(different).toEqual([]);
  });
});
