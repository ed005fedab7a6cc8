// What a person sees under `npm start` where Electron would show the system's dialog for files.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { askForFiles, askWhereToSave } from '../../../build/stand-in/page/person-dialogs.ts';
import { openBrowser } from '../../support/screen/own-browser.ts';

let browser: Browser;
let folder: string;
let opened: PromiseWithResolvers<Page>;

beforeAll(async () => {
  browser = await openBrowser();
  folder = mkdtempSync(path.join(tmpdir(), 'dialogs-'));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  opened = Promise.withResolvers<Page>();
});

const newPage = async (): Promise<Page> => {
  const page = await browser.newPage();
  opened.resolve(page);
  return page;
};
/** The window, once it asks. */
async function asking(title: string): Promise<Page> {
  const page = await opened.promise;
  await page.getByRole('heading', { name: title }).waitFor();
  return page;
}

test('asks for files in a window of its own, and learns where they are', async () => {
  const files = ['one.pem', 'two.pem'].map((name) => path.join(folder, name));
  for (const file of files) writeFileSync(file, 'x');
  const answer = askForFiles(newPage, { title: '商户证书 <b>', extensions: ['pem', 'p12'], several: true });
  const page = await asking('商户证书 <b>');
  expect(await page.locator('input').getAttribute('accept')).toBe('.pem,.p12');
  await page.locator('input').setInputFiles(files);
  await page.getByRole('button', { name: 'OK' }).click();
  expect(await answer).toEqual(files);
  expect(page.isClosed()).toBe(true);
});

test.each([
  ['cancels', (page: Page) => page.getByRole('button', { name: 'Cancel' }).click()],
  ['closes the window', (page: Page) => page.close()],
])('takes no file where the person %s', async (_what, leave) => {
  const answer = askForFiles(newPage, { title: 'A file', extensions: [], several: false });
  await leave(await asking('A file'));
  expect(await answer).toEqual([]);
});

test('saves where the person says, and over a file that is there only when told twice', async () => {
  const there = path.join(folder, 'orders.csv');
  writeFileSync(there, 'before');
  const answer = askWhereToSave(newPage, { title: 'Save as', proposed: there });
  const page = await asking('Save as');
  const say = async (file: string, expected: string): Promise<void> => {
    await page.locator('input').fill(file);
    await page.getByRole('button', { name: 'OK' }).click();
    await page.getByRole('alert').getByText(expected).waitFor();
  };
  mkdirSync(path.join(folder, 'sub'), { recursive: true });
  await say(path.join(folder, 'nowhere', 'orders.csv'), 'no such folder');
  await say(path.join(folder, 'sub'), 'a folder');
  await say(there, 'there already');
  await page.getByRole('button', { name: 'OK' }).click();
  expect(await answer).toBe(there);
});

test('saves nowhere where the person closes the window', async () => {
  const answer = askWhereToSave(newPage, { title: 'Save as', proposed: path.join(folder, 'new.csv') });
  await (await asking('Save as')).close();
  expect(await answer).toBeNull();
});
