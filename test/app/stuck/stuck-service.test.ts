/**
 * The manager's list over real services: a practice terminal in a folder of its own, with a journal that the test
 * fills.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dispatch, type DispatchContext } from '../../../electron/app/dispatch.ts';
import { createHandlers } from '../../../electron/app/command-table.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { orderEntered, type Order } from '../../../electron/orders/machine/order.ts';
import { timelineOf } from '../../../electron/orders/views/timeline.ts';
import { openServices } from '../../../electron/app/open-services.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import { commands } from '../../../shared/contract/all.ts';
import { ok } from '../../../shared/result.ts';
import { CONFIRM_WITHIN_MS, HELD_MIN_MS, REVERSE_WINDOW_MS } from '../../../shared/timing.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { idleSelfTest } from '../../support/terminal/idle-self-test.ts';
import { noExports } from '../../support/terminal/no-host.ts';
import { idleStaff } from '../../support/terminal/staff.ts';

const app = { version: '1', build: null, host: { kind: 'stand-in', electron: '1' } } as const;
const handlers = createHandlers({
  app,
  notices: () => [],
  staff: idleStaff,
  selfTest: idleSelfTest,
  exports: noExports(),
});
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MANAGER = { who: 'staff:wang', role: 'manager' } as const;

let folder: string;
let clock: FakeClock;
let services: Services;
/** Until a terminal is opened, commands are only parsed. */
let context: DispatchContext = {
  handlers,
  opening: Promise.resolve({ ok: false, error: { part: 'journal', code: 'io' } }),
  log: silentLog,
};

async function openTerminal(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  const profile = profileIn(folder);
  clock = new FakeClock();
  const quiet = { onChange: () => undefined, onStage: () => undefined, onNotice: () => undefined };
  const opened = await openServices({ profile, store: settingsStore(profile, ''), clock, log: silentLog, ...quiet });
  if (!opened.ok) throw new Error(opened.error.code);
  services = opened.value;
  context = { handlers, opening: Promise.resolve(ok(services)), log: silentLog };
}

async function closeTerminal(): Promise<void> {
  const closing = services.close(0);
  await clock.advance(0);
  await closing;
  rmSync(folder, { recursive: true, force: true });
}

const call = (
  name: string,
  input: unknown,
  caller: Parameters<typeof dispatch>[1] = MANAGER,
): ReturnType<typeof dispatch> => dispatch(context, caller, name, input);

function put(number: string, paidAgoMs: number | null, more: Partial<Order> = {}): void {
  const now = clock.read();
  const ids = {
    orderId: number,
    outTradeNo: number,
    transactionId: null,
    family: 'facepay',
    amountFen: 1_250,
  } as const;
  const order = { ...orderEntered(ids, paidAgoMs === null ? null : now.wallMs - paidAgoMs, now), ...more };
  const made = services.journal.create(order, [
    { atMs: now.wallMs, actor: MANAGER, event: { type: 'registered' }, effects: [] },
  ]);
  if (!made.ok) throw new Error(made.error.kind);
}

const attention = { phase: { name: 'attention', cause: 'expired', errCode: 'REVERSE_EXPIRE' } } as const;
const reversing = { phase: { name: 'reversing', dueMonoMs: 60_000_000 } } as const;
const because = { code: 'wrong-amount', note: null };

async function stuck(limit = 100): Promise<ReturnType<(typeof commands)['manager.stuck']['output']['parse']>> {
  const reply = await call('manager.stuck', { limit });
  if (!reply.ok) throw new Error(reply.code);
  return commands['manager.stuck'].output.parse(reply.value);
}

/** Main's confirmation that a button was held long enough. */
async function confirmed(about: object): Promise<string> {
  const reply = await call('manager.confirm', about);
  if (!reply.ok) throw new Error(reply.code);
  await clock.advance(HELD_MIN_MS);
  return commands['manager.confirm'].output.parse(reply.value).confirmation;
}

interface HeldAct {
  readonly action: string;
  readonly orderIds: readonly string[];
  readonly reason: unknown;
  readonly refundNumber?: string;
}

const asShown = (orderIds: readonly string[]): object[] =>
  orderIds.map((orderId) => ({ orderId, phase: services.journal.load(orderId)?.order.phase.name ?? 'attention' }));

/** Holds the button of an act on the orders as they are now, and releases it. */
async function hold(given: HeldAct): ReturnType<typeof dispatch> {
  const { action, orderIds } = given;
  return call('manager.act', { ...given, confirmation: await confirmed({ action, orders: asShown(orderIds) }) });
}

describe('an act', () => {
  it.each([
    ['no order', { action: 'query', orderIds: [] }, 'orderIds'],
    ['one order twice', { action: 'query', orderIds: ['a', 'a'] }, 'orderIds'],
    ['51 orders', { action: 'query', orderIds: Array.from({ length: 51 }, (_, n) => `o-${String(n)}`) }, 'orderIds'],
    ['no reason', { action: 'try-now', orderIds: ['a'] }, 'reason'],
    [
      '"other" without words',
      { action: 'cancel', orderIds: ['a'], reason: { code: 'other', note: null } },
      'reason.note',
    ],
    [
      'settling without words',
      { action: 'settle', orderIds: ['a'], reason: because, confirmation: 'x' },
      'reason.note',
    ],
    [
      'words over two lines',
      { action: 'settle', orderIds: ['a'], reason: { code: 'duplicate', note: 'a\nb' }, confirmation: 'x' },
      'reason.note',
    ],
    [
      'words that pass for the journal’s own',
      { action: 'settle', orderIds: ['a'], reason: { code: 'duplicate', note: 'same-as:b' }, confirmation: 'x' },
      'reason.note',
    ],
    [
      'one refund for two orders',
      { action: 'refund-made', orderIds: ['a', 'b'], refundNumber: '5030', reason: because, confirmation: 'x' },
      'refundNumber',
    ],
    [
      'a refund without a reason',
      { action: 'refund-made', orderIds: ['a'], refundNumber: '5030', confirmation: 'x' },
      'reason',
    ],
    ['a button that never went down', { action: 'try-now', orderIds: ['a'], reason: because }, 'confirmation'],
    [
      'a refund’s number with a blank',
      { action: 'refund-made', orderIds: ['a'], refundNumber: '50 30' },
      'refundNumber',
    ],
    ['an act that is none', { action: 'forget', orderIds: ['a'] }, 'action'],
  ])('is refused with %s', async (_name, input, field) => {
    expect(await call('manager.act', input)).toEqual({ ok: false, code: 'bad-input', field });
  });
});

describe('the list', () => {
  beforeEach(openTerminal);
  afterEach(closeTerminal);

  it('holds what is stuck, worst first, with what is known of each', async () => {
    put('fresh', HOUR, { ...attention, lastSeen: 'NOTPAY', seenSinceLastCall: true });
    put('paid', 6.5 * DAY, { ...reversing, knownPaid: true, lastSeen: 'SUCCESS' });
    put('when', null, reversing);
    put('done', HOUR, { phase: { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' } });
    put('looked-up', HOUR);
    const { rows, total, unreadable } = await stuck();
    expect([rows.map(({ order }) => order.orderId), total, unreadable]).toEqual([['paid', 'when', 'fresh'], 3, []]);
    expect(rows).toMatchObject([
      {
        money: 'taken',
        deadlineInMs: 0.5 * DAY,
        deadlineIsAtMost: false,
        ageMs: 6.5 * DAY,
        handedOverMs: null,
        acts: ['try-now', 'query', 'hand-over'],
      },
      { money: 'unknown', deadlineInMs: 7 * DAY, deadlineIsAtMost: true, acts: ['try-now', 'query'] },
      { money: 'not-taken', nextTryInMs: null, acts: ['cancel', 'query', 'settle', 'hand-over'] },
    ]);
    expect(rows[0]?.nextTryInMs).toBeGreaterThan(0);
  });

  it('is cut to what is asked for, and says how many there are: the worst of a thousand come first', async () => {
    for (let n = 0; n < 1_000; n += 1)
      put(
        `pos-${String(n)}`,
        n * 60_000,
        n === 500
          ? { ...attention, lastSeen: 'SUCCESS', knownPaid: true }
          : { ...attention, lastSeen: 'NOTPAY', seenSinceLastCall: true },
      );
    const { rows, total } = await stuck(3);
    expect([rows.map(({ order }) => order.orderId), total]).toEqual([['pos-500', 'pos-999', 'pos-998'], 1_000]);
    expect((await stuck(1_000)).rows).toHaveLength(1_000);
  });

  it('names records that no longer parse, those before a manager too', async () => {
    put('good', HOUR, attention);
    put('bad', HOUR, attention);
    const db = new DatabaseSync(profileIn(folder).journal('practice'));
    db.prepare("UPDATE orders SET state = '{}' WHERE order_id = 'bad'").run();
    db.close();
    expect(await stuck()).toMatchObject({ rows: [{ order: { orderId: 'good' } }], total: 1, unreadable: ['bad'] });
  });
});

describe('acting on several', () => {
  beforeEach(openTerminal);
  afterEach(closeTerminal);

  it('does each by itself: what one is refused hinders no other, and is written down', async () => {
    put('one', HOUR, attention);
    put('gone', HOUR, { phase: { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' } });
    put('two', HOUR, attention);
    const reply = await hold({
      action: 'settle',
      orderIds: ['one', 'gone', 'nowhere', 'two'],
      reason: { code: 'duplicate', note: 'refunded in cash' },
    });
    expect(reply).toMatchObject({
      ok: true,
      value: [
        { ok: true, orderId: 'one', order: { phase: { name: 'settled', reason: 'refunded in cash' } } },
        { ok: false, orderId: 'gone', code: 'already-settled' },
        { ok: false, orderId: 'nowhere', code: 'order-not-found' },
        { ok: true, orderId: 'two' },
      ],
    });
    expect(timelineOf(services.journal.history('one')).at(-1)).toMatchObject({
      what: 'settled-by-manager',
      result: 'refunded in cash',
      reason: 'duplicate',
    });
    const refused = services.journal.history('gone').at(-1);
    expect(refused).toMatchObject({
      actor: MANAGER,
      event: { type: 'noted', act: 'manager-settled', outcome: 'already-settled' },
    });
  });

  it('keeps the reason of each act', async () => {
    put('a', HOUR, attention);
    put('b', HOUR, {
      ...attention,
      reverse: {
        ...orderEntered(
          { orderId: 'b', outTradeNo: 'b', transactionId: null, family: 'facepay', amountFen: null },
          null,
          clock.read(),
        ).reverse,
        count: 2,
      },
    });
    await hold({ action: 'cancel', orderIds: ['a'], reason: { code: 'other', note: 'the shop closed early' } });
    await hold({ action: 'try-now', orderIds: ['b'], reason: because });
    await call('manager.act', { action: 'query', orderIds: ['a', 'b'] });
    const told = (id: string): unknown[] =>
      timelineOf(services.journal.history(id)).map(({ what, reason, note }) => [what, reason, note]);
    expect(told('a')).toEqual([
      ['registered', null, null],
      ['attention', null, null],
      ['cancel-armed', 'other', 'the shop closed early'],
      ['asked-by-hand', null, null],
    ]);
    expect(told('b')).toEqual([
      ['registered', null, null],
      ['attention', null, null],
      ['tried-by-hand', 'wrong-amount', null],
      ['asked-by-hand', null, null],
    ]);
  });

  it('hands over, and then takes a manager’s word for the refund', async () => {
    put('old', 8 * DAY, attention);
    await hold({ action: 'hand-over', orderIds: ['old'], reason: because });
    await clock.advance(HOUR);
    const { rows } = await stuck();
    expect(rows).toMatchObject([
      { order: { orderId: 'old' }, handedOverMs: HOUR, acts: ['query', 'settle', 'refund-made', 'refund-not-made'] },
    ]);
    await hold({
      action: 'refund-made',
      orderIds: ['old'],
      refundNumber: '50300708122026112400001',
      reason: { code: 'duplicate', note: 'two receipts' },
    });
    expect((await stuck()).total).toBe(0);
    expect(
      timelineOf(services.journal.history('old'))
        .map(({ what, result, reason }) => [what, result, reason])
        .slice(2),
    ).toEqual([
      ['refund-handed-over', null, 'wrong-amount'],
      ['refund-made', '50300708122026112400001', 'duplicate'],
    ]);
  });

  it('is a manager’s alone', async () => {
    put('one', HOUR, attention);
    for (const role of ['cashier', 'technician'] as const) {
      for (const [name, input] of [
        ['manager.stuck', { limit: 1 }],
        ['manager.act', { action: 'query', orderIds: ['one'] }],
        ['manager.confirm', { action: 'settle', orders: [{ orderId: 'one', phase: 'attention' }] }],
        ['manager.order', { orderId: 'one' }],
        ['manager.find-number', { outTradeNo: 'one', transactionId: null, paidAtMs: null }],
      ] as const) {
        expect(await call(name, input, { who: 'screen', role })).toEqual({ ok: false, code: 'forbidden', field: null });
      }
    }
    expect(services.journal.load('one')?.version).toBe(1);
  });
});

describe('an order found by its number', () => {
  beforeEach(openTerminal);
  afterEach(closeTerminal);

  const find = (input: {
    readonly outTradeNo?: string;
    readonly transactionId?: string;
    readonly paidAtMs?: number;
  }): ReturnType<typeof dispatch> => {
    const { outTradeNo = null, transactionId = null, paidAtMs = null } = input;
    return call('manager.find-number', { outTradeNo, transactionId, paidAtMs });
  };
  const WECHAT = '4200000272201902213633768503';

  it('is shown before anything is done to it: amount, state, time, and what may be done', async () => {
    put('paid-1', HOUR, { phase: { name: 'paid' }, knownPaid: true, lastSeen: 'SUCCESS' });
    expect(await find({ outTradeNo: 'paid-1' })).toMatchObject({
      ok: true,
      value: {
        order: { orderId: 'paid-1', amountFen: 1_250, phase: { name: 'paid' } },
        ageMs: HOUR,
        acts: ['query', 'cancel'],
        advised: 'cancel',
      },
    });
    expect(services.journal.load('paid-1')?.version).toBe(1);
    expect(await hold({ action: 'cancel', orderIds: ['paid-1'], reason: because })).toMatchObject({
      ok: true,
      value: [{ ok: true, order: { phase: { name: 'armed' } } }],
    });
  });

  it('is taken in if another terminal took it: WeChat is asked, nothing is cancelled, and its window counts from when it was paid', async () => {
    await clock.advance(REVERSE_WINDOW_MS);
    const { wallMs } = clock.read();
    expect(await find({ outTradeNo: 'till2-1', paidAtMs: wallMs - 5_000 })).toMatchObject({
      ok: true,
      value: { order: { outTradeNo: 'till2-1', phase: { name: 'paying' } }, acts: ['query', 'cancel'] },
    });
    expect(await find({ transactionId: WECHAT })).toMatchObject({
      ok: true,
      value: { order: { orderId: `wx-${WECHAT}`, transactionId: WECHAT, phase: { name: 'paying' } } },
    });
    for (const orderId of ['till2-1', `wx-${WECHAT}`])
      expect(services.journal.load(orderId)?.order.query, orderId).not.toMatchObject({ dueMonoMs: null, out: null });
    expect(await hold({ action: 'cancel', orderIds: ['till2-1'], reason: because })).toMatchObject({
      ok: true,
      value: [{ ok: true, order: { phase: { name: 'armed', firesInMs: 9_600 } } }],
    });
    expect(timelineOf(services.journal.history('till2-1'))).toMatchObject([
      { what: 'registered' },
      { what: 'cancel-armed', reason: 'wrong-amount' },
    ]);
  });

  it('may be named by both numbers of one order, not by those of two', async () => {
    put('a', HOUR, { transactionId: WECHAT });
    put('b', HOUR);
    expect(await find({ outTradeNo: 'a', transactionId: WECHAT })).toMatchObject({
      ok: true,
      value: { order: { orderId: 'a' } },
    });
    const differs = { ok: false, code: 'numbers-differ', field: null };
    expect(await find({ outTradeNo: 'b', transactionId: WECHAT })).toEqual(differs);
    expect(await find({ outTradeNo: 'a', transactionId: '42' })).toEqual(differs);
    expect(await find({ outTradeNo: 'c', transactionId: WECHAT })).toEqual(differs);
    expect([services.journal.find('c'), services.journal.load('b')?.version]).toEqual([null, 1]);
  });

  it.each([
    ['no number', {}, 'missing'],
    ['a time to come', { outTradeNo: 'x', paidAtMs: Number.MAX_SAFE_INTEGER }, 'in-the-future'],
    ['what was paid more than 7 days ago', { outTradeNo: 'x', paidAtMs: 1 }, 'order-too-old'],
  ])('is not looked for with %s, and nothing is taken in', async (_name, input, code) => {
    expect(await find(input)).toEqual({ ok: false, code, field: null });
    expect(services.journal.list({ limit: 10 })).toEqual([]);
  });

  it('is read by its id too, as the order that it turned out to be', async () => {
    put('goes-on', HOUR, attention);
    put('rests', HOUR, { phase: { name: 'settled', reason: 'same-as:goes-on' } });
    expect(await call('manager.order', { orderId: 'rests' })).toMatchObject({
      ok: true,
      value: { order: { orderId: 'goes-on' }, advised: 'hand-over', deadlineInMs: 0 },
    });
    expect(await call('manager.order', { orderId: 'nowhere' })).toEqual({
      ok: false,
      code: 'order-not-found',
      field: null,
    });
  });
});

describe('the gate', () => {
  beforeEach(openTerminal);
  afterEach(closeTerminal);

  const paid = { phase: { name: 'paid' }, knownPaid: true, lastSeen: 'SUCCESS' } as const;
  const AT_THE_TILL = { who: 'screen', role: 'manager' } as const;
  const refund = { action: 'cancel', orders: [{ orderId: 'paid-1', phase: 'paid' }] };
  const act = (confirmation: string, more: object = {}, caller = MANAGER): ReturnType<typeof dispatch> =>
    call('manager.act', { action: 'cancel', orderIds: ['paid-1'], reason: because, confirmation, ...more }, caller);
  const phase = (): unknown => services.journal.load('paid-1')?.order.phase.name;
  const NOT_HELD = { ok: false, code: 'not-held', field: null };

  it('refuses the one key that would refund: no command of the till does what decides on money, whoever is signed in', async () => {
    put('paid-1', HOUR, paid);
    put('choosing-1', HOUR, { ...paid, phase: { name: 'choosing', by: 'cashier', sinceMonoMs: 0 } });
    put('stuck-1', HOUR, attention);
    for (const [name, orderId] of [
      ['order.cancel', 'paid-1'],
      ['order.refund', 'choosing-1'],
      ['order.try-now', 'stuck-1'],
      ['order.cancel', 'stuck-1'],
    ] as const) {
      expect(await call(name, { orderId }, AT_THE_TILL), `${name} ${orderId}`).toEqual({
        ok: false,
        code: 'reason-needed',
        field: null,
      });
      expect(services.journal.load(orderId)?.version, orderId).toBe(1);
    }
    expect(services.journal.history('paid-1').at(-1)?.event).toMatchObject({
      type: 'noted',
      act: 'cancel-tapped',
      outcome: 'reason-needed',
    });
  });

  it('takes a manager’s tap on what is unresolved for a cashier’s: what turns out paid is asked about', async () => {
    put('open-1', 1_000);
    expect(await call('order.cancel', { orderId: 'open-1' }, AT_THE_TILL)).toMatchObject({
      ok: true,
      value: { phase: { name: 'armed' } },
    });
    expect(services.journal.load('open-1')?.order.phase).toMatchObject({ name: 'armed', evenIfPaid: false });
  });

  it('refuses an act without a reason before anything else is looked at', async () => {
    put('paid-1', HOUR, paid);
    const confirmation = await confirmed(refund);
    expect(await act(confirmation, { reason: undefined })).toMatchObject({
      ok: false,
      code: 'bad-input',
      field: 'reason',
    });
    expect(await act(confirmation, { reason: { code: 'other', note: null } })).toMatchObject({
      ok: false,
      code: 'bad-input',
      field: 'reason.note',
    });
    expect(phase()).toBe('paid');
  });

  it('lets through what was held: once, and the history says who, in what role, and why', async () => {
    put('paid-1', HOUR, paid);
    const confirmation = await confirmed(refund);
    expect(await act(confirmation)).toMatchObject({
      ok: true,
      value: [{ ok: true, order: { phase: { name: 'armed' } } }],
    });
    expect(services.journal.load('paid-1')?.order.phase).toMatchObject({ name: 'armed', evenIfPaid: true });
    expect(timelineOf(services.journal.history('paid-1')).at(-1)).toMatchObject({
      what: 'cancel-armed',
      result: 'manager',
      reason: 'wrong-amount',
    });
    expect(services.journal.history('paid-1').at(-1)?.actor).toEqual(MANAGER);
    expect(await act(confirmation)).toEqual(NOT_HELD);
  });

  it.each([
    ['a key press', HELD_MIN_MS - 1, {}, MANAGER],
    ['a finger that is gone', CONFIRM_WITHIN_MS + 1, {}, MANAGER],
    ['another act', HELD_MIN_MS, { action: 'try-now' }, MANAGER],
    ['another order', HELD_MIN_MS, { orderIds: ['paid-2'] }, MANAGER],
    ['one order more', HELD_MIN_MS, { orderIds: ['paid-1', 'paid-2'] }, MANAGER],
    ['another person', HELD_MIN_MS, {}, AT_THE_TILL],
    ['a word that was never given', HELD_MIN_MS, { confirmation: 'x' }, MANAGER],
  ])('refuses %s, and that is noted', async (_name, heldMs, more, caller) => {
    put('paid-1', HOUR, paid);
    put('paid-2', HOUR, paid);
    const begun = await call('manager.confirm', refund);
    await clock.advance(heldMs);
    const { confirmation } = commands['manager.confirm'].output.parse(begun.ok ? begun.value : null);
    expect(await act(confirmation, more, caller as typeof MANAGER)).toEqual(NOT_HELD);
    expect([phase(), services.journal.load('paid-2')?.order.phase.name]).toEqual(['paid', 'paid']);
    const noted = ['paid-1', 'paid-2']
      .flatMap((orderId) => services.journal.history(orderId))
      .map(({ event }) => (event.type === 'noted' ? event.outcome : null));
    expect(noted).toContain('not-held');
    expect(await act(confirmation), 'it was good once').toEqual(NOT_HELD);
  });

  it('forgets a button that went down when another goes down', async () => {
    put('paid-1', HOUR, paid);
    const first = await confirmed(refund);
    await confirmed(refund);
    expect(await act(first)).toEqual(NOT_HELD);
  });

  it('does nothing to an order that has changed since it was shown, and does the others', async () => {
    put('paid-1', HOUR, paid);
    put('stuck-1', HOUR, attention);
    const orders = [...refund.orders, { orderId: 'stuck-1', phase: 'paid' }];
    const confirmation = await confirmed({ ...refund, orders });
    expect(await act(confirmation, { orderIds: ['paid-1', 'stuck-1'] })).toMatchObject({
      ok: true,
      value: [{ ok: true }, { ok: false, orderId: 'stuck-1', code: 'changed-meanwhile' }],
    });
    expect(services.journal.load('stuck-1')?.version).toBe(1);
  });

  it('takes a cancel that goes on for one, whichever call of it is out just now', async () => {
    put('going-1', HOUR, { phase: { name: 'confirming', asks: 0 } });
    const confirmation = await confirmed({ action: 'try-now', orders: [{ orderId: 'going-1', phase: 'reversing' }] });
    expect(
      await call('manager.act', { action: 'try-now', orderIds: ['going-1'], reason: because, confirmation }),
    ).toMatchObject({ ok: true, value: [{ ok: true }] });
  });

  it('leaves out what was handed over to a refund, by select all and alone; an act of its own takes it up, and the note stays', async () => {
    put('a', HOUR, attention);
    put('b', HOUR, attention);
    await hold({ action: 'hand-over', orderIds: ['a'], reason: because });
    expect(await hold({ action: 'try-now', orderIds: ['a', 'b'], reason: because })).toMatchObject({
      ok: true,
      value: [
        { ok: false, orderId: 'a', code: 'handed-over' },
        { ok: true, orderId: 'b' },
      ],
    });
    expect((await stuck()).rows.find(({ order }) => order.orderId === 'a')).toMatchObject({
      handedOverMs: expect.any(Number),
      notRefundedMs: null,
      acts: ['query', 'settle', 'refund-made', 'refund-not-made'],
    });
    expect(
      await hold({ action: 'refund-not-made', orderIds: ['a'], reason: { code: 'other', note: 'the site was down' } }),
    ).toMatchObject({ ok: true, value: [{ ok: true, order: { phase: { name: 'reversing' } } }] });
    expect((await stuck()).rows.find(({ order }) => order.orderId === 'a')).toMatchObject({
      handedOverMs: expect.any(Number),
      notRefundedMs: expect.any(Number),
    });
    expect(
      timelineOf(services.journal.history('a'))
        .map(({ what, reason }) => [what, reason])
        .slice(2),
    ).toEqual([
      ['refund-handed-over', 'wrong-amount'],
      ['refund-not-made', 'other'],
    ]);
  });
});
