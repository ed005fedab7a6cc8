/** Which printer a slip goes to, by what systems say of their printers. */
import { describe, expect, it } from 'vitest';
import {
  isVirtual,
  printerFor,
  slipPrinting,
  type SlipPrinting,
  type SystemPrinter,
  type SystemPrinting,
} from '../../../electron/app/exports/slip-printer.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { fail, ok } from '../../../shared/result.ts';
import { PRINT_MS, PRINTERS_MS } from '../../../shared/timing.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const printer = (name: string, options: Readonly<Record<string, string>> = {}, displayName = name): SystemPrinter => ({
  name,
  displayName,
  options,
});

describe('a printer', () => {
  it.each<SystemPrinter>([
    printer('Microsoft Print to PDF'),
    printer('Microsoft XPS Document Writer'),
    printer('Microsoft XPS Document Writer v4'),
    printer('OneNote (Desktop)'),
    printer('OneNote for Windows 10'),
    printer('发送至 OneNote 2016'),
    printer('Fax'),
    printer('传真'),
    printer('HP OfficeJet Pro 8710 Fax'),
    printer('导出为WPS PDF'),
    printer('Adobe PDF'),
    printer('Foxit PDF Reader Printer'),
    printer('PDFCreator'),
    printer('CutePDF Writer'),
    printer('doPDF 11'),
    printer('pdfFactory Pro'),
    printer('Bullzip PDF Printer'),
    printer('Microsoft Office Document Image Writer'),
    printer('迅捷虚拟打印机'),
    printer('PDF', { 'device-uri': 'cups-pdf:/', 'printer-make-and-model': 'Generic CUPS-PDF Printer (w/ options)' }),
    printer('Archive', { 'printer-make-and-model': 'Generic CUPS-PDF Printer' }),
    printer('Archive', { 'device-uri': 'file:///dev/null' }),
    printer('Slips', { system_driverinfo: 'Microsoft Print To PDF;10.0.19041.1806 (WinBuild.160101.0800)' }),
    printer('Slips', {}, 'Microsoft Print to PDF (redirected 2)'),
  ])('that makes no paper is known by its name, its driver or its device: $name', (one) => {
    expect(isVirtual(one)).toBe(true);
  });

  it.each<SystemPrinter>([
    printer('EPSON TM-T82 Receipt'),
    printer('XP-58', { 'device-uri': 'usb://Printer/POS-58?serial=1' }),
    printer('GP-80160(Cut) Series'),
    printer('佳博 80mm 小票'),
    printer('HP Universal Printing XPS'),
    printer('Brother HL-L2350DW XPS Class Driver'),
    printer('FK-POS80 Printer', { 'device-uri': 'socket://192.168.1.87:9100' }),
    printer('pos_printer', { 'printer-make-and-model': 'Local Raw Printer' }),
  ])('that makes paper is none of them: $name', (one) => {
    expect(isVirtual(one)).toBe(false);
  });
});

describe('a slip', () => {
  const receipt = printer('EPSON TM-T82');
  const kitchen = printer('Kitchen');
  const pdf = printer('Microsoft Print to PDF');

  it('goes to the chosen printer, and to no other if that one is gone or makes no paper', () => {
    expect(printerFor([pdf, receipt, kitchen], 'Kitchen')).toEqual(ok('Kitchen'));
    expect(printerFor([pdf, receipt], 'Kitchen')).toEqual(fail('printer-gone'));
    expect(printerFor([], 'Kitchen')).toEqual(fail('printer-gone'));
    expect(printerFor([pdf, receipt], pdf.name)).toEqual(fail('printer-virtual'));
  });

  it('goes, where none is chosen, to the only one with paper, whatever the system’s default is', () => {
    expect(printerFor([pdf, receipt], null)).toEqual(ok('EPSON TM-T82'));
    expect(printerFor([receipt], null)).toEqual(ok('EPSON TM-T82'));
  });

  it('goes to the system’s default only where each printer has paper', () => {
    expect(printerFor([receipt, kitchen], null)).toEqual(ok(null));
    expect(printerFor([receipt, kitchen, pdf], null)).toEqual(fail('printer-not-chosen'));
  });

  it('goes nowhere where nothing makes paper', () => {
    expect(printerFor([pdf], null)).toEqual(fail('printer-virtual'));
    expect(printerFor([], null)).toEqual(fail('not-printed'));
  });
});

const PAGE = { paper: '58mm', heightMm: 100 } as const;
const never = new Promise<never>(() => undefined);

function shop(system: Partial<SystemPrinting> = {}, chosen: string | null = null) {
  const jobs: (string | null)[] = [];
  const clock = new FakeClock();
  const whole: SystemPrinting = {
    list: () => Promise.resolve([printer('Microsoft Print to PDF'), printer('TM-T82')]),
    print: (_page, to) => {
      jobs.push(to);
      return system.print?.(_page, to) ?? Promise.resolve(true);
    },
    pdf: () => Promise.resolve(null),
    ...(system.list === undefined ? {} : { list: system.list }),
  };
  const printing: SlipPrinting = slipPrinting(whole, () => chosen, clock, silentLog);
  return { printing, jobs, clock };
}

describe('a job', () => {
  it('goes to the printer with paper, and leaves no timer', async () => {
    const { printing, jobs, clock } = shop();
    expect(await printing.print(PAGE)).toEqual(ok(null));
    expect([jobs, clock.pending]).toEqual([['TM-T82'], 0]);
  });

  it('is sent to no printer where the chosen one is gone', async () => {
    const { printing, jobs } = shop({}, 'Kitchen');
    expect(await printing.print(PAGE)).toEqual(fail('printer-gone'));
    expect(jobs).toEqual([]);
  });

  it('that fails says so', async () => {
    expect(await shop({ print: () => Promise.resolve(false) }).printing.print(PAGE)).toEqual(fail('not-printed'));
    const { printing } = shop({ list: () => Promise.reject(new Error('no spooler')) });
    expect(await printing.print(PAGE)).toEqual(fail('not-printed'));
    expect(await printing.list()).toBeNull();
  });

  it('that no printer takes is waited for so long and no longer', async () => {
    const { printing, jobs, clock } = shop({ print: () => never });
    const printed = printing.print(PAGE);
    await expect.poll(() => jobs.length).toBe(1);
    await clock.advance(PRINT_MS);
    expect(await printed).toEqual(fail('print-timed-out'));
  });

  it('is not sent any more once somebody was told that it took too long', async () => {
    let answer: (printers: readonly SystemPrinter[]) => void = () => undefined;
    const { printing, jobs, clock } = shop({ list: () => new Promise((resolve) => (answer = resolve)) });
    const printed = printing.print(PAGE);
    await clock.advance(PRINT_MS);
    expect(await printed).toEqual(fail('print-timed-out'));
    answer([printer('TM-T82')]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(jobs).toEqual([]);
  });
});

it('a system that lists no printers is given up', async () => {
  const { printing, clock } = shop({ list: () => never });
  const listed = printing.list();
  await clock.advance(PRINTERS_MS);
  expect(await listed).toBeNull();
  expect(await shop().printing.list()).toHaveLength(2);
});
