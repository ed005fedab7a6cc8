/**
 * Replies, a hundred thousand in a long run, and proof that the judge over them finds errors. `npm run fire` takes
 * their number as an option.
 */
import { expect, it } from 'vitest';
import { APP_ID, MCH_ID } from '../support/gateway/independent-gateway.ts';
import { drawn, LONG, partWords } from '../support/slice.ts';
import { Dice } from './dice.ts';
import { AMOUNT_FEN, OUT_TRADE_NO, REFUND, REFUND_FEN, TRANSACTION_ID } from './fire-world.ts';
import { fireReplies, HANG_MS } from './mutated-replies.ts';
import { byteMutations } from './reply-bytes.ts';
import { fieldMutations, signed } from './reply-fields.ts';
import { meaningOf, SUB_APP_ID, SUB_MCH_ID, type Asked, type FieldList } from './reply-meaning.ts';

const ALL = 100_000;
const REPLIES = LONG ? ALL : 4_000;
const MORE = 1_000;
const seed = drawn('replies', 1_000_000);

it(`takes ${String(REPLIES)} genuine and bent replies for what they are (${partWords})`, async () => {
  const { figures, made, wrong } = await fireReplies(REPLIES, seed);
  expect(wrong).toEqual([]);
  expect(figures).toMatchObject({ falseSuccess: 0, falseRefusal: 0, crashes: 0 });
  expect(figures.genuine + figures.refused).toBe(REPLIES);
  // If all were refused, or none, the run would prove nothing.
  expect(figures.genuine).toBeGreaterThan(REPLIES / 10);
  expect(figures.refused).toBeGreaterThan(REPLIES / 2);
  expect(figures.slowestMs).toBeLessThan(HANG_MS);
  expect(figures.heapGrowthPercent).toBeLessThan(20);
  // 10 MB at once comes in one of some thousand: after a part it goes on until each kind was made, within a long run.
  const missing = new Set(
    [...fieldMutations, ...byteMutations].map(({ name }) => name).filter((name) => !made.has(name)),
  );
  for (let from = REPLIES; missing.size > 0 && from < ALL; from += MORE) {
    const more = await fireReplies(MORE, seed, from);
    expect(more.wrong).toEqual([]);
    for (const name of more.made.keys()) missing.delete(name);
  }
  expect([...missing]).toEqual([]);
});

it('throws the same dice again for the same seed', async () => {
  const rolls = (seedOf: number, nth: number): number[] => {
    const dice = new Dice(seedOf, nth);
    return [dice.roll(), dice.roll(), dice.below(100)];
  };
  expect(rolls(1, 2)).toEqual(rolls(1, 2));
  expect(rolls(1, 2)).not.toEqual(rolls(1, 3));
  expect(rolls(2, 2)).not.toEqual(rolls(1, 2));
  const { seconds, slowestMs, heapGrowthPercent, ...counts } = (await fireReplies(500, 9)).figures;
  expect((await fireReplies(500, 9)).figures).toMatchObject(counts);
  expect([seconds, slowestMs, heapGrowthPercent].every(Number.isFinite)).toBe(true);
});

const asked: Asked = { operation: 'reverse', by: 'out_trade_no', signType: 'HMAC-SHA256', partner: false };
const accepted = signed(
  [
    ['return_code', 'SUCCESS'],
    ['appid', APP_ID],
    ['mch_id', MCH_ID],
    ['result_code', 'SUCCESS'],
    ['recall', 'N'],
  ],
  'HMAC-SHA256',
);
const without = (name: string): FieldList => accepted.filter(([is]) => is !== name);
const and = (...more: FieldList): FieldList => signed([...accepted, ...more], 'HMAC-SHA256');
const order: FieldList = [
  ['out_trade_no', OUT_TRADE_NO],
  ['total_fee', String(AMOUNT_FEN)],
  ['transaction_id', TRANSACTION_ID],
];
const refund: FieldList = [
  ['out_refund_no', REFUND.outRefundNo],
  ['refund_id', '50'],
  ['refund_fee', String(REFUND_FEN)],
];
const named = { outTradeNo: OUT_TRADE_NO, transactionId: TRANSACTION_ID, amountFen: AMOUNT_FEN };

it.each<[string, FieldList, Partial<Asked>, object]>([
  ['a genuine one', accepted, {}, { kind: 'accepted', recall: 'N' }],
  ['one by another algorithm', accepted, { signType: 'MD5' }, { kind: 'no-answer' }],
  ['one to a partner that leaves out the shop', accepted, { partner: true }, { kind: 'accepted', recall: 'N' }],
  [
    'one to a partner that names the shop',
    and(['sub_mch_id', SUB_MCH_ID], ['sub_appid', SUB_APP_ID]),
    { partner: true },
    { kind: 'accepted', recall: 'N' },
  ],
  [
    'one to a partner that names the shop in other letters',
    and(['Sub_mch_id', '1']),
    { partner: true },
    { kind: 'accepted', recall: 'N' },
  ],
  ['one to a partner that names another shop', and(['sub_mch_id', MCH_ID]), { partner: true }, { kind: 'no-answer' }],
  ['one to a partner that names another app', and(['sub_appid', APP_ID]), { partner: true }, { kind: 'no-answer' }],
  ['one for a partner’s shop to a merchant', and(['sub_mch_id', SUB_MCH_ID]), {}, { kind: 'no-answer' }],
  ['one without its signature', without('sign'), {}, { kind: 'no-answer' }],
  ['one that lost its recall', without('recall'), {}, { kind: 'no-answer' }],
  [
    'one that never had a recall',
    signed(without('recall'), 'HMAC-SHA256'),
    {},
    { kind: 'accepted', recall: 'missing' },
  ],
  ['one with a field twice', [...accepted, ['recall', 'N']], {}, { kind: 'no-answer' }],
  ['one to another question', accepted, { operation: 'query' }, { kind: 'no-answer' }],
  [
    'a state',
    and(...order, ['trade_state', 'CLOSED']),
    { operation: 'query' },
    { kind: 'seen', tradeState: 'CLOSED', ...named },
  ],
  [
    'a state by its older name',
    and(...order, ['trade_state', 'NOPAY']),
    { operation: 'query' },
    { kind: 'seen', tradeState: 'NOTPAY', ...named },
  ],
  [
    'a state that nobody knows',
    and(...order, ['trade_state', 'revoked ']),
    { operation: 'query' },
    { kind: 'unknown-state', name: 'revoked?', ...named },
  ],
  ['a payment', and(...order), { operation: 'pay' }, { kind: 'paid', transactionId: TRANSACTION_ID }],
  [
    'a payment of another amount',
    and(...order.map(([name, value]) => [name, name === 'total_fee' ? '1' : value] as const)),
    { operation: 'pay' },
    { kind: 'other-amount', amountFen: 1 },
  ],
  [
    'a refund',
    and(...order, ...refund),
    { operation: 'refund' },
    { kind: 'accepted', refundId: '50', fen: REFUND_FEN, customerFen: null },
  ],
  [
    'a refund of another sum',
    and(...order, ...refund.slice(0, 2), ['refund_fee', '1']),
    { operation: 'refund' },
    { kind: 'no-answer' },
  ],
  [
    'the state of a refund by its older name',
    and(
      ...order,
      ...refund.map(([name, value]) => [`${name}_0`, value] as const),
      ['refund_status_0', 'FAIL'],
      ['refund_count', '1'],
    ),
    { operation: 'refundStatus' },
    {
      kind: 'seen',
      status: 'REFUNDCLOSE',
      refundId: '50',
      fen: REFUND_FEN,
      totalFen: AMOUNT_FEN,
      customerFen: null,
      arrivedAt: null,
      arrivedTo: null,
    },
  ],
])('judges %s by its fields', (_what, list, more, meaning) => {
  expect(meaningOf(list, { ...asked, ...more })).toEqual(meaning);
});
