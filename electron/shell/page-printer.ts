/** Prints what the window's page shows for print (renderer/slip/slip-paper.css), on a receipt printer or as a PDF. */
import type { BrowserWindow, PrinterInfo, WebContentsPrintOptions } from 'electron';
import type { SlipPage } from '../../shared/contract/exports.ts';
import type { PrintCode } from '../../shared/contract/printers.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { PRINT_MS, PRINTERS_MS } from '../../shared/timing.ts';
import type { PagePrinter } from '../app/core/host-port.ts';
import { printerFor, type SystemPrinter } from '../app/exports/slip-printer.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';

export interface PagePrinterParts {
  readonly windowNow: () => BrowserWindow | null;
  /** The system's name of the printer that a technician chose, or `null`. */
  readonly chosen: () => string | null;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
}

export interface SystemPagePrinter extends PagePrinter {
  /** The system's printers; `null` if there is no window, or the system does not answer. */
  list(): Promise<readonly SystemPrinter[] | null>;
}

const MM_PER_INCH = 25.4;
const MICRONS_PER_MM = 1_000;
const WIDTH_MM = { '58mm': 58, '80mm': 80 } as const;
/** The page has its own margins, in its style sheet. */
const NO_MARGIN = { top: 0, bottom: 0, left: 0, right: 0 };

export function pagePrinter(parts: PagePrinterParts): SystemPagePrinter {
  const { windowNow, chosen, clock, log } = parts;
  return {
    list: () => listed(parts),
    async print(page) {
      const window = windowNow();
      if (window === null) return fail('not-printed');
      const printed = await within<Result<null, PrintCode>>(clock, PRINT_MS, async (isOver) => {
        const printer = printerFor(systemPrinters(await window.webContents.getPrintersAsync()), chosen());
        // Whoever waited has been told that nothing came, and prints again.
        if (!printer.ok || isOver()) return printer.ok ? fail('print-timed-out') : printer;
        return sent(window, page, printer.value, log);
      }).catch((error: unknown): Result<null, PrintCode> => {
        log.warn({ error }, 'a slip could not be printed');
        return fail('not-printed');
      });
      if (printed === null) log.warn({}, 'a printer did not take a slip in time');
      return printed ?? fail('print-timed-out');
    },
    async pdf(page) {
      const window = windowNow();
      if (window === null) return null;
      try {
        return await window.webContents.printToPDF({
          printBackground: false,
          margins: NO_MARGIN,
          pageSize: inInches(page),
        });
      } catch (error) {
        log.warn({ error }, 'a slip could not be made a PDF');
        return null;
      }
    },
  };
}

async function listed({ windowNow, clock, log }: PagePrinterParts): Promise<readonly SystemPrinter[] | null> {
  const window = windowNow();
  if (window === null) return null;
  try {
    return await within(clock, PRINTERS_MS, async () => systemPrinters(await window.webContents.getPrintersAsync()));
  } catch (error) {
    log.warn({ error }, 'the system did not list its printers');
    return null;
  }
}

function sent(
  window: BrowserWindow,
  page: SlipPage,
  deviceName: string | null,
  log: Log,
): Promise<Result<null, PrintCode>> {
  return new Promise((resolve) => {
    // Silent: a till has no mouse for a dialog, and through one people could look around the machine.
    const options: WebContentsPrintOptions = {
      silent: true,
      printBackground: false,
      margins: { marginType: 'none' },
      pageSize: inMicrons(page),
      ...(deviceName === null ? {} : { deviceName }),
    };
    window.webContents.print(options, (success, reason) => {
      if (!success) log.warn({ reason }, 'a slip was not printed');
      resolve(success ? ok(null) : fail('not-printed'));
    });
  });
}

/** What `work` gave, or `null` after that time; a printer that hangs keeps nobody waiting. */
function within<Value>(
  clock: Pick<Clock, 'after'>,
  ms: number,
  work: (isOver: () => boolean) => Promise<Value>,
): Promise<Value | null> {
  let over = false;
  let stopTimer = (): void => undefined;
  const timeout = new Promise<null>((resolve) => {
    stopTimer = clock.after(ms, () => {
      over = true;
      resolve(null);
    });
  });
  return Promise.race([work(() => over), timeout]).finally(() => {
    stopTimer();
  });
}

const systemPrinters = (found: readonly PrinterInfo[]): SystemPrinter[] =>
  found.map(({ name, displayName, options }) => ({
    name,
    displayName,
    options: Object.fromEntries(
      Object.entries(options).filter((fact): fact is [string, string] => typeof fact[1] === 'string'),
    ),
  }));

const sizeMm = ({ paper, heightMm }: SlipPage): { readonly width: number; readonly height: number } | null =>
  paper === 'a4' ? null : { width: WIDTH_MM[paper], height: heightMm };

/** `print` takes micrometres, `printToPDF` inches. */
function inMicrons(page: SlipPage): 'A4' | { width: number; height: number } {
  const size = sizeMm(page);
  return size === null ? 'A4' : { width: size.width * MICRONS_PER_MM, height: size.height * MICRONS_PER_MM };
}

function inInches(page: SlipPage): 'A4' | { width: number; height: number } {
  const size = sizeMm(page);
  return size === null ? 'A4' : { width: size.width / MM_PER_INCH, height: size.height / MM_PER_INCH };
}
