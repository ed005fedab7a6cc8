/**
 * Every err_code of pay/micropay through the product's own client and engine: what the till says of it, what a cancel
 * makes of it, and that the gateway's ledger agrees. The codes are those that people try their till software with.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { absentFaceDevice } from '../../electron/orders/engine/face-device.ts';
import { createTill, type Till } from '../../electron/orders/engine/take-payment.ts';
import { viewOf } from '../../electron/orders/views/order-view.ts';
import { silentLog } from '../../electron/base/log.ts';
import { REFUSED, refusedCode } from '../../electron/practice/offered-codes.ts';
import { createGateway, type Gateway } from '../../electron/wechat/gateway.ts';
import { httpsTransport } from '../../electron/wechat/transport.ts';
import type { OrderView } from '../../shared/order/order.ts';
import { merchantSchema, terminalSchema } from '../../shared/settings.ts';
import { CALL_TIMEOUT_MS } from '../../shared/timing.ts';
import { newFolder, openWorld, type World } from '../support/orders/engine-world.ts';
import { bench, callsUnderWay, type Bench } from './terminal.ts';

const FEN = 1_201;
const TELLER = { who: 'screen', role: 'cashier' } as const;

/** The three things that a refusal can mean, by the official table and what was seen (electron/wechat/README.md). */
const SURELY_UNPAID = [
  'AUTHCODEEXPIRE',
  'AUTH_CODE_INVALID',
  'NOTSUPORTCARD',
  'PARAM_ERROR',
  'SIGNERROR',
  'APPID_NOT_EXIST',
  'MCHID_NOT_EXIST',
  'XML_FORMAT_ERROR',
  'REQUIRE_POST_METHOD',
];
const FOUND_PAID = ['SYSTEMERROR', 'ORDERPAID', 'UNHEARD_OF'];
const IN_DOUBT = REFUSED.map(({ errCode }) => errCode).filter(
  (errCode) => !SURELY_UNPAID.includes(errCode) && !FOUND_PAID.includes(errCode),
);

let counter: Bench;
let client: Gateway;
let world: World;
let till: Till;
const calls = callsUnderWay();
const orders = new Map<string, string>();
/** As the till said before anybody tapped, by err_code. */
const before = new Map<string, OrderView>();

const orderOf = (errCode: string): string => orders.get(errCode) ?? expect.fail(`${errCode} was not paid with`);

function shown(errCode: string): OrderView {
  const stored = world.journal.load(orderOf(errCode)) ?? expect.fail(`${errCode} is not in the journal`);
  return viewOf(stored.order, stored.version, 'cashier', world.clock.read());
}

beforeAll(async () => {
  counter = await bench();
  const { appid, mchId, apiKey } = counter.merchant;
  const { primary, backup, clientCertPem, clientKeyPem, caPem } = counter.gateway;
  const merchant = merchantSchema.parse({
    ...{ appid, mchId, family: 'micropay', device: 'code' },
    ...{ gateway: { primary, backup }, faceGateway: primary },
  });
  const transport = httpsTransport({ certPem: clientCertPem, keyPem: clientKeyPem, caPem }, merchant, counter.clock);
  let nonces = 0;
  const nonce = (): string => `nonce${String((nonces += 1))}`;
  const terminal = terminalSchema.parse({});
  client = createGateway({ merchant, terminal, apiKey, transport, clock: counter.clock, nonce });
  world = openWorld(newFolder(), counter.clock, {
    query: (ref) => calls.counted(client.query(ref)),
    reverse: (ref) => calls.counted(client.reverse(ref)),
  });
  till = createTill({
    ...{ engine: world.engine, clock: counter.clock, log: silentLog, face: absentFaceDevice, family: 'micropay' },
    gateway: { ...client, pay: (...asked) => calls.counted(client.pay(...asked)) },
    paySource: () => 'code',
    ...{ storeName: 'Shop', terminalIp: '127.0.0.1', callTimeoutMs: CALL_TIMEOUT_MS, terminalPart: '123456789' },
    random: () => 4,
    onStage: () => undefined,
  });
  world.engine.start();
  for (const [n, { errCode }] of REFUSED.entries()) {
    const outTradeNo = counter.nextOrder();
    const paymentCode = refusedCode(errCode, String(1_000_000_000 + n));
    expect(till.payByCode({ outTradeNo, amountFen: FEN, paymentCode }, TELLER).ok).toBe(true);
    orders.set(errCode, outTradeNo);
    await calls.answered();
  }
  await calls.pass(counter.clock, 40);
  for (const { errCode } of REFUSED) {
    before.set(errCode, shown(errCode));
    if (IN_DOUBT.includes(errCode)) world.engine.tell(orderOf(errCode), { type: 'cancel-tapped', by: 'cashier' });
  }
  await calls.pass(counter.clock, 60);
});

afterAll(async () => {
  world.die();
  client.close();
  await counter.gateway.close();
});

describe.each(SURELY_UNPAID)('%s', (errCode) => {
  test('is told as not charged with its code once a query agrees, and nothing is reversed', () => {
    expect(before.get(errCode)).toMatchObject({ verdict: 'charge-again', phase: { name: 'failed', cause: errCode } });
    expect(counter.gateway.ledger.get(orderOf(errCode))).toMatchObject({ paidFen: 0, reverses: 0 });
  });
});

describe.each(FOUND_PAID)('%s', (errCode) => {
  test('is asked about, and found paid', () => {
    expect(before.get(errCode)).toMatchObject({ verdict: 'paid' });
    expect(counter.gateway.ledger.get(orderOf(errCode))).toMatchObject({ paidFen: FEN, refundedFen: 0, reverses: 0 });
  });
});

describe.each(IN_DOUBT)('%s', (errCode) => {
  test('is not told as not charged, and a cancel proves that it is', () => {
    expect(before.get(errCode)).toMatchObject({ verdict: 'do-not-charge' });
    expect(before.get(errCode)?.actions).toContain('cancel');
    expect(shown(errCode)).toMatchObject({ verdict: 'charge-again', phase: { name: 'cancelled', outcome: 'revoked' } });
    expect(counter.gateway.ledger.get(orderOf(errCode))).toMatchObject({ paidFen: 0, reverses: 1, state: 'REVOKED' });
  });
});

test('no reverse came early', () => {
  expect(counter.gateway.ledger.violations).toEqual([]);
});
