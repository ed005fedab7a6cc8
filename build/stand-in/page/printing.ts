// Runs in the stand-in's main process. Why it exists: which print options Electron refuses, and how it passes the
// others to Chromium (lib/browser/api/web-contents.ts): sizes in micrometres for print, in inches for printToPDF.
import type * as Electron from 'electron';

/** The parameters of DevTools' Page.printToPDF; sizes in inches. */
export interface PdfParams {
  readonly printBackground: boolean;
  readonly paperWidth: number;
  readonly paperHeight: number;
  readonly marginTop: number;
  readonly marginBottom: number;
  readonly marginLeft: number;
  readonly marginRight: number;
  readonly preferCSSPageSize: boolean;
}

const MICRONS_MIN = 353;
/** Inches, as Electron has them. */
const PDF_SIZES: Readonly<Record<string, readonly [width: number, height: number]>> = {
  A0: [33.1, 46.8],
  A1: [23.4, 33.1],
  A2: [16.54, 23.4],
  A3: [11.7, 16.54],
  A4: [8.27, 11.7],
  A5: [5.83, 8.27],
  A6: [4.13, 5.83],
  Legal: [8.5, 14],
  Letter: [8.5, 11],
  Tabloid: [11, 17],
  Ledger: [17, 11],
};
const PRINT_SIZES = ['A0', 'A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'Legal', 'Letter', 'Tabloid'];

const KNOWN_PRINT = ['silent', 'printBackground', 'margins', 'pageSize', 'deviceName'];
const KNOWN_PDF = ['printBackground', 'margins', 'pageSize', 'preferCSSPageSize'];

/** Throws where Electron would, and for options that this stand-in does not know. */
export function checkPrintOptions(options: Electron.WebContentsPrintOptions): void {
  onlyKnown('webContents.print', options, KNOWN_PRINT);
  const { pageSize } = options;
  if (pageSize === undefined) return;
  if (typeof pageSize === 'string') {
    if (!PRINT_SIZES.includes(pageSize)) throw new Error(`Unsupported pageSize: ${pageSize}`);
    return;
  }
  const height = Math.ceil(pageSize.height);
  const width = Math.ceil(pageSize.width);
  if (!isWholeSize(width) || !isWholeSize(height))
    throw new RangeError('height and width properties must be minimum 352 microns.');
}

const isWholeSize = (microns: number): boolean => Number.isFinite(microns) && microns >= MICRONS_MIN;

/** The same for printToPDF; returns the parameters for Chromium. */
export function pdfParams(options: Electron.PrintToPDFOptions): PdfParams {
  onlyKnown('webContents.printToPDF', options, KNOWN_PDF);
  const { margins = {}, pageSize = 'Letter' } = options;
  const [paperWidth, paperHeight] = inchesOf(pageSize);
  const params = {
    printBackground: options.printBackground ?? false,
    paperWidth,
    paperHeight,
    marginTop: margins.top ?? 0.4,
    marginBottom: margins.bottom ?? 0.4,
    marginLeft: margins.left ?? 0.4,
    marginRight: margins.right ?? 0.4,
    preferCSSPageSize: options.preferCSSPageSize ?? false,
  };
  if (params.marginLeft + params.marginRight > paperWidth)
    throw new Error('horizontal margins must be less than or equal to page width.');
  if (params.marginTop + params.marginBottom > paperHeight)
    throw new Error('vertical margins must be less than or equal to page height.');
  return params;
}

function inchesOf(
  pageSize: NonNullable<Electron.PrintToPDFOptions['pageSize']>,
): readonly [width: number, height: number] {
  if (typeof pageSize !== 'string') {
    if (!(pageSize.width > 0) || !(pageSize.height > 0))
      throw new TypeError('width and height in pageSize are required');
    return [pageSize.width, pageSize.height];
  }
  const size = PDF_SIZES[pageSize];
  if (size === undefined) throw new Error(`Invalid pageSize ${pageSize}`);
  return size;
}

function onlyKnown(call: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`the stand-in has no ${unknown} in electron.${call}`);
}
