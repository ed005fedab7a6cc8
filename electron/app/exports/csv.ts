/**
 * Comma-separated values as a spreadsheet opens them: UTF-8 with a byte order mark (without it Excel reads Chinese in
 * the machine's old code page), CRLF, texts in quotes.
 *
 * [Note: The backtick] A spreadsheet guesses types when it opens a file. 28 digits become a float and lose the last
 * dozen. A text that begins with = + - or @ becomes a formula, so an order's name could run a command on the
 * accountant's machine. So a number that must keep its digits, and a text that could be taken for something else, get a
 * backtick in front. WeChat Pay's own bills do the same. So the numbers in both files are equal, character by
 * character, and a look-up from one into the other works. Unlike a tab or an apostrophe, no reader drops the backtick;
 * and unlike ="..." it is no formula. Remove one backtick from the front to get the text back.
 */
export const CSV_BEGIN = '\u{feff}';

/** A text, an identifier that must keep its digits, or a number that is already formatted (`12.80`). */
export type Cell = { readonly text: string } | { readonly id: string } | { readonly number: string } | null;

const LINE_END = '\r\n';

/** One line with its line end. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}${LINE_END}`;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if ('number' in cell) return cell.number;
  return quoted('id' in cell ? `\`${cell.id}` : guarded(cell.text));
}

/** Signs that begin a formula in some spreadsheets (the wide ones where the language is Chinese or Japanese). */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u;
const LOOKS_LIKE_A_NUMBER = /^[\s\d.,:/%eE]*\d[\s\d.,:/%eE]*$/;

function guarded(text: string): string {
  const risky = FORMULA.test(text) || /^[\t\r\n`]/.test(text) || LOOKS_LIKE_A_NUMBER.test(text);
  return risky ? `\`${text}` : text;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
