/** Replies as WeChat Pay's server sends them, and changes of their fields: dropped, doubled, renamed, forged. */
import { API_KEY, APP_ID, MCH_ID, signedByHand } from '../support/gateway/independent-gateway.ts';
import type { Dice } from './dice.ts';
import { AMOUNT_FEN, OUT_TRADE_NO, REFUND, REFUND_FEN, TRANSACTION_ID } from './fire-world.ts';
import { SUB_APP_ID, SUB_MCH_ID, type Asked, type FieldList } from './reply-meaning.ts';

const ERR_CODES = [
  'SYSTEMERROR',
  'REVERSE_EXPIRE',
  'SIGNERROR',
  'ORDERNOTEXIST',
  'USERPAYING',
  'TRADE_ERROR',
  'NOTENOUGH',
  'INVALID_REQUEST',
  'REFUNDNOTEXIST',
  'BIZERR_NEED_RETRY',
  'NEVER_HEARD_OF',
];
const REFUND_STATES = ['SUCCESS', 'PROCESSING', 'CHANGE', 'REFUNDCLOSE', 'FAIL', 'NOTSURE', 'NEVER_HEARD_OF'];
const REFUND_ID = '50000006722019011908420787722';
const STATES = [
  'SUCCESS',
  'REFUND',
  'NOTPAY',
  'NOPAY',
  'CLOSED',
  'REVOKED',
  'USERPAYING',
  'PAYERROR',
  'ACCEPT',
  'NEVER_HEARD_OF',
];
/** None begins or ends with a blank: the second reader trims. */
const VALUES = [
  '系统错误',
  '商户订单号重复',
  '订单😀',
  'a]]>b',
  'x & y <z>',
  '0012300',
  '1e5',
  '0x1F',
  'true',
  'null',
  '4200000272201902213633768503',
  '{"goods":[]}',
  '&amp;',
  '-0',
];
const EXTRA_NAMES = ['attach', 'device_info', 'bank_type', 'time_end', 'promotion_detail', 'some_new_field', 'A'];
/** Names that every object has. The second reader fails on them; ours must not. */
const INHERITED_NAMES = ['toString', 'valueOf', 'hasOwnProperty'];

/** The fields of a genuine reply, signed. `plain`: only fields that the second reader can read. */
export function genuineFields(dice: Dice, asked: Asked, plain: boolean): FieldList {
  const fields: [string, string][] = [
    ['return_code', 'SUCCESS'],
    ['return_msg', dice.pick(['OK', 'ok', '成功'])],
    ['appid', APP_ID],
    ['mch_id', MCH_ID],
    ['nonce_str', String(dice.roll()).slice(2)],
    ...(asked.partner
      ? ([['sub_mch_id', SUB_MCH_ID], ...(dice.chance(0.7) ? [['sub_appid', SUB_APP_ID]] : [])] as [string, string][])
      : []),
    ...operationFields(dice, asked),
  ];
  for (const name of dice
    .shuffled(plain ? EXTRA_NAMES : [...EXTRA_NAMES, ...INHERITED_NAMES])
    .slice(0, dice.below(4))) {
    if (!fields.some(([taken]) => taken === name)) fields.push([name, dice.chance(0.2) ? '' : dice.pick(VALUES)]);
  }
  return signed(fields, asked.signType);
}

function operationFields(dice: Dice, { operation }: Asked): [string, string][] {
  const recall: [string, string][] = operation === 'reverse' ? [['recall', dice.pick(['Y', 'N'])]] : [];
  if (dice.chance(0.25))
    return [
      ['result_code', 'FAIL'],
      ['err_code', dice.pick(ERR_CODES)],
      ['err_code_des', dice.pick(VALUES)],
      ...recall,
    ];
  const order: [string, string][] = [['out_trade_no', OUT_TRADE_NO]];
  const details: [string, string][] = [
    ['transaction_id', TRANSACTION_ID],
    ['total_fee', String(AMOUNT_FEN)],
  ];
  if (operation === 'reverse') return [['result_code', 'SUCCESS'], ...recall];
  if (operation === 'pay') return [['result_code', 'SUCCESS'], ...order, ...details];
  if (operation === 'refund') return [['result_code', 'SUCCESS'], ...order, ...details, ...refundFields(dice)];
  if (operation === 'refundStatus') return [['result_code', 'SUCCESS'], ...order, ...details, ...refundRows(dice)];
  const state = dice.pick(STATES);
  return [['result_code', 'SUCCESS'], ['trade_state', state], ...order, ...(state === 'SUCCESS' ? details : [])];
}

const refundFields = (dice: Dice): [string, string][] => [
  ['out_refund_no', REFUND.outRefundNo],
  ['refund_id', REFUND_ID],
  ['refund_fee', String(REFUND_FEN)],
  ...(dice.chance(0.5)
    ? ([['cash_refund_fee', dice.pick(['0', '200', String(REFUND_FEN)])]] as [string, string][])
    : []),
];

/** One to twelve refunds, ours among them. */
function refundRows(dice: Dice): [string, string][] {
  const count = dice.pick([1, 1, 2, 12]);
  const ours = dice.below(count);
  const rows = [...Array(count).keys()].flatMap((n): [string, string][] => [
    [`out_refund_no_${String(n)}`, n === ours ? REFUND.outRefundNo : `other-${String(n)}`],
    [`refund_id_${String(n)}`, `${REFUND_ID}${String(n)}`],
    [`refund_fee_${String(n)}`, n === ours ? String(REFUND_FEN) : '1'],
    [`refund_status_${String(n)}`, dice.pick(REFUND_STATES)],
    ...(dice.chance(0.5) ? ([[`refund_recv_accout_${String(n)}`, '招商银行信用卡0403']] as [string, string][]) : []),
    ...(dice.chance(0.5) ? ([[`refund_success_time_${String(n)}`, '2026-11-28 09:30:01']] as [string, string][]) : []),
    ...(dice.chance(0.2) ? ([[`coupon_refund_fee_${String(n)}`, '1']] as [string, string][]) : []),
  ]);
  return [...rows, ['refund_count', String(count)], ['total_refund_count', String(count)]];
}

/** With the signature of these fields under `algorithm` and `key`, in place of any other signature. */
export function signed(list: FieldList, algorithm: Asked['signType'], key = API_KEY): FieldList {
  const rest = list.filter(([name]) => name !== 'sign');
  return [...rest, ['sign', signedByHand(Object.fromEntries(rest), algorithm, key)['sign'] ?? '']];
}

interface FieldMutation {
  readonly name: string;
  readonly change: (list: FieldList, dice: Dice, asked: Asked) => FieldList;
}

const replaced = (list: FieldList, at: number, ...by: FieldList): FieldList => [
  ...list.slice(0, at),
  ...by,
  ...list.slice(at + 1),
];
const set = (list: FieldList, name: string, value: string): FieldList =>
  list.some(([taken]) => taken === name)
    ? list.map((field) => (field[0] === name ? [name, value] : field))
    : [...list, [name, value]];

/** Changes one field, any. */
const one = (name: string, change: (field: readonly [string, string], dice: Dice) => FieldList): FieldMutation => ({
  name,
  change: (list, dice) => {
    const at = dice.below(list.length);
    const field = list[at];
    return field === undefined ? list : replaced(list, at, ...change(field, dice));
  },
});
/** Gives one of these fields one of these values. */
const given = (name: string, fields: readonly string[], values: readonly string[]): FieldMutation => ({
  name,
  change: (list, dice) => set(list, dice.pick(fields), dice.pick(values)),
});
const forged = (name: string, change: FieldMutation['change']): FieldMutation => ({ name, change });

const WORDS = [
  'SUCCESS',
  'FAIL',
  'success',
  'SUCCESS ',
  ' SUCCESS',
  '',
  'SUCCESSS',
  'OK',
  'ＳＵＣＣＥＳＳ',
  'SUCCESS;FAIL',
  '0',
  'true',
];

export const fieldMutations: readonly FieldMutation[] = [
  one('a field dropped', () => []),
  one('a field doubled', (field) => [field, field]),
  one('a field doubled with another value', ([name, value], dice) => [
    [name, value],
    [name, dice.pick(['Y', 'N', 'SUCCESS', ''])],
  ]),
  one('a field renamed', ([, value], dice) => [[dice.pick(['x', 'recal', 'signs', 'trade_states', 'appld']), value]]),
  one('a name in another case', ([name, value], dice) => [
    [dice.chance(0.5) ? name.toUpperCase() : name.slice(0, 1).toUpperCase() + name.slice(1), value],
  ]),
  one('a field emptied', ([name]) => [[name, '']]),
  one('a value in another case', ([name, value]) => [[name, value.toLowerCase()]]),
  one('a value cut', ([name, value], dice) => [[name, value.slice(0, dice.below(value.length + 1))]]),
  one('a value grown', ([name, value], dice) => [
    [name, value + dice.pick(['0', 'x', '中', '_', '&key=1', '&recall=N'])],
  ]),
  one('a value of another field', ([name], dice) => [[name, dice.pick(VALUES)]]),
  forged('fields in another order', (list, dice) => dice.shuffled(list)),
  forged('an empty field added', (list, dice) => [
    ...list,
    [dice.pick(['recall', 'err_code', 'trade_state', 'sub_mch_id', 'attach']), ''],
  ]),
  forged('a field added', (list, dice) => [
    ...list,
    [dice.pick(['recall', 'trade_state', 'err_code', 'extra']), dice.pick(['Y', 'N', 'REVOKED', 'SUCCESS'])],
  ]),
  given(
    'recall otherwise',
    ['recall'],
    ['Y', 'N', 'y', 'n', '', 'YES', 'NO', 'YN', 'N Y', '0', '1', 'false', 'Ｎ', 'null'],
  ),
  given('result_code otherwise', ['result_code'], WORDS),
  given('return_code otherwise', ['return_code'], WORDS),
  given(
    'trade_state otherwise',
    ['trade_state'],
    [...STATES, 'revoked', 'REVOKED ', 'TRADE_PAYING', '', 'CLOSED,REFUND', '已撤销😀', 'A'.repeat(33)],
  ),
  given('err_code otherwise', ['err_code'], [...ERR_CODES, '', 'lower', 'A'.repeat(33), 'A B', '系统错误', 'OK']),
  given(
    'other ids',
    ['appid', 'mch_id'],
    ['', 'wx8888888888888889', '1900000108', '01900000109', '1900000109.0', ' 1900000109'],
  ),
  given('other sub ids', ['sub_appid', 'sub_mch_id'], ['', SUB_APP_ID, SUB_MCH_ID, APP_ID, MCH_ID, '1']),
  given(
    'another order',
    ['out_trade_no', 'transaction_id', 'out_refund_no', 'out_refund_no_0'],
    [
      '',
      'fire-2',
      'fire-1R1',
      'fire-1R2',
      'FIRE-1',
      'fire-1 ',
      TRANSACTION_ID,
      '4200000272201902213633768504',
      '4.200000272201902e+27',
    ],
  ),
  given(
    'another amount',
    ['total_fee', 'total_fee', 'refund_fee', 'refund_fee_0', 'cash_refund_fee', 'coupon_refund_fee_0'],
    [
      '',
      '1235',
      '234',
      '235',
      '01234',
      '1234.0',
      '1.234e3',
      '+1234',
      '-1234',
      '1234 ',
      '0x4D2',
      '１２３４',
      '9'.repeat(40),
      'NaN',
    ],
  ),
  given(
    'a refund otherwise',
    ['refund_status_0', 'refund_id', 'refund_id_0', 'refund_success_time_0', 'refund_recv_accout_0'],
    [
      ...REFUND_STATES,
      '',
      'success',
      REFUND_ID,
      `${REFUND_ID}<`,
      '2026-02-30 09:30:01',
      '2026-11-28  09:30:01',
      '2026-11-28 09:30:01',
      '退'.repeat(80),
    ],
  ),
  given(
    'another count of refunds',
    ['refund_count', 'total_refund_count'],
    ['', '0', '1', '2', '12', '51', '1.0', '-1', '9'.repeat(12)],
  ),
  forged('no signature', (list) => list.filter(([name]) => name !== 'sign')),
  forged('an empty signature', (list) => set(list, 'sign', '')),
  forged('a signature in lower case', (list) =>
    list.map(([name, value]) => [name, name === 'sign' ? value.toLowerCase() : value]),
  ),
  forged('a signature cut or grown', (list, dice) =>
    list.map(([name, value]) => [
      name,
      name === 'sign' ? dice.pick([value.slice(1), `${value}0`, ` ${value}`, `${value} `]) : value,
    ]),
  ),
  forged('the signature of another algorithm', (list, _dice, { signType }) =>
    signed(list, signType === 'MD5' ? 'HMAC-SHA256' : 'MD5'),
  ),
  forged('the signature of another key', (list, dice, { signType }) =>
    signed(list, signType, dice.pick(['', 'another-key-of-32-characters-....', API_KEY.toLowerCase(), `${API_KEY} `])),
  ),
  forged('the signature without one of the fields', (list, dice, { signType }) => {
    const at = dice.below(list.length);
    const whole = Object.fromEntries(
      signed(
        list.filter((_field, index) => index !== at),
        signType,
      ),
    );
    return set(list, 'sign', whole['sign'] ?? '');
  }),
  forged('a request in the place of a reply', (_list, _dice, { signType }) =>
    signed(
      [
        ['appid', APP_ID],
        ['mch_id', MCH_ID],
        ['nonce_str', 'n'],
        ['out_trade_no', OUT_TRADE_NO],
        ['sign_type', signType],
      ],
      signType,
    ),
  ),
];

/** Half of the mutations are signed again with the right key, the other half break the signature. */
export function mutatedFields(
  list: FieldList,
  dice: Dice,
  asked: Asked,
): { readonly list: FieldList; readonly names: readonly string[] } {
  const names: string[] = [];
  let changed = list;
  for (let round = 1 + dice.below(3); round > 0; round -= 1) {
    const { name, change } = dice.pick(fieldMutations);
    changed = change(changed, dice, asked);
    names.push(name);
  }
  if (!dice.chance(0.5)) return { list: changed, names };
  const once = [...new Map(changed.map((field) => [field[0], field])).values()];
  return { list: signed(once, asked.signType), names: [...names, 'signed once more'] };
}
