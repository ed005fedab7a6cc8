/**
 * The back office on the screens that shops have: pages may be longer than the screen, but nothing moves sideways, every
 * control can be reached, no text is cut off or broken, and the field that is typed into is in view above the keyboard.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANGUAGES, openGallery, type OpenGallery } from '../gallery/open.ts';
import { partWords, sliceOf } from '../support/slice.ts';
import { DOWN, fieldFaults, scrollFaults, SHOP_SIZES, textFaults } from './fits.ts';

/** A part measures one screen in this many; each language has its own selection. */
const EVERY_SCREEN = 8;

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

const idsOf = (what: string): readonly string[] =>
  sliceOf(
    what,
    gallery.ids.filter((id) => id.startsWith('back-office-')),
    EVERY_SCREEN,
  );
/** Fields to type into; where a dialog is open, those in it. */
const FIELDS = ':is(.back-office:not(:has(dialog:modal)), dialog:modal) :is(input, textarea):enabled:read-write';

test.each(LANGUAGES)(
  `the back office moves nothing sideways, hides no control and cuts off no text on any shop’s screen in %s (${partWords})`,
  async (language) => {
    const faults = new Set<string>();
    for (const id of idsOf(`office layout ${language}`)) {
      await gallery.show(id, language);
      for (const size of SHOP_SIZES) {
        await gallery.page.setViewportSize(size);
        const found = [
          ...(await gallery.page.evaluate(textFaults, DOWN)),
          ...(await gallery.page.evaluate(scrollFaults)),
        ];
        for (const fault of found) faults.add(`${id} ${String(size.width)}x${String(size.height)}: ${fault}`);
      }
    }
    expect([...faults]).toEqual([]);
  },
);

test.each(LANGUAGES)(
  `the field that is typed into stands above the keyboard on any shop’s screen in %s (${partWords})`,
  async (language) => {
    const faults = new Set<string>();
    const { page } = gallery;
    for (const id of idsOf(`office fields ${language}`)) {
      await gallery.show(id, language);
      for (const size of SHOP_SIZES) {
        await page.setViewportSize(size);
        for (const field of await page.locator(FIELDS).all()) {
          if (!(await field.isVisible())) continue;
          await field.click();
          await page.evaluate(() => new Promise((done) => setTimeout(done)));
          for (const fault of await page.evaluate(fieldFaults))
            faults.add(`${id} ${String(size.width)}x${String(size.height)}: ${fault}`);
        }
      }
    }
    expect([...faults]).toEqual([]);
  },
);
