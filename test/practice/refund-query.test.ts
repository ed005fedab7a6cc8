/**
 * pay/refundquery on the practice gateway, called by the product's own operations: the sums of refunds made elsewhere.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../../electron/wechat/gateway.ts';
import { httpsTransport } from '../../electron/wechat/transport.ts';
import { startPracticeGateway, type PracticeGateway } from '../../electron/practice/gateway-server.ts';
import { refundedElsewhere, reversed, type PracticeRefund } from '../../electron/practice/ledger-order.ts';
import { newPracticeMerchant } from '../../electron/practice/practice-merchant.ts';
import { merchantSchema, terminalSchema } from '../../shared/settings.ts';
import { systemClock } from '../../electron/base/clock.ts';

let practice: PracticeGateway;
let gateway: Gateway;
const clock = systemClock();

beforeEach(async () => {
  practice = await startPracticeGateway({ clock, merchant: newPracticeMerchant() });
  const { appid, mchId, apiKey } = practice.merchant;
  const merchant = merchantSchema.parse({
    appid,
    mchId,
    gateway: { primary: practice.primary, backup: practice.backup },
    faceGateway: practice.primary,
  });
  const transport = httpsTransport(
    { certPem: practice.clientCertPem, keyPem: practice.clientKeyPem, caPem: practice.caPem },
    merchant,
    clock,
  );
  let calls = 0;
  gateway = createGateway({
    merchant,
    terminal: terminalSchema.parse({}),
    apiKey,
    transport,
    clock,
    nonce: () => `nonce${String((calls += 1))}`,
  });
});
afterEach(async () => {
  gateway.close();
  await practice.close();
});

const refund = (n: number, fen: number, status: PracticeRefund['status'] = 'SUCCESS'): PracticeRefund => ({
  refundId: `50${String(n)}`,
  outRefundNo: `R${String(n)}`,
  fen,
  status,
});

async function refundsOf(refunds: readonly PracticeRefund[]): Promise<unknown> {
  const seeded = practice.seed({
    outTradeNo: 'pos-1',
    amountFen: 1_200,
    paidAt: new Date(Date.now() - 60_000).toISOString(),
  });
  if (!seeded.ok) throw new Error(seeded.error);
  if (refunds.length > 0) practice.ledger.put(refundedElsewhere(seeded.value, refunds, Date.now()));
  const { answer } = await gateway.query({
    family: 'facepay',
    outTradeNo: 'pos-1',
    transactionId: null,
  });
  return answer.kind === 'seen' ? [answer.tradeState, answer.refunds] : answer;
}

describe('a refund made elsewhere', () => {
  it('is read over all its pages', async () => {
    expect(await refundsOf(Array.from({ length: 12 }, (_, n) => refund(n, 100)))).toEqual([
      'REFUND',
      { kind: 'summed', refundedFen: 1_200, totalFen: 1_200, takenFen: 1_200, count: 12 },
    ]);
  });

  it('of a part says so, and a refund that is stuck or has failed does not count as money back', async () => {
    expect(
      await refundsOf([
        refund(1, 300),
        refund(2, 200, 'PROCESSING'),
        refund(3, 400, 'CHANGE'),
        refund(4, 300, 'REFUNDCLOSE'),
      ]),
    ).toEqual(['REFUND', { kind: 'summed', refundedFen: 500, totalFen: 1_200, takenFen: 900, count: 4 }]);
  });

  it('is not there for an order that is only paid, which nobody asks about', async () => {
    expect(await refundsOf([])).toEqual(['SUCCESS', undefined]);
  });

  it('by a reverse is no refund by number', async () => {
    const seeded = practice.seed({
      outTradeNo: 'pos-2',
      amountFen: 1_200,
      paidAt: new Date(Date.now() - 60_000).toISOString(),
    });
    if (!seeded.ok) throw new Error(seeded.error);
    practice.ledger.put(reversed(seeded.value, Date.now()));
    const { answer } = await gateway.query({
      family: 'facepay',
      outTradeNo: 'pos-2',
      transactionId: null,
    });
    expect(answer).toMatchObject({ tradeState: 'REFUND', refunds: { kind: 'not-found' } });
  });
});
