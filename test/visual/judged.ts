/** A picture held against the stored one; with FACEPAY_UPDATE_PICTURES=1 stored in its place where it differs. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pictureOf, type Picture } from './picture.ts';
import { compared, store, storedPicture, type Tolerance } from './pictures.ts';
import { smallPng } from './small-png.ts';

const UPDATE = process.env['FACEPAY_UPDATE_PICTURES'] === '1';

let folder: string | null = null;

/** Nothing, or in one line what differs and where that can be looked at. A picture within the tolerance stays the file it is. */
export function judged(name: string, now: Picture, tolerance: Tolerance): readonly string[] {
  // What storing takes from its colours is no difference.
  const result = compared(storedPicture(name), pictureOf(smallPng(now)), tolerance);
  if (result.kind === 'compared' && result.pixels <= tolerance.pixelsMax) return [];
  if (UPDATE) {
    store(name, now);
    return [];
  }
  if (result.kind !== 'compared') return [`${name}: ${result.kind}`];
  folder ??= mkdtempSync(join(tmpdir(), 'facepay-pictures-'));
  const file = join(folder, `${name.replaceAll('/', '-')}.png`);
  writeFileSync(file, result.diff);
  return [`${name}: ${String(result.pixels)} pixels differ, see ${file}`];
}
