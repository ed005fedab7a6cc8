/** Prints what the window's page shows for print (renderer/slip/slip-paper.css), on a receipt printer or as a PDF. */
import type { BrowserWindow } from 'electron';
import type { SlipPage } from '../../shared/contract/exports.ts';
import type { Log } from '../base/log.ts';

interface Printers {
  /** Each with the system's own facts about it; rejects where the system has none to give. */
  list(): Promise<readonly Described[]>;
  /** `printer`: its name in the system, or `null` for the default. Returns whether the system took the job. */
  print(page: SlipPage, printer: string | null): Promise<boolean>;
  pdf(page: SlipPage): Promise<Uint8Array | null>;
}

interface Described {
  readonly name: string;
  readonly displayName: string;
  readonly options: Readonly<Record<string, string>>;
}

const MM_PER_INCH = 25.4;
const MICRONS_PER_MM = 1_000;
const WIDTH_MM = { '58mm': 58, '80mm': 80 } as const;
/** The page has its own margins, in its style sheet. */
const NO_MARGIN = { top: 0, bottom: 0, left: 0, right: 0 };

export function pagePrinter(windowNow: () => BrowserWindow | null, log: Log): Printers {
  return {
    async list() {
      const found = await (windowNow()?.webContents.getPrintersAsync() ?? Promise.resolve([]));
      return found.map(({ name, displayName, options }) => ({ name, displayName, options: textsOf(options) }));
    },
    print(page, printer) {
      const window = windowNow();
      if (window === null) return Promise.resolve(false);
      return new Promise((resolve) => {
        // Silent: a till has no mouse for a dialog, and through one people could look around the machine.
        const options = {
          silent: true,
          printBackground: false,
          margins: { marginType: 'none' },
          pageSize: inMicrons(page),
          ...(printer === null ? {} : { deviceName: printer }),
        } as const;
        window.webContents.print(options, (success, reason) => {
          if (!success) log.warn({ reason }, 'a slip was not printed');
          resolve(success);
        });
      });
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

const textsOf = (options: object): Record<string, string> =>
  Object.fromEntries(Object.entries(options).filter((fact): fact is [string, string] => typeof fact[1] === 'string'));

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
