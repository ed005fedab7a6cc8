/**
 * What the terminal makes of the gateway's harsher scenarios: the product's own client and engine, a real journal, and
 * the practice gateway over mutual TLS. A clock that stands still takes all of them through twelve minutes at once. At
 * the end the gateway's ledger must agree with the screen.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { orderToPay } from '../../electron/orders/machine/order.ts';
import { viewOf } from '../../electron/orders/views/order-view.ts';
import { createGateway, type Gateway } from '../../electron/wechat/gateway.ts';
import { httpsTransport } from '../../electron/wechat/transport.ts';
import type { Cause, CancelOutcome, OrderView } from '../../shared/order/order.ts';
import type { Scenario } from '../../shared/practice/scenarios.ts';
import { merchantSchema, terminalSchema } from '../../shared/settings.ts';
import { CALL_TIMEOUT_MS, REFUSALS_MAX } from '../../shared/timing.ts';
import { newFolder, openWorld, type World } from '../support/orders/engine-world.ts';
import { bench, callsUnderWay, until, type Bench } from './terminal.ts';

const FEN = 1_201;
const SPAN_S = 12 * 60;

type End = { readonly cancelled: CancelOutcome } | { readonly attention: Cause };

interface LedgerState {
  readonly paidFen: number;
  readonly refundedFen: number;
  /** How many reverses arrived; `null`: any number. */
  readonly reverses: number | null;
}

const FREE = { paidFen: 0, refundedFen: 0 };
const BACK = { paidFen: FEN, refundedFen: FEN };
/** Another till's customer, whose money must stay where it is. */
const anothers = (paidFen: number): LedgerState => ({ paidFen, refundedFen: 0, reverses: 0 });

const ENDS: readonly (readonly [Scenario, End, LedgerState])[] = [
  ['revoked', { cancelled: 'revoked' }, { ...FREE, reverses: 1 }],
  ['revoked-paid', { cancelled: 'revoked' }, { ...BACK, reverses: 1 }],
  ['refunded-elsewhere', { cancelled: 'refunded' }, { ...BACK, reverses: 0 }],
  ['partly-refunded', { attention: 'partly-refunded' }, { paidFen: FEN, refundedFen: 601, reverses: 0 }],
  ['pay-error', { cancelled: 'refunded' }, { ...BACK, reverses: 1 }],
  ['nopay', { cancelled: 'closed' }, { ...FREE, reverses: 1 }],
  ['unknown-state', { attention: 'unknown-state' }, { ...FREE, reverses: 1 }],
  ['busy', { cancelled: 'closed' }, { ...FREE, reverses: null }],
  ['wrong-merchant', { attention: 'wrong-merchant' }, { ...FREE, reverses: null }],
  ['other-amount', { attention: 'other-order' }, anothers(FEN + 1)],
  ['number-used', { attention: 'other-order' }, anothers(FEN)],
];

let till: Bench;
let client: Gateway;
let world: World;
const calls = callsUnderWay();
const orders = new Map<Scenario, string>();

function orderOf(scenario: Scenario): string {
  const orderId = orders.get(scenario);
  if (orderId === undefined) throw new Error(`no payment was taken under ${scenario}`);
  return orderId;
}

function shown(scenario: Scenario): OrderView {
  const stored = world.journal.load(orderOf(scenario));
  if (stored === null) throw new Error(`${scenario} is not in the journal`);
  return viewOf(stored.order, stored.version, 'manager', world.clock.read());
}

/**
 * Writes the order down and sends its one pay call; resolves when the gateway has it, and with its answer if one comes.
 */
async function takePayment(scenario: Scenario): Promise<void> {
  await till.gateway.setScenario(scenario);
  const outTradeNo = till.nextOrder();
  orders.set(scenario, outTradeNo);
  const ids = { orderId: outTradeNo, outTradeNo, transactionId: null, family: 'facepay', amountFen: FEN } as const;
  expect(world.engine.register(orderToPay(ids, CALL_TIMEOUT_MS, world.clock.read())).ok).toBe(true);
  const faceCode = till.gateway.mintFaceCode({ outTradeNo, totalFee: FEN });
  const request = {
    family: 'facepay',
    outTradeNo,
    amountFen: FEN,
    faceCode,
    openid: null,
    body: '门店',
    terminalIp: '127.0.0.1',
  } as const;
  let ended = false;
  const left = (): void => {
    world.engine.report(outTradeNo, { type: 'pay-left' });
  };
  void client.pay(request, left).then((answered) => {
    ended = true;
    world.engine.report(outTradeNo, { type: 'pay-ended', ...answered });
  });
  const hangs = scenario !== 'pay-error' && scenario !== 'number-used';
  await until(() => till.gateway.ledger.get(outTradeNo) !== undefined && (hangs || ended));
}

beforeAll(async () => {
  till = await bench();
  const { appid, mchId, apiKey } = till.merchant;
  const { primary, backup, clientCertPem, clientKeyPem, caPem } = till.gateway;
  const merchant = merchantSchema.parse({ appid, mchId, gateway: { primary, backup }, faceGateway: primary });
  const transport = httpsTransport({ certPem: clientCertPem, keyPem: clientKeyPem, caPem }, merchant, till.clock);
  let nonces = 0;
  const nonce = (): string => `nonce${String((nonces += 1))}`;
  client = createGateway({ merchant, terminal: terminalSchema.parse({}), apiKey, transport, clock: till.clock, nonce });
  world = openWorld(newFolder(), till.clock, {
    query: (ref) => calls.counted(client.query(ref)),
    reverse: (ref) => calls.counted(client.reverse(ref)),
  });
  world.engine.start();
  for (const [scenario] of ENDS) await takePayment(scenario);
  await calls.pass(till.clock, 1);
  for (const orderId of orders.values()) world.engine.tell(orderId, { type: 'cancel-tapped', by: 'cashier' });
  await calls.pass(till.clock, SPAN_S);
});

afterAll(async () => {
  world.die();
  client.close();
  await till.gateway.close();
});

describe.each(ENDS)('%s', (scenario, end, { reverses, ...money }) => {
  test(`ends as ${JSON.stringify(end)}, and the ledger agrees`, () => {
    const { phase } = shown(scenario);
    expect(
      phase.name === 'cancelled'
        ? { cancelled: phase.outcome }
        : phase.name === 'attention'
          ? { attention: phase.cause }
          : phase,
    ).toEqual(end);
    const order = till.gateway.ledger.get(orderOf(scenario));
    expect(order).toMatchObject(money);
    if (reverses === null) expect(order?.reverses).toBeGreaterThanOrEqual(REFUSALS_MAX);
    else expect(order?.reverses).toBe(reverses);
  });
});

test('who looks at a part that went back elsewhere has both amounts', () => {
  expect(shown('partly-refunded').refunds).toEqual({ refundedFen: 601, totalFen: FEN });
});

test('the state that nobody knows is kept and shown', () => {
  expect(shown('unknown-state').unknownState).toBe('LOCKED');
});

test('NOPAY is read as the NOTPAY of today, and unknown fields beside it change nothing', () => {
  const seen = world.changes.filter(({ order }) => order.orderId === orderOf('nopay')).map(({ order }) => order);
  expect(seen.map(({ lastSeen }) => lastSeen)).toContain('NOTPAY');
  expect(seen.every(({ unknownState }) => unknownState === null)).toBe(true);
});

test('a customer who was charged behind a failed payment is never called safe to charge again before the proof', () => {
  const before = world.changes
    .filter(({ order }) => order.orderId === orderOf('pay-error'))
    .map(({ order }) => order.phase.name);
  expect(before).toContain('reversing');
  expect(before).not.toContain('failed');
});

test('nobody is called for minutes of "busy" and "too often"', () => {
  const phases = world.changes
    .filter(({ order }) => order.orderId === orderOf('busy'))
    .map(({ order }) => order.phase.name);
  expect(phases).not.toContain('attention');
  const answers = new Set(
    world.changes.filter(({ order }) => order.orderId === orderOf('busy')).map(({ order }) => order.reverse.lastResult),
  );
  expect([...answers]).toEqual(expect.arrayContaining(['busy', 'too-often', 'SUCCESS']));
});

test('no reverse of any of them came early', () => {
  expect(till.gateway.ledger.violations).toEqual([]);
});
