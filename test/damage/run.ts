/**
 * `npm run damage [-- ORDERS]`: every page of every file of a journal, harmed in every way; then every file of a whole
 * profile, with every command and the app's start on each. Reports what went wrong, and how much was done. `-- files
 * [HARM [RUN]]`: only files, and of them only the harms whose name contains HARM ("pos-api", "with its copy empty"),
 * with the runs whose name contains RUN ("the app", "provision").
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { harmsOf, judged, openShop, wordOf } from './pages.ts';
import {
  smallFileHarmsOf,
  commandsOf,
  fileHarmsOf,
  judgedCommand,
  judgedStart,
  openProfile,
  wordOfFile,
} from './profile.ts';

const ORDERS = 300;

const folder = mkdtempSync(join(tmpdir(), 'facepay-damage-'));
const filesOnly = process.argv[2] === 'files';
const [only, run] = filesOnly ? [process.argv[3] ?? '', process.argv[4] ?? ''] : ['', ''];
const shop = openShop(join(folder, 'shop'), filesOnly ? 10 : Number(process.argv[2] ?? ORDERS));
const counts = new Map<string, number>();
let wrong = 0;
for (const harm of filesOnly ? [] : harmsOf(shop)) {
  counts.set(harm.how, (counts.get(harm.how) ?? 0) + 1);
  for (const what of await judged(shop, harm, join(folder, 'scratch'))) {
    wrong += 1;
    process.stdout.write(`${wordOf(harm)}: ${what}\n`);
  }
}
const living = await openProfile(join(folder, 'terminal'), true);
const scratch = join(folder, 'scratch');
let runs = 0;
for (const harm of [...fileHarmsOf(living), ...smallFileHarmsOf(living)].filter((one) =>
  wordOfFile(one).includes(only),
)) {
  counts.set(harm.how, (counts.get(harm.how) ?? 0) + 1);
  const found = new Map<string, readonly string[]>();
  for (const args of commandsOf(living).filter((words) => words.join(' ').includes(run)))
    found.set(args.join(' '), await judgedCommand(living, harm, args, scratch));
  if ('the app'.includes(run)) found.set('the app', await judgedStart(living, harm, scratch));
  runs += found.size;
  for (const [what, words] of found) {
    wrong += words.length;
    for (const word of words) process.stdout.write(`${wordOfFile(harm)}, ${what}: ${word}\n`);
  }
}
await living.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(
  `${[...counts].map(([how, count]) => `${how} ${String(count)}`).join(', ')}; ${String(runs)} runs of a command or the app: ${String(wrong)} violations\n`,
);
process.exitCode = wrong === 0 ? 0 : 1;
