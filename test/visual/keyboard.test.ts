/** Every entry of the gallery by the keyboard alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGallery, THEMES, type OpenGallery } from '../gallery/open.ts';
import { partWords, sliceOf } from '../support/slice.ts';
import { arrowFaults, tabFaults } from './tab-walk.ts';

const EVERY_SCREEN = 32;

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

test.each(THEMES)(
  `Tab reaches everything that can be used, in reading order, under a ring that is seen, and arrows choose, in the %s theme (${partWords})`,
  async (theme) => {
    await gallery.setTheme(theme);
    const first = new Map<string, string>();
    for (const id of sliceOf(`keyboard ${theme}`, gallery.ids, EVERY_SCREEN)) {
      await gallery.show(id, theme === 'light' ? 'zh-CN' : 'en');
      for (const fault of [...(await tabFaults(gallery.page)), ...(await arrowFaults(gallery.page))])
        if (!first.has(fault)) first.set(fault, id);
    }
    expect([...first].map(([fault, id]) => `${id}: ${fault}`)).toEqual([]);
  },
);

test('the walk finds the faults that it is for', async () => {
  const { page } = gallery;
  await gallery.setTheme('light');
  const afterChange = async (change: () => void): Promise<string[]> => {
    await gallery.show('till-order-paying', 'en');
    await page.evaluate(change);
    return tabFaults(page);
  };
  expect(
    await afterChange(() => document.querySelector('[data-testid="cancel"]')?.setAttribute('tabindex', '-1')),
  ).toEqual([]);
  expect(
    await afterChange(() =>
      document
        .querySelector('[data-testid="cancel"]')
        ?.addEventListener('focus', ({ target }) => target instanceof HTMLElement && target.blur()),
    ),
  ).toContain('cancel: not reached by Tab');
  expect(
    await afterChange(() =>
      document.querySelector<HTMLElement>('[data-testid="cancel"]')?.style.setProperty('outline', 'none'),
    ),
  ).toContain('cancel: no focus ring');
  expect(
    (
      await afterChange(() =>
        document
          .querySelector<HTMLElement>('[data-testid="cancel"]')
          ?.style.setProperty('outline-color', 'rgb(250 250 250)'),
      )
    ).join(),
  ).toContain('cancel: ring of');
  expect(
    (
      await afterChange(() =>
        document.querySelector<HTMLElement>('.till__actions')?.style.setProperty('flex-direction', 'row-reverse'),
      )
    ).join(),
  ).toContain('reached after it');
  expect(
    (
      await afterChange(() => document.querySelector<HTMLElement>('.till__actions')?.style.setProperty('padding', '0'))
    ).join(),
  ).toContain('ring cut off by till');
});
