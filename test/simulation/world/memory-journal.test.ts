/**
 * The simulation's journal keeps the promises of the real one: the same acts on both give the same answers and the same
 * content.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { THE_APP } from '../../../electron/orders/machine/actor.ts';
import type { OrderEvent } from '../../../electron/orders/machine/event.ts';
import { openJournal } from '../../../electron/orders/open-journal.ts';
import type { Journal, Stored } from '../../../electron/orders/journal/journal.ts';
import { orderEntered, restsAs, type Order, type Phase } from '../../../electron/orders/machine/order.ts';
import { TEST_KEY } from '../../support/secrets/audit-keys.ts';
import { LONG } from '../../support/slice.ts';
import { MemoryDisk } from './memory-journal.ts';

const NOW = { wallMs: 1_770_000_000_000, monoMs: 5_000, run: 'run-1' };
const NUMBERS = [null, 'a', 'b', 'c'] as const;
const IDS = ['one', 'two', 'three'] as const;
const PHASES: readonly Phase[] = [
  { name: 'paying' },
  { name: 'paid' },
  { name: 'reversing', dueMonoMs: 6_000 },
  { name: 'attention', cause: 'refused', errCode: null },
  { name: 'settled', reason: 'by the manager' },
  ...IDS.map((orderId) => ({ name: 'settled' as const, reason: `same-as:${orderId}` })),
];

const act = fc.record({
  kind: fc.constantFrom('create' as const, 'commit' as const, 'commit-stale' as const),
  orderId: fc.constantFrom(...IDS),
  outTradeNo: fc.constantFrom(...NUMBERS),
  transactionId: fc.constantFrom(...NUMBERS).map((number) => (number === null ? null : `4200${number}`)),
  phase: fc.constantFrom(...PHASES),
});

function done(
  journal: Journal,
  { kind, orderId, outTradeNo, transactionId, phase }: typeof act extends fc.Arbitrary<infer Act> ? Act : never,
): unknown {
  const event: OrderEvent = { type: kind === 'create' ? 'registered' : 'timer' };
  const entered = orderEntered({ orderId, outTradeNo, transactionId, family: 'facepay', amountFen: null }, null, NOW);
  if (kind === 'create') return journal.create(entered, [{ atMs: NOW.wallMs, actor: THE_APP, event, effects: [] }]);
  const stored = journal.load(orderId);
  if (stored === null) return 'no such order';
  // An entry that rests as another order keeps resting, with the numbers it had.
  const changed: Order = restsAs({ ...entered, phase }) === null ? { ...entered, phase } : { ...stored.order, phase };
  const order: Order =
    restsAs(stored.order) === null ? changed : { ...stored.order, knownPaid: !stored.order.knownPaid };
  const from: Stored = kind === 'commit' ? stored : { ...stored, version: stored.version + 7 };
  return journal.commit(from, order, [
    { atMs: NOW.wallMs, actor: THE_APP, event, effects: [{ kind: 'send-query', n: 1 }] },
  ]);
}

const everythingIn = (journal: Journal): unknown => ({
  orders: IDS.map((orderId) => [
    journal.load(orderId),
    journal.history(orderId).map(({ event, effects, phase }) => ({ event, effects, phase })),
  ]),
  found: ['a', 'b', 'c', '4200a', '4200b', '4200c'].map((number) => journal.find(number)),
  open: journal
    .open()
    .orders.map(({ order }) => order.orderId)
    .sort(),
  changed: [...journal.changedSince(0).orderIds].sort(),
});

test('whatever is written to both, they answer alike and hold the same', () => {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-model-'));
  let files = 0;
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      const opened = openJournal(join(folder, `${String((files += 1))}.sqlite`), 'practice', NOW.wallMs, TEST_KEY);
      if (!opened.ok) throw new Error(opened.error);
      const { journal } = opened.value;
      const model = new MemoryDisk().open();
      for (const each of acts) expect(done(model, each)).toEqual(done(journal, each));
      const [held, kept] = [everythingIn(model), everythingIn(journal)];
      journal.close();
      expect(held).toEqual(kept);
    }),
    { numRuns: LONG ? 300 : 100 },
  );
  rmSync(folder, { recursive: true });
});

test('a write that failed and yet reached the log is there once all processes are gone, unless another came after it', () => {
  for (const [another, version] of [
    [false, 2],
    [true, 1],
  ] as const) {
    const disk = new MemoryDisk();
    let fails = false;
    const journal = disk.open({ before: () => (fails ? { trouble: 'io', kept: true } : null), after: () => undefined });
    const order = orderEntered(
      { orderId: 'one', outTradeNo: 'a', transactionId: null, family: 'facepay', amountFen: null },
      null,
      NOW,
    );
    const created = journal.create(order, []);
    if (!created.ok) throw new Error('not created');
    fails = true;
    expect(journal.commit(created.value, { ...order, amountFen: 1 }, []).ok).toBe(false);
    fails = false;
    if (another) journal.create({ ...order, orderId: 'two', outTradeNo: 'b' }, []);
    disk.recover();
    expect(disk.load('one')?.version).toBe(version);
  }
});
