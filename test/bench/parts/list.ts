/** Part 6, screen: the list of all orders is opened, scrolled and left; and the memory of the page meanwhile. */
import type { Page } from 'playwright-core';
import { replaceJournal } from '../../support/orders/big-journal.ts';
import { openShop, tap } from '../../support/screen/shop.ts';
import { enterAs, signIn } from '../../support/screen/staff-screen.ts';
import { megabytes, ms, spreadOf, table } from '../figures.ts';
import { FRAME_COLUMNS, frameCells, framesOf } from '../page/frames.ts';
import { pageHeapOf, pageResidentOf } from '../page/page-memory.ts';

const COUNTS = [10_000, 100_000, 1_000_000] as const;
const STARTS = 4;
const SCROLL_MS = 6_000;
const PIN = '482615';
/** As fast as a finger flicks; about 40 rows a second. */
const FLICK_PX_A_S = 3_000;

interface Listed {
  readonly opened: readonly number[];
  readonly again: readonly number[];
  readonly toEnd: readonly number[];
  readonly frames: readonly number[];
  /** Of the frames of the scroll: those in which a row was not loaded yet. */
  readonly awaited: number;
  readonly heapAtTill: number;
  readonly heap: number;
  readonly resident: number;
}

export async function listPart(counts: readonly number[] = COUNTS): Promise<string> {
  const all: Listed[] = [];
  for (const count of counts) {
    all.push(await measure(count));
    process.stderr.write(`  listed ${String(count)}\n`);
  }
  const heads = counts.map((count) => count.toLocaleString('en'));
  const row = (name: string, words: (one: Listed) => string): string[] => [name, ...all.map(words)];
  const spread = (values: readonly number[]): string => {
    const { p50, least, most } = spreadOf(values);
    return `${ms(p50)} (${ms(least)} to ${ms(most)})`;
  };
  return [
    table(
      ['orders', ...heads],
      [
        row('tap on the tab to the frame with the first rows, the first time since the start', ({ opened }) =>
          spread(opened),
        ),
        row('the same, opened again', ({ again }) => spread(again)),
        row('End pressed on the list to the frame with the last row', ({ toEnd }) => spread(toEnd)),
        row('page: JS heap after a collection, at the till before', ({ heapAtTill }) => megabytes(heapAtTill)),
        row('page: JS heap after a collection, scrolled', ({ heap }) => megabytes(heap)),
        row("page's process: resident, scrolled", ({ resident }) => megabytes(resident)),
      ],
    ),
    table(
      ['scrolled by flicks, orders', ...FRAME_COLUMNS, 'frames with a row still awaited'],
      all.map(({ frames, awaited }, index) => [heads[index] ?? '', ...frameCells(frames), String(awaited)]),
    ),
    `Each start is a new process; times are from Chromium's own pointerup or key to the frame drawn. Scrolled at ${FLICK_PX_A_S.toLocaleString('en')} pixels a second, there and back.`,
  ].join('\n\n');
}

async function measure(count: number): Promise<Listed> {
  const shop = await openShop();
  try {
    await enterAs(shop.page, 'manager', PIN);
    await shop.kiosk.quit();
    replaceJournal(shop.profile.journal('practice'), count, Date.now());
    const opened: number[] = [];
    for (let n = 0; n < STARTS; n += 1) {
      if (n > 0) await shop.kiosk.quit();
      await shop.restart();
      await shop.page.getByTestId('take-payment').waitFor({ timeout: 120_000 });
      await signIn(shop.page, 'manager', PIN);
      if (n === 0) await indexed(shop.page);
      else opened.push(await timedTap(shop.page, 'tab-history', 'history-row'));
    }
    const { page } = shop;
    const again: number[] = [];
    const toEnd: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      await timedTap(page, 'tab-stuck', 'stuck-empty');
      again.push(await timedTap(page, 'tab-history', 'history-row'));
      toEnd.push(await timedEnd(page, count));
    }
    await timedTap(page, 'tab-stuck', 'stuck-empty');
    const heapAtTill = await pageHeapOf(page);
    await timedTap(page, 'tab-history', 'history-row');
    const { frames, awaited } = await scrolled(page);
    return {
      opened,
      again,
      toEnd,
      frames,
      awaited,
      heapAtTill,
      heap: await pageHeapOf(page),
      resident: pageResidentOf(shop.kiosk.pid),
    };
  } finally {
    await shop.close();
  }
}

/** After a first start the index of numbers is built in the background; that is not measured. */
async function indexed(page: Page): Promise<void> {
  await tap(page, 'tab-history');
  await page.locator('[data-testid="history-foot"][data-counted="true"]').waitFor({ timeout: 240_000 });
  await tap(page, 'tab-stuck');
  await page.getByTestId('stuck-empty').waitFor();
}

/** From Chromium's pointerup on `button` to the frame that shows `shown`. */
async function timedTap(page: Page, button: string, shown: string): Promise<number> {
  await watch(page, 'pointerup', `[data-testid="${shown}"]`);
  await tap(page, button);
  return seen(page);
}

async function timedEnd(page: Page, count: number): Promise<number> {
  await page.getByTestId('history-list').focus();
  await watch(page, 'keydown', `[data-testid="history-row"][data-row="${String(count)}"]`);
  await page.keyboard.press('End');
  return seen(page);
}

/** Prepares the page to measure the time from the next such event to the frame that shows what `selector` finds. */
const watch = (page: Page, event: 'pointerup' | 'keydown', selector: string): Promise<void> =>
  page.evaluate(
    ([name, wanted]) => {
      const took = new Promise<number>((done) => {
        const began = ({ timeStamp }: Event): void => {
          const look = (): void => {
            if (document.querySelector(wanted) === null) {
              requestAnimationFrame(look);
              return;
            }
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => done(performance.now() - timeStamp);
            port2.postMessage(null);
          };
          requestAnimationFrame(look);
        };
        window.addEventListener(name, began, { capture: true, once: true });
      });
      Object.assign(window, { benchTook: took });
    },
    [event, selector] as const,
  );

const seen = (page: Page): Promise<number> => page.evaluate(() => Reflect.get(window, 'benchTook') as Promise<number>);

async function scrolled(page: Page): Promise<{ readonly frames: readonly number[]; readonly awaited: number }> {
  const box = await page.getByTestId('history-list').boundingBox();
  if (box === null) throw new Error('there is no list');
  const devtools = await page.context().newCDPSession(page);
  const distance = (FLICK_PX_A_S * SCROLL_MS) / 1_000 / 2;
  const at = {
    x: Math.round(box.x + box.width / 2),
    y: Math.round(box.y + box.height / 2),
    speed: FLICK_PX_A_S,
    gestureSourceType: 'mouse',
  } as const;
  await page.evaluate(() => {
    Object.assign(window, { benchAwaited: 0 });
    const look = (): void => {
      if (document.querySelector('[data-testid="history-row-loading"]') !== null)
        Object.assign(window, { benchAwaited: (Reflect.get(window, 'benchAwaited') as number) + 1 });
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const gesture = devtools
    .send('Input.synthesizeScrollGesture', { ...at, yDistance: -distance })
    .then(() => devtools.send('Input.synthesizeScrollGesture', { ...at, yDistance: distance }));
  const frames = await framesOf(page, SCROLL_MS);
  const awaited = await page.evaluate(() => Reflect.get(window, 'benchAwaited') as number);
  await gesture;
  await devtools.detach();
  return { frames, awaited };
}
