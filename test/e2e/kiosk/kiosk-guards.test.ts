/**
 * What the hands of customers and cashiers do to a screen by accident, with Chromium's own input: the page does not
 * zoom, move or select, and it neither opens anything nor leaves. Keys that Electron keeps from the page are in
 * test/shell/kiosk/kiosk-keys.test.ts.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CDPSession, Page } from 'playwright-core';
import { openShop, takePayment, onTill, tap, type Shop } from '../../support/screen/shop.ts';

let shop: Shop;
let page: Page;
let devtools: CDPSession;

beforeAll(async () => {
  shop = await openShop();
  page = shop.page;
  devtools = await page.context().newCDPSession(page);
  await page.getByTestId('stage-none').waitFor();
  await page.evaluate(() => {
    const opened: string[] = [];
    Object.assign(window, { opened });
    for (const name of ['contextmenu', 'dragstart', 'dragover', 'drop'] as const)
      window.addEventListener(name, (event) => event.defaultPrevented || opened.push(name));
  });
});
afterAll(() => shop.close());

/** Everything that an accident could change. */
const seen = (): Promise<unknown> =>
  page.evaluate(() => ({
    href: location.href,
    entries: history.length,
    scale: window.visualViewport?.scale,
    width: window.innerWidth,
    scroll: [window.scrollX, window.scrollY, document.scrollingElement?.scrollTop],
    selected: String(getSelection()),
    stage: document.querySelector('[data-testid^="stage-"]')?.getAttribute('data-testid'),
    amount: document.querySelector('.amount')?.textContent,
    dialogs: document.querySelectorAll('dialog[open]').length,
    opened: (window as unknown as { opened: string[] }).opened,
  }));

const middle = { x: 400, y: 150 };
const mouse = (
  type: 'mousePressed' | 'mouseReleased' | 'mouseMoved',
  button: 'left' | 'right' | 'middle' | 'back' | 'forward' | 'none',
  at = middle,
): Promise<unknown> =>
  devtools.send('Input.dispatchMouseEvent', { type, button, clickCount: type === 'mouseMoved' ? 0 : 1, ...at });
const click = async (button: 'right' | 'middle' | 'back' | 'forward'): Promise<void> => {
  await mouse('mousePressed', button);
  await mouse('mouseReleased', button);
};
const CTRL = 2;

const accidents: readonly (readonly [what: string, does: () => Promise<unknown>])[] = [
  ['a pinch', () => devtools.send('Input.synthesizePinchGesture', { ...middle, scaleFactor: 2.5 })],
  [
    'Ctrl and the wheel',
    () =>
      devtools.send('Input.dispatchMouseEvent', {
        type: 'mouseWheel',
        ...middle,
        deltaX: 0,
        deltaY: -400,
        modifiers: CTRL,
      }),
  ],
  ['a double tap', () => devtools.send('Input.synthesizeTapGesture', { x: 300, y: 90, tapCount: 2 })],
  [
    'a swipe from the left edge',
    () =>
      devtools.send('Input.synthesizeScrollGesture', {
        x: 5,
        y: 400,
        xDistance: 700,
        yDistance: 0,
        gestureSourceType: 'touch',
      }),
  ],
  [
    'a swipe down from the top',
    () =>
      devtools.send('Input.synthesizeScrollGesture', {
        x: 600,
        y: 90,
        xDistance: 0,
        yDistance: 500,
        gestureSourceType: 'touch',
      }),
  ],
  ['the right button', () => click('right')],
  ['the middle button', () => click('middle')],
  ['the mouse’s back button', () => click('back')],
  ['the mouse’s forward button', () => click('forward')],
  [
    'a drag over words',
    async () => {
      await mouse('mousePressed', 'left', { x: 30, y: 90 });
      await mouse('mouseMoved', 'left', { x: 500, y: 300 });
      await mouse('mouseReleased', 'left', { x: 500, y: 300 });
    },
  ],
  [
    'a file dropped on it',
    async () => {
      const data = { items: [], files: ['/etc/hostname'], dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await devtools.send('Input.dispatchDragEvent', { type, ...middle, data });
    },
  ],
  [
    'a link dropped on it',
    async () => {
      const data = { items: [{ mimeType: 'text/uri-list', data: 'https://example.com/' }], dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await devtools.send('Input.dispatchDragEvent', { type, ...middle, data });
    },
  ],
  ['Ctrl+A', () => page.keyboard.press('Control+a')],
  ...[
    'F3',
    'F5',
    'F7',
    'F11',
    'F12',
    'Control+f',
    'Control+p',
    'Control+u',
    'Control+=',
    'Control+-',
    'Alt+ArrowLeft',
  ].map((key) => [key, () => page.keyboard.press(key)] as const),
];

test.each(accidents)('%s changes nothing', async (_what, does) => {
  const before = await seen();
  const pages = page.context().pages().length;
  await does();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await seen()).toEqual(before);
  expect(page.context().pages().length).toBe(pages);
});

test('the text of a field is selected and replaced as in any other', async () => {
  await tap(page, 'enter-number');
  const field = page.getByTestId('number-input');
  await field.fill('2026');
  await field.press('Control+a');
  expect(
    await field.evaluate(
      (element) => element instanceof HTMLInputElement && element.selectionEnd === 4 && element.selectionStart === 0,
    ),
  ).toBe(true);
  await page.keyboard.press('Escape');
});

/** Fingers on the middle of these, all at once. */
async function fingers(
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  points: readonly { readonly x: number; readonly y: number }[],
): Promise<void> {
  await devtools.send('Input.dispatchTouchEvent', { type, touchPoints: points.map((point, id) => ({ ...point, id })) });
}
async function middleOf(testId: string): Promise<{ x: number; y: number }> {
  await page.locator(`[data-testid="${testId}"]:enabled`).waitFor();
  const box = await page.getByTestId(testId).boundingBox();
  if (box === null) throw new Error(`there is no ${testId}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('a finger that slides off a money button presses nothing', async () => {
  await shop.gateway.setScenario('never-answers');
  await takePayment(page, '1');
  await onTill(page, 'paying');
  const at = await middleOf('cancel');
  await fingers('touchStart', [at]);
  await fingers('touchMove', [{ x: at.x, y: at.y - 400 }]);
  await fingers('touchEnd', []);
  await page.getByTestId('phase-paying').waitFor();
  expect(await page.locator('[data-pressed]').count()).toBe(0);
});

test('two fingers on two buttons press neither twice, and no menu comes of a long one', async () => {
  const points = [await middleOf('cancel'), await middleOf('next-customer')];
  await fingers('touchStart', points);
  await fingers('touchEnd', []);
  await expect
    .poll(() =>
      page.locator('[data-testid="phase-armed"], [data-testid="phase-paying"], [data-testid="stage-none"]').count(),
    )
    .toBeGreaterThan(0);
  const { opened } = (await seen()) as { opened: string[] };
  expect(opened).toEqual([]);
  expect(await page.getByTestId('tray-order').count()).toBe(1);
});
