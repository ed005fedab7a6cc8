/**
 * The built page over made-up orders: the cost of the countdown, what the tray leaves in view, and a call for the
 * manager.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFakePage, type FakePageOptions } from '../../support/screen/fake-page.ts';
import { openBrowser } from '../../support/screen/own-browser.ts';
import { partWords, sliceOf } from '../../support/slice.ts';
import { tap } from '../../support/screen/shop.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});

async function on<Answer>(options: FakePageOptions, look: (page: Page) => Promise<Answer>): Promise<Answer> {
  const page = await openFakePage(browser, options);
  try {
    return await look(page);
  } finally {
    await page.close();
  }
}

/** React reports every render to a developer tool, in production too. */
function countDrawings(): void {
  const drawings: number[] = [];
  const hook = {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberRoot: () => drawings.push(performance.now()),
    onCommitFiberUnmount: () => undefined,
  };
  Object.assign(window, { drawings, __REACT_DEVTOOLS_GLOBAL_HOOK__: hook });
}

declare const drawings: number[];

test('while the countdown runs React draws nothing but what is announced', async () => {
  const seen = await on({ show: 'armed', language: 'zh-CN', before: countDrawings }, async (page) => {
    await page.locator('[data-testid="withdraw"]:enabled').waitFor();
    // The practice parts load late: they render when they arrive, and once more after their pause.
    await page.locator('[data-testid="scenario"]:enabled').waitFor();
    return page.evaluate(
      () =>
        new Promise<{ first: number; drawn: number; figures: string[] }>((done) => {
          const figure = document.querySelector('.countdown__figure');
          if (figure === null) throw new Error('no countdown');
          const first = drawings.length;
          const figures: string[] = [];
          new MutationObserver(() => {
            figures.push(figure.textContent);
            if (figures.length === 5) done({ first, drawn: drawings.length - first, figures });
          }).observe(figure, { childList: true, characterData: true, subtree: true });
        }),
    );
  });
  expect(seen.first).toBeGreaterThan(0);
  expect(seen.figures.map(Number)).toEqual([0, 1, 2, 3, 4].map((later) => Number(seen.figures[0]) - later));
  // The mark at 5 s is announced to screen readers; React renders no second and no frame.
  expect(seen.drawn).toBeLessThanOrEqual(1);
});

test.each([
  [1_280, 800, 'zh-CN'],
  [1_280, 800, 'en'],
  [1_080, 1_920, 'zh-CN'],
  [1_080, 1_920, 'en'],
] as const)(
  `at %ix%i in %s the state is read from two metres, and no tray covers it (${partWords})`,
  async (width, height, language) => {
    for (const trayOf of sliceOf(`trays ${String(width)} ${language}`, [0, 1, 8, 40], 2)) {
      await on({ show: 'armed', language, width, height, trayOf }, async (page) => {
        const word = await page
          .locator('.verdict__word')
          .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
        const figure = await page
          .locator('.countdown__figure')
          .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
        expect(figure).toBeGreaterThanOrEqual(96);
        // 0.4 degrees of sight at two metres are 14 mm: 40 px on the counter's 15.6" screen of 1280 px.
        expect(word).toBeGreaterThanOrEqual(40);
        const amount = await page.locator('.verdict .amount').boundingBox();
        const tray = await page.getByTestId('tray').boundingBox();
        if (amount === null || tray === null) throw new Error('amount and tray are always in sight');
        const apart = amount.x + amount.width <= tray.x || amount.y + amount.height <= tray.y;
        expect(apart, `amount and tray with ${String(trayOf)} orders`).toBe(true);
        expect(tray.y + tray.height).toBeLessThanOrEqual(height);
        expect(await page.getByTestId('tray-order').count()).toBe(trayOf + 1);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      });
    }
  },
);

test.each(['no-preference', 'reduce'] as const)(
  'an order before a manager frames the screen until a hand moves (motion: %s)',
  async (reducedMotion) => {
    await on({ show: 'attention-expired', language: 'zh-CN', reducedMotion }, async (page) => {
      const frame = page.locator('[data-testid="cue-frame"][data-cue="manager"][data-calling]');
      await frame.waitFor();
      const flashes = await frame.evaluate((element) => getComputedStyle(element).animationName);
      expect(flashes === 'none').toBe(reducedMotion === 'reduce');
      await page.keyboard.press('Shift');
      await frame.waitFor({ state: 'detached' });
    });
  },
);

test('of a crowd the tray shows the first fifty and says how many more there are; a tap shows them', async () => {
  await on({ show: 'armed', language: 'zh-CN', trayOf: 119 }, async (page) => {
    const cards = page.getByTestId('tray-order');
    expect(await cards.count()).toBe(50);
    const more = page.getByTestId('tray-more');
    expect(await more.textContent()).toContain('70');
    await more.click();
    await expect.poll(() => cards.count()).toBe(120);
    expect(await more.count()).toBe(0);
  });
});

test('an order that calls from the tray is framed there, and says nothing against what the till shows', async () => {
  await on({ show: 'closed', language: 'zh-CN', trayOf: 1 }, async (page) => {
    await page.getByTestId('tray-frame').waitFor();
    expect(await page.locator('.verdict').getAttribute('data-verdict')).toBe('charge-again');
    expect(await page.getByTestId('cue-frame').count()).toBe(0);
    await page.getByTestId('tray-order').click();
    await page.getByTestId('tray-frame').waitFor({ state: 'detached' });
  });
});

/** The page's sign of life is sent a hundred times as often, and is counted. */
function hurryTheWord(): void {
  const every = window.setInterval.bind(window);
  Object.assign(window, {
    words: 0,
    setInterval: (act: () => void, ms: number) => every(act, ms === 10_000 ? 100 : ms),
  });
}

test('a fault that takes the till off the screen makes the page fall silent, so that main brings it back', async () => {
  await on({ show: 'armed', language: 'zh-CN', before: hurryTheWord }, async (page) => {
    await page.locator('[data-testid="withdraw"]:enabled').waitFor();
    await page.evaluate(() => {
      const invoke = window.kiosk.invoke.bind(window.kiosk) as (name: string, input: unknown) => unknown;
      Object.assign(window.kiosk, {
        invoke: (name: string, input: unknown) => (
          name === 'kiosk.alive' && Object.assign(window, { words: Number(Reflect.get(window, 'words')) + 1 }),
          invoke(name, input)
        ),
      });
    });
    const words = (): Promise<number> => page.evaluate(() => Number(Reflect.get(window, 'words')));
    await expect.poll(words).toBeGreaterThan(2);
    await page.evaluate(() => {
      // Stands for any bug in whatever is drawn next.
      const broken = (): never => {
        throw new Error('made up');
      };
      Object.assign(document, { createElement: broken });
    });
    await tap(page, 'next-customer');
    await page.locator('.main-screen').waitFor({ state: 'detached' });
    const last = await words();
    await page.waitForTimeout(500);
    expect(await words()).toBe(last);
  });
});
