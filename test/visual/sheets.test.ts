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

const TILL_SIZES = [
  { width: 1280, height: 800, factor: 8 },
  { width: 1920, height: 1080, factor: 10 },
  { width: 1080, height: 1920, factor: 10 },
];
const EVERY_SCREEN = 64;

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

const WHITE = 255;

/** Many small pictures as one: row by row, each at the top left of its own place; a row is as high as its highest. */
function sheetOf(rows: readonly (readonly Picture[])[]): Picture {
  const width = Math.max(...rows.map((row) => row.reduce((sum, one) => sum + one.width, 0)));
  const heights = rows.map((row) => Math.max(...row.map((one) => one.height)));
  const height = heights.reduce((sum, one) => sum + one, 0);
  const rgba = new Uint8Array(width * height * 4).fill(WHITE);
  let top = 0;
  for (const [index, row] of rows.entries()) {
    let left = 0;
    for (const one of row) {
      for (let y = 0; y < one.height; y += 1)
        rgba.set(one.rgba.subarray(y * one.width * 4, (y + 1) * one.width * 4), ((top + y) * width + left) * 4);
      left += one.width;
    }
    top += heights[index] ?? 0;
  }
  return { width, height, rgba };
}

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
