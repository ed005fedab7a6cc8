/**
 * The table's cells, read back by an independent parser. A spreadsheet takes none of them for a formula or for a number
 * by mistake.
 */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CSV_BEGIN, csvLine, type Cell } from '../../../electron/app/exports/csv.ts';

const read = (text: string): string[][] => parse(text, { bom: true, relax_column_count: true });
const back = (cell: string): string => cell.replace(/^`/, '');

const awkward = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r\n=1',
    ' =1',
    '＝1',
    '"',
    '""',
    ',',
    '`',
    '``=1',
    '007',
    '1e5',
    '12:30',
    '',
    '微信,"支付"\n第二行',
    '\u{feff}=1',
    '\u{200b}=1',
  ),
  fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＋'), fc.string()).map((parts) => parts.join('')),
);

describe('a line of a table', () => {
  it('gives every text back, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(awkward, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
        (rows) => {
          const text = CSV_BEGIN + rows.map((row) => csvLine(row.map((cell) => ({ text: cell })))).join('');
          expect(read(text).map((row) => row.map(back))).toEqual(rows);
        },
      ),
    );
  });

  it('has no text cell that begins like a formula or is a number', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        const [[cell = ''] = []] = read(csvLine([{ text }, { text: 'x' }]));
        expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u);
        expect(cell).not.toMatch(/^[\t\r\n]/);
        // The values that both Number and a spreadsheet read as the same number.
        if (cell.trim() !== '')
          expect(Number.isNaN(Number(cell)) || /^(0x|0b|0o|Infinity)/i.test(cell.trim())).toBe(true);
      }),
    );
  });

  it('keeps all 28 digits of a number, by the sign that WeChat’s own bills have', () => {
    expect(csvLine([{ id: '4200000272201902213633768503' }, { number: '12.80' }, null])).toBe(
      '"`4200000272201902213633768503",12.80,\r\n',
    );
  });

  it('begins a file with the mark that tells Excel it is UTF-8', () => {
    const cells: Cell[] = [{ text: '商户订单号' }];
    expect([...Buffer.from(CSV_BEGIN + csvLine(cells)).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });
});
