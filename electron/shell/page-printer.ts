/** Prints what the window's page shows for print (renderer/slip/slip-paper.css), on a receipt printer or as a PDF. */
import type { BrowserWindow } from 'electron';
import type { SlipPage } from '../../shared/contract/exports.ts';
import type { Log } from '../base/log.ts';

interface PagePrinter {
  print(page: SlipPage): Promise<boolean>;
  pdf(page: SlipPage): Promise<Uint8Array | null>;
}

const MM_PER_INCH = 25.4;
const MICRONS_PER_MM = 1_000;
const WIDTH_MM = { '58mm': 58, '80mm': 80 } as const;
/** The page has its own margins, in its style sheet. */
const NO_MARGIN = { top: 0, bottom: 0, left: 0, right: 0 };

export function pagePrinter(windowNow: () => BrowserWindow | null, log: Log): PagePrinter {
  return {
    print(page) {
      const window = windowNow();
      if (window === null) return Promise.resolve(false);
      return new Promise((resolve) => {
        // Silent: a till has one printer, the system's default, and no mouse for a dialog.
        const options = {
          silent: true,
          printBackground: false,
          margins: { marginType: 'none' },
          pageSize: inMicrons(page),
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
