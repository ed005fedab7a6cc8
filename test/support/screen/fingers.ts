/** One person at the screen with fingers alone: touches, and the on-screen keyboard. */
import type { CDPSession, Page } from 'playwright-core';
import { BOUNCE_MS } from '../../../renderer/input/tap-guard.ts';
import { letterRows } from '../../../renderer/input/touch-keys.ts';

export interface Fingers {
  /** A finger on the middle of an element, when that may be pressed. */
  touch(testId: string): Promise<void>;
  /** A finger that stays there this long. */
  hold(testId: string, forMs: number): Promise<void>;
  /** Touches a field and types on the screen; its old content is deleted first. */
  type(testId: string, text: string): Promise<void>;
}

const onLetters: ReadonlySet<string> = new Set(Array.from(`${letterRows.join('')}:`));

export async function fingersOn(page: Page): Promise<Fingers> {
  const devtools = await page.context().newCDPSession(page);
  const touch = async (testId: string): Promise<void> => {
    await press(page, devtools, testId);
    await lift(devtools);
  };
  /** Touches a key of a page of keys that is drawn already and stands still. */
  const strike = async (testId: string): Promise<void> => {
    const touchPoint = await page.evaluate(middleOf, testId);
    if (touchPoint === null) throw new Error(`there is no ${testId} to touch`);
    await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [touchPoint] });
    await lift(devtools);
  };
  /** The keys for one character. */
  const keysFor = (character: string, digitsOnly: boolean): readonly string[] => {
    if (character === ' ') return ['touch-space'];
    if (digitsOnly || onLetters.has(character)) return [`touch-key-${character}`];
    return character === character.toLowerCase()
      ? ['touch-page', `touch-key-${character}`, 'touch-page']
      : ['touch-shift', `touch-key-${character}`];
  };
  return {
    touch,
    async hold(testId, forMs) {
      await press(page, devtools, testId);
      await page.waitForTimeout(forMs);
      await lift(devtools);
    },
    async type(testId, text) {
      await touch(testId);
      await page.getByTestId('touch-keyboard').waitFor();
      // Latin letters are typed as they are.
      if ((await page.locator('[data-testid="touch-pinyin"][aria-pressed="true"]').count()) > 0)
        await touch('touch-pinyin');
      if ((await page.getByTestId(testId).inputValue()) !== '') await touch('touch-clear');
      const digitsOnly = (await page.getByTestId('touch-keyboard').getAttribute('data-page')) === 'digits';
      // The key that was touched last, where the page of keys has stood still since.
      let last: string | null = null;
      for (const character of text) {
        const keys = keysFor(character, digitsOnly);
        const [only, ...more] = keys;
        if (last === null || only === undefined || more.length > 0) {
          for (const key of keys) await touch(key);
        } else {
          // The same key at once would be a finger that bounces.
          if (only === last) await page.waitForTimeout(BOUNCE_MS);
          await strike(only);
        }
        last = more.length > 0 ? null : (only ?? null);
      }
    },
  };
}

/** Runs in the page. */
function middleOf(testId: string): { readonly x: number; readonly y: number } | null {
  const box = document.querySelector(`[data-testid="${CSS.escape(testId)}"]:not(:disabled)`)?.getBoundingClientRect();
  return box === undefined ? null : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function press(page: Page, devtools: CDPSession, testId: string): Promise<void> {
  const element = page.getByTestId(testId);
  // A button takes no press for a moment after it has appeared.
  await page.locator(`[data-testid="${testId}"]:not(:disabled)`).waitFor();
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  if (box === null) throw new Error(`there is no ${testId} to touch`);
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
}

async function lift(devtools: CDPSession): Promise<void> {
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}
