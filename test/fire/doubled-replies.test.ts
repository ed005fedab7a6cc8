/**
 * A reply that comes twice must never be taken for the next call's reply. A reverse's reply names no order. Neither
 * does the reply about an order found by WeChat's number, until that order is paid. Only the connection shows which
 * call these replies answer.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OrderRef } from '../../electron/wechat/face-pay.ts';
import { replyXml } from '../support/gateway/independent-gateway.ts';
import { page, type Heard } from './fault-server.ts';
import { makeCertificates, openFireWorld, quiet, type Certificates, type FireWorld } from './fire-world.ts';

let folder: string;
let certificates: Certificates;
let world: FireWorld;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-doubled-'));
  certificates = makeCertificates(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  world = await openFireWorld(certificates);
});
afterEach(async () => {
  await world.close();
});

const byOutTradeNo = (outTradeNo: string): OrderRef => ({ family: 'facepay', outTradeNo, transactionId: null });
const byTransactionId = (transactionId: string): OrderRef => ({ family: 'facepay', outTradeNo: null, transactionId });
const A_OF_WECHAT = '4200000000000000000000000001';
const B_OF_WECHAT = '4200000000000000000000000002';

const accepted = (recall: string): string => replyXml({ result_code: 'SUCCESS', recall });
const seen = (outTradeNo: string, tradeState: string): string =>
  replyXml({ result_code: 'SUCCESS', out_trade_no: outTradeNo, trade_state: tradeState });

interface Pair {
  readonly what: string;
  /** The first call, and its reply, which will come twice. */
  readonly first: () => Promise<unknown>;
  readonly firstReply: string;
  readonly second: () => Promise<{ readonly answer: object }>;
  readonly secondReply: string;
  readonly mustBe: object;
}

const pairs: readonly Pair[] = [
  {
    what: 'a reverse after a reverse',
    first: () => world.gateway.reverse(byOutTradeNo('a')),
    firstReply: accepted('N'),
    second: () => world.gateway.reverse(byOutTradeNo('b')),
    secondReply: accepted('Y'),
    mustBe: { kind: 'accepted', recall: 'Y' },
  },
  {
    what: 'a reverse after a query',
    first: () => world.gateway.query(byOutTradeNo('a')),
    firstReply: replyXml({ result_code: 'FAIL', err_code: 'ORDERNOTEXIST' }),
    second: () => world.gateway.reverse(byOutTradeNo('b')),
    secondReply: accepted('Y'),
    mustBe: { kind: 'accepted', recall: 'Y' },
  },
  {
    what: 'a query after a reverse',
    first: () => world.gateway.reverse(byOutTradeNo('a')),
    firstReply: accepted('N'),
    second: () => world.gateway.query(byOutTradeNo('b')),
    secondReply: seen('b', 'NOTPAY'),
    mustBe: { kind: 'seen', tradeState: 'NOTPAY', outTradeNo: 'b' },
  },
  {
    what: 'a query by WeChat’s number after another',
    first: () => world.gateway.query(byTransactionId(A_OF_WECHAT)),
    firstReply: seen('a', 'REVOKED'),
    second: () => world.gateway.query(byTransactionId(B_OF_WECHAT)),
    secondReply: seen('b', 'NOTPAY'),
    mustBe: { kind: 'seen', tradeState: 'NOTPAY', outTradeNo: 'b' },
  },
  {
    what: 'a query by WeChat’s number after one by ours',
    first: () => world.gateway.query(byOutTradeNo('a')),
    firstReply: seen('a', 'REVOKED'),
    second: () => world.gateway.query(byTransactionId(B_OF_WECHAT)),
    secondReply: seen('b', 'NOTPAY'),
    mustBe: { kind: 'seen', tradeState: 'NOTPAY', outTradeNo: 'b' },
  },
];

type When =
  | 'in one piece with the first'
  | 'right behind the first'
  | 'while nothing is asked'
  | 'once the next request is there';
const times: readonly When[] = [
  'in one piece with the first',
  'right behind the first',
  'while nothing is asked',
  'once the next request is there',
];

/**
 * The server answers the first request twice. The second request gets its proper answer, on whatever connection it
 * comes.
 */
function doubling(
  when: When,
  { firstReply, secondReply }: Pick<Pair, 'firstReply' | 'secondReply'>,
): (heard: Heard) => void {
  let calls = 0;
  let firstOn = 0;
  return ({ socket, connection }) => {
    calls += 1;
    if (calls > 1) {
      if (when === 'once the next request is there' && connection === firstOn) socket.write(page(200, firstReply));
      socket.write(page(200, secondReply));
      return;
    }
    firstOn = connection;
    if (when === 'in one piece with the first') socket.write(page(200, firstReply) + page(200, firstReply));
    else socket.write(page(200, firstReply));
    if (when === 'right behind the first') socket.write(page(200, firstReply));
    if (when === 'while nothing is asked') setImmediate(() => socket.write(page(200, firstReply)));
  };
}

describe.each(times)('a reply that comes again %s', (when) => {
  it.each(pairs)('is not $what’s', async (pair) => {
    world.server.onRequest = doubling(when, pair);
    await pair.first();
    if (when === 'while nothing is asked') for (let round = 0; round < 50; round += 1) await quiet();
    expect((await pair.second()).answer).toMatchObject(pair.mustBe);
    expect(world.server.heard).toHaveLength(2);
  });

  it('is not another query’s by our number: that names its order', async () => {
    world.server.onRequest = doubling(when, { firstReply: seen('a', 'REVOKED'), secondReply: seen('b', 'NOTPAY') });
    await world.gateway.query(byOutTradeNo('a'));
    const { answer } = await world.gateway.query(byOutTradeNo('b'));
    if (answer.kind === 'no-answer') expect(answer.why).toBe('wrong-merchant');
    else expect(answer).toMatchObject({ kind: 'seen', tradeState: 'NOTPAY' });
  });
});

describe('replies that come in another order than their requests', () => {
  it('each reach their own call', async () => {
    const held: Heard[] = [];
    world.server.onRequest = (heard) => {
      held.push(heard);
      if (held.length < 2) return;
      for (const { socket, body } of held.toReversed())
        socket.write(page(200, accepted(body.includes('first') ? 'Y' : 'N')));
    };
    const [first, second] = await Promise.all([
      world.gateway.reverse(byOutTradeNo('first')),
      world.gateway.reverse(byOutTradeNo('second')),
    ]);
    expect([first.answer, second.answer]).toMatchObject([{ recall: 'Y' }, { recall: 'N' }]);
  });

  it('are nobody’s where somebody between has changed their connections', async () => {
    const held: Heard[] = [];
    world.server.onRequest = (heard) => {
      held.push(heard);
      const [one, other] = held;
      if (one === undefined || other === undefined) return;
      one.socket.write(page(200, seen(other.body.includes('first') ? 'first' : 'second', 'REVOKED')));
      other.socket.write(page(200, seen(one.body.includes('first') ? 'first' : 'second', 'REVOKED')));
    };
    const answered = await Promise.all([
      world.gateway.query(byOutTradeNo('first')),
      world.gateway.query(byOutTradeNo('second')),
    ]);
    expect(answered.map(({ answer }) => answer)).toMatchObject([{ why: 'wrong-merchant' }, { why: 'wrong-merchant' }]);
  });
});

it('has a reverse leave on a connection that a query had opened for it, and that one is used once', async () => {
  await world.gateway.query(byOutTradeNo('a'));
  await expect.poll(() => world.server.connections).toBe(2);
  await world.gateway.reverse(byOutTradeNo('a'));
  expect(world.server.connections).toBe(2);
  expect(new Set(world.server.heard.map(({ connection }) => connection)).size).toBe(2);
  await world.gateway.reverse(byOutTradeNo('a'));
  expect(world.server.heard.at(-1)?.connection).toBe(3);
});

it('is answered each time on a connection that had been opened for it and lay idle', async () => {
  for (let time = 0; time < 50; time += 1) {
    const secured = world.server.secured();
    world.transport.open(world.proxy.origin, true);
    await secured;
    for (let round = 0; round < 20; round += 1) await quiet();
    expect((await world.gateway.reverse(byOutTradeNo('a'))).answer).toEqual({ kind: 'accepted', recall: 'N' });
  }
  expect(world.server.connections).toBe(50);
});
