/** Compares a picture with the stored one; with FACEPAY_UPDATE_PICTURES=1 it stores the new one if they differ. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pictureOf, type Picture } from './picture.ts';
import { compared, store, storedPicture, type Tolerance } from './pictures.ts';
import { smallPng } from './small-png.ts';

const UPDATE = process.env['FACEPAY_UPDATE_PICTURES'] === '1';

let folder: string | null = null;

/**
 * Nothing, or one line that says what differs and where to look. If a picture is within the tolerance, its file stays
 * unchanged.
 */
export function judged(name: string, now: Picture, tolerance: Tolerance): readonly string[] {
  // Storing reduces its colours; that is no difference.
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
