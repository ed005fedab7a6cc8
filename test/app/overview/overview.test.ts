/** The manager's first page, through the only entry for commands, over a real practice terminal. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dispatch, type DispatchContext } from '../../../electron/app/dispatch.ts';
import { dayRecords } from '../../../electron/app/bill/day-records.ts';
import { billsFolderOf } from '../../../electron/app/bill/kept-bills.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import { dayStartMs } from '../../../shared/beijing.ts';
import { overviewSchema, type Overview } from '../../../shared/contract/overview.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { fillJournal } from '../../support/orders/big-journal.ts';
import { write, type MadeOrder } from '../../support/orders/made-orders.ts';
import { openPracticeTerminal } from '../../support/terminal/practice-terminal.ts';
import { ownFolder } from '../../support/terminal/staff.ts';

const HOUR_MS = 3_600_000;
/** Two hours after midnight in Beijing, which is still the day before in UTC. */
const NOW = dayStartMs('2026-11-24') + 2 * HOUR_MS;

let folder: string;
let services: Services;
let context: DispatchContext;
let stop: () => Promise<void>;

async function start(): Promise<void> {
  ({ services, context, stop } = await openPracticeTerminal(folder, new FakeClock(NOW)));
}
beforeEach(async () => {
  folder = ownFolder();
  await start();
});
afterEach(() => stop());

async function overview(): Promise<Overview> {
  const reply = await dispatch(context, { who: 'screen', role: 'manager' }, 'overview.read', {});
  if (!reply.ok) throw new Error(reply.code);
  return overviewSchema.parse(reply.value);
}

let made = 0;
function order(
  createdAtMs: number,
  phase: MadeOrder['phase'] = { name: 'paid' },
  amountFen: number | null = 100,
): void {
  made += 1;
  write(services.journal, { orderId: `order-${String(made)}`, amountFen, createdAtMs, phase });
}

it('sums up the orders of today in Beijing, and what is in doubt from any day', async () => {
  order(NOW - 2 * HOUR_MS - 1);
  order(NOW - 2 * HOUR_MS);
  order(NOW);
  order(NOW, { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' }, 30);
  order(NOW, { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' }, 40);
  order(NOW - 900 * HOUR_MS, { name: 'attention', cause: 'expired', errCode: null }, 5_000);
  order(NOW - 900 * HOUR_MS, { name: 'attention', cause: 'expired', errCode: null }, null);
  order(NOW, { name: 'paying' }, 700);
  expect(await overview()).toEqual({
    day: '2026-11-24',
    paid: { count: 2, fen: 200 },
    cancelled: { count: 1, fen: 30 },
    refunded: { count: 1, fen: 40 },
    inDoubt: { count: 3, fen: 5_700 },
    waiting: 2,
    lastBill: null,
    bills: { days: [], inDoubt: { count: 0, fen: 0 } },
    certificateDays: null,
  });
});

it('reads no more for a day than that day has, however many orders there were before', async () => {
  await stop();
  fillJournal(profileIn(folder).journal('practice'), 60_000, NOW, 60_000);
  await start();
  const tally = services.search.tally({ fromMs: dayStartMs('2026-11-24'), toMs: dayStartMs('2026-11-25') });
  expect(tally.left()).toBe(true);
  tally.look(1);
  expect(tally.left()).toBe(false);
  const { paid } = await overview();
  expect(paid.count).toBeGreaterThan(0);
  expect(paid.count).toBeLessThan(60);
});

it('says what the bills came to that no manager has seen, after a restart too, and forgives a damaged file', async () => {
  const path = join(billsFolderOf(profileIn(folder).bills('practice'), services.merchant), 'days.json');
  const records = dayRecords(path, () => NOW);
  const none = { count: 0, fen: 0 };
  const compared = (day: string, differing: number, fen: number): void => {
    const counts = differing === 0 ? [] : [{ kind: 'amount-differs' as const, count: differing }];
    const sums = { paid: none, cancelled: none, refunded: none, inDoubt: { count: differing, fen } };
    const rest = { rows: 1, otherDays: 0, odd: { count: 0, shown: [] }, matched: 1, paidFen: 0, refundedFen: 0 };
    records.compared({ ...rest, day, sums, counts, others: { rows: 0, paidFen: 0 }, differences: [] }, 'wechat');
  };
  compared('2026-11-23', 2, 300);
  compared('2026-11-21', 1, 50);
  compared('2026-11-20', 0, 0);
  await stop();
  await start();
  const { lastBill, bills } = await overview();
  expect(lastBill).toEqual({ day: '2026-11-23', differing: 2 });
  expect(bills).toEqual({ days: ['2026-11-21', '2026-11-23'], inDoubt: { count: 3, fen: 350 } });
  records.seen('2026-11-23');
  // The same day again, unchanged: what was seen stays seen.
  compared('2026-11-23', 2, 300);
  expect((await overview()).bills.days).toEqual(['2026-11-21']);
  compared('2026-11-23', 3, 900);
  expect((await overview()).bills.days).toEqual(['2026-11-21', '2026-11-23']);
  for (const suffix of ['', '.kept']) writeFileSync(path + suffix, '{"v":1,"records":[{}]}');
  expect((await overview()).lastBill).toBeNull();
});
