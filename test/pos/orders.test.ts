/**
 * Registering, reading, cancelling, taking back and querying orders. The same machine as the screen's, with a cashier's
 * role.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REVERSE_WINDOW_MS } from '../../shared/timing.ts';
import { openPosShop, orderIn, refusalIn, type PosShop } from '../support/terminal/pos-shop.ts';

let shop: PosShop;

beforeEach(async () => {
  shop = await openPosShop();
});
afterEach(async () => {
  await shop.close();
});

const nowMs = (): number => shop.clock.read().wallMs;
const iso = (agoMs: number): string => new Date(nowMs() - agoMs).toISOString();
const register = (body: object): ReturnType<PosShop['call']> => shop.call('POST', '/v1/orders', body);
const cancel = (number: string): ReturnType<PosShop['call']> => shop.call('POST', `/v1/orders/${number}/cancel`);

describe('an order that is registered', () => {
  it('is told in the documented shape, and can be read by either number', async () => {
    const answer = await register({
      outTradeNo: 'pos-1',
      transactionId: '4200000000000000000000000001',
      amountFen: 1_250,
      paidAt: iso(4_000),
    });
    expect([answer.status, answer.json]).toEqual([
      201,
      {
        outTradeNo: 'pos-1',
        transactionId: '4200000000000000000000000001',
        amountFen: 1_250,
        verdict: 'do-not-charge',
        standing: 'done',
        phase: 'paying',
        outcome: null,
        cause: null,
        actions: ['cancel', 'ask'],
        windowEndsInMs: REVERSE_WINDOW_MS - 4_000,
        attempts: 0,
        nextTryInMs: null,
        paidAt: '2026-01-05T01:59:56.000Z',
        registeredAt: '2026-01-05T02:00:00.000Z',
        version: 1,
      },
    ]);
    for (const number of ['pos-1', '4200000000000000000000000001']) {
      expect(orderIn(await shop.call('GET', `/v1/orders/${number}`))).toMatchObject({
        outTradeNo: 'pos-1',
        paidAt: '2026-01-05T01:59:56.000Z',
      });
    }
  });

  it('with every character that a number may have is found by it', async () => {
    expect((await register({ outTradeNo: 'aZ9_-|*', paidAt: null })).status).toBe(201);
    expect(orderIn(await shop.call('GET', '/v1/orders/aZ9_-%7C%2a'))).toMatchObject({ outTradeNo: 'aZ9_-|*' });
  });

  it('again with the same body is the same order, and nothing is asked or written', async () => {
    const body = { outTradeNo: 'pos-1', amountFen: 100, paidAt: iso(1_000) };
    await register(body);
    await shop.clock.advance(1_000);
    const { version } = orderIn(await shop.call('GET', '/v1/orders/pos-1'));
    const before = [shop.gateway.queried.length, shop.world.journal.changedSince(0).seq];
    for (let n = 0; n < 5; n += 1) {
      const again = await register(body);
      expect([again.status, orderIn(again).version]).toEqual([200, version]);
    }
    expect([shop.gateway.queried.length, shop.world.journal.changedSince(0).seq]).toEqual(before);
  });

  it('with an unknown pay time counts its window from then; again with null it is the same order', async () => {
    const first = orderIn(await register({ outTradeNo: 'pos-1', paidAt: null }));
    expect([first.paidAt, first.windowEndsInMs]).toEqual([iso(0), 15_000]);
    await shop.clock.advance(2_000);
    expect((await register({ outTradeNo: 'pos-1', paidAt: null })).status).toBe(200);
  });

  it.each([30_000, -30_000, 3_600_000, 8 * 86_400_000, 26 * 365 * 86_400_000])(
    'while the clock was set by %i ms counts its window from now, not from what was read off it',
    async (stepMs) => {
      const paidAt = iso(0);
      await shop.clock.advance(1_000);
      shop.clock.jumpWall(stepMs);
      const answer = await register({ outTradeNo: 'pos-1', paidAt });
      expect([answer.status, orderIn(answer).windowEndsInMs]).toEqual([201, 15_000]);
      expect((await register({ outTradeNo: 'pos-1', paidAt })).status).toBe(200);
      await cancel('pos-1');
      await shop.clock.advance(REVERSE_WINDOW_MS - 100);
      expect(shop.gateway.reversed).toEqual([]);
      await shop.clock.advance(2_000);
      expect(shop.gateway.reversed).toEqual(['pos-1']);
    },
  );

  it.each<[string, object, string]>([
    ['another pay time', { paidAt: 1_767_578_398_000 }, '409 differs paidAt'],
    ['a pay time where none was known', { paidAt: null }, '409 differs paidAt'],
    ['another amount', { amountFen: 101 }, '409 differs amountFen'],
    [
      'a transaction_id that was not known',
      { transactionId: '4200000000000000000000000002' },
      '409 differs transactionId',
    ],
  ])('again with %s is refused, and stays as it was', async (_name, change, refusal) => {
    const body = { outTradeNo: 'pos-1', amountFen: 100, paidAt: iso(1_000) };
    const first = orderIn(await register(body));
    expect(refusalIn(await register({ ...body, ...change }))).toBe(refusal);
    expect(orderIn(await shop.call('GET', '/v1/orders/pos-1'))).toMatchObject({
      amountFen: 100,
      paidAt: first.paidAt,
      transactionId: null,
    });
  });

  it('by two numbers of two orders is refused', async () => {
    await register({ outTradeNo: 'pos-1', paidAt: null });
    await register({ transactionId: 'tx2', paidAt: null });
    expect(refusalIn(await register({ outTradeNo: 'pos-1', transactionId: 'tx2', paidAt: null }))).toBe(
      '409 differs transactionId',
    );
    expect(refusalIn(await register({ outTradeNo: 'pos-3', transactionId: 'tx2', paidAt: null }))).toBe(
      '409 differs outTradeNo',
    );
  });

  it.each<[object, string]>([
    [{ outTradeNo: 'a' }, '400 paid-at-missing paidAt'],
    [{ paidAt: null }, '400 both-missing outTradeNo'],
    [{ outTradeNo: '', paidAt: null }, '400 missing outTradeNo'],
    [{ outTradeNo: 5, paidAt: null }, '400 missing outTradeNo'],
    [{ outTradeNo: 'x'.repeat(33), paidAt: null }, '400 too-long outTradeNo'],
    [{ outTradeNo: 'a b', paidAt: null }, '400 bad-characters outTradeNo'],
    [{ transactionId: 'a_b', paidAt: null }, '400 bad-characters transactionId'],
    [{ outTradeNo: 'a', paidAt: null, amountFen: 0 }, '400 not-positive amountFen'],
    [{ outTradeNo: 'a', paidAt: null, amountFen: 12.5 }, '400 fraction-of-fen amountFen'],
    [{ outTradeNo: 'a', paidAt: null, amountFen: '12' }, '400 not-a-number amountFen'],
    [{ outTradeNo: 'a', paidAt: null, amountFen: 5_000_001 }, '400 amount-too-large amountFen'],
    [{ outTradeNo: 'a', paidAt: null, sign: 'x' }, '400 unknown-field sign'],
    [{ outTradeNo: 'a', paidAt: 'yesterday' }, '400 not-a-time paidAt'],
    [{ outTradeNo: 'a', paidAt: '2026-01-05T01:59:00' }, '400 not-a-time paidAt'],
    [{ outTradeNo: 'a', paidAt: '2026-02-30T01:59:00Z' }, '400 not-a-time paidAt'],
    [{ outTradeNo: 'a', paidAt: 1.5 }, '400 not-a-time paidAt'],
    [{ outTradeNo: 'a', paidAt: true }, '400 not-a-time paidAt'],
    [{ outTradeNo: 'a', paidAt: '2026-01-05T02:00:00.001Z' }, '400 in-the-future paidAt'],
    [{ outTradeNo: 'a', paidAt: '2025-12-29T01:59:59.999Z' }, '409 order-too-old paidAt'],
    // Seconds sent as milliseconds: the time is then in 1970, and the window long over.
    [{ outTradeNo: 'a', paidAt: 1_767_578_395 }, '409 order-too-old paidAt'],
  ])('as %j is refused by its field, and nothing is kept', async (body, refusal) => {
    expect(refusalIn(await register(body))).toBe(refusal);
    expect(shop.world.journal.changedSince(0).orderIds).toEqual([]);
  });
});

describe('the 15 seconds', () => {
  it.each<[string, (paidAgoMs: number) => unknown]>([
    ['ISO 8601', (ago) => iso(ago)],
    ['another zone', (ago) => new Date(nowMs() - ago + 8 * 3_600_000).toISOString().replace('Z', '+08:00')],
    ['milliseconds', (ago) => nowMs() - ago],
  ])('count from the pay time given as %s, to the millisecond', async (_name, paidAt) => {
    await register({ outTradeNo: 'pos-1', paidAt: paidAt(6_000) });
    expect(orderIn(await cancel('pos-1'))).toMatchObject({
      phase: 'armed',
      windowEndsInMs: REVERSE_WINDOW_MS - 6_000,
      actions: ['withdraw'],
      standing: 'open',
    });
    await shop.clock.advance(REVERSE_WINDOW_MS - 6_000 - 1);
    expect(shop.gateway.reversed).toEqual([]);
    await shop.clock.advance(1);
    expect(shop.gateway.reversed).toEqual(['pos-1']);
    await shop.clock.advance(5_000);
    expect(orderIn(await shop.call('GET', '/v1/orders/pos-1'))).toMatchObject({
      phase: 'cancelled',
      outcome: 'closed',
      verdict: 'charge-again',
      standing: 'done',
      attempts: 1,
      actions: [],
    });
  });

  it.each([
    ['2026-01-05T01:59:54Z', 54_999],
    ['2026-01-05T01:59:54.5Z', 54_599],
    ['2026-01-05T01:59:54.123456Z', 54_123],
    ['2026-01-05T01:59Z', 59_999],
  ])('count from the last moment that %s may mean, and the same again is the same order', async (paidAt, lastMs) => {
    await register({ outTradeNo: 'pos-1', paidAt });
    expect((await register({ outTradeNo: 'pos-1', paidAt })).status).toBe(200);
    await cancel('pos-1');
    const leftMs = REVERSE_WINDOW_MS - (60_000 - lastMs);
    await shop.clock.advance(leftMs - 1);
    expect(shop.gateway.reversed).toEqual([]);
    await shop.clock.advance(1);
    expect(shop.gateway.reversed).toEqual(['pos-1']);
  });

  it('count from now where the time means this very second, and the same again is the same order', async () => {
    await shop.clock.advance(400);
    const body = { outTradeNo: 'pos-1', paidAt: '2026-01-05T02:00:00Z' };
    expect(orderIn(await register(body)).paidAt).toBe('2026-01-05T02:00:00.400Z');
    await shop.clock.advance(5_000);
    expect((await register(body)).status).toBe(200);
  });

  it('count from the registration where nobody knows the pay time', async () => {
    await register({ outTradeNo: 'pos-1', paidAt: null });
    await cancel('pos-1');
    await shop.clock.advance(REVERSE_WINDOW_MS - 1);
    expect(shop.gateway.reversed).toEqual([]);
    await shop.clock.advance(1);
    expect(shop.gateway.reversed).toEqual(['pos-1']);
  });

  it('are over for an order of yesterday: its cancel leaves at once', async () => {
    await register({ outTradeNo: 'pos-1', paidAt: iso(86_400_000) });
    await shop.clock.advance(0);
    expect(orderIn(await cancel('pos-1'))).toMatchObject({ windowEndsInMs: null, phase: 'reversing' });
    await shop.clock.advance(0);
    expect(shop.gateway.reversed).toEqual(['pos-1']);
  });
});

describe('a cancel', () => {
  it('twice is the same as once', async () => {
    await register({ outTradeNo: 'pos-1', paidAt: null });
    expect((await cancel('pos-1')).status).toBe(200);
    expect(orderIn(await cancel('pos-1'))).toMatchObject({ phase: 'armed' });
    await shop.clock.advance(20_000);
    expect(orderIn(await cancel('pos-1'))).toMatchObject({ phase: 'cancelled' });
    expect(shop.gateway.reversed).toEqual(['pos-1']);
  });

  it('can be taken back until it leaves, and not after', async () => {
    await register({ outTradeNo: 'pos-1', paidAt: null });
    await cancel('pos-1');
    expect(orderIn(await shop.call('POST', '/v1/orders/pos-1/withdraw', {}))).toMatchObject({ phase: 'paying' });
    await shop.clock.advance(20_000);
    expect(shop.gateway.reversed).toEqual([]);
    await cancel('pos-1');
    await shop.clock.advance(5_000);
    expect(refusalIn(await shop.call('POST', '/v1/orders/pos-1/withdraw'))).toBe('409 too-late -');
  });

  it('of a paid order needs a manager, as at the screen, and the refusal is in the audit trail', async () => {
    shop.gateway.state = 'SUCCESS';
    await register({ outTradeNo: 'pos-1', paidAt: null });
    await shop.clock.advance(100);
    expect(orderIn(await shop.call('GET', '/v1/orders/pos-1'))).toMatchObject({ verdict: 'paid', actions: ['ask'] });
    expect(refusalIn(await cancel('pos-1'))).toBe('409 paid-needs-manager -');
    const last = shop.world.journal.history('pos-1').at(-1);
    const who = `pos:${shop.pos.status().token?.id ?? ''}`;
    expect(last).toMatchObject({
      actor: { who, role: 'cashier' },
      event: { type: 'noted', act: 'cancel-tapped', outcome: 'paid-needs-manager' },
    });
  });

  it('that meets a customer who paid meanwhile waits for somebody at the screen', async () => {
    await register({ outTradeNo: 'pos-1', paidAt: null });
    await cancel('pos-1');
    shop.gateway.state = 'SUCCESS';
    await shop.clock.advance(20_000);
    expect(orderIn(await cancel('pos-1'))).toMatchObject({ phase: 'choosing', verdict: 'do-not-charge', actions: [] });
    expect(shop.gateway.reversed).toEqual([]);
  });

  it('of an order that is not here is refused, and takes nothing in', async () => {
    for (const act of ['cancel', 'withdraw', 'ask']) {
      expect(refusalIn(await shop.call('POST', `/v1/orders/nowhere/${act}`))).toBe('404 order-not-found number');
    }
    expect(refusalIn(await shop.call('GET', '/v1/orders/nowhere'))).toBe('404 order-not-found number');
    expect([shop.gateway.queried, shop.world.journal.changedSince(0).orderIds]).toEqual([[], []]);
  });

  it('is written down under the token’s name, in a cashier’s role', async () => {
    await register({ outTradeNo: 'pos-1', paidAt: null });
    await cancel('pos-1');
    const who = { who: `pos:${shop.pos.status().token?.id ?? ''}`, role: 'cashier' };
    const acts = shop.world.journal.history('pos-1').filter(({ actor }) => actor.who !== 'app');
    expect(acts.map(({ event, actor }) => [event.type, actor])).toEqual([
      ['registered', who],
      ['cancel-tapped', who],
    ]);
  });
});

describe('a disk that is full', () => {
  it('is said, and nothing is half-taken in; once there is room the same call goes through', async () => {
    await shop.close();
    let isFull = true;
    const full = { ok: false, error: { kind: 'disk-full' } } as const;
    shop = await openPosShop((journal) => ({
      ...journal,
      create: (...args) => (isFull ? full : journal.create(...args)),
      commit: (...args) => (isFull ? full : journal.commit(...args)),
    }));
    const body = { outTradeNo: 'pos-1', paidAt: null };
    expect(refusalIn(await register(body))).toBe('503 not-saved -');
    isFull = false;
    expect((await register(body)).status).toBe(201);
    isFull = true;
    expect(refusalIn(await cancel('pos-1'))).toBe('503 not-saved -');
    expect(orderIn(await shop.call('GET', '/v1/orders/pos-1'))).toMatchObject({ phase: 'paying' });
    isFull = false;
    expect(orderIn(await cancel('pos-1'))).toMatchObject({ phase: 'armed' });
  });
});

describe('a bug', () => {
  it('is told by its code alone, is logged, and ends nothing but its own request', async () => {
    await shop.close();
    let isBroken = true;
    shop = await openPosShop((journal) => ({
      ...journal,
      find: (number) => {
        if (isBroken) throw new Error('secret inside');
        return journal.find(number);
      },
    }));
    const broken = await shop.call('GET', '/v1/orders/pos-1');
    expect([refusalIn(broken), JSON.stringify(broken.json).includes('secret')]).toEqual(['500 bug -', false]);
    expect(shop.logged).toMatchObject([[{ error: { message: 'secret inside' } }, 'the till software’s request broke']]);
    isBroken = false;
    expect(refusalIn(await shop.call('GET', '/v1/orders/pos-1'))).toBe('404 order-not-found number');
  });
});

describe('asking', () => {
  it('asks WeChat once, however often it is asked within a few seconds', async () => {
    await register({ outTradeNo: 'pos-1', paidAt: iso(120_000) });
    await shop.clock.advance(100);
    expect(shop.gateway.queried).toHaveLength(1);
    for (let n = 0; n < 5; n += 1) expect((await shop.call('POST', '/v1/orders/pos-1/ask')).status).toBe(200);
    await shop.clock.advance(0);
    expect(shop.gateway.queried).toHaveLength(1);
    await shop.clock.advance(6_000);
    for (let n = 0; n < 5; n += 1) expect((await shop.call('POST', '/v1/orders/pos-1/ask')).status).toBe(200);
    await shop.clock.advance(0);
    expect(shop.gateway.queried).toHaveLength(2);
  });
});

describe('what is unsettled', () => {
  it('is what the terminal is at work on, and what waits for a manager', async () => {
    await register({ outTradeNo: 'only-looked-up', paidAt: null });
    await register({ outTradeNo: 'pos-2', paidAt: null });
    await cancel('pos-2');
    expect((await shop.call('GET', '/v1/orders?unsettled=1')).json).toMatchObject({
      orders: [{ outTradeNo: 'pos-2', phase: 'armed' }],
    });
  });
});
