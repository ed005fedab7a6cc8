/** The shift is handed over, through the only entry for commands, over a real practice terminal. */
import { mkdirSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dispatch, type Caller, type DispatchContext } from '../../../electron/app/dispatch.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import type { StaffService } from '../../../electron/app/staff/staff-service.ts';
import { orderToPay, type Order } from '../../../electron/orders/machine/order.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import { recordOf, withRecord } from '../../../electron/staff/training.ts';
import { shiftViewSchema, type ShiftView } from '../../../shared/contract/shift.ts';
import type { CommandName, PaymentStage } from '../../../shared/ipc.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { openPracticeTerminal } from '../../support/terminal/practice-terminal.ts';
import { ownFolder } from '../../support/terminal/staff.ts';

const MANAGER: Caller = { who: 'screen', role: 'manager' };

let folder: string;
let clock: FakeClock;
let services: Services;
let staff: StaffService;
let context: DispatchContext;
let stop: () => Promise<void>;
let stages: PaymentStage[];

async function start(): Promise<void> {
  stages = [];
  ({ services, staff, context, stop } = await openPracticeTerminal(folder, clock, (stage) => stages.push(stage)));
}

beforeEach(async () => {
  folder = ownFolder();
  clock = new FakeClock();
  await start();
});
afterEach(() => stop());

const as = (caller: Caller, name: CommandName, input: unknown = {}): ReturnType<typeof dispatch> =>
  dispatch(context, caller, name, input);
const call = (name: CommandName, input: unknown = {}): ReturnType<typeof dispatch> => as(staff.caller(), name, input);
const refusal = (code: string): object => ({ ok: false, code, field: null });

async function state(): Promise<ShiftView> {
  const reply = await call('shift.state');
  if (!reply.ok) throw new Error(reply.code);
  return shiftViewSchema.parse(reply.value);
}
const seen = async (): Promise<{ orderId: string; version: number }[]> =>
  (await state()).orders.map(({ orderId, version }) => ({ orderId, version }));

/** An order of this terminal whose pay call has brought no answer. */
function hanging(orderId: string, change: Partial<Order> = {}): void {
  const order = orderToPay(
    { orderId, outTradeNo: orderId, transactionId: null, family: 'facepay', amountFen: 990 },
    10_000,
    clock.read(),
  );
  const made = { ...order, payCall: { ...order.payCall, state: 'over' as const }, ...change };
  expect(
    services.journal.create(made, [
      { atMs: clock.read().wallMs, actor: MANAGER, event: { type: 'registered' }, effects: [] },
    ]),
  ).toMatchObject({ ok: true });
}

/** The order ends. */
function ends(orderId: string): void {
  const before = services.journal.load(orderId);
  if (before === null) throw new Error(orderId);
  const entry = { atMs: clock.read().wallMs, actor: MANAGER, event: { type: 'timer' }, effects: [] } as const;
  expect(
    services.journal.commit(
      before,
      { ...before.order, phase: { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' } },
      [entry],
    ),
  ).toMatchObject({ ok: true });
}

async function auditEntries(): Promise<unknown[]> {
  await clock.advance(0);
  const journal = new DatabaseSync(profileIn(folder).journal('practice'), { readOnly: true });
  const rows = journal
    .prepare(
      "SELECT actor, role, event ->> '$.act' AS act, event ->> '$.outcome' AS outcome, event ->> '$.about' AS about FROM entries WHERE event ->> '$.type' = 'noted' ORDER BY seq",
    )
    .all();
  journal.close();
  return rows.map((row) => Object.values(row));
}

async function withNames(...names: string[]): Promise<void> {
  for (const name of names) expect(await as(MANAGER, 'cashier.add', { name })).toMatchObject({ ok: true });
}

describe('a cashier', () => {
  it('signs on by a name, which then stands with everything they do', async () => {
    await withNames('王芳', '李强');
    expect(await call('shift.sign-on', { name: '王芳', seen: [] })).toMatchObject({
      ok: true,
      value: { on: { name: '王芳' } },
    });
    expect(staff.caller()).toEqual({ who: 'cashier:王芳', role: 'cashier' });
    await call('order.find', { number: 'pos-1' });
    await call('order.cancel', { orderId: 'pos-1' });
    expect(services.journal.history('pos-1').map(({ actor }) => actor.who)).toEqual(['cashier:王芳', 'cashier:王芳']);
    expect(await auditEntries()).toEqual([
      ['screen', 'manager', 'cashier-added', 'ok', '王芳'],
      ['screen', 'manager', 'cashier-added', 'ok', '李强'],
      ['cashier:王芳', 'cashier', 'shift-begun', 'ok', '王芳, 0 orders'],
    ]);
  });

  it('without unsettled orders signs off at once; then no money is taken until somebody signs on', async () => {
    expect(await call('shift.sign-off', { seen: [] })).toMatchObject({
      ok: true,
      value: { on: null, left: { by: null }, orders: [] },
    });
    expect(await call('payment.take', { amountFen: 100 })).toEqual(refusal('nobody-on-shift'));
    expect(await call('shift.sign-off', { seen: [] })).toEqual(refusal('nobody-on-shift'));
    expect(stages).toEqual([{ name: 'none' }]);
    expect(await call('shift.sign-on', { name: null, seen: [] })).toMatchObject({
      ok: true,
      value: { on: { name: null } },
    });
    expect(await call('payment.take', { amountFen: 100 })).toMatchObject({ ok: true });
  });

  it('with unsettled orders signs off only after seeing each in its present state', async () => {
    hanging('pos-1');
    hanging('pos-2', { phase: { name: 'attention', cause: 'undecided', errCode: null } });
    const list = await seen();
    expect(list.map(({ orderId }) => orderId).sort()).toEqual(['pos-1', 'pos-2']);
    for (const wrong of [
      [],
      list.slice(1),
      [...list, { orderId: 'pos-3', version: 1 }],
      list.map((one) => ({ ...one, version: one.version + 1 })),
      [list[0], list[0]],
    ]) {
      expect(await call('shift.sign-off', { seen: wrong })).toEqual(refusal('list-changed'));
    }
    ends('pos-1');
    expect(await call('shift.sign-off', { seen: list })).toEqual(refusal('list-changed'));
    expect(staff.roster.now().on).not.toBeNull();
    expect(await call('shift.sign-off', { seen: await seen() })).toMatchObject({ ok: true, value: { on: null } });
    expect((await auditEntries()).slice(-2)).toEqual([
      ['screen', 'cashier', 'shift-ended', 'ok', '-, 1 orders'],
      ['screen', 'cashier', 'handed-over', 'ok', 'pos-2'],
    ]);
  });

  it('the next cashier sees the same list with its results, also after a restart', async () => {
    await withNames('王芳', '李强');
    await call('shift.sign-on', { name: '王芳', seen: [] });
    hanging('pos-1');
    hanging('pos-2');
    await call('shift.sign-off', { seen: await seen() });
    await stop();
    clock.restart(60_000);
    await start();
    ends('pos-1');
    hanging('pos-3');
    const { on, left, orders } = await state();
    expect([on, left?.by, orders.map(({ orderId, phase }) => [orderId, phase.name]).sort()]).toEqual([
      null,
      '王芳',
      [
        ['pos-1', 'cancelled'],
        ['pos-2', 'paying'],
        ['pos-3', 'paying'],
      ],
    ]);
    expect(await call('shift.sign-on', { name: '李强', seen: [] })).toEqual(refusal('list-changed'));
    expect(await call('shift.sign-on', { name: '赵云', seen: await seen() })).toEqual(refusal('unknown-cashier'));
    expect(await call('shift.sign-on', { name: '李强', seen: await seen() })).toMatchObject({
      ok: true,
      value: { on: { name: '李强' }, left: null },
    });
    expect((await auditEntries()).slice(-2)).toEqual([
      ['cashier:李强', 'cashier', 'shift-begun', 'ok', '李强, 3 orders'],
      ['cashier:李强', 'cashier', 'taken-over', 'ok', expect.stringMatching(/pos-1/)],
    ]);
    await stop();
    clock.restart(1_000);
    await start();
    expect(staff.caller().who).toBe('cashier:李强');
  });

  it('writes a long list into the trail to its last number', async () => {
    const numbers = Array.from({ length: 23 }, (_, n) => `pos-${String(n).padStart(28, '0')}`);
    for (const number of numbers) hanging(number);
    await call('shift.sign-off', { seen: await seen() });
    const noted = (await auditEntries()).flatMap((row) =>
      Array.isArray(row) && row[2] === 'handed-over' ? String(row[4]).split(' ') : [],
    );
    expect(noted.sort()).toEqual(numbers);
  });

  it('cannot leave a payment that is before the camera or on its way', async () => {
    await call('payment.take', { amountFen: 100 });
    expect(await state()).toMatchObject({ payingNow: true });
    expect(await call('shift.sign-off', { seen: [] })).toEqual(refusal('payment-under-way'));
    await call('payment.stop');
    await clock.advance(5_000);
    expect(services.till.stage().name).toBe('stopped');
    expect(await call('shift.sign-off', { seen: [] })).toMatchObject({ ok: true });
  });

  it('may not change the list of names, and the try is written down', async () => {
    for (const role of ['cashier', 'technician'] as const) {
      expect(await as({ who: 'screen', role }, 'cashier.add', { name: '王芳' })).toEqual(refusal('forbidden'));
      expect((await auditEntries()).at(-1)).toEqual(['screen', role, 'command-refused', 'forbidden', 'cashier.add']);
    }
    expect(staff.roster.now().names).toEqual([]);
  });
});

describe('a manager', () => {
  it('serves while nobody is on shift, and hands over for somebody who has gone', async () => {
    await withNames('王芳');
    await call('shift.sign-on', { name: '王芳', seen: [] });
    expect(await as(MANAGER, 'cashier.remove', { name: '王芳' })).toEqual(refusal('cashier-on-shift'));
    expect(await as(MANAGER, 'shift.sign-off', { seen: [] })).toMatchObject({ ok: true, value: { on: null } });
    expect((await auditEntries()).at(-1)).toEqual(['screen', 'manager', 'shift-ended', 'ok', '王芳, 0 orders']);
    expect(await as(MANAGER, 'payment.take', { amountFen: 100 })).toMatchObject({ ok: true });
    expect(await as(MANAGER, 'cashier.remove', { name: '王芳' })).toMatchObject({ ok: true, value: { names: [] } });
  });
});

describe('a list of cashiers that cannot be read', () => {
  it('takes no name, so that nobody’s course results go with it, and the till is served all the same', async () => {
    for (const name of ['王芳', '李强']) expect(await as(MANAGER, 'cashier.add', { name })).toMatchObject({ ok: true });
    const record = { ...recordOf(staff.training.now(), '王芳'), whole: { atMs: 1, tookMs: 60_000 } };
    expect(staff.training.change(withRecord(staff.training.now(), record, staff.roster.now()))).toMatchObject({
      ok: true,
    });
    await stop();
    const path = profileIn(folder).roster;
    for (const file of [path, `${path}.kept`]) {
      rmSync(file, { force: true });
      mkdirSync(file);
    }
    await start();
    expect(await as(MANAGER, 'cashier.add', { name: '赵云' })).toEqual(refusal('not-saved'));
    expect(await as(MANAGER, 'cashier.remove', { name: '王芳' })).toMatchObject({ ok: false });
    expect(recordOf(staff.training.now(), '王芳').whole).toEqual({ atMs: 1, tookMs: 60_000 });
    expect(await call('shift.sign-on', { name: null, seen: await seen() })).toMatchObject({ ok: true });
    expect(await call('payment.take', { amountFen: 100 })).toMatchObject({ ok: true });
  });
});
