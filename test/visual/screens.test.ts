/**
 * Every entry of the gallery against the rules: WCAG 2.2 AA (axe), the app's own policy, sizes for a counter, and no
 * part of the till out of view.
 */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { LANGUAGES, openGallery, THEMES, type OpenGallery } from '../gallery/open.ts';
import { partWords, sliceOf } from '../support/slice.ts';
import { axeFaults, bringAxe } from './axe.ts';
import { hiddenControls, RULES, targetFaults, unreachableControls } from './targets.ts';

const SMALLEST = { width: 1280, height: 800 };
const SIZES = [SMALLEST, { width: 1920, height: 1080 }, { width: 1080, height: 1920 }];
/** The same screen at 200 %. */
const ENLARGED = { width: SMALLEST.width / 2, height: SMALLEST.height / 2 };
/** A part checks one screen in this many; each rule has its own selection. */
const EVERY_SCREEN = 32;
const EVERY_CUSTOMER_SCREEN = 8;

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
  await bringAxe(gallery.page);
});
afterAll(() => gallery.close());
afterEach(() => gallery.page.setViewportSize(SMALLEST));

/** The findings of `look` on the entries in `language`, each fault once, with the first entry that has it. */
async function faultsOf(
  rule: string,
  language: (typeof LANGUAGES)[number],
  look: () => Promise<readonly string[]>,
  ids = gallery.ids,
): Promise<string[]> {
  const first = new Map<string, string>();
  for (const id of sliceOf(`${rule} ${language}`, ids, EVERY_SCREEN)) {
    await gallery.show(id, language);
    for (const fault of await look()) if (!first.has(fault)) first.set(fault, id);
  }
  return [...first].map(([fault, id]) => `${id}: ${fault}`);
}

test.each(LANGUAGES)(
  `no screen breaks an accessibility rule in %s, in either theme (${partWords})`,
  async (language) => {
    const look = async (): Promise<string[]> => {
      await gallery.setTheme('light');
      const light = await axeFaults(gallery.page, 'everything');
      await gallery.setTheme('dark');
      return [...light, ...(await axeFaults(gallery.page, 'everything')).map((fault) => `dark: ${fault}`)];
    };
    expect(await faultsOf('axe', language, look)).toEqual([]);
  },
);

test.each(THEMES)(
  `with more contrast, text has 7 to 1 on every screen in the %s theme (${partWords})`,
  async (theme) => {
    await gallery.setTheme(theme);
    await gallery.page.emulateMedia({ contrast: 'more' });
    expect(await faultsOf(`contrast ${theme}`, 'zh-CN', () => axeFaults(gallery.page, 'contrast-enhanced'))).toEqual(
      [],
    );
    await gallery.page.emulateMedia({ contrast: 'no-preference' });
  },
);

test(`the customer’s page breaks no accessibility rule and fits its display, in either theme (${partWords})`, async () => {
  const faults: string[] = [];
  for (const theme of THEMES) {
    await gallery.setTheme(theme);
    for (const { id, size } of sliceOf(`customer ${theme}`, gallery.others, EVERY_CUSTOMER_SCREEN)) {
      await gallery.page.setViewportSize(size);
      await gallery.show(id, 'zh-CN');
      const isTooLarge = await gallery.page.evaluate(
        () => document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth,
      );
      faults.push(
        ...(await axeFaults(gallery.page, 'everything')).map((fault) => `${id} ${theme}: ${fault}`),
        ...(isTooLarge ? [`${id}: does not fit`] : []),
      );
    }
  }
  expect(gallery.others.length).toBeGreaterThan(9);
  expect(faults).toEqual([]);
});

test.each(LANGUAGES)(
  `whatever is pressed is large enough and apart in %s, and no screen writes a style, breaks the policy or logs an error (${partWords})`,
  async (language) => {
    const look = async (): Promise<string[]> => [
      ...(await gallery.page.evaluate(targetFaults, RULES)),
      ...(await gallery.takeFaults()),
    ];
    expect(await faultsOf('targets', language, look)).toEqual([]);
  },
);

test.each(LANGUAGES)(
  `nothing of the till is behind a scroll in %s, and at twice the size all of it can be reached (${partWords})`,
  async (language) => {
    const till = gallery.ids.filter((id) => id.startsWith('till-'));
    for (const size of SIZES) {
      await gallery.page.setViewportSize(size);
      expect(
        await faultsOf(`scroll ${String(size.width)}`, language, () => gallery.page.evaluate(hiddenControls), till),
      ).toEqual([]);
    }
    await gallery.page.setViewportSize(ENLARGED);
    expect(await faultsOf('enlarged', language, () => gallery.page.evaluate(unreachableControls))).toEqual([]);
  },
);
