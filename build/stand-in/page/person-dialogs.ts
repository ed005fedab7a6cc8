// Runs in the stand-in's main process. Why it exists: under `npm start` a person sits before Chromium. Where Electron
// would open the system's dialog for files, this opens a small window that asks for them.
import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** A blank page in a window of its own. */
export type NewPage = () => Promise<Page>;

export interface OpenQuestion {
  readonly title: string;
  /** Without dots; empty if any file will do. */
  readonly extensions: readonly string[];
  readonly several: boolean;
}

export interface SaveQuestion {
  readonly title: string;
  /** What is proposed: a name, or a whole path. */
  readonly proposed: string;
}

/** The paths of the chosen files; none if the person cancels or closes the window. */
export function askForFiles(newPage: NewPage, { title, extensions, several }: OpenQuestion): Promise<string[]> {
  const accept = extensions.map((extension) => `.${extension}`).join(',');
  const field = `<input type="file" accept="${accept}"${several ? ' multiple' : ''} required autofocus>`;
  return asked<string[]>(newPage, { title, field }, [], async (page) =>
    (await isAnswered(page)) ? chosenPaths(page) : [],
  );
}

/** Where to write; null if the person cancels or closes the window. A file that is there is asked about once more. */
export function askWhereToSave(newPage: NewPage, { title, proposed }: SaveQuestion): Promise<string | null> {
  const value = path.resolve(usualFolder(), proposed);
  const field = '<input type="text" size="60" required autofocus>';
  return asked<string | null>(newPage, { title, field, value }, null, async (page) => {
    for (let accepted = ''; await isAnswered(page);) {
      const file = path.resolve(homedir(), (await page.locator('input').inputValue()).trim());
      const fault = faultOf(file, accepted);
      if (fault === null) return file;
      accepted = file;
      await page.evaluate((text) => {
        const note = document.querySelector('output');
        if (note !== null) note.textContent = text;
        delete document.documentElement.dataset['answer'];
      }, fault);
    }
    return null;
  });
}

const usualFolder = (): string =>
  [path.join(homedir(), 'Downloads'), homedir()].find((folder) => existsSync(folder)) ?? process.cwd();

/** `accepted`: what the person was asked about a moment ago, and wants all the same. */
function faultOf(file: string, accepted: string): string | null {
  if (!existsSync(path.dirname(file))) return '没有这个文件夹 · There is no such folder';
  if (!existsSync(file)) return null;
  if (!statSync(file).isFile()) return '这是文件夹 · This is a folder';
  return file === accepted ? null : '已有这个文件，再按一次就覆盖 · It is there already: once more to replace it';
}

const ANSWERS = `
  <button>确定 · OK</button>
  <button type="button" onclick="document.documentElement.dataset.answer = 'no'">取消 · Cancel</button>`;

interface Form {
  readonly title: string;
  /** The HTML of the field. */
  readonly field: string;
  readonly value?: string;
}

async function asked<Answer>(
  newPage: NewPage,
  { title, field, value = '' }: Form,
  none: Answer,
  ask: (page: Page) => Promise<Answer>,
): Promise<Answer> {
  const page = await newPage();
  try {
    await page.setContent(`<!doctype html>
      <form onsubmit="document.documentElement.dataset.answer = 'yes'; return false">
        <h1></h1><p>${field}</p><p><output role="alert"></output></p><p>${ANSWERS}</p>
      </form>`);
    // As text: a title is no HTML.
    await page.evaluate(
      ([heading, text]) => {
        document.title = heading;
        document.querySelector('h1')?.append(heading);
        const input = document.querySelector('input');
        if (text !== '' && input !== null) input.value = text;
      },
      [title, value] as const,
    );
    await page.bringToFront();
    return await ask(page);
  } catch (error) {
    // The person may close the window at any moment.
    if (!page.isClosed()) throw error;
    return none;
  } finally {
    if (!page.isClosed()) await page.close();
  }
}

/** Resolves when the person has decided; throws where they close the window. */
async function isAnswered(page: Page): Promise<boolean> {
  const answer = await page.waitForFunction(() => document.documentElement.dataset['answer'], undefined, {
    timeout: 0,
  });
  return (await answer.jsonValue()) === 'yes';
}

/** A page never learns a file's path; its debugger does. */
async function chosenPaths(page: Page): Promise<string[]> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('DOM.enable');
  const count = await page.evaluate(() => document.querySelector('input')?.files?.length ?? 0);
  const paths: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { result } = await cdp.send('Runtime.evaluate', {
      expression: `document.querySelector('input').files[${String(index)}]`,
    });
    if (result.objectId !== undefined)
      paths.push((await cdp.send('DOM.getFileInfo', { objectId: result.objectId })).path);
  }
  return paths;
}
