/** `facepay refund` against a practice gateway in a process of its own, over real mutual TLS. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCommandLine } from '../../electron/cli/arguments.ts';
import type { Scenario } from '../../shared/practice/scenarios.ts';
import { facepay, plain, PracticeProcess, secondsAgo } from '../support/command.ts';

const DAY_S = 86_400;
let folder: string;
let gateway: PracticeProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  gateway = await PracticeProcess.start(join(folder, 'gateway'));
  // The others are copies of it.
  await gateway.setUp(join(folder, 'first'));
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Each order has a terminal of its own, so that every command drives what it begins. */
const profileOf = (order: string): string => join(folder, order);

async function paid(outTradeNo: string, scenario: Scenario = 'paid', agoS = 60): Promise<void> {
  await gateway.setUp(profileOf(outTradeNo));
  await gateway.seed({ outTradeNo, scenario, state: 'SUCCESS', amountFen: 1_250, paidAt: secondsAgo(agoS) });
}
const refund = (order: string, ...args: readonly string[]): ReturnType<typeof facepay> =>
  facepay('refund', order, '--reason-code', 'wrong-amount', '--profile', profileOf(order), ...args);
const requests = async (order: string): Promise<readonly Readonly<Record<string, string>>[]> =>
  (await gateway.requestsTo('/secapi/pay/refund', order)).map(({ fields }) => fields);

describe.concurrent('refund', () => {
  it('gives a part back under a number of this terminal’s, and says "on its way" until WeChat says that it arrived', async () => {
    await paid('part');
    const { exitCode, last, lines } = await refund('part', '--amount', '3.50', '--wait', '2');
    expect([exitCode, last]).toMatchObject([
      3,
      { type: 'refund', amountFen: 350, state: 'accepted', outRefundNo: expect.stringMatching(/^partR1_\d{15}$/), refundId: expect.any(String) },
    ]); // prettier-ignore
    expect(lines.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['refund-asked', 'refund-left', 'refund-answered']),
    );
    expect(await requests('part')).toMatchObject([{ refund_fee: '350', total_fee: '1250' }]);
    // Meanwhile the order is neither cancelled nor can it be.
    const cancel = await facepay(
      'cancel',
      'part',
      '--reason-code',
      'duplicate',
      '--profile',
      profileOf('part'),
      '--wait',
      '1',
    );
    expect([cancel.exitCode, cancel.last]).toMatchObject([2, { code: 'has-refund' }]);
    expect(await gateway.order('part')).toMatchObject({ refundedFen: 350, reverses: 0 });
    const waited = await facepay('query', 'part', '--profile', profileOf('part'));
    expect(waited.exitCode).toBe(0);
  });

  it('of all that is left of an order from last week ends 0 once it has arrived', async () => {
    await paid('whole', 'paid', 8 * DAY_S);
    const { exitCode, last } = await refund(
      'whole',
      '--amount',
      'all',
      '--paid-at',
      secondsAgo(8 * DAY_S),
      '--wait',
      '100',
    );
    expect([exitCode, last]).toMatchObject([0, { type: 'refund', amountFen: 1_250, state: 'paid' }]);
    expect(await gateway.order('whole')).toMatchObject({ refundedFen: 1_250, reverses: 0 });
    const listed = await facepay('orders', '--number', 'whole', '--profile', profileOf('whole'));
    expect(listed.last).toMatchObject({ order: { phase: 'cancelled', outcome: 'refunded' } });
  });

  it('of the whole of a young order is refused: it goes back by cancelling it', async () => {
    await paid('young');
    const { exitCode, last } = await refund('young', '--amount', 'all');
    expect([exitCode, last]).toMatchObject([2, { field: 'ORDER', code: 'reverse-instead' }]);
    expect((await refund('young', '--amount', '12.51')).last).toMatchObject({
      field: '--amount',
      code: 'refund-too-much',
    });
    expect(await requests('young')).toEqual([]);
  });

  it('that the account is too empty for stands before a manager, and goes out again under the same number', async () => {
    await paid('poor', 'refund-no-balance');
    const first = await refund('poor', '--amount', '1', '--wait', '20');
    expect([first.exitCode, first.last]).toMatchObject([
      4,
      { state: 'attention', cause: 'not-enough', errCode: 'NOTENOUGH' },
    ]);
    expect((await refund('poor', '--amount', '2', '--wait', '1')).last).toMatchObject({ code: 'refund-under-way' });
    const again = await refund('poor', '--again', '--wait', '68');
    expect([again.exitCode, again.last]).toMatchObject([3, { state: 'accepted', amountFen: 100 }]);
    const numbers = (await requests('poor')).map(({ out_refund_no }) => out_refund_no);
    expect([numbers.length, new Set(numbers).size]).toEqual([2, 1]);
  });

  it('whose answer is lost is asked about, and not sent twice', async () => {
    await paid('lost', 'refund-lost');
    const { exitCode, last } = await refund('lost', '--amount', '5', '--wait', '40');
    expect([exitCode, last]).toMatchObject([3, { state: 'accepted' }]);
    expect(await requests('lost')).toHaveLength(1);
  });

  it('of an order that nobody knows, or that is not paid, is refused', async () => {
    await gateway.setUp(profileOf('nobody'));
    expect((await refund('nobody', '--amount', '1', '--wait', '20')).last).toMatchObject({ code: 'refund-impossible' });
    await gateway.setUp(profileOf('unpaid'));
    await gateway.seed({ outTradeNo: 'unpaid', state: 'NOTPAY', paidAt: secondsAgo(60) });
    expect((await refund('unpaid', '--amount', '1', '--wait', '20')).last).toMatchObject({ code: 'refund-impossible' });
  });

  it('is told to a person in words', async () => {
    await paid('told');
    const { out } = await plain('refund', 'told', '--amount', '0.01', '--reason-code', 'duplicate', '--profile', profileOf('told'), '--wait', '2'); // prettier-ignore
    expect(out).toMatch(/Refund toldR1_\d{15} of ¥0\.01: on its way/);
  });
});

it.each([
  [['refund', 'a', '--reason-code', 'duplicate'], '--amount', 'missing'],
  [['refund', 'a', '--amount', '0', '--reason-code', 'duplicate'], '--amount', 'not-a-sum'],
  [['refund', 'a', '--amount', 'all'], '--reason-code', 'missing'],
  [['refund', '--amount', 'all', '--reason-code', 'duplicate'], 'ORDER', 'both-missing'],
  [['refund', 'a', '--again', '--amount', '1', '--reason-code', 'duplicate'], '--amount', 'again-has-its-sum'],
])('the line %j is refused by name', (args, field, code) => {
  const read = readCommandLine(args, 0);
  expect(read).toMatchObject({ ok: false, error: [{ field, code }] });
});
