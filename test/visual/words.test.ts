/**
 * The copy rules on every screen as it is drawn: short labels, nothing cut off, amounts with fen, numbers in groups, no
 * bare code.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANGUAGES, openGallery, type OpenGallery } from '../gallery/open.ts';
import { partWords, sliceOf } from '../support/slice.ts';
import { badFigures, bareCodes, cutOff, longLabels, openCodes, wordless } from './words.ts';

const SMALLEST = { width: 1280, height: 800 };
const LABEL_MAX = 12;
const EVERY_SCREEN = 24;
const LOCALES = join(import.meta.dirname, '../../shared/locales');

/** The first part of every key: `codeStage` of `codeStage.show`. */
const GROUPS = readdirSync(LOCALES)
  .filter((name) => name.endsWith('en.json'))
  .flatMap((name) => Object.keys(JSON.parse(readFileSync(join(LOCALES, name), 'utf8')) as object));

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
  await gallery.page.setViewportSize(SMALLEST);
});
afterAll(() => gallery.close());

test.each(LANGUAGES)(`each screen keeps the copy rules in %s (${partWords})`, async (language) => {
  const faults: string[] = [];
  for (const id of sliceOf(`words ${language}`, gallery.ids, EVERY_SCREEN)) {
    await gallery.show(id, language);
    const { page } = gallery;
    const labels = language === 'zh-CN' ? await page.evaluate(longLabels, LABEL_MAX) : [];
    const found = [
      ...labels.map((label) => `long: ${label}`),
      ...(await page.evaluate(cutOff)),
      ...(await page.evaluate(badFigures)),
      ...(await page.evaluate(bareCodes)).map((code) => `code: ${code}`),
      ...(await page.evaluate(wordless, GROUPS)).map((key) => `without words: ${key}`),
      ...(await page.evaluate(openCodes)).map((code) => `not behind technical details: ${code}`),
    ];
    faults.push(...found.map((fault) => `${id}: ${fault}`));
  }
  expect(faults).toEqual([]);
});
