/**
 * Part 4: the time from the start of the process to a usable till, and to the first call for a cancel that was pending.
 */
import { replaceJournal } from '../../support/orders/big-journal.ts';
import { openShop, type Shop } from '../../support/screen/shop.ts';
import { ms, spreadOf, table } from '../figures.ts';
import { listenToGateway, type GatewayListener } from '../gateway-listener.ts';
import { journalOf, leaveCancels } from '../made-cancels.ts';
import { withoutWindow } from '../no-window.ts';

const STARTS = 5;
const MANY = 100_000;
/** A loaded machine gets fewer starts done, and the report says how many. */
const ENOUGH_MS = 80_000;

type Times = Readonly<Record<string, number>>;

export async function startPart(): Promise<string> {
  const untilMs = performance.now() + ENOUGH_MS;
  const shop = await openShop();
  const listener = listenToGateway();
  try {
    const isStandIn = shop.kiosk.kind === 'stand-in';
    await shop.page.getByTestId('take-payment').waitFor();
    await shop.kiosk.quit();
    const rows: string[][] = [];
    const add = (what: string, all: readonly Times[]): void => {
      for (const name of Object.keys(all[0] ?? {})) {
        const { p50, least, most, count } = spreadOf(all.map((one) => one[name] ?? Number.NaN));
        rows.push([what, name, ms(p50), `${ms(least)} to ${ms(most)}`, String(count)]);
      }
    };
    // In turns, so that other load on the machine affects all of them.
    const [empty, withWindow, without]: [Times[], Times[], Times[]] = [[], [], []];
    for (let n = 0; n < STARTS && (n === 0 || performance.now() < untilMs - ENOUGH_MS / 3); n += 1) {
      empty.push(await started(shop));
      withWindow.push(await started(shop, { listener, name: `with${String(n)}x` }));
      if (isStandIn) without.push(await resumedWithoutWindow(shop, listener, `without${String(n)}x`));
      process.stderr.write(`  started ${String(n + 1)} of ${String(STARTS)} rounds\n`);
    }
    replaceJournal(shop.profile.journal('practice'), MANY, Date.now());
    const first = await started(shop);
    const many: Times[] = [];
    for (let n = 0; n < STARTS && (n === 0 || performance.now() < untilMs); n += 1) many.push(await started(shop));
    add('a journal of next to nothing', empty);
    add('a cancel pending', withWindow);
    add('a cancel pending, and no window ever opens', without);
    add(
      `${MANY.toLocaleString('en')} orders, written by an older version: the first start, which brings them up to date`,
      [first],
    );
    add(`${MANY.toLocaleString('en')} orders, started again`, many);
    return `${table(['journal', 'from the start of the process to', 'median', 'least to most', 'n'], rows)}\n\nEach a new process; the system's cache of files is warm.${isStandIn ? ' On the stand-in host: starting its Chromium, and two lines of DevTools to it, are in what ends with a page.' : ' Without a window: not measured on Electron.'}`;
  } finally {
    listener.stop();
    await shop.close();
  }
}

async function started(
  shop: Shop,
  pending?: { readonly listener: GatewayListener; readonly name: string },
): Promise<Times> {
  if (pending !== undefined) leaveOne(shop, pending.name);
  const beganMs = performance.now();
  const call = pending?.listener.next('reverse', beganMs, 60_000);
  await shop.restart();
  await shop.page.getByTestId('take-payment').waitFor({ timeout: 60_000 });
  const usable = performance.now() - beganMs;
  // The browser reports a paint a moment after it.
  const paint = await shop.page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  );
  const paintedMs =
    (await shop.page.evaluate(() => performance.timeOrigin)) + ((await paint.jsonValue()) ?? Number.NaN);
  const painted = paintedMs - performance.timeOrigin - beganMs;
  const reverse =
    call === undefined ? {} : { 'the first bytes of its reverse at the gateway': (await call).arrivedMs - beganMs };
  await shop.kiosk.quit();
  return { ...reverse, 'the first contentful paint': painted, 'a till that can be used': usable };
}

async function resumedWithoutWindow(shop: Shop, listener: GatewayListener, name: string): Promise<Times> {
  leaveOne(shop, name);
  const beganMs = performance.now();
  let reverse = Number.NaN;
  await withoutWindow(shop.profile, async () => {
    reverse = (await listener.next('reverse', beganMs, 60_000)).arrivedMs - beganMs;
  });
  return { 'the first bytes of its reverse at the gateway': reverse };
}

/** Armed, with its window over: it sends one query and then the reverse. */
function leaveOne({ profile, gateway }: Shop, name: string): void {
  const journal = journalOf(profile);
  leaveCancels(journal, gateway, name, 1);
  journal.journal.close();
}
