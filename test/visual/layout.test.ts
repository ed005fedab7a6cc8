/**
 * The till on the screens that shops have: everything in view at once, nothing broken, at 1366x768 under Windows' 100,
 * 125 and 150 % too. One page, resized, never loaded again.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANGUAGES, openGallery, type OpenGallery } from '../gallery/open.ts';
import { partWords, sliceOf } from '../support/slice.ts';
import { bandPlaces, fitFaults, LISTS, SHOP_SIZES, textFaults } from './fits.ts';
import { RULES, targetFaults } from './targets.ts';

/** A part measures one screen in this many; each language has its own selection. */
const EVERY_SCREEN = 32;

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

const till = (): readonly string[] => gallery.ids.filter((id) => id.startsWith('till-'));

test.each(LANGUAGES)(
  `the till needs no scroll, hides no control and breaks no word on any shop’s screen in %s (${partWords})`,
  async (language) => {
    const faults = new Set<string>();
    // The guide is for reading, and scrolls by itself; its pages are measured with the back office.
    const ids = sliceOf(
      `layout ${language}`,
      till().filter((id) => !id.startsWith('till-help')),
      EVERY_SCREEN,
    );
    for (const id of ids) {
      await gallery.show(id, language);
      for (const size of SHOP_SIZES) {
        await gallery.page.setViewportSize(size);
        const found = [
          ...(await gallery.page.evaluate(fitFaults, LISTS)),
          ...(await gallery.page.evaluate(textFaults, LISTS)),
          ...(await gallery.page.evaluate(targetFaults, RULES)),
        ];
        for (const fault of found) faults.add(`${id} ${String(size.width)}x${String(size.height)}: ${fault}`);
      }
    }
    expect([...faults]).toEqual([]);
  },
);

test.each(LANGUAGES)(
  'the band’s buttons and the till stay where they are when the scenario or the course changes, in %s',
  async (language) => {
    const ids = ['till-keypad', 'till-keypad-scenario', 'till-course', 'till-training-offer', 'till-order-armed'];
    const places = new Map<string, Set<string>>();
    for (const id of ids) {
      await gallery.show(id, language);
      for (const size of SHOP_SIZES) {
        await gallery.page.setViewportSize(size);
        for (const [what, where] of await gallery.page.evaluate(bandPlaces)) {
          const key = `${what} at ${String(size.width)}x${String(size.height)}`;
          places.set(key, (places.get(key) ?? new Set()).add(where));
        }
      }
    }
    expect(places.size).toBeGreaterThan(SHOP_SIZES.length);
    expect([...places].filter(([, where]) => where.size > 1).map(([what, where]) => [what, ...where])).toEqual([]);
  },
);

test('the names of keys show themselves once a key was pressed, and move nothing', async () => {
  await gallery.page.setViewportSize({ width: 1280, height: 800 });
  await gallery.show('till-order-paying', 'zh-CN');
  const places = (): Promise<unknown> =>
    gallery.page.evaluate(() =>
      [...document.querySelectorAll('.main-screen button')].map((button) =>
        JSON.stringify(button.getBoundingClientRect()),
      ),
    );
  const hints = gallery.page.locator('.main-screen .key-hint');
  const shown = async (): Promise<readonly boolean[]> =>
    Promise.all((await hints.all()).map((hint) => hint.isVisible()));
  const before = await places();
  expect(new Set(await shown())).toEqual(new Set([false]));
  // A scanner reads with these too: they say nothing of a keyboard.
  await gallery.page.keyboard.press('Shift');
  await gallery.page.keyboard.press('Tab');
  expect(new Set(await shown())).toEqual(new Set([false]));
  await gallery.page.keyboard.press('ArrowDown');
  expect(new Set(await shown())).toEqual(new Set([true]));
  expect(await places()).toEqual(before);
});
