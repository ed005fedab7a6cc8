/**
 * A slip goes to a printer at once, without a system dialog: through that, people could look around the machine. And no
 * printer keeps anybody waiting.
 */
import { expect, test } from 'vitest';
import type { BrowserWindow, WebContentsPrintOptions } from 'electron';
import { pagePrinter, type SystemPagePrinter } from '../../electron/shell/page-printer.ts';
import { silentLog } from '../../electron/base/log.ts';
import { fail, ok } from '../../shared/result.ts';
import { PRINT_MS, PRINTERS_MS } from '../../shared/timing.ts';
import { FakeClock } from '../support/fake-clock.ts';

type Done = (success: boolean, reason: string) => void;
const PAGE = { paper: '58mm', heightMm: 100 } as const;
const never = new Promise<never>(() => undefined);

function shop({
  names = ['TM-T82'],
  chosen = null,
  list = () => Promise.resolve(names.map((name) => ({ name, displayName: name, description: '', options: {} }))),
  prints = (done) => {
    done(true, '');
  },
}: {
  readonly names?: readonly string[];
  readonly chosen?: string | null;
  readonly list?: () => Promise<unknown>;
  readonly prints?: (done: Done) => void;
} = {}): { readonly printer: SystemPagePrinter; readonly asked: WebContentsPrintOptions[]; readonly clock: FakeClock } {
  const asked: WebContentsPrintOptions[] = [];
  const clock = new FakeClock();
  const webContents = {
    getPrintersAsync: list,
    print: (options: WebContentsPrintOptions, done: Done) => {
      asked.push(options);
      prints(done);
    },
  };
  const window = { webContents } as unknown as BrowserWindow;
  const printer = pagePrinter({ windowNow: () => window, chosen: () => chosen, clock, log: silentLog });
  return { printer, asked, clock };
}

test('a slip opens no dialog, and goes to the only printer with paper, not to the system’s default', async () => {
  const { printer, asked, clock } = shop({ names: ['Microsoft Print to PDF', 'TM-T82'] });
  expect(await printer.print(PAGE)).toEqual(ok(null));
  expect(asked).toEqual([expect.objectContaining({ silent: true, deviceName: 'TM-T82' })]);
  expect(clock.pending).toBe(0);
});

test('it goes to the chosen printer; one that is gone or makes no paper gets no job', async () => {
  const two = shop({ names: ['TM-T82', 'Kitchen'], chosen: 'Kitchen' });
  expect(await two.printer.print(PAGE)).toEqual(ok(null));
  expect(two.asked).toEqual([expect.objectContaining({ deviceName: 'Kitchen' })]);
  const gone = shop({ chosen: 'Kitchen' });
  expect(await gone.printer.print(PAGE)).toEqual(fail('printer-gone'));
  const none = shop({ names: ['Microsoft Print to PDF'] });
  expect(await none.printer.print(PAGE)).toEqual(fail('printer-virtual'));
  expect([gone.asked, none.asked]).toEqual([[], []]);
});

test('a job that fails says so', async () => {
  const { printer } = shop({
    prints: (done) => {
      done(false, 'Print job failed');
    },
  });
  expect(await printer.print(PAGE)).toEqual(fail('not-printed'));
  const odd = shop({ list: () => Promise.reject(new Error('no spooler')) });
  expect(await odd.printer.print(PAGE)).toEqual(fail('not-printed'));
  expect(await odd.printer.list()).toBeNull();
});

test('a printer that never takes the job is waited for so long and no longer', async () => {
  const { printer, asked, clock } = shop({ prints: () => undefined });
  const printed = printer.print(PAGE);
  await expect.poll(() => asked.length).toBe(1);
  await clock.advance(PRINT_MS);
  expect(await printed).toEqual(fail('print-timed-out'));
});

test('a system that lists its printers too late prints nothing any more: by then somebody was told so', async () => {
  let answer = (_printers: unknown): void => undefined;
  const { printer, asked, clock } = shop({ list: () => new Promise((resolve) => (answer = resolve)) });
  const printed = printer.print(PAGE);
  await clock.advance(PRINT_MS);
  expect(await printed).toEqual(fail('print-timed-out'));
  answer([{ name: 'TM-T82', displayName: 'TM-T82', description: '', options: {} }]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual([]);
});

test('a system that lists no printers is given up', async () => {
  const { printer, clock } = shop({ list: () => never });
  const listed = printer.list();
  await clock.advance(PRINTERS_MS);
  expect(await listed).toBeNull();
  const { printer: whole } = shop();
  expect(await whole.list()).toEqual([{ name: 'TM-T82', displayName: 'TM-T82', options: {} }]);
});
