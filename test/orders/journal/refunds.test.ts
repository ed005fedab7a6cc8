/** How the journal finds refunds: by number, and those that are not over when a process begins to drive it. */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newOutRefundNo } from '../../../electron/orders/engine/order-number.ts';
import { headPathOf } from '../../../electron/orders/journal/chain-head.ts';
import type { Journal, Stored } from '../../../electron/orders/journal/journal.ts';
import { THE_APP } from '../../../electron/orders/machine/actor.ts';
import { orderEntered, type Order } from '../../../electron/orders/machine/order.ts';
import type { Refund } from '../../../electron/orders/machine/refund.ts';
import { openJournal } from '../../../electron/orders/open-journal.ts';
import { temporaryFolder } from '../../support/command.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { mended } from '../../support/orders/mended.ts';
import { TEST_KEY } from '../../support/secrets/audit-keys.ts';

const PAGE = 4_096;
const TIMER = { atMs: 2, actor: THE_APP, event: { type: 'timer' }, effects: [] } as const;
const PHASES: Readonly<Record<string, Refund['phase']>> = {
  asked: { name: 'asked', afterQuery: 0 },
  sending: { name: 'sending', dueMonoMs: null, refused: null },
  accepted: { name: 'accepted', at: { wallMs: 1, monoMs: 1, run: 'a' }, asks: 0 },
  stuck: { name: 'stuck', status: 'CHANGE', asks: 0 },
  attention: { name: 'attention', cause: 'not-enough', errCode: 'NOTENOUGH' },
  failed: { name: 'failed', why: 'closed', errCode: null, notedAtMs: null },
  noted: { name: 'failed', why: 'closed', errCode: null, notedAtMs: 5 },
  paid: { name: 'paid' },
  settled: { name: 'settled' },
};

let path: string;
let journal: Journal;
const clock = new FakeClock();

function opened(): Journal {
  const result = openJournal(path, 'practice', clock.read().wallMs, TEST_KEY);
  if (!result.ok) throw new Error(result.error);
  return result.value.journal;
}

beforeEach(() => {
  path = join(temporaryFolder(), 'journal.sqlite');
  journal = opened();
});
afterEach(() => {
  journal.close();
});

const refund = (outRefundNo: string, phase: Refund['phase']): Refund => ({
  ...{ outRefundNo, fen: 10, totalFen: 100, account: null, by: 'manager', askedAtMs: 1, phase },
  request: { count: 1, out: null, lastAt: null, inDoubt: false },
  look: { count: 0, out: null, dueMonoMs: null, silences: 0 },
  ...{ refundId: null, customerFen: null, arrivedAt: null, arrivedTo: null },
});

function paid(orderId: string): Stored {
  const ids = { orderId, outTradeNo: orderId, transactionId: null, family: 'facepay', amountFen: 100 } as const;
  const order: Order = { ...orderEntered(ids, null, clock.read()), phase: { name: 'paid' }, knownPaid: true };
  const made = journal.create(order, [{ ...TIMER, event: { type: 'registered' } }]);
  if (!made.ok) throw new Error(made.error.kind);
  return made.value;
}

const refunded = (stored: Stored, ...refunds: Refund[]): ReturnType<Journal['commit']> =>
  journal.commit(stored, { ...stored.order, ourRefunds: refunds }, [TIMER]);

it('an order with a refund that is not over is found after a restart, and one whose refunds are over is not', () => {
  for (const [name, phase] of Object.entries(PHASES))
    expect(refunded(paid(name), refund(`R-${name}`, phase)).ok).toBe(true);
  journal.close();
  journal = opened();
  const { orders, unreadable } = journal.refunding();
  expect(unreadable).toEqual([]);
  expect(orders.map(({ order }) => order.orderId).sort()).toEqual(OPEN);
  // What becomes of a refund is no part of its order's own state.
  expect(journal.open().orders).toEqual([]);
});

it('a refund is found by its number, and nobody else’s is', () => {
  refunded(paid('a'), refund('R-1', { name: 'paid' }), refund('R-2', { name: 'paid' }));
  expect(journal.findRefund('R-2')?.order.orderId).toBe('a');
  expect(journal.findRefund('R-3')).toBeNull();
});

it('a number of another order’s refund is refused, and nothing is written', () => {
  refunded(paid('a'), refund('R-1', { name: 'paid' }));
  const other = paid('b');
  expect(refunded(other, refund('R-1', { name: 'paid' }))).toEqual({
    ok: false,
    error: { kind: 'duplicate', orderId: 'a' },
  });
  expect(journal.load('b')?.order.ourRefunds).toEqual([]);
});

/** Fills a page of the file with what no page holds. */
function overwrite(page: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(PAGE, 0xff), 0, PAGE, (page - 1) * PAGE);
  closeSync(file);
}

const OPEN = ['accepted', 'asked', 'attention', 'failed', 'sending', 'stuck'];

it.each([
  ['is rebuilt', 'rebuilt', (): void => undefined],
  [
    'whose chain has lost its head takes over the orders that can be read',
    'taken-over',
    (): void => {
      rmSync(headPathOf(path));
    },
  ],
] as const)('a damaged journal %s, with the refunds that are not over', async (_name, how, harm) => {
  for (const [name, phase] of Object.entries(PHASES)) refunded(paid(name), refund(`R-${name}`, phase));
  journal.close();
  harm();
  overwrite(1);
  const again = await mended(path, clock);
  ({ journal } = again);
  expect(again.mended).toBe(how);
  expect(
    journal
      .refunding()
      .orders.map(({ order }) => order.orderId)
      .sort(),
  ).toEqual(OPEN);
  expect(journal.findRefund('R-sending')?.order.orderId).toBe('sending');
});

it('new numbers carry the order, the how-many-th refund it is and the terminal, and fit WeChat’s field', () => {
  const { order } = paid('20261128120000271828182845');
  const one = newOutRefundNo(order, '314159265', () => 42);
  expect(one).toBe('20261128120000271828182845R1_314159265000042');
  const longest = newOutRefundNo(
    { outTradeNo: 'x'.repeat(32), transactionId: null, ourRefunds: [] },
    '9'.repeat(9),
    () => 0,
  );
  expect(longest.length).toBeLessThanOrEqual(64);
  expect(newOutRefundNo({ ...order, outTradeNo: null, transactionId: '42' }, '1', () => 7)).toMatch(/^42R1_/);
});
