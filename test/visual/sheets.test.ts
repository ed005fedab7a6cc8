/**
 * Every screen without large stored pictures: one sheet each, with both languages, both themes and three sizes as small
 * pictures. Even this small, a sheet shows a word, a figure or a control that has changed or moved.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WindowSize } from '../gallery/entry.ts';
import { LANGUAGES, openGallery, THEMES, type OpenGallery } from '../gallery/open.ts';
import { partWords, sliceOf } from '../support/slice.ts';
import { judged } from './judged.ts';
import { pictureOf, type Picture } from './picture.ts';
import { isPictured } from './pictured.ts';
import { SMALL } from './pictures.ts';
import { sheetOf } from './sheet.ts';

const TILL_SIZES = [
  { width: 1280, height: 800, factor: 8 },
  { width: 1920, height: 1080, factor: 10 },
  { width: 1080, height: 1920, factor: 10 },
];
const EVERY_SCREEN = 16;

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

const TIMEOUT_MS = 3_600_000;

test(
  `every other screen is as it was (${partWords})`,
  async () => {
    const different: string[] = [];
    const rowOf = async (id: string, size: WindowSize, factor: number): Promise<Picture[]> => {
      await gallery.page.setViewportSize(size);
      const row: Picture[] = [];
      for (const language of LANGUAGES) {
        await gallery.show(id, language);
        for (const theme of THEMES) {
          await gallery.setTheme(theme);
          row.push(pictureOf(await gallery.picture(1), factor));
        }
      }
      return row;
    };
    for (const id of sliceOf(
      'sheets',
      gallery.ids.filter((one) => !isPictured(one)),
      EVERY_SCREEN,
    )) {
      const rows: Picture[][] = [];
      for (const { factor, ...size } of TILL_SIZES) rows.push(await rowOf(id, size, factor));
      different.push(...judged(`sheets/${id}`, sheetOf(rows), SMALL));
    }
    for (const { id, size } of sliceOf('other sheets', gallery.others, EVERY_SCREEN)) {
      different.push(...judged(`sheets/${id}`, sheetOf([await rowOf(id, size, 8)]), SMALL));
    }
    expect(different).toEqual([]);
  },
  TIMEOUT_MS,
);
