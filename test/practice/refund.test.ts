/**
 * Refunds on the practice gateway, made and asked about by the product's own client over mutual TLS: what it accepts, what
 * it refuses, and that its ledger counts each fen once.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../../electron/wechat/gateway.ts';
import type { RefundRequest } from '../../electron/wechat/refund.ts';
import { httpsTransport } from '../../electron/wechat/transport.ts';
import { merchantSchema, terminalSchema } from '../../shared/settings.ts';
import { CALL_TIMEOUT_MS } from '../../shared/timing.ts';
import type { Scenario } from '../../shared/practice/scenarios.ts';
import { bench, REFUND_PATH, REFUND_QUERY_PATH, until, type Bench } from './terminal.ts';

const FEN = 1_234;
let till: Bench;
let client: Gateway;

function clientOf({ clock, gateway }: Bench): Gateway {
  const { primary, backup, clientCertPem, clientKeyPem, caPem } = gateway;
  const { appid, mchId, apiKey } = gateway.merchant;
  const merchant = merchantSchema.parse({ appid, mchId, gateway: { primary, backup }, faceGateway: primary });
  const transport = httpsTransport({ certPem: clientCertPem, keyPem: clientKeyPem, caPem }, merchant, clock);
  let nonces = 0;
  const nonce = (): string => `nonce${String((nonces += 1))}`;
  return createGateway({ merchant, terminal: terminalSchema.parse({}), apiKey, transport, clock, nonce });
}

beforeEach(async () => {
  till = await bench();
  client = clientOf(till);
});
afterEach(async () => {
  client.close();
  await till.gateway.close();
});

/** An order paid at another time, on which refunds are made. */
function paid(outTradeNo = 'pos-1', agoMs = 60_000, scenario: Scenario = 'paid'): void {
  const paidAt = new Date(till.clock.read().wallMs - agoMs).toISOString();
  const seeded = till.gateway.seed({ outTradeNo, amountFen: FEN, paidAt, scenario });
  if (!seeded.ok) throw new Error(seeded.error);
}
const request = (more: Partial<RefundRequest> = {}): RefundRequest => ({
  outTradeNo: 'pos-1',
  transactionId: null,
  outRefundNo: 'pos-1R1',
  totalFen: FEN,
  fen: FEN,
  reasonText: '商品已售完',
  account: null,
  ...more,
});
const refund = async (more: Partial<RefundRequest> = {}): Promise<unknown> =>
  (await client.refund(request(more))).answer;
/** The same, a minute later: one request a minute is allowed for an order. */
const laterRefund = async (more: Partial<RefundRequest> = {}): Promise<unknown> => {
  await till.clock.advance(60_000);
  return refund(more);
};
const status = async (more: Partial<RefundRequest> = {}): Promise<unknown> =>
  (await client.refundStatus(request(more))).answer;
const order = { family: 'facepay', outTradeNo: 'pos-1', transactionId: null } as const;
const back = (outTradeNo = 'pos-1'): unknown => till.gateway.ledger.moneyBack(outTradeNo);
const accepted = (fen = FEN): object => ({ kind: 'accepted', refundId: expect.stringMatching(/^50\d{26}$/) as string, fen, customerFen: fen }); // prettier-ignore
const refused = (errCode: string): object => ({ kind: 'refused', errCode });

describe('a refund', () => {
  it('is accepted, on its way, and with the customer half a minute later; the order says REFUND at once', async () => {
    paid();
    expect(await refund()).toEqual(accepted());
    expect(await status()).toMatchObject({ kind: 'seen', status: 'PROCESSING', fen: FEN, totalFen: FEN, arrivedAt: null }); // prettier-ignore
    expect(back()).toEqual({ arrivedFen: 0, owedFen: FEN, refunds: 1, repeats: 0 });
    expect((await client.query(order)).answer).toMatchObject({ tradeState: 'REFUND', refunds: { refundedFen: FEN } });
    await till.clock.advance(29_999);
    expect(await status()).toMatchObject({ status: 'PROCESSING' });
    await till.clock.advance(1);
    expect(await status()).toMatchObject({ status: 'SUCCESS', arrivedAt: expect.stringMatching(/^20\d\d-\d\d-\d\d /) as string, arrivedTo: '支付用户零钱' }); // prettier-ignore
    expect(back()).toEqual({ arrivedFen: FEN, owedFen: 0, refunds: 1, repeats: 0 });
  });

  it('sent again is answered alike and paid once', async () => {
    paid();
    const first = await refund();
    expect(await laterRefund()).toEqual(first);
    expect(await laterRefund()).toEqual(first);
    expect(back()).toEqual({ arrivedFen: FEN, owedFen: 0, refunds: 1, repeats: 2 });
  });

  it('under a used number with other sums, or for another order, is refused', async () => {
    paid();
    paid('pos-2');
    await refund({ fen: 100 });
    expect(await laterRefund({ fen: 101 })).toEqual(refused('REFUND_FEE_MISMATCH'));
    expect(await laterRefund({ fen: 100, totalFen: FEN + 1 })).toEqual(refused('REFUND_FEE_MISMATCH'));
    expect(await laterRefund({ fen: 100, outTradeNo: 'pos-2' })).toEqual(refused('REFUND_FEE_MISMATCH'));
    expect([back(), back('pos-2')]).toMatchObject([{ refunds: 1, arrivedFen: 100 }, { refunds: 0 }]);
  });

  it('of parts under two numbers is paid twice, until all is back and not a fen more', async () => {
    paid();
    expect(await refund({ fen: 600 })).toEqual(accepted(600));
    expect(await laterRefund({ fen: 600, outRefundNo: 'pos-1R2' })).toEqual(accepted(600));
    expect(back()).toMatchObject({ refunds: 2, arrivedFen: 600, owedFen: 600 });
    expect(await laterRefund({ fen: 35, outRefundNo: 'pos-1R3' })).toEqual(refused('INVALID_REQUEST'));
    expect(await laterRefund({ fen: 34, outRefundNo: 'pos-1R4' })).toEqual(accepted(34));
    expect(await laterRefund({ fen: 1, outRefundNo: 'pos-1R5' })).toEqual(refused('ERROR'));
    const sum = { kind: 'summed', refundedFen: FEN, totalFen: FEN, takenFen: FEN, count: 3 };
    expect((await client.refunds(order)).answer).toEqual(sum);
  });

  it('may be asked for once a minute per order, also where it was asked for before', async () => {
    paid();
    paid('pos-2');
    await refund({ fen: 1 });
    expect(await refund({ fen: 1 })).toEqual(refused('FREQUENCY_LIMITED'));
    expect(await refund({ fen: 1, outTradeNo: 'pos-2', outRefundNo: 'pos-2R1' })).toEqual(accepted(1));
    await till.clock.advance(59_999);
    expect(await refund({ fen: 1, outRefundNo: 'pos-1R2' })).toEqual(refused('FREQUENCY_LIMITED'));
    await till.clock.advance(1);
    expect(await refund({ fen: 1, outRefundNo: 'pos-1R2' })).toEqual(accepted(1));
  });

  it('is refused for an order that was never paid, never made, is over a year old or has another amount', async () => {
    till.gateway.seed({ outTradeNo: 'unpaid', amountFen: FEN, state: 'NOTPAY' });
    paid('old', 365 * 86_400_000 + 1);
    paid('nearly-old', 365 * 86_400_000 - 60_000);
    paid();
    for (const outTradeNo of ['unpaid', 'nothing'])
      expect(await refund({ outTradeNo })).toEqual(refused('ORDERNOTEXIST'));
    expect(await refund({ outTradeNo: 'old' })).toEqual(refused('TRADE_OVERDUE'));
    expect(await refund({ totalFen: FEN + 1 })).toEqual(refused('REFUND_FEE_MISMATCH'));
    expect(await refund({ outTradeNo: null, transactionId: '12' })).toEqual(refused('INVALID_TRANSACTIONID'));
    expect(await status()).toEqual({ kind: 'not-found' });
    expect(await refund({ outTradeNo: 'nearly-old' })).toEqual(accepted());
  });

  it('never meets a reverse on one order, whichever came first', async () => {
    paid();
    paid('pos-2');
    await client.reverse({ ...order, outTradeNo: 'pos-2' });
    expect(await refund({ outTradeNo: 'pos-2' })).toEqual(refused('ERROR'));
    await refund({ fen: 1 });
    expect((await client.reverse(order)).answer).toMatchObject(refused('INVALID_REQUEST'));
    expect(till.gateway.ledger.get('pos-1')).toMatchObject({ reversed: false, refundedFen: 1 });
    expect(till.gateway.ledger.get('pos-2')).toMatchObject({ reversed: true, refundedFen: FEN, refunds: [] });
  });

  it('is one of fifty at most; they are read over five pages, and the page behind the last is an error', async () => {
    paid();
    const { ledger } = till.gateway;
    const found = ledger.get('pos-1');
    if (found === undefined) throw new Error('not seeded');
    const refunds = Array.from({ length: 49 }, (_, n) => ({ refundId: `50${String(n)}`, outRefundNo: `x${String(n)}`, fen: 2, status: 'REFUNDCLOSE' as const })); // prettier-ignore
    ledger.put({ ...found, refunds });
    expect(await refund({ fen: 1 })).toEqual(accepted(1));
    expect(await laterRefund({ fen: 1, outRefundNo: 'pos-1R51' })).toEqual(refused('INVALID_REQUEST'));
    const before = till.gateway.requests.length;
    const sum = { kind: 'summed', refundedFen: 1, totalFen: FEN, takenFen: 1, count: 50 };
    expect((await client.refunds(order)).answer).toEqual(sum);
    expect(till.gateway.requests.length - before).toBe(5);
    const page = { ...till.common(), out_trade_no: 'pos-1', offset: '50' };
    expect(await till.call(REFUND_QUERY_PATH, page)).toMatchObject({ err_code: 'PARAM_ERROR' });
  });

  it('survives a restart of the gateway: what was on its way arrives, and what was accepted is not paid again', async () => {
    let ledgerText = '';
    const before = await bench({ save: (text) => (ledgerText = text) });
    const own = { ...before.merchant };
    const seeded = before.gateway.seed({ outTradeNo: 'pos-1', amountFen: FEN });
    expect(seeded.ok).toBe(true);
    const first = clientOf(before);
    const { answer } = await first.refund(request());
    first.close();
    await before.gateway.close();
    await before.clock.advance(60_000);
    const after = await bench({ clock: before.clock, merchant: own, ledgerText });
    const second = clientOf(after);
    expect((await second.refundStatus(request())).answer).toMatchObject({ status: 'SUCCESS' });
    expect((await second.refund(request())).answer).toEqual(answer);
    expect(after.gateway.ledger.moneyBack('pos-1')).toEqual({ arrivedFen: FEN, owedFen: 0, refunds: 1, repeats: 1 });
    second.close();
    await after.gateway.close();
  });
});

describe('a refund query', () => {
  it('goes by refund_id before out_refund_no before transaction_id before out_trade_no', async () => {
    paid();
    paid('pos-2');
    await refund({ fen: 1 });
    await refund({ outTradeNo: 'pos-2', outRefundNo: 'pos-2R1', fen: 2 });
    const [one, two] = ['pos-1', 'pos-2'].map((no) => till.gateway.ledger.get(no));
    const fields = {
      out_trade_no: 'pos-1',
      transaction_id: two?.transactionId ?? '',
      out_refund_no: 'pos-1R1',
      refund_id: two?.refunds[0]?.refundId ?? '',
    };
    const asked: Record<string, string> = {};
    const told: (string | undefined)[] = [];
    for (const [name, value] of Object.entries(fields)) {
      asked[name] = value;
      told.push((await till.call(REFUND_QUERY_PATH, { ...till.common(), ...asked }))['out_trade_no']);
    }
    expect(told).toEqual(['pos-1', 'pos-2', 'pos-1', 'pos-2']);
    expect(one?.transactionId).not.toBe(two?.transactionId);
  });

  it('without any of the four numbers is refused', async () => {
    expect(await till.call(REFUND_QUERY_PATH, till.common())).toMatchObject({ return_code: 'FAIL' });
    const unknown = { ...till.common(), out_refund_no: 'nothing' };
    expect(await till.call(REFUND_QUERY_PATH, unknown)).toMatchObject({ err_code: 'REFUNDNOTEXIST' });
  });
});

describe('the scenario', () => {
  it.each([
    ['refund-stuck', 'CHANGE', { arrivedFen: 0, owedFen: FEN, refunds: 1 }],
    ['refund-fails', 'REFUNDCLOSE', { arrivedFen: 0, owedFen: 0, refunds: 1 }],
  ] as const)('%s: accepted, and half a minute later %s', async (scenario, end, money) => {
    paid('pos-1', 60_000, scenario);
    expect(await refund()).toEqual(accepted());
    expect(await status()).toMatchObject({ status: 'PROCESSING' });
    await till.clock.advance(30_000);
    expect(await status()).toMatchObject({ status: end, arrivedAt: null });
    expect(back()).toMatchObject(money);
    // Only money that failed to go back can be asked for again, and under a new number.
    const again = await laterRefund({ outRefundNo: 'pos-1R2' });
    expect(again).toEqual(end === 'CHANGE' ? refused('ERROR') : accepted());
  });

  it('refund-slow: it arrives after ten minutes', async () => {
    paid('pos-1', 60_000, 'refund-slow');
    await refund();
    await till.clock.advance(599_999);
    expect(await status()).toMatchObject({ status: 'PROCESSING' });
    await till.clock.advance(1);
    expect(await status()).toMatchObject({ status: 'SUCCESS' });
  });

  it('refund-retry: twice it must be sent again, and then it is paid once', async () => {
    paid('pos-1', 60_000, 'refund-retry');
    expect(await refund()).toEqual(refused('BIZERR_NEED_RETRY'));
    expect(await laterRefund()).toEqual(refused('BIZERR_NEED_RETRY'));
    expect(await status()).toEqual({ kind: 'not-found' });
    expect(await laterRefund()).toEqual(accepted());
    expect(back()).toMatchObject({ refunds: 1, repeats: 0 });
  });

  it('refund-no-balance: nothing is accepted before the balance is there', async () => {
    paid('pos-1', 60_000, 'refund-no-balance');
    expect(await refund()).toEqual(refused('NOTENOUGH'));
    expect(await status()).toEqual({ kind: 'not-found' });
    expect(await laterRefund()).toEqual(accepted());
  });

  it('refund-lost: accepted without a word; its number finds it, and sent again it is not paid again', async () => {
    paid('pos-1', 60_000, 'refund-lost');
    const pending = refund();
    await until(() => till.gateway.requests.some(({ path }) => path === REFUND_PATH));
    await till.clock.advance(CALL_TIMEOUT_MS);
    expect(await pending).toMatchObject({ kind: 'no-answer', why: 'timeout' });
    expect(await status()).toMatchObject({ kind: 'seen', fen: FEN });
    expect(await laterRefund()).toEqual(accepted());
    expect(back()).toEqual({ arrivedFen: FEN, owedFen: 0, refunds: 1, repeats: 1 });
  });

  it('partly-refunded: the rest can be refunded, and no more', async () => {
    await till.gateway.setScenario('partly-refunded');
    const seeded = till.gateway.seed({ outTradeNo: 'pos-1', amountFen: FEN, state: 'NOTPAY', scenario: 'partly-refunded' }); // prettier-ignore
    if (!seeded.ok) throw new Error(seeded.error);
    till.gateway.ledger.put({ ...seeded.value, chargeDueMs: 0 });
    expect((await client.refunds(order)).answer).toMatchObject({ takenFen: FEN / 2, count: 1 });
    expect(await refund({ fen: FEN / 2 + 1 })).toEqual(refused('INVALID_REQUEST'));
    expect(await laterRefund({ fen: FEN / 2 })).toEqual(accepted(FEN / 2));
  });
});

describe('the form of a refund', () => {
  const fields = (): Record<string, string> => ({ ...till.common(), out_trade_no: 'pos-1', out_refund_no: 'pos-1R1', total_fee: '1234', refund_fee: '34' }); // prettier-ignore

  it.each(['out_refund_no', 'total_fee', 'refund_fee', 'out_trade_no'])('needs %s', async (name) => {
    const { [name]: _left, ...rest } = fields();
    expect(await till.call(REFUND_PATH, rest)).toEqual({ return_code: 'FAIL', return_msg: `缺少参数 ${name}` });
  });

  it.each([
    ['refund_fee', '0'],
    ['refund_fee', '0.34'],
    ['total_fee', '-1'],
    ['out_refund_no', 'x'.repeat(65)],
    ['out_refund_no', '退款'],
    ['refund_fee_type', 'USD'],
    ['refund_desc', 'x'.repeat(81)],
    ['refund_desc', '退'.repeat(27)],
    ['refund_account', 'MINE'],
  ])('has no %s of %j', async (name, value) => {
    paid();
    expect(await till.call(REFUND_PATH, { ...fields(), [name]: value })).toMatchObject({ err_code: 'PARAM_ERROR' });
    expect(back()).toMatchObject({ refunds: 0 });
  });

  it('wants the merchant’s certificate; its query does not', async () => {
    paid();
    const refusedReply = till.call(REFUND_PATH, fields(), { certificate: null });
    await expect(refusedReply).rejects.toThrow('No required SSL certificate was sent');
    expect(back()).toMatchObject({ refunds: 0 });
    const asked = await till.call(
      REFUND_QUERY_PATH,
      { ...till.common(), out_trade_no: 'pos-1' },
      { certificate: null },
    );
    expect(asked).toMatchObject({ err_code: 'REFUNDNOTEXIST' });
  });
});
