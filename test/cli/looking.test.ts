/** `facepay query` and `facepay orders`: they only read, and send nothing that moves money. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beijingDay, dayToIso } from '../../shared/beijing-day.ts';
import { facepay, plain, PracticeProcess, secondsAgo, temporaryFolder } from '../support/command.ts';

let folder: string;
let gateway: PracticeProcess;
let profile: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  gateway = await PracticeProcess.start(join(folder, 'gateway'));
  profile = join(folder, 'profile');
  await gateway.setUp(profile, { callTimeoutMs: 1_000 });
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
});

const query = (...args: readonly string[]): ReturnType<typeof facepay> =>
  facepay('query', ...args, '--profile', profile);

describe('query', () => {
  it.each([
    ['SUCCESS', 'paid'],
    ['NOTPAY', 'paying'],
    ['REFUND', 'cancelled'],
    ['CLOSED', 'cancelled'],
    ['REVOKED', 'cancelled'],
    // With this state some customers were charged all the same: only a cancel proves that nothing stays
    // (electron/wechat/README.md, "After a doubtful payment").
    ['PAYERROR', 'paying'],
  ])('says what WeChat says of an order paid elsewhere (%s), once', async (state, phase) => {
    await gateway.seed({ outTradeNo: `look-${state}`, state });
    const { exitCode, last } = await query(`look-${state}`);
    expect(last).toMatchObject({
      type: 'result',
      order: { outTradeNo: `look-${state}`, phase, lastAnswer: state, attempts: [] },
    });
    expect(exitCode).toBe(0);
    expect(await gateway.order(`look-${state}`)).toMatchObject({ state, reverses: 0, queries: 1 });
  });

  it('asks by WeChat’s number as well', async () => {
    const { transactionId } = await gateway.seed({ outTradeNo: 'look-by-id' });
    const { exitCode, last } = await query('--transaction-id', transactionId);
    expect(last).toMatchObject({ order: { outTradeNo: 'look-by-id', transactionId, phase: 'paid', amountFen: 100 } });
    expect(exitCode).toBe(0);
  });

  it('says that WeChat does not know a number, and that is an answer', async () => {
    const { exitCode, last } = await query('look-nowhere');
    expect(last).toMatchObject({ order: { outTradeNo: 'look-nowhere', phase: 'not-found', lastAnswer: 'NOTFOUND' } });
    expect(exitCode).toBe(0);
  });

  it('asks again each time', async () => {
    await gateway.seed({ outTradeNo: 'look-twice', state: 'NOTPAY' });
    expect((await query('look-twice')).last).toMatchObject({ order: { phase: 'paying', lastAnswer: 'NOTPAY' } });
    await gateway.seed({ outTradeNo: 'look-twice', state: 'SUCCESS' });
    expect((await query('look-twice')).last).toMatchObject({ order: { phase: 'paid', lastAnswer: 'SUCCESS' } });
  });

  it('ends 3 where no answer comes', async () => {
    await gateway.seed({ outTradeNo: 'look-silence', scenario: 'charged-silently' });
    const { exitCode, last } = await query('look-silence');
    expect(last).toMatchObject({ order: { phase: 'paying', lastAnswer: null } });
    expect(exitCode).toBe(3);
  });

  it('does not believe somebody else’s order', async () => {
    await gateway.seed({ outTradeNo: 'look-stranger', scenario: 'wrong-order' });
    const { exitCode, last } = await query('look-stranger');
    expect(last).toMatchObject({ order: { phase: 'paying', transactionId: null, amountFen: null, lastAnswer: null } });
    expect(exitCode).toBe(3);
  });

  it('finds the entry that is known under the other number', async () => {
    const { transactionId } = await gateway.seed({ outTradeNo: 'look-both', scenario: 'charged-silently' });
    expect((await query('look-both')).exitCode).toBe(3);
    await gateway.seed({ outTradeNo: 'look-both', state: 'NOTPAY' });
    await gateway.seed({ outTradeNo: 'look-both', state: 'SUCCESS', transactionId });
    const { exitCode, last } = await query('--transaction-id', transactionId);
    expect(last).toMatchObject({ order: { outTradeNo: 'look-both', transactionId, phase: 'paid' } });
    expect(exitCode).toBe(0);
  });
});

describe('orders', () => {
  it('lists nothing where there is nothing, and says so', async () => {
    const empty = join(temporaryFolder(), 'profile');
    expect(await plain('orders', '--profile', empty)).toEqual({ exitCode: 0, out: 'No orders.\n', err: '' });
  });

  it('lists every order newest first, and only the stuck ones with --stuck', async () => {
    const own = join(temporaryFolder(), 'profile');
    await gateway.setUp(own);
    await gateway.seed({ outTradeNo: 'list-paid', amountFen: 75 });
    await gateway.seed({ outTradeNo: 'list-expired', scenario: 'expired' });
    await gateway.seed({ outTradeNo: 'list-armed' });
    await facepay('query', 'list-paid', '--profile', own);
    await facepay(
      'cancel',
      'list-expired',
      '--paid-at',
      secondsAgo(20),
      '--reason-code',
      'duplicate',
      '--profile',
      own,
    );
    await facepay('cancel', 'list-armed', '--reason-code', 'duplicate', '--wait', '0', '--profile', own);
    const listed = async (...args: string[]): Promise<readonly unknown[]> =>
      (await facepay('orders', ...args, '--profile', own)).lines;
    expect(await listed()).toMatchObject([
      { type: 'order', order: { outTradeNo: 'list-armed', phase: 'armed' } },
      { type: 'order', order: { outTradeNo: 'list-expired', phase: 'attention', cause: 'expired' } },
      { type: 'order', order: { outTradeNo: 'list-paid', phase: 'paid', amountFen: 75 } },
    ]);
    expect(await listed('--stuck')).toMatchObject([
      { order: { outTradeNo: 'list-expired' } },
      { order: { outTradeNo: 'list-armed' } },
      { type: 'driver', state: 'nobody' },
    ]);
    const { out } = await plain('orders', '--profile', own);
    expect(await listed('--number', 'PAID')).toMatchObject([{ order: { outTradeNo: 'list-paid' } }]);
    expect(await listed('--number', 'list', '--state', 'attention,armed', '--limit', '1')).toMatchObject([
      { order: { outTradeNo: 'list-armed' } },
    ]);
    expect(await listed('--amount', '0.50-0.99', '--day', dayToIso(beijingDay(Date.now())))).toMatchObject([
      { order: { outTradeNo: 'list-paid' } },
    ]);
    expect(await listed('--day', '2020-01-01')).toEqual([]);
    expect(out.split('\n')[2]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}list-paid +¥0\.75 {2}paid$/);
  });

  it('names each part of a filter that is wrong, and looks at nothing', async () => {
    const fields = async (...args: string[]): Promise<unknown> => {
      const { exitCode, lines } = await facepay('orders', ...args, '--profile', join(temporaryFolder(), 'profile'));
      expect(exitCode).toBe(2);
      return lines.map(({ field, code }) => [field, code]);
    };
    expect(
      await fields('--number', 'a b', '--day', '2026-02-30', '--state', 'lost', '--amount', '1.234', '--limit', '0'),
    ).toEqual([
      ['--number', 'bad-characters'],
      ['--day', 'not-a-day'],
      ['--state', 'unknown-state'],
      ['--amount', 'not-an-amount'],
      ['--limit', 'not-a-limit'],
    ]);
    expect(await fields('--stuck', '--day', '2026-02-03')).toEqual([['--stuck', 'not-with-filters']]);
  });
});
