/**
 * How a process treats the calls of another, a full disk at the wrong moment, and an order in two entries. The
 * simulation found these cases.
 */
import { expect, test } from 'vitest';
import {
  JOURNAL_POLL_MS,
  JOURNAL_RETRY_MS,
  ORDERS_AT_ONCE_MAX,
  REVERSE_WINDOW_MS,
  REVERSES_AT_ONCE_MAX,
} from '../../../shared/timing.ts';
import type { WriteFailure } from '../../../electron/orders/journal/journal.ts';
import type { ReverseAnswer } from '../../../electron/wechat/answers.ts';
import { orderToPay } from '../../../electron/orders/machine/order.ts';
import {
  elsewhere,
  newFolder,
  openWorld,
  ScriptedGateway,
  unreliable,
  type World,
} from '../../support/orders/engine-world.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const NUMBER = 'order-1';
const WECHAT_NUMBER = '4200000272201902213633768503';
const tapped = (by: 'cashier' | 'manager') =>
  ({ type: 'cancel-tapped', by, ...(by === 'manager' ? { code: 'duplicate' as const } : {}) }) as const;

const phaseOf = ({ journal }: World, orderId = NUMBER): string | undefined => journal.load(orderId)?.order.phase.name;
const hangs = (): Promise<never> => new Promise(() => undefined);

test('a call that a dead process had out does not hold up the manager’s try on an order that stands before a manager', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const gateway = new ScriptedGateway();
  gateway.onReverse = hangs;
  const first = openWorld(folder, clock, {
    reverse: gateway.reverse,
    query: () =>
      Promise.resolve({ answer: { kind: 'no-answer', why: 'bad-signature', text: null }, host: 'h', latencyMs: 1 }),
  });
  first.engine.start();
  first.engine.register(elsewhere(NUMBER, clock));
  first.engine.tell(NUMBER, tapped('manager'));
  for (let asks = 0; asks < 6; asks += 1) {
    await clock.advance(70_000);
    first.engine.tell(NUMBER, { type: 'asked-by-hand' });
  }
  expect([phaseOf(first), first.journal.load(NUMBER)?.order.reverse.out?.n]).toEqual(['attention', 1]);
  first.die();
  clock.restart(1_000);
  const second = openWorld(folder, clock, new ScriptedGateway());
  second.engine.start();
  expect(second.engine.tell(NUMBER, { type: 'tried-by-hand', by: 'manager', code: 'duplicate' }).ok).toBe(true);
  await clock.advance(5_000);
  expect(phaseOf(second)).toBe('cancelled');
});

test('a disk that is full while a process takes over does not let a second reverse leave beside the first', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const hanging = new ScriptedGateway();
  hanging.onReverse = () => ({ kind: 'accepted', recall: 'Y' });
  const first = openWorld(folder, clock, hanging);
  first.engine.start();
  first.engine.register(elsewhere(NUMBER, clock));
  first.engine.tell(NUMBER, tapped('manager'));
  await clock.advance(500);
  first.die();
  clock.restart(60_000);
  let failing: WriteFailure | null = { kind: 'disk-full' };
  const gateway = new ScriptedGateway();
  gateway.onReverse = hangs;
  const second = openWorld(folder, clock, gateway, { journal: (journal) => unreliable(journal, () => failing) });
  second.engine.start();
  await clock.advance(1_000);
  failing = null;
  await clock.advance(JOURNAL_RETRY_MS * 3);
  expect(gateway.reversed).toEqual([NUMBER]);
});

test('a cancel that waits for its turn is still armed, and does not leave if the order has been proved meanwhile', async () => {
  const clock = new FakeClock();
  const gateway = new ScriptedGateway();
  const answers: ((answer: ReverseAnswer) => void)[] = [];
  gateway.onReverse = () => new Promise((resolve) => answers.push(resolve));
  const world = openWorld(newFolder(), clock, gateway);
  world.engine.start();
  const names = Array.from({ length: REVERSES_AT_ONCE_MAX + 1 }, (_, index) => `order-${String(index)}`);
  for (const name of names) {
    world.engine.register(elsewhere(name, clock));
    world.engine.tell(name, tapped('manager'));
  }
  await clock.advance(1_000);
  const last = names.at(-1) ?? '';
  expect([gateway.reversed.length, gateway.reversed.includes(last), phaseOf(world, last)]).toEqual([
    REVERSES_AT_ONCE_MAX,
    false,
    'armed',
  ]);
  gateway.state = 'REVOKED';
  world.engine.tell(last, { type: 'asked-by-hand' });
  await clock.advance(100);
  expect(phaseOf(world, last)).toBe('cancelled');
  for (const answer of answers.splice(0)) answer({ kind: 'accepted', recall: 'N' });
  await clock.advance(1_000);
  expect([gateway.reversed.includes(last), world.journal.load(last)?.order.reverse.out]).toEqual([false, null]);
});

test('with a thousand cancels pending at the start, four reverses are out at a time, each order’s once, spread over two seconds', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const before = openWorld(folder, clock, { query: hangs, reverse: hangs });
  for (let index = 0; index < 1_000; index += 1) {
    before.engine.register({
      ...elsewhere(`order-${String(index)}`, clock),
      phase: { name: 'reversing', dueMonoMs: clock.read().monoMs },
    });
  }
  before.die();
  clock.restart(30_000);
  const gateway = new ScriptedGateway();
  const answers: ((answer: ReverseAnswer) => void)[] = [];
  gateway.onReverse = () => new Promise((resolve) => answers.push(resolve));
  const world = openWorld(folder, clock, gateway);
  world.engine.start();
  for (let rounds = 0; rounds < 400 && gateway.reversed.length < 1_000; rounds += 1) {
    await clock.advance(50);
    expect(gateway.atOnce).toBeLessThanOrEqual(REVERSES_AT_ONCE_MAX);
    for (const answer of answers.splice(0)) answer({ kind: 'accepted', recall: 'N' });
  }
  expect([gateway.atOnceMax, gateway.reversed.length, new Set(gateway.reversed).size]).toEqual([
    REVERSES_AT_ONCE_MAX,
    1_000,
    1_000,
  ]);
});

test('a thousand cancels are taken up a few at a time, so that a person is heard in between', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const before = openWorld(folder, clock, { query: hangs, reverse: hangs });
  for (let index = 0; index < 100; index += 1) before.engine.register(elsewhere(`order-${String(index)}`, clock));
  for (let index = 0; index < 100; index += 1) before.engine.tell(`order-${String(index)}`, tapped('cashier'));
  before.die();
  clock.restart(30_000);
  const world = openWorld(folder, clock, { query: hangs, reverse: hangs });
  world.engine.start();
  const takenUp = (): number => new Set(world.changes.map(({ order }) => order.orderId)).size;
  expect(takenUp()).toBe(ORDERS_AT_ONCE_MAX);
  expect(world.engine.tell('order-99', { type: 'cancel-withdrawn' }).ok).toBe(true);
  await clock.advance(0);
  expect(takenUp()).toBe(100);
});

test('what another process wrote after the clock was set back still comes to its window’s end', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const gateway = new ScriptedGateway();
  const driver = openWorld(folder, clock, gateway);
  const other = openWorld(folder, clock, { query: hangs, reverse: hangs });
  driver.engine.start();
  other.engine.start();
  clock.jumpWall(-3_600_000);
  other.engine.register(elsewhere(NUMBER, clock, 0));
  other.engine.tell(NUMBER, tapped('manager'));
  clock.jumpWall(-3_600_000);
  await clock.advance(JOURNAL_POLL_MS * 2);
  await clock.advance(REVERSE_WINDOW_MS + 1_000);
  expect([gateway.reversed, phaseOf(driver)]).toEqual([[NUMBER], 'cancelled']);
});

/** Two entries of one order: `NUMBER`, and one by WeChat's number; any answer names both. */
function twoEntries(clock: FakeClock): { readonly world: World; readonly gateway: ScriptedGateway } {
  const gateway = new ScriptedGateway();
  const world = openWorld(newFolder(), clock, {
    reverse: gateway.reverse,
    query: async (ref) => {
      const answered = await gateway.query(ref);
      return {
        ...answered,
        answer: {
          kind: 'seen',
          tradeState: gateway.state,
          outTradeNo: NUMBER,
          transactionId: WECHAT_NUMBER,
          amountFen: 100,
        },
      };
    },
  });
  world.engine.start();
  return { world, gateway };
}

const enterTwin = ({ engine }: World, clock: FakeClock): void => {
  engine.register({ ...elsewhere('twin', clock), outTradeNo: null, transactionId: WECHAT_NUMBER });
};

test('a cashier’s cancel of what turns out to be an order known to be paid stands before a manager, and is not dropped', async () => {
  const clock = new FakeClock();
  const { world, gateway } = twoEntries(clock);
  gateway.state = 'SUCCESS';
  enterTwin(world, clock);
  world.engine.tell('twin', tapped('cashier'));
  const known = { ...elsewhere(NUMBER, clock), knownPaid: true, phase: { name: 'paid' as const } };
  world.engine.register(known);
  await clock.advance(2_000);
  expect([world.journal.load('twin')?.order.phase, phaseOf(world)]).toEqual([
    { name: 'settled', reason: `same-as:${NUMBER}` },
    'attention',
  ]);
  expect(gateway.reversed).toEqual([]);
});

test('two entries of one order do not come together while the one that would rest has a reverse out', async () => {
  const clock = new FakeClock();
  const { world, gateway } = twoEntries(clock);
  const answers: ((answer: ReverseAnswer) => void)[] = [];
  gateway.onReverse = () => new Promise((resolve) => answers.push(resolve));
  const alone = { ...elsewhere('twin', clock), outTradeNo: null, transactionId: WECHAT_NUMBER };
  world.engine.register({
    ...alone,
    phase: { name: 'reversing', dueMonoMs: clock.read().monoMs },
    query: { ...alone.query, dueMonoMs: null },
  });
  world.engine.tell('twin', { type: 'tried-by-hand', by: 'manager', code: 'duplicate' });
  const other = elsewhere(NUMBER, clock);
  world.engine.register({ ...other, query: { ...other.query, dueMonoMs: null } });
  await clock.advance(500);
  world.engine.tell('twin', { type: 'asked-by-hand' });
  await clock.advance(20_000);
  expect([answers.length, gateway.reversed.length, phaseOf(world, 'twin')]).toEqual([1, 1, 'reversing']);
  answers[0]?.({ kind: 'accepted', recall: 'Y' });
  await clock.advance(500);
  expect(phaseOf(world, 'twin')).toBe('settled');
});

test('an entry that rests takes in the answer of a call it still had out, and gives its number back to nobody', async () => {
  const clock = new FakeClock();
  const { world, gateway } = twoEntries(clock);
  const answers: ((answer: ReverseAnswer) => void)[] = [];
  gateway.onReverse = () => new Promise((resolve) => answers.push(resolve));
  enterTwin(world, clock);
  await clock.advance(500);
  world.engine.tell('twin', tapped('manager'));
  await clock.advance(500);
  expect(answers).toHaveLength(1);
  world.engine.tell('twin', { type: 'same-as', orderId: NUMBER });
  world.engine.register(elsewhere(NUMBER, clock));
  world.engine.tell(NUMBER, { type: 'asked-by-hand' });
  await clock.advance(500);
  answers[0]?.({ kind: 'accepted', recall: 'N' });
  await clock.advance(500);
  expect(world.journal.load('twin')?.order).toMatchObject({
    phase: { name: 'settled', reason: `same-as:${NUMBER}` },
    reverse: { out: null },
  });
});

test('a process that takes the leader lock while its own pay call still connects counts the window from when that leaves', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const command = openWorld(folder, clock, new ScriptedGateway());
  command.engine.start();
  const gateway = new ScriptedGateway();
  const app = openWorld(folder, clock, gateway);
  app.engine.start();
  const ids = { orderId: NUMBER, outTradeNo: NUMBER, transactionId: null, family: 'facepay', amountFen: 100 } as const;
  app.engine.register(orderToPay(ids, 10_000, clock.read()));
  app.engine.tell(NUMBER, tapped('cashier'));
  await clock.advance(500);
  command.die();
  await clock.advance(4_500);
  app.engine.report(NUMBER, { type: 'pay-left' });
  await clock.advance(REVERSE_WINDOW_MS - 1);
  expect([gateway.reversed, phaseOf(app)]).toEqual([[], 'armed']);
  await clock.advance(3_000);
  expect(gateway.reversed).toEqual([NUMBER]);
});

test('a customer’s cancel leaves within one call beside sixty old ones at nine seconds each, and may be taken back until it has', async () => {
  const clock = new FakeClock();
  const gateway = new ScriptedGateway();
  gateway.onReverse = () =>
    new Promise((resolve) =>
      clock.after(9_000, () => {
        resolve({ kind: 'accepted', recall: 'Y' });
      }),
    );
  const world = openWorld(newFolder(), clock, gateway);
  world.engine.start();
  for (let n = 0; n < 60; n += 1) {
    world.engine.register(elsewhere(`old-${String(n)}`, clock, 60_000));
    world.engine.tell(`old-${String(n)}`, tapped('manager'));
  }
  await clock.advance(200_000);
  const dueMs = clock.read().monoMs;
  world.engine.register(elsewhere(NUMBER, clock, 10_000));
  world.engine.tell(NUMBER, tapped('cashier'));
  while (!gateway.reversed.includes(NUMBER) && clock.read().monoMs - dueMs < 300_000) {
    if (phaseOf(world) === 'reversing') break;
    await clock.advance(500);
  }
  // At most five seconds of its window, and one call of an old order.
  expect(clock.read().monoMs - dueMs).toBeLessThanOrEqual(5_100 + 9_000 + 1_000);
  world.engine.register(elsewhere('order-2', clock, 10_000));
  world.engine.tell('order-2', tapped('cashier'));
  await clock.advance(4_000);
  expect(world.engine.tell('order-2', { type: 'cancel-withdrawn' }).ok).toBe(true);
});
