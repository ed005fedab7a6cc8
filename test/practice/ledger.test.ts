import { beforeEach, describe, expect, it } from 'vitest';
import { Ledger, newTransactionId } from '../../electron/practice/ledger.ts';
import { readSeed, type LedgerOrder, type Seed } from '../../electron/practice/ledger-order.ts';
import { newPracticeMerchant } from '../../electron/practice/practice-merchant.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { bench, until } from './terminal.ts';

let clock: FakeClock;
let saved: string[];
let ledger: Ledger;
const merchant = newPracticeMerchant();

beforeEach(() => {
  clock = new FakeClock();
  saved = [];
  ledger = new Ledger({ clock, save: (text) => saved.push(text) });
});

function seeded(seed: Seed, into = ledger): LedgerOrder {
  const checked = readSeed(seed);
  if (!checked.ok) throw new Error(checked.error);
  return into.seed(checked.value, merchant);
}

describe('the ledger', () => {
  it('knows nothing of an order it has not seen', () => {
    expect(ledger.verdict('nothing')).toBeNull();
    expect(ledger.get('nothing')).toBeUndefined();
    expect(ledger.byTransactionId('4200000272201902213633768503')).toBeUndefined();
  });

  it.each([
    ['SUCCESS', { charged: true, refunded: false }],
    ['REFUND', { charged: true, refunded: true }],
    ['NOTPAY', { charged: false, refunded: false }],
    ['USERPAYING', { charged: false, refunded: false }],
    ['CLOSED', { charged: false, refunded: false }],
    ['REVOKED', { charged: false, refunded: false }],
    ['PAYERROR', { charged: false, refunded: false }],
    ['ACCEPT', { charged: false, refunded: false }],
  ] as const)('says of an order seeded as %s what happened to the money', (state, money) => {
    seeded({ outTradeNo: 'elsewhere', state, amountFen: 250 });
    expect(ledger.verdict('elsewhere')).toEqual({ ...money, state });
    expect(ledger.get('elsewhere')).toMatchObject({
      paidFen: money.charged ? 250 : 0,
      refundedFen: money.refunded ? 250 : 0,
    });
  });

  it("gives each order a number of WeChat's kind, and finds it by that", () => {
    const { transactionId } = seeded({ outTradeNo: 'a' });
    seeded({ outTradeNo: 'b' });
    expect(transactionId).toMatch(/^4\d{27}$/);
    expect(ledger.byTransactionId(transactionId)?.outTradeNo).toBe('a');
    expect(newTransactionId(Date.UTC(2026, 0, 4, 20, 0, 0))).toMatch(/^4200020260105\d{15}$/);
  });

  it('dates a seeded order back to when it was paid', async () => {
    const { wallMs } = clock.read();
    seeded({ outTradeNo: 'old', paidAt: new Date(wallMs - 8_000).toISOString() });
    expect(ledger.get('old')?.payReceivedAt).toMatchObject({ wallMs: wallMs - 8_000 });
    await clock.advance(1);
    expect(ledger.get('old')?.paidAtMs).toBe(wallMs - 8_000);
  });

  it.each<[string, unknown, RegExp]>([
    ['no number', {}, /outTradeNo/],
    ['33 characters', { outTradeNo: 'x'.repeat(33) }, /too-long[\s\S]*outTradeNo/],
    ['a fraction of fen', { outTradeNo: 'a', amountFen: 1.5 }, /amountFen/],
    ['a float for a transaction number', { outTradeNo: 'a', transactionId: 4.2e27 }, /transactionId/],
    ['a time without an offset', { outTradeNo: 'a', paidAt: '2026-01-05T10:00:00' }, /paidAt/],
    ['an unknown scenario', { outTradeNo: 'a', scenario: 'rain' }, /scenario/],
    ['a field it does not know', { outTradeNo: 'a', amount: 1 }, /amount/],
  ])('takes no seed with %s, and says which field it is', (_what, seed, problem) => {
    expect(readSeed(seed)).toMatchObject({ ok: false, error: expect.stringMatching(problem) });
  });

  it('saves on each change, and goes on from what it saved', () => {
    seeded({ outTradeNo: 'a', amountFen: 77 });
    expect(saved).toHaveLength(1);
    const again = Ledger.from(saved.at(-1) ?? '', { clock });
    expect(again.ok && again.value.orders()).toEqual(ledger.orders());
    expect(again.ok && again.value.toJSON()).toEqual(ledger.toJSON());
  });

  it.each([
    ['no JSON', 'garbage'],
    ['another version', '{"version":2,"orders":[],"violations":[]}'],
    ['half an order', '{"version":1,"orders":[{"outTradeNo":"a"}],"violations":[]}'],
  ])('does not take %s for a ledger', (_what, text) => {
    expect(Ledger.from(text, { clock })).toMatchObject({ ok: false });
  });

  it('keeps the latest thousand orders', () => {
    for (let nth = 0; nth <= 1_000; nth += 1) seeded({ outTradeNo: `n${String(nth)}` });
    expect(ledger.get('n0')).toBeUndefined();
    expect(ledger.get('n1')).toBeDefined();
    expect(ledger.orders()).toHaveLength(1_000);
  });
});

describe('practice after a restart of the app', () => {
  it('still charges a late payment when it falls due, and refuses a reverse that comes too early', async () => {
    let text = '';
    const before = await bench({ save: (next) => (text = next) });
    await before.gateway.setScenario('paid-late');
    const order = before.nextOrder();
    await before.givenUp((signal) => before.pay(order, { signal }));
    await before.clock.advance(2_000);
    await before.gateway.close();

    before.clock.restart(1_000);
    const after = await bench({ clock: before.clock, merchant: before.merchant, ledgerText: text });
    try {
      expect(after.gateway.ledger.verdict(order)).toMatchObject({ state: 'NOTPAY' });
      await before.clock.advance(10_000);
      expect(after.gateway.ledger.verdict(order)).toMatchObject({ charged: true, state: 'SUCCESS' });
      expect(await after.reverse(order)).toMatchObject({ err_code: 'INVALID_REQUEST' });
      await before.clock.advance(9_000);
      expect(await after.reverse(order)).toMatchObject({ result_code: 'SUCCESS' });
      expect(after.gateway.ledger.verdict(order)).toMatchObject({ refunded: true });
      expect(after.gateway.ledger.violations).toHaveLength(1);
    } finally {
      await after.gateway.close();
    }
  });

  it('does not start on a ledger it cannot read', async () => {
    await expect(bench({ ledgerText: '{}' })).rejects.toThrow(/practice ledger cannot be read[\s\S]*version/);
  });

  it('does not start on a port that is taken, and lets go of the other', async () => {
    const running = await bench();
    const port = Number(new URL(running.gateway.primary).port);
    const free = await bench();
    const freePort = Number(new URL(free.gateway.primary).port);
    await free.gateway.close();
    try {
      await expect(bench({ ports: { primary: freePort, backup: port } })).rejects.toThrow('EADDRINUSE');
      const third = await bench({ ports: { primary: freePort, backup: 0 } });
      expect(third.gateway.primary).toBe(`https://127.0.0.1:${String(freePort)}`);
      await third.gateway.close();
    } finally {
      await running.gateway.close();
    }
  });

  it('seeds orders through the gateway, which then answers for them', async () => {
    const till = await bench();
    try {
      const paidAt = new Date(till.clock.read().wallMs - 20_000).toISOString();
      const order = till.gateway.seed({ outTradeNo: 'pos-1', amountFen: 990, paidAt });
      expect(order.ok).toBe(true);
      expect(await till.query('pos-1')).toMatchObject({ trade_state: 'SUCCESS', total_fee: '990' });
      expect(await till.reverse('pos-1')).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
      expect(till.gateway.ledger.verdict('pos-1')).toMatchObject({ refunded: true });
      const ancient = new Date(till.clock.read().wallMs - 8 * 86_400_000).toISOString();
      till.gateway.seed({ outTradeNo: 'pos-2', paidAt: ancient });
      expect(await till.reverse('pos-2')).toMatchObject({ err_code: 'REVERSE_EXPIRE' });
      expect(till.gateway.seed({ outTradeNo: '' })).toMatchObject({ ok: false });
      await until(() => till.gateway.requests.length === 3);
    } finally {
      await till.gateway.close();
    }
  });
});
