/**
 * Numbers and amounts as people type, scan and copy them: full-width digits, blanks between groups, the backtick that
 * WeChat Pay's bill puts before each field. One place says what is meant; what else does not belong stays in the text, so
 * that the schemas refuse it: a sign that is silently dropped makes another number.
 */

const BLANKS = /[\s\u200B-\u200F\u2060\uFEFF]+/gu;

/** `` `４２００ 0002 `` -> `42000002`. */
export const normalizedNumber = (text: string): string => text.normalize('NFKC').replace(BLANKS, '').replace(/^`+/, '');

/**
 * The code on a customer's phone that takes money from them: 18 digits, WeChat Pay's from 10 to 16, Alipay's from 25 to
 * 30. Shops scan it where an order number is expected. It is a secret, so it is neither stored nor logged.
 */
export const looksLikePaymentCode = (text: string): boolean =>
  /^(?:1[0-6]|2[5-9]|30)\d{16}$/.test(normalizedNumber(text));

/** `¥１，２３４。５０` -> `1234.50`; `10～20` -> `10-20`. Commas are dropped only where they group thousands. */
export const normalizedAmount = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(BLANKS, '')
    .replace(/[¥元]/g, '')
    .replaceAll('。', '.')
    .replace(/[~\u2013\u2014\u2212\u301C]/g, '-')
    .replace(/(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])/g, (grouped) => grouped.replaceAll(',', ''));
