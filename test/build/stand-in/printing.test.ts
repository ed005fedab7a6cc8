// Which print options Electron refuses, tested without a Chromium.
import { expect, test } from 'vitest';
import { checkPrintOptions, pdfParams } from '../../../build/stand-in/page/printing.ts';

test('takes the sizes that Electron takes, and refuses the others with its words', () => {
  expect(() =>
    checkPrintOptions({
      silent: true,
      printBackground: false,
      margins: { marginType: 'none' },
      pageSize: { width: 58_000, height: 120_000 },
    }),
  ).not.toThrow();
  expect(() => checkPrintOptions({ pageSize: { width: 58, height: 120 } })).toThrow(
    new RangeError('height and width properties must be minimum 352 microns.'),
  );
  // As a caller without types would.
  expect(() => checkPrintOptions(JSON.parse('{"pageSize":"B5"}') as object)).toThrow('Unsupported pageSize: B5');
  expect(() => checkPrintOptions({ copies: 2 })).toThrow('the stand-in has no copies in electron.webContents.print');
});

test('hands inches to Chromium, and margins that fit the page', () => {
  const params = pdfParams({
    pageSize: { width: 58 / 25.4, height: 4 },
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
  });
  expect(params).toMatchObject({ paperWidth: 58 / 25.4, paperHeight: 4, marginLeft: 0, preferCSSPageSize: false });
  expect(pdfParams({}), 'Letter and 1 cm are Electron’s defaults').toMatchObject({
    paperWidth: 8.5,
    paperHeight: 11,
    marginTop: 0.4,
  });
  expect(() => pdfParams({ pageSize: { width: 0.5, height: 4 } })).toThrow(
    'horizontal margins must be less than or equal to page width.',
  );
  expect(() => pdfParams({ generateTaggedPDF: true })).toThrow(
    'the stand-in has no generateTaggedPDF in electron.webContents.printToPDF',
  );
});
