/** `npm run damage [-- ORDERS]`: every page of every file of a journal, harmed in every way; says what went wrong, and how much was done. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { harmsOf, judged, openShop, wordOf } from './pages.ts';

const ORDERS = 300;

const folder = mkdtempSync(join(tmpdir(), 'facepay-damage-'));
const shop = openShop(join(folder, 'shop'), Number(process.argv[2] ?? ORDERS));
const counts = new Map<string, number>();
let wrong = 0;
for (const harm of harmsOf(shop)) {
  counts.set(harm.how, (counts.get(harm.how) ?? 0) + 1);
  for (const what of await judged(shop, harm, join(folder, 'scratch'))) {
    wrong += 1;
    process.stdout.write(`${wordOf(harm)}: ${what}\n`);
  }
}
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${[...counts].map(([how, count]) => `${how} ${String(count)}`).join(', ')}: ${String(wrong)} violations\n`);
process.exitCode = wrong === 0 ? 0 : 1;
