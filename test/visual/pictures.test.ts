/**
 * Every pictured screen as it was, in both languages, both themes and three sizes. `npm run test:visual -- --update`
 * stores what is there now; look at what changed before it is committed.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LANGUAGES, openGallery, THEMES, type OpenGallery } from '../gallery/open.ts';
import { pictureOf, type Picture } from './picture.ts';
import { compared, PIXELS_MAX, store, storedPicture } from './pictures.ts';
import { isPictured } from './pictured.ts';

const SIZES = [
  { width: 1280, height: 800, scale: 1 / 2 },
  { width: 1920, height: 1080, scale: 1 / 3 },
  { width: 1080, height: 1920, scale: 1 / 3 },
] as const;
const UPDATE = process.env['FACEPAY_UPDATE_PICTURES'] === '1';

let gallery: OpenGallery;
beforeAll(async () => {
  gallery = await openGallery();
});
afterAll(() => gallery.close());

describe.each(SIZES)('at $width x $height', ({ width, height, scale }) => {
  test('every pictured screen is as it was', { timeout: 240_000 }, async () => {
    await gallery.page.setViewportSize({ width, height });
    const different: string[] = [];
    const ids = gallery.ids.filter(isPictured);
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) {
      for (const language of LANGUAGES) {
        await gallery.show(id, language);
        for (const theme of THEMES) {
          await gallery.setTheme(theme);
          const name = `${id}/${language}-${theme}-${String(width)}x${String(height)}`;
          const now = pictureOf(await gallery.picture(scale));
          if (UPDATE) renew(name, now);
          else different.push(...faultsOf(name, now));
        }
      }
    }
    expect(different).toEqual([]);
  });
});

/** A picture that is within the tolerance stays the file it is. */
function renew(name: string, now: Picture): void {
  if (faultsOf(name, now).length > 0) store(name, now);
}

let folder: string | null = null;

/** What differs, and where the difference can be looked at. */
function faultsOf(name: string, now: Picture): string[] {
  const result = compared(storedPicture(name), now);
  if (result.kind !== 'compared') return [`${name}: ${result.kind}`];
  if (result.pixels <= PIXELS_MAX) return [];
  if (UPDATE) return [name];
  folder ??= mkdtempSync(join(tmpdir(), 'facepay-pictures-'));
  const file = join(folder, `${name.replaceAll('/', '-')}.png`);
  writeFileSync(file, result.diff);
  return [`${name}: ${String(result.pixels)} pixels differ, see ${file}`];
}
