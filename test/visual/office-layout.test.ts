/**
 * The back office on the screens that shops have: pages may be longer than the screen, but nothing moves sideways, every
 * control can be reached, no text is cut off or broken. Wherever there is a field, it is in view above the keyboard while it
 * is typed into.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANGUAGES, openGallery, type OpenGallery } from '../gallery/open.ts';
import { partWords, sliceOf } from '../support/slice.ts';
import { DOWN, fieldFaults, scrollFaults, SHOP_SIZES, sidewaysFaults, textFaults } from './fits.ts';

/** A part measures one screen in this many; each language has its own selection. */
const EVERY_SCREEN = 8;

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

const ofBackOffice = (): readonly string[] => gallery.ids.filter((id) => id.startsWith('back-office-'));
/** Fields to type into; where a dialog is open, those in it. */
const FIELDS = ':is(#root:not(:has(dialog:modal)), dialog:modal) :is(input, textarea):enabled:read-write';

test.each(LANGUAGES)(
  `the back office moves nothing sideways, hides no control and cuts off no text on any shop’s screen in %s (${partWords})`,
  async (language) => {
    const faults = new Set<string>();
    for (const id of sliceOf(`office layout ${language}`, ofBackOffice(), EVERY_SCREEN)) {
      await gallery.show(id, language);
      for (const size of SHOP_SIZES) {
        await gallery.page.setViewportSize(size);
        const found = [
          ...(await gallery.page.evaluate(textFaults, DOWN)),
          ...(await gallery.page.evaluate(sidewaysFaults)),
          ...(await gallery.page.evaluate(scrollFaults)),
        ];
        for (const fault of found) faults.add(`${id} ${String(size.width)}x${String(size.height)}: ${fault}`);
      }
    }
    expect([...faults]).toEqual([]);
  },
);

test.each(LANGUAGES)(
  `the field that is typed into stands above a whole keyboard, and nothing moves sideways, on any shop’s screen in %s (${partWords})`,
  async (language) => {
    const faults = new Set<string>();
    const { page } = gallery;
    for (const id of sliceOf(`office fields ${language}`, gallery.ids, EVERY_SCREEN)) {
      await gallery.show(id, language);
      if ((await page.locator(FIELDS).count()) === 0) continue;
      for (const size of SHOP_SIZES) {
        await page.setViewportSize(size);
        for (const field of await page.locator(FIELDS).all()) {
          if (!(await field.isVisible())) continue;
          await field.click();
          // The keyboard takes its room, and in the next frame the field comes into what is left.
          await page.evaluate(
            () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
          );
          const found = [...(await page.evaluate(fieldFaults)), ...(await page.evaluate(sidewaysFaults))];
          for (const fault of found) faults.add(`${id} ${String(size.width)}x${String(size.height)}: ${fault}`);
        }
      }
    }
    expect([...faults]).toEqual([]);
  },
);
