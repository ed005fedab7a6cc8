/** The customer's page by itself, with made-up states: all of it fits, and can be read from a metre away and more. */
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { customerViewSchema, type CustomerShown, type CustomerView } from '../../../shared/contract/customer.ts';
import { AMOUNT_FEN_MAX } from '../../../shared/money.ts';
import { axeFaults, bringAxe } from '../../visual/axe.ts';
import { openBrowser } from '../../support/screen/own-browser.ts';

const ORIGIN = 'http://kiosk.test';
const FOLDER = resolve('out/renderer');
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const SIZES = [
  [1_024, 600],
  [1_280, 800],
  [1_080, 1_920],
] as const;
/** The rule of thumb for capital letters is a 200th of the distance: 5 mm at 1 m, on a display of 96 dots an inch. */
const TEXT_PX_MIN = 26;

const names = customerViewSchema.options.flatMap((option) => [...option.shape.name.values]);
const viewOf = (name: CustomerView['name']): CustomerView =>
  name === 'off' || name === 'welcome' ? { name } : { name, amountFen: AMOUNT_FEN_MAX };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function opened(width: number, height: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
  await page.route(`${ORIGIN}/**`, (route) => {
    const file = join(FOLDER, new URL(route.request().url()).pathname);
    if (!existsSync(file)) return route.fulfill({ status: 404 });
    return route.fulfill({ body: readFileSync(file), contentType: TYPES[extname(file)] ?? 'application/octet-stream' });
  });
  await page.addInitScript(() => {
    Object.assign(globalThis, {
      customer: { subscribe: (listener: unknown) => Object.assign(globalThis, { tellCustomer: listener }) },
    });
  });
  await page.goto(`${ORIGIN}/customer/index.html`);
  return page;
}

async function tell(page: Page, told: CustomerShown): Promise<void> {
  await page.evaluate((shown) => {
    const listener: unknown = Reflect.get(globalThis, 'tellCustomer');
    if (typeof listener === 'function') Reflect.apply(listener, undefined, [shown]);
  }, told);
  await page.getByTestId(`customer-${told.view.name}`).waitFor({ state: 'attached' });
}

/** Text of the page that lies outside the window, or is too small to read. */
const faults = (page: Page): Promise<string[]> =>
  page.evaluate((min) => {
    const texts = [...document.querySelectorAll('h1, p, small, span, svg')];
    const words = [
      ...document.querySelectorAll('.customer__practice, .customer__title, .customer__amount, .customer__note'),
    ].map((element) => element.getBoundingClientRect());
    const crowded = words.some((box, index) => words.slice(index + 1).some((below) => below.top < box.bottom - 1));
    return (crowded ? ['words lie over each other'] : []).concat(
      texts.flatMap((element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        const what = element.textContent || element.tagName;
        const size = Number.parseFloat(getComputedStyle(element).fontSize);
        return [
          ...(left < 0 || top < 0 || right > innerWidth || bottom > innerHeight ? [`${what} is cut off`] : []),
          ...(element.tagName !== 'svg' && size < min ? [`${what} is ${String(size)} px`] : []),
        ];
      }),
    );
  }, TEXT_PX_MIN);

test.each(
  SIZES.flatMap(
    ([width, height]) =>
      [
        [width, height, 'light'],
        [width, height, 'dark'],
      ] as const,
  ),
)('everything fits and is large on %i x %i, %s, with practice said', async (width, height, scheme) => {
  const page = await opened(width, height, scheme);
  await bringAxe(page);
  const found: Record<string, readonly string[]> = {};
  for (const name of names) {
    await tell(page, { practice: true, view: viewOf(name) });
    found[name] = [...(await faults(page)), ...(await axeFaults(page, 'everything'))];
  }
  await page.close();
  expect(found).toEqual(Object.fromEntries(names.map((name) => [name, []])));
});
