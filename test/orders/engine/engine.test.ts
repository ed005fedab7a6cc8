import { expect, test } from 'vitest';
import { JOURNAL_POLL_MS, JOURNAL_RETRY_MS, REVERSES_AT_ONCE_MAX } from '../../../shared/timing.ts';
import { openJournal } from '../../../electron/orders/open-journal.ts';
import type { Journal, WriteFailure } from '../../../electron/orders/journal/journal.ts';
import { orderToPay } from '../../../electron/orders/machine/order.ts';
import { attemptsOf, timelineOf } from '../../../electron/orders/views/timeline.ts';
import type { ReverseAnswer } from '../../../electron/wechat/answers.ts';
import { TEST_KEY } from '../../support/secrets/audit-keys.ts';
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
const cancelTapped = { type: 'cancel-tapped', by: 'manager', code: 'duplicate' } as const;

/** What another process would read from the disk right now. */
function onDisk(folder: string, clock: FakeClock, orderId = NUMBER): ReturnType<Journal['load']> {
  const opened = openJournal(`${folder}/journal.sqlite`, 'practice', clock.read().wallMs, TEST_KEY);
  if (!opened.ok) throw new Error(opened.error);
  const stored = opened.value.journal.load(orderId);
  opened.value.journal.close();
  return stored;
}

const phaseOf = ({ journal }: World, orderId = NUMBER): string | undefined => journal.load(orderId)?.order.phase.name;

const cancel = ({ engine }: World, clock: FakeClock, orderId = NUMBER): void => {
  expect(engine.register(elsewhere(orderId, clock)).ok).toBe(true);
  expect(engine.tell(orderId, cancelTapped).ok).toBe(true);
};

test('a cancel goes from the tap to the proof, and the timeline tells it', async () => {
  const clock = new FakeClock();
  const world = openWorld(newFolder(), clock, new ScriptedGateway());
  world.engine.start();
  cancel(world, clock);
  await clock.advance(1_000);
  expect(phaseOf(world)).toBe('cancelled');
  const timeline = timelineOf(world.journal.history(NUMBER));
  expect(timeline.map(({ what, result }) => [what, result])).toEqual([
    ['registered', null],
    ['cancel-armed', 'manager'],
    ['query-answered', 'NOTPAY'],
    ['reverse-left', null],
    ['reverse-answered', 'SUCCESS'],
    ['query-answered', 'CLOSED'],
    ['cancelled', 'closed'],
  ]);
  expect(attemptsOf(timeline)).toMatchObject([
    { n: 1, host: 'gateway', result: 'SUCCESS', recall: 'N', errCode: null },
  ]);
});

test('a change is on disk before anybody is told of it', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const behind: string[] = [];
  const world = openWorld(folder, clock, new ScriptedGateway(), {
    onChange: ({ order, version }) => {
      if (onDisk(folder, clock, order.orderId)?.version !== version) behind.push(order.phase.name);
    },
  });
  world.engine.start();
  cancel(world, clock);
  await clock.advance(1_000);
  expect(world.changes.length).toBeGreaterThan(4);
  expect(behind).toEqual([]);
});

test('an attempt is on disk before it leaves', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const gateway = new ScriptedGateway();
  const found: (number | undefined)[] = [];
  gateway.onReverse = () => {
    found.push(onDisk(folder, clock)?.order.reverse.out?.n);
    if (found.length < 3) return { kind: 'accepted', recall: 'Y' };
    gateway.state = 'CLOSED';
    return { kind: 'accepted', recall: 'N' };
  };
  const world = openWorld(folder, clock, gateway);
  world.engine.start();
  cancel(world, clock);
  await clock.advance(60_000);
  expect(found).toEqual([1, 2, 3]);
});

test('killed with a reverse out, the next process asks, goes on, and never says failed', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const gateway = new ScriptedGateway();
  gateway.onReverse = () => new Promise(() => undefined);
  const first = openWorld(folder, clock, gateway);
  first.engine.start();
  cancel(first, clock);
  await clock.advance(100);
  expect(gateway.reversed).toHaveLength(1);
  first.die();
  clock.restart(3_000);
  const second = openWorld(folder, clock, new ScriptedGateway());
  second.engine.start();
  await clock.advance(5_000);
  expect(phaseOf(second)).toBe('cancelled');
  const rows = timelineOf(second.journal.history(NUMBER)).map(({ what }) => what);
  expect(rows).toContain('resumed');
  expect(rows.filter((what) => what === 'reverse-left')).toHaveLength(2);
});

test('of two processes one drives; what the other writes down is driven all the same, once', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const gateway = new ScriptedGateway();
  const driver = openWorld(folder, clock, gateway);
  const other = openWorld(folder, clock, { query: fails, reverse: fails });
  driver.engine.start();
  other.engine.start();
  expect([driver.engine.isDriving(), other.engine.isDriving()]).toEqual([true, false]);
  cancel(other, clock);
  await clock.advance(JOURNAL_POLL_MS * 3);
  expect(phaseOf(other)).toBe('cancelled');
  expect(gateway.reversed).toEqual([NUMBER]);
  expect(other.changes.at(-1)?.order.phase.name).toBe('cancelled');
});

const fails = (): never => {
  throw new Error('a process that does not drive must not call');
};

test('when the driver dies the other takes the leader lock and its orders', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const hanging = new ScriptedGateway();
  hanging.onReverse = () => new Promise(() => undefined);
  const driver = openWorld(folder, clock, hanging);
  const other = openWorld(folder, clock, new ScriptedGateway());
  driver.engine.start();
  other.engine.start();
  cancel(driver, clock);
  await clock.advance(2_000);
  driver.die();
  await clock.advance(10_000);
  expect([other.engine.isDriving(), phaseOf(other)]).toEqual([true, 'cancelled']);
});

test('what another process wrote to an order under way does not hide a dead driver’s unanswered call', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const hanging = new ScriptedGateway();
  hanging.onReverse = () => new Promise(() => undefined);
  const driver = openWorld(folder, clock, hanging);
  const other = openWorld(folder, clock, new ScriptedGateway());
  driver.engine.start();
  other.engine.start();
  cancel(driver, clock);
  await clock.advance(2_000);
  expect(other.engine.tell(NUMBER, { type: 'tried-by-hand', by: 'manager', code: 'duplicate' }).ok).toBe(true);
  driver.die();
  await clock.advance(10_000);
  expect(phaseOf(other)).toBe('cancelled');
});

test('with many orders pending, no more than four reverses are out at once', async () => {
  const clock = new FakeClock();
  const gateway = new ScriptedGateway();
  const answers: ((answer: ReverseAnswer) => void)[] = [];
  gateway.onReverse = () => new Promise((resolve) => answers.push(resolve));
  const world = openWorld(newFolder(), clock, gateway);
  for (let index = 0; index < 30; index += 1) cancel(world, clock, `order-${String(index)}`);
  world.engine.start();
  while (gateway.reversed.length < 30) {
    await clock.advance(100);
    expect(gateway.atOnce).toBeLessThanOrEqual(REVERSES_AT_ONCE_MAX);
    for (const answer of answers.splice(0)) answer({ kind: 'accepted', recall: 'N' });
  }
  expect(gateway.atOnceMax).toBe(REVERSES_AT_ONCE_MAX);
  expect(new Set(gateway.reversed).size).toBe(30);
});

test('a journal that cannot be written refuses the tap and says so; nothing leaves and nothing has changed', async () => {
  const clock = new FakeClock();
  const gateway = new ScriptedGateway();
  let failing: WriteFailure | null = null;
  const world = openWorld(newFolder(), clock, gateway, { journal: (journal) => unreliable(journal, () => failing) });
  world.engine.start();
  world.engine.register(elsewhere(NUMBER, clock));
  await clock.advance(1_000);
  const told = world.changes.length;
  failing = { kind: 'disk-full' };
  expect(world.engine.tell(NUMBER, cancelTapped)).toEqual({ ok: false, error: 'not-saved' });
  await clock.advance(JOURNAL_RETRY_MS);
  expect([gateway.reversed, world.changes.length, world.troubles]).toEqual([[], told, ['disk-full']]);
  failing = null;
  expect(world.engine.tell(NUMBER, cancelTapped).ok).toBe(true);
  await clock.advance(JOURNAL_RETRY_MS);
  expect([phaseOf(world), world.troubles]).toEqual(['cancelled', ['disk-full', null]]);
});

test('after a write that failed, and that a crash may find done, the next act is written even where it changes nothing', () => {
  const clock = new FakeClock();
  let failing: WriteFailure | null = null;
  const world = openWorld(newFolder(), clock, new ScriptedGateway(), {
    journal: (journal) => unreliable(journal, () => failing),
  });
  world.engine.start();
  world.engine.register(
    orderToPay(
      { orderId: NUMBER, outTradeNo: NUMBER, transactionId: null, family: 'facepay', amountFen: 100 },
      10_000,
      clock.read(),
    ),
  );
  failing = { kind: 'io' };
  expect(world.engine.tell(NUMBER, cancelTapped)).toEqual({ ok: false, error: 'not-saved' });
  failing = null;
  const written = (): number =>
    world.journal.history(NUMBER).filter(({ event }) => event.type === 'cancel-withdrawn').length;
  // The disk may hold the cancel. A person who takes it back is told that there is none, and that must then be the last
  // entry about it.
  const withdraw = (): unknown => world.engine.tell(NUMBER, { type: 'cancel-withdrawn' });
  expect(withdraw()).toMatchObject({ ok: true, value: { order: { phase: { name: 'paying' } } } });
  expect(written()).toBe(1);
  expect(withdraw()).toMatchObject({ ok: true });
  expect(written()).toBe(1);
});

test('an answer that comes while the journal cannot be written is not lost', async () => {
  const clock = new FakeClock();
  const gateway = new ScriptedGateway();
  let failing: WriteFailure | null = null;
  gateway.onReverse = () => {
    failing = { kind: 'disk-full' };
    gateway.state = 'REVOKED';
    return { kind: 'accepted', recall: 'N' };
  };
  const world = openWorld(newFolder(), clock, gateway, { journal: (journal) => unreliable(journal, () => failing) });
  world.engine.start();
  cancel(world, clock);
  await clock.advance(60_000);
  expect([phaseOf(world), gateway.reversed.length]).toEqual(['reversing', 1]);
  failing = null;
  await clock.advance(JOURNAL_RETRY_MS * 2);
  expect([phaseOf(world), gateway.reversed.length]).toEqual(['cancelled', 1]);
});

test('an order known by both its numbers in two entries is cancelled once, and the second entry rests', async () => {
  const clock = new FakeClock();
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
          transactionId: '4200000272201902213633768503',
          amountFen: null,
        },
      };
    },
  });
  world.engine.start();
  world.engine.register(elsewhere(NUMBER, clock));
  const twin = { ...elsewhere('twin', clock), outTradeNo: null, transactionId: '4200000272201902213633768503' };
  world.engine.register(twin);
  expect(world.engine.tell('twin', cancelTapped).ok).toBe(true);
  await clock.advance(5_000);
  expect([phaseOf(world), world.journal.load('twin')?.order.phase]).toEqual([
    'cancelled',
    { name: 'settled', reason: `same-as:${NUMBER}` },
  ]);
  expect(gateway.reversed).toEqual([NUMBER]);
});

test('a call that breaks on a bug counts as unknown, and the cancel goes on', async () => {
  const clock = new FakeClock();
  const gateway = new ScriptedGateway();
  let calls = 0;
  gateway.onReverse = () => {
    calls += 1;
    if (calls === 1) throw new Error('a bug');
    gateway.state = 'CLOSED';
    return { kind: 'accepted', recall: 'N' };
  };
  const world = openWorld(newFolder(), clock, gateway);
  world.engine.start();
  cancel(world, clock);
  await clock.advance(10_000);
  expect([phaseOf(world), calls]).toEqual(['cancelled', 2]);
});

test('stopping waits for the call that is out, then releases the leader lock', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const gateway = new ScriptedGateway();
  const answers: ((answer: ReverseAnswer) => void)[] = [];
  gateway.onReverse = () => new Promise((resolve) => answers.push(resolve));
  const world = openWorld(folder, clock, gateway);
  world.engine.start();
  cancel(world, clock);
  await clock.advance(100);
  let stopped = false;
  const stopping = world.engine.stop(10_000).then(() => {
    stopped = true;
  });
  await clock.advance(1_000);
  expect(stopped).toBe(false);
  answers[0]?.({ kind: 'accepted', recall: 'N' });
  await stopping;
  expect(phaseOf(world)).toBe('confirming');
  const next = openWorld(folder, clock, new ScriptedGateway());
  next.engine.start();
  expect(next.engine.isDriving()).toBe(true);
});
