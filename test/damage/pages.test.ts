/**
 * A sample of the damage that `npm run damage` does: every file, every kind of harm, and pages from all parts of the
 * journal.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { harmsOf, judged, openShop, wordOf } from './pages.ts';

const ONE_IN = 9;

test('whatever page or file of a journal is damaged, the app starts, and each pending cancel goes on or is named as lost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-damage-'));
  const shop = openShop(join(folder, 'shop'), 60);
  const harms = harmsOf(shop);
  const sample = harms.filter(({ page }, at) => page === null || page === 1 || at % ONE_IN === 0);
  const wrong: string[] = [];
  for (const harm of sample)
    wrong.push(...(await judged(shop, harm, join(folder, 'scratch'))).map((what) => `${wordOf(harm)}: ${what}`));
  expect(wrong).toEqual([]);
  expect(sample.length).toBeGreaterThan(20);
  rmSync(folder, { recursive: true, force: true });
});
