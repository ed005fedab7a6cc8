/** Field sets as difficult as WeChat Pay's protocol allows: for the contract with other implementations. */
import fc from 'fast-check';
import type { Fields } from '../../../electron/wechat/sign.ts';

const REAL_NAMES = [
  'appid', 'mch_id', 'sub_appid', 'sub_mch_id', 'nonce_str', 'sign_type', 'out_trade_no', 'transaction_id', 'total_fee',
  'body', 'attach', 'detail', 'device_info', 'return_code', 'return_msg', 'result_code', 'err_code', 'err_code_des',
  'recall', 'trade_state', 'trade_state_desc', 'time_end', 'coupon_fee_0', 'coupon_fee_10', 'promotion_detail',
]; // prettier-ignore

// At least two characters: "_" alone is xml2js's own name for an element's text.
const madeUpName = fc
  .stringMatching(/^[A-Za-z_][A-Za-z0-9_]{1,15}$/)
  .filter((name) => !(name in Object.prototype) && name !== 'sign');

const pieces = fc.constantFrom(
  '支付',
  '系统错误',
  '😀',
  '👨‍👩‍👧',
  '&',
  '<',
  '>',
  ']]>',
  ']]',
  '"',
  "'",
  '&amp;',
  '&#65;',
  '<b>',
  '<!--',
  '<?x',
  '=',
  '%',
  '+',
  ' ',
  '\n',
  '\t',
  '\\',
  'é',
  '　',
  'a',
  '0',
);

/**
 * Characters that XML 1.0 can carry and every parser returns unchanged: no control characters, no lone surrogates, no
 * CR.
 */
const legal = (text: string): boolean =>
  text.isWellFormed() && !/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text);

export const randomValue: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.array(pieces, { minLength: 1, maxLength: 8 }).map((list) => list.join('')) },
  { weight: 2, arbitrary: fc.stringMatching(/^4[0-9]{27}$/) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '0',
      '0012300',
      '1.10',
      '1e5',
      '0x1F',
      'true',
      'null',
      'SUCCESS',
      '{"goods":[{"id":"1"}]}',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }).filter(legal) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).filter(legal) },
);

export const randomFields: fc.Arbitrary<Fields> = fc.dictionary(
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...REAL_NAMES) }, { weight: 1, arbitrary: madeUpName }),
  randomValue,
  { minKeys: 1, maxKeys: 12, noNullPrototype: true },
);

/** The fields that a message with `fields` contains: empty ones are not sent. */
export const sent = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
