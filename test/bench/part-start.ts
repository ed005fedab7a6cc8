/** Part 4 and 8: from the start of the process to a screen that can be used, on the stand-in host, with few orders and with many; and memory then. */
import { readFileSync, rmSync } from 'node:fs';
import { openJournal } from '../../electron/orders/journal-file.ts';
import { auditKeyOf } from '../../electron/app/audit-trail.ts';
import { bigJournal } from '../support/big-journal.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { megabytes, ms, spreadOf, table } from './figures.ts';

const STARTS = 5;
const MANY = 100_000;

/** With a page that can be typed at. */
async function startMs(shop: Shop): Promise<number> {
  const beganMs = performance.now();
  await shop.restart();
  await shop.page.getByTestId('take-payment').waitFor({ timeout: 120_000 });
  return performance.now() - beganMs;
}

async function starts(many: number): Promise<{ readonly times: readonly number[]; readonly heap: number }> {
  const shop = await openShop();
  const times: number[] = [];
  try {
    for (let n = 0; n < STARTS; n += 1) {
      await shop.kiosk.quit();
      if (many > 0 && n === 0) fill(shop, many);
      times.push(await startMs(shop));
    }
    const devtools = await shop.page.context().newCDPSession(shop.page);
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return { times, heap: usedSize };
  } finally {
    await shop.close();
  }
}

function fill({ profile }: Shop, many: number): void {
  const path = profile.journal('practice');
  for (const suffix of ['', '-wal', '-shm', '.head', '.parts']) rmSync(path + suffix, { force: true });
  bigJournal(path, many, Date.now());
  const opened = openJournal(path, 'practice', Date.now(), auditKeyOf(profile));
  if (!opened.ok) throw new Error(opened.error);
  opened.value.journal.close();
}

export async function startPart(): Promise<string> {
  const rows: string[][] = [];
  for (const many of [0, MANY]) {
    const { times, heap } = await starts(many);
    const { p50, least, most } = spreadOf(times);
    rows.push([many.toLocaleString('en'), `${ms(p50)} (${ms(least)} to ${ms(most)})`, megabytes(heap)]);
  }
  const kernel = readFileSync('/proc/version', 'utf8').split(' ').slice(0, 3).join(' ');
  return `${table(['orders in the journal', 'start to usable screen, median (least to most)', 'renderer heap then'], rows)}\n\nOn the stand-in host (${kernel}): the time includes starting its Chromium, as Electron's includes starting its own. Needs \`npm run bundle\`.`;
}
