/**
 * Every entry of the gallery for people who ask their system for something else: high contrast, more contrast, no
 * motion.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGallery, type OpenGallery } from '../gallery/open.ts';
import { partWords, sliceOf } from '../support/slice.ts';
import { contrastFaults, lookAlikes, motionFaults, unseenControls } from './modes.ts';

const EVERY_SCREEN = 32;

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

async function faultsOf(mode: string, look: () => Promise<readonly string[]>): Promise<string[]> {
  const first = new Map<string, string>();
  for (const id of sliceOf(mode, gallery.ids, EVERY_SCREEN)) {
    await gallery.show(id, 'zh-CN');
    for (const fault of await look()) if (!first.has(fault)) first.set(fault, id);
  }
  return [...first].map(([fault, id]) => `${id}: ${fault}`);
}

test(`in forced colours every control has a border, and chosen, pressed and disabled controls look different (${partWords})`, async () => {
  await gallery.page.emulateMedia({ forcedColors: 'active' });
  expect(
    await faultsOf('forced colours', async () => [
      ...(await gallery.page.evaluate(unseenControls)),
      ...(await gallery.page.evaluate(lookAlikes)),
    ]),
  ).toEqual([]);
  await gallery.page.emulateMedia({ forcedColors: 'none' });
});

test(`where no motion is wished nothing moves (${partWords})`, async () => {
  await gallery.page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await faultsOf('motion', () => gallery.page.evaluate(motionFaults))).toEqual([]);
});

test.each(['light', 'dark'] as const)(
  `state words, amount and countdown have 7 to 1 in the %s theme (${partWords})`,
  async (colorScheme) => {
    await gallery.page.emulateMedia({ colorScheme });
    expect(await faultsOf(`state words ${colorScheme}`, () => gallery.page.evaluate(contrastFaults))).toEqual([]);
  },
);

test('these rules find what they are for', async () => {
  const { page } = gallery;
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'no-preference', colorScheme: 'light' });
  await gallery.show('till-sign-in', 'zh-CN');
  await page.evaluate(() =>
    document.querySelectorAll<HTMLElement>('.who-button').forEach((role) => role.style.setProperty('border', 'none')),
  );
  expect(await page.evaluate(unseenControls)).toContain('pin-role-manager: no border');
  await page.evaluate(() =>
    document.querySelectorAll<HTMLElement>('.who-button').forEach((role) => {
      for (const name of ['color', 'background-color', 'border-color'])
        role.style.setProperty(name, 'CanvasText', 'important');
    }),
  );
  expect(await page.evaluate(lookAlikes)).toContain('pin-role-manager: looks as one that is not chosen');
  await page.emulateMedia({ forcedColors: 'none' });
  await gallery.show('till-order-armed', 'zh-CN');
  expect(await page.evaluate(motionFaults)).toContain('moves: countdown__arc');
  await page.evaluate(() =>
    document.querySelector<HTMLElement>('.verdict__word')?.style.setProperty('color', 'rgb(120 90 0)'),
  );
  expect((await page.evaluate(contrastFaults)).join()).toContain('verdict__word');
});
