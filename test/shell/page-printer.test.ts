/** A slip goes to the printer at once, without a system dialog: through that, people could look around the machine. */
import { expect, test } from 'vitest';
import type { BrowserWindow } from 'electron';
import { pagePrinter } from '../../electron/shell/page-printer.ts';
import { silentLog } from '../../electron/base/log.ts';

test('a slip opens no dialog', async () => {
  const asked: unknown[] = [];
  const print = (options: unknown, done: (success: boolean, reason: string) => void): void => {
    asked.push(options);
    done(true, '');
  };
  const window = { webContents: { print } } as unknown as BrowserWindow;
  expect(await pagePrinter(() => window, silentLog).print({ paper: '58mm', heightMm: 100 })).toBe(true);
  expect(asked).toEqual([expect.objectContaining({ silent: true })]);
});
