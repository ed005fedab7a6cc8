/**
 * Every button of the till that moves money or changes a state, tapped as worn panels and hurried people tap: which
 * commands main gets.
 */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFakePage } from '../../support/screen/fake-page.ts';
import { partWords, sliceOf } from '../../support/slice.ts';
import { openBrowser } from '../../support/screen/own-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** The state of the till, the button, and the one command that it sends. */
const buttons: readonly (readonly [show: string, button: string, command: string])[] = [
  ['idle', 'take-payment', 'payment.take'],
  ['look', 'stop', 'payment.stop'],
  ['stopped', 'retry', 'payment.take'],
  ['stopped', 'next-customer', 'payment.clear'],
  ['paying', 'cancel', 'order.cancel'],
  ['paying', 'ask', 'order.ask'],
  ['paying', 'next-customer', 'payment.clear'],
  ['armed', 'withdraw', 'order.withdraw'],
  ['choosing', 'keep', 'order.keep'],
  ['choosing', 'refund', 'order.refund'],
  ['recall', 'try-now', 'order.try-now'],
  ['failed', 'cancel', 'order.cancel'],
  ['closed', 'next-customer', 'payment.clear'],
];

/** Commands that change nothing. */
const READING = /^(?:app\.snapshot|staff\.(?:state|touch)|shift\.state|order\.timeline|kiosk\.alive)$/;

interface Tapped {
  readonly page: Page;
  readonly devtools: CDPSession;
  readonly at: { readonly x: number; readonly y: number };
  /** State-changing commands so far. */
  readonly sent: () => Promise<string[]>;
}

async function on(show: string, button: string, does: (tapped: Tapped) => Promise<void>): Promise<void> {
  const page = await openFakePage(browser, { show, language: 'zh-CN' });
  try {
    // The practice tools load late and ask main something. Their buttons pause for a while; after that, what they ask
    // at the start is over.
    await page.locator('[data-testid="scenario"]:enabled').waitFor();
    await page.evaluate(() => {
      const invoke = window.kiosk.invoke.bind(window.kiosk);
      const told: string[] = [];
      Object.assign(window, { told });
      Object.assign(window.kiosk, {
        invoke: (name: string, input: unknown) => (
          told.push(name),
          (invoke as (name: string, input: unknown) => unknown)(name, input)
        ),
      });
    });
    if (button === 'take-payment') await page.getByTestId('key-5').click();
    await page.locator(`[data-testid="${button}"]:enabled`).waitFor();
    const box = await page.getByTestId(button).boundingBox();
    if (box === null) throw new Error(`${button} is not on the screen`);
    const told = (): Promise<string[]> => page.evaluate(() => (window as unknown as { told: string[] }).told);
    await does({
      page,
      devtools: await page.context().newCDPSession(page),
      at: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
      sent: async () => (await told()).filter((name) => !READING.test(name)),
    });
  } finally {
    await page.close();
  }
}

/** The input events carry these times, however slow this machine is. */
async function taps({ devtools, at }: Tapped, gapMs: number): Promise<void> {
  const startS = Date.now() / 1_000;
  for (const ms of [0, gapMs]) {
    for (const [type, laterS] of [
      ['mousePressed', 0],
      ['mouseReleased', 0.005],
    ] as const) {
      await devtools.send('Input.dispatchMouseEvent', {
        type,
        ...at,
        button: 'left',
        clickCount: 1,
        timestamp: startS + ms / 1_000 + laterS,
      });
    }
  }
}

const settled = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** A part taps one button in this many. */
const EVERY_BUTTON = 3;

describe.each(sliceOf('buttons', buttons, EVERY_BUTTON))(`%s: %s (${partWords})`, (show, button, command) => {
  test.each([30, 300])('tapped twice within %i ms tells main once', async (gapMs) => {
    await on(show, button, async (tapped) => {
      await taps(tapped, gapMs);
      await expect.poll(tapped.sent).toContain(command);
      await settled(tapped.page);
      expect(await tapped.sent()).toEqual([command]);
    });
  });

  test('a finger that slides off it tells main nothing; one that stays long tells it once at most, and opens no menu', async () => {
    await on(show, button, async ({ page, devtools, at, sent }) => {
      await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
      await devtools.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: at.x, y: at.y - 300 }] });
      await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await settled(page);
      expect(await sent()).toEqual([]);
      expect(await page.locator('[data-pressed]').count()).toBe(0);
      await page.evaluate(() => {
        Object.assign(window, { menus: 0 });
        window.addEventListener(
          'contextmenu',
          (event) => event.defaultPrevented || Object.assign(window, { menus: 1 }),
        );
      });
      await devtools.send('Input.synthesizeTapGesture', { ...at, duration: 700, gestureSourceType: 'touch' });
      await settled(page);
      const told = await sent();
      expect(told.length === 0 || (told.length === 1 && told[0] === command), told.join()).toBe(true);
      expect(await page.evaluate(() => (window as unknown as { menus: number }).menus)).toBe(0);
    });
  });
});
