/** A slip goes to the printer at once, without a system dialog: through that, people could look around the machine. */
import { expect, test } from 'vitest';
import type { BrowserWindow } from 'electron';
import { pagePrinter } from '../../electron/shell/page-printer.ts';
import { silentLog } from '../../electron/base/log.ts';

const PAGE = { paper: '58mm', heightMm: 100 } as const;

test('a slip opens no dialog, and goes to the printer that is named', async () => {
  const asked: unknown[] = [];
  const print = (options: unknown, done: (success: boolean, reason: string) => void): void => {
    asked.push(options);
    done(true, '');
  };
  const options = { 'device-uri': 'usb://TM-T82', copies: 1 };
  const getPrintersAsync = (): Promise<unknown> =>
    Promise.resolve([{ name: 'TM-T82', displayName: '小票', description: '', options }]);
  const printer = pagePrinter(
    () => ({ webContents: { print, getPrintersAsync } }) as unknown as BrowserWindow,
    silentLog,
  );
  expect(await printer.print(PAGE, 'TM-T82')).toBe(true);
  expect(await printer.print(PAGE, null)).toBe(true);
  expect(asked).toEqual([
    expect.objectContaining({ silent: true, deviceName: 'TM-T82' }),
    expect.not.objectContaining({ deviceName: expect.anything() }),
  ]);
  expect(await printer.list()).toEqual([
    { name: 'TM-T82', displayName: '小票', options: { 'device-uri': 'usb://TM-T82' } },
  ]);
});

test('without a window nothing is printed and no printer is listed', async () => {
  const printer = pagePrinter(() => null, silentLog);
  expect(await printer.print(PAGE, null)).toBe(false);
  expect(await printer.list()).toEqual([]);
});
