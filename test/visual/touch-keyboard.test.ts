/** Every screen that is typed on, with the on-screen keyboard open, on the screens that shops have. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANGUAGES, openGallery, type OpenGallery } from '../gallery/open.ts';
import { partWords, sliceOf } from '../support/slice.ts';
import { LISTS, SHOP_SIZES } from './fits.ts';

/** A part measures one screen in this many. */
const EVERY_SCREEN = 16;

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

/** The test ids of the fields that take text: one of each kind of keys. */
function textFields(): string[] {
  const within = document.querySelector('dialog:modal') ?? document.body;
  const byKeys = new Map<string, string>();
  for (const field of within.querySelectorAll<HTMLInputElement>('input, textarea')) {
    const { testid, keys = 'latin' } = field.dataset;
    const isText = field.matches('textarea, input:is([type="text"], [type="password"], [type="url"], :not([type]))');
    if (testid !== undefined && isText && !field.readOnly && field.checkVisibility() && !byKeys.has(keys))
      byKeys.set(keys, testid);
  }
  return [...byKeys.values()];
}

/** What scrolls sideways, what runs out of the window, and keyboards that are open at the same time. */
function keyboardFaults([lists, testId]: readonly [string, string]): string[] {
  const shown = (element: Element): boolean => element.checkVisibility();
  const within = document.querySelector('dialog:modal') ?? document.body;
  const keyboards = [...within.querySelectorAll('.touch-keyboard, .number-keypad, .pin-pad, .amount-keypad')].filter(
    shown,
  );
  const wide = [...document.querySelectorAll<HTMLElement>('html, body *')].filter((element) => {
    const { overflowX } = getComputedStyle(element);
    const scrolls = overflowX === 'auto' || overflowX === 'scroll' || element.matches('html');
    const isList = element.closest(lists) !== null && !element.matches('html');
    return scrolls && !isList && shown(element) && element.scrollWidth > element.clientWidth + 1;
  });
  const keys = [...within.querySelectorAll('.touch-keyboard .key')].filter(shown);
  const field = document.querySelector(`[data-testid="${CSS.escape(testId)}"]`)?.getBoundingClientRect();
  const top = within.querySelector('.touch-keyboard')?.getBoundingClientRect().top ?? innerHeight;
  return [
    ...(keyboards.length > 1 ? [`${String(keyboards.length)} keyboards at once`] : []),
    ...wide.map((element) => `${element.className || element.tagName} scrolls sideways`),
    ...keys.flatMap((key) => {
      const { left, right, bottom } = key.getBoundingClientRect();
      const isOut = left < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
      return isOut ? [`${key.textContent} is not whole in the window`] : [];
    }),
    ...(field === undefined || field.top > top - 20 || field.bottom < 0 ? ['the field is out of sight'] : []),
  ];
}

test.each(LANGUAGES)(
  `with the on-screen keyboard open nothing scrolls sideways, every key is whole, and no second keyboard is open, in %s (${partWords})`,
  async (language) => {
    const faults = new Set<string>();
    const { page } = gallery;
    // The till's dialogs have keys of their own, and nothing else to type with.
    const ids = gallery.ids.filter((id) => !id.startsWith('till-'));
    for (const id of sliceOf(`touch keyboard ${language}`, ids, EVERY_SCREEN)) {
      await gallery.show(id, language);
      for (const testId of await page.evaluate(textFields)) {
        const field = page.getByTestId(testId);
        await page.setViewportSize({ width: 1280, height: 800 });
        await field.click();
        for (const size of SHOP_SIZES) {
          await page.setViewportSize(size);
          await field.evaluate((element) => element.scrollIntoView({ block: 'nearest' }));
          for (const fault of await page.evaluate(keyboardFaults, [LISTS, testId] as const))
            faults.add(`${id} ${testId} ${String(size.width)}x${String(size.height)}: ${fault}`);
        }
      }
    }
    expect([...faults]).toEqual([]);
  },
);

test('where the screen itself leads to, nothing has a box around it as if it could be pressed', async () => {
  const boxed: string[] = [];
  for (const id of gallery.ids.filter((one) => one.startsWith('setup'))) {
    await gallery.show(id, 'zh-CN');
    const box = await gallery.page.evaluate(() => {
      const now = document.activeElement;
      return now?.matches('h1, h2, h3') === true ? getComputedStyle(now).outlineStyle : 'none';
    });
    if (box !== 'none') boxed.push(id);
  }
  expect(boxed).toEqual([]);
});
