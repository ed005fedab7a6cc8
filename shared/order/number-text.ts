/**
 * Numbers and amounts as people type, scan and copy them: full-width digits, blanks between groups, the backtick that
 * WeChat Pay's bill puts before each field. One place says what is meant; what else does not belong stays in the text, so
 * that the schemas refuse it: a sign that is silently dropped makes another number.
 */

const BLANKS = /[\s\u200B-\u200F\u2060\uFEFF]+/gu;

/** `` `４２００ 0002 `` -> `42000002`. */
export const normalizedNumber = (text: string): string => text.normalize('NFKC').replace(BLANKS, '').replace(/^`+/, '');

/** `¥１，２３４。５０` -> `1234.50`; `10～20` -> `10-20`. Commas are dropped only where they group thousands. */
export const normalizedAmount = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(BLANKS, '')
    .replace(/[¥元]/g, '')
    .replaceAll('。', '.')
    .replace(/[~\u2013\u2014\u2212\u301C]/g, '-')
    .replace(/(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])/g, (grouped) => grouped.replaceAll(',', ''));
