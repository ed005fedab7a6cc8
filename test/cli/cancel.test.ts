/** `facepay cancel` and related commands against a practice gateway in a process of its own, over real mutual TLS. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { facepay, plain, PracticeProcess, secondsAgo, temporaryFolder } from '../support/command.ts';

let folder: string;
let gateway: PracticeProcess;
let profile: string;
let orders = 0;
let order: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  gateway = await PracticeProcess.start(join(folder, 'gateway'));
  profile = join(folder, 'profile');
  // Queries that hang are given up sooner than in a shop.
  await gateway.setUp(profile, { callTimeoutMs: 1_500 });
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  orders += 1;
  order = `pos-${String(orders)}`;
});

/** An order that may turn out to be paid is refunded, and a refund needs a reason. */
const WHY = ['--reason-code', 'customer-cancelled'];
const cancel = (...args: readonly string[]): ReturnType<typeof facepay> =>
  facepay('cancel', ...args, ...WHY, '--profile', profile);
const paid20sAgo = ['--paid-at', secondsAgo(20)];

const attempt = z.strictObject({
  n: z.number().int(),
  at: z.iso.datetime(),
  host: z.string().nullable(),
  result: z.string().nullable(),
  errCode: z.string().nullable(),
  recall: z.enum(['Y', 'N', 'missing']).nullable(),
});
/** The last line, exactly as promised to scripts; `attempts`, `unknownState`, `refunds` and `ourRefunds` were added later. */
const resultSchema = z.strictObject({
  type: z.literal('result'),
  order: z.strictObject({
    outTradeNo: z.string().nullable(),
    transactionId: z.string().nullable(),
    phase: z.string(),
    recall: z.enum(['Y', 'N', 'missing']).nullable(),
    outcome: z.enum(['closed', 'refunded', 'revoked']).nullable(),
    attempts: z.array(attempt),
    cause: z.string().nullable(),
    lastAnswer: z.string().nullable(),
    unknownState: z.string().nullable(),
    refunds: z.strictObject({ refundedFen: z.number().int(), totalFen: z.number().int() }).nullable(),
    ourRefunds: z.array(z.strictObject({ outRefundNo: z.string(), amountFen: z.number().int(), state: z.string() })),
    amountFen: z.number().int().nullable(),
  }),
});

describe('cancel', () => {
  it('ends 0 with the result once a query has proved it: recall=Y, Y, N, refunded', async () => {
    const { transactionId } = await gateway.seed({ outTradeNo: order, scenario: 'recall-twice' });
    const { exitCode, lines, last } = await cancel(order, ...paid20sAgo);
    const { order: result } = resultSchema.parse(last);
    const { hostname } = new URL('https://127.0.0.1');
    expect(result).toMatchObject({
      outTradeNo: order,
      transactionId,
      phase: 'cancelled',
      recall: 'N',
      outcome: 'refunded',
      lastAnswer: 'REFUND',
    });
    expect(result.attempts.map(({ n, result: said, errCode, recall }) => [n, said, errCode, recall])).toEqual([
      [1, 'SUCCESS', null, 'Y'],
      [2, 'SUCCESS', null, 'Y'],
      [3, 'SUCCESS', null, 'N'],
    ]);
    expect(result.attempts.every(({ host }) => host?.startsWith(`${hostname}:`))).toBe(true);
    expect(exitCode).toBe(0);
    expect(lines.slice(0, -1).every(({ type }) => type === 'timeline')).toBe(true);
    expect(await gateway.order(order)).toMatchObject({ state: 'REFUND', paidFen: 100, refundedFen: 100, reverses: 3 });
    expect(await gateway.violations()).toEqual([]);
  });

  it('ends 0 with "closed" where nothing was ever charged, and says it again when asked again', async () => {
    await gateway.seed({ outTradeNo: order, state: 'NOTPAY' });
    const first = await cancel(order, ...paid20sAgo);
    expect(resultSchema.parse(first.last).order).toMatchObject({ phase: 'cancelled', outcome: 'closed', recall: 'N' });
    expect(first.exitCode).toBe(0);
    const again = await cancel(order);
    expect(resultSchema.parse(again.last)).toEqual(first.last);
    expect(again.exitCode).toBe(0);
    expect(await gateway.reversesOf(order)).toHaveLength(1);
  });

  it('tells people the same in words', async () => {
    await gateway.seed({ outTradeNo: order, state: 'NOTPAY' });
    const { exitCode, out, err } = await plain('cancel', order, ...paid20sAgo, '--profile', profile);
    expect(out).toMatch(
      /reverse-left #1\n[\s\S]*recall=N[\s\S]*\npos-\d+: cancelled, not charged \(proved by CLOSED\)\n$/,
    );
    expect(err).toBe('');
    expect(exitCode).toBe(0);
  });

  it('takes WeChat’s number alone and learns the merchant’s', async () => {
    const { transactionId } = await gateway.seed({ outTradeNo: order });
    const { exitCode, last } = await cancel('--transaction-id', transactionId, ...paid20sAgo);
    expect(resultSchema.parse(last).order).toMatchObject({
      outTradeNo: order,
      transactionId,
      phase: 'cancelled',
      outcome: 'refunded',
    });
    expect(exitCode).toBe(0);
  });

  it('stays with an order that the terminal knows already under its other number', async () => {
    const { transactionId } = await gateway.seed({ outTradeNo: order, scenario: 'charged-silently' });
    // Queries hang until the first reverse, so this entry never learns WeChat's number.
    expect((await cancel(order, ...paid20sAgo, '--wait', '0')).exitCode).toBe(3);
    const { exitCode, last } = await cancel('--transaction-id', transactionId, ...paid20sAgo);
    expect(resultSchema.parse(last).order).toMatchObject({
      outTradeNo: order,
      phase: 'cancelled',
      outcome: 'refunded',
    });
    expect(exitCode).toBe(0);
    expect(await gateway.order(order)).toMatchObject({ state: 'REFUND' });
  });

  it('is not lost where two entries turn out to be one order, and each learns the other’s number', async () => {
    const { transactionId } = await gateway.seed({ outTradeNo: order, scenario: 'charged-silently' });
    expect((await cancel(order, ...paid20sAgo, '--wait', '0')).exitCode).toBe(3);
    await gateway.seed({ outTradeNo: order, transactionId, scenario: 'recall-twice' });
    const { exitCode, last } = await cancel('--transaction-id', transactionId, ...paid20sAgo);
    expect(resultSchema.parse(last).order).toMatchObject({
      outTradeNo: order,
      transactionId,
      phase: 'cancelled',
      outcome: 'refunded',
    });
    expect(exitCode).toBe(0);
    expect(await gateway.order(order)).toMatchObject({ state: 'REFUND' });
  });

  it('refunds nothing without a reason: an order that turns out paid ends with 4 and waits, an order known to be paid is refused; with a reason it is refunded', async () => {
    await gateway.seed({ outTradeNo: order });
    const without = (): ReturnType<typeof facepay> => facepay('cancel', order, ...paid20sAgo, '--profile', profile);
    const first = await without();
    expect([first.exitCode, resultSchema.parse(first.last).order]).toMatchObject([
      4,
      { phase: 'choosing', attempts: [] },
    ]);
    const again = await without();
    expect([again.exitCode, resultSchema.parse(again.last).order.phase]).toEqual([4, 'choosing']);
    expect(await gateway.order(order)).toMatchObject({ state: 'SUCCESS', reverses: 0 });
    const { exitCode, last } = await cancel(order, ...paid20sAgo);
    expect([exitCode, resultSchema.parse(last).order]).toMatchObject([0, { phase: 'cancelled', outcome: 'refunded' }]);

    const known = `${order}-known`;
    await gateway.seed({ outTradeNo: known });
    await facepay('query', known, '--profile', profile);
    const refused = await facepay('cancel', known, '--profile', profile);
    expect([refused.exitCode, refused.last]).toMatchObject([
      4,
      { type: 'error', field: 'ORDER', code: 'reason-needed' },
    ]);
    expect(await gateway.reversesOf(known)).toEqual([]);
  });

  it('cancels what was never paid without a reason, like a tap at the till', async () => {
    await gateway.seed({ outTradeNo: order, state: 'NOTPAY' });
    const { exitCode, last } = await facepay('cancel', order, ...paid20sAgo, '--profile', profile);
    expect([exitCode, resultSchema.parse(last).order]).toMatchObject([0, { phase: 'cancelled', outcome: 'closed' }]);
  });

  it('does not reverse within 15 s of learning of an order whose age nobody gives', async () => {
    await gateway.seed({ outTradeNo: order });
    const { exitCode, last } = await cancel(order, '--wait', '1');
    expect(resultSchema.parse(last).order).toMatchObject({ phase: 'armed', recall: null, outcome: null, attempts: [] });
    expect(exitCode).toBe(3);
    expect(await gateway.reversesOf(order)).toEqual([]);
  });

  it('ends 3 when the wait is over, and resume finishes the same order later', async () => {
    await gateway.seed({ outTradeNo: order, scenario: 'recall-twice' });
    const other = join(temporaryFolder(), 'profile');
    await gateway.setUp(other);
    const waited = await facepay('cancel', order, ...paid20sAgo, ...WHY, '--wait', '1', '--profile', other);
    expect(resultSchema.parse(waited.last).order).toMatchObject({ phase: 'reversing', outcome: null });
    expect(waited.exitCode).toBe(3);
    const stuck = await facepay('orders', '--stuck', '--profile', other);
    expect(stuck.lines).toMatchObject([
      { type: 'order', order: { outTradeNo: order, phase: 'reversing' } },
      { type: 'driver', state: 'nobody', pid: null },
    ]);

    const resumed = await facepay('resume', '--profile', other);
    expect(resumed.last).toMatchObject({
      type: 'order',
      order: { outTradeNo: order, phase: 'cancelled', outcome: 'refunded' },
    });
    expect(resumed.exitCode).toBe(0);
    expect((await facepay('orders', '--stuck', '--profile', other)).lines).toEqual([]);
    expect((await facepay('orders', '--profile', other)).lines).toMatchObject([
      { order: { outTradeNo: order, phase: 'cancelled' } },
    ]);
  });

  it.each([
    ['expired', 'REVERSE_EXPIRE', 'expired'],
    ['sign-error', 'SIGNERROR', 'signature'],
  ])('ends 4 with its cause where a manager is needed (%s)', async (scenario, errCode, cause) => {
    await gateway.seed({ outTradeNo: order, scenario });
    const { exitCode, last } = await cancel(order, ...paid20sAgo);
    const { order: result } = resultSchema.parse(last);
    expect(result).toMatchObject({
      phase: 'attention',
      cause,
      outcome: null,
      attempts: [{ n: 1, result: 'FAIL', errCode, recall: 'N' }],
    });
    expect(exitCode).toBe(4);
    const stuck = await facepay('orders', '--stuck', '--profile', profile);
    expect(
      stuck.lines
        .filter(({ type }) => type === 'order')
        .map((line) => z.object({ outTradeNo: z.string() }).parse(line['order']).outTradeNo),
    ).toContain(order);
  });

  it('goes on where the API key is wrong, which is a manager’s after minutes: no reply counts, and none is believed', async () => {
    await gateway.seed({ outTradeNo: order });
    const other = join(temporaryFolder(), 'profile');
    await gateway.setUp(other, { apiKey: 'x'.repeat(32) });
    const { exitCode, last } = await facepay('cancel', order, ...paid20sAgo, ...WHY, '--wait', '3', '--profile', other);
    expect(resultSchema.parse(last).order).toMatchObject({ phase: 'reversing', cause: null, outcome: null });
    expect(exitCode).toBe(3);
    expect(await gateway.order(order)).toMatchObject({ state: 'SUCCESS', refundedFen: 0 });
  });
});
