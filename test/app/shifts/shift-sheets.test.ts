/** The sheet of a shift, through the only entry for commands, over a real practice terminal. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dispatch, type Caller, type DispatchContext } from '../../../electron/app/dispatch.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import type { HostPort } from '../../../electron/app/core/host-port.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import type { StaffService } from '../../../electron/app/staff/staff-service.ts';
import { fail, ok } from '../../../shared/result.ts';
import { dayStartMs } from '../../../shared/beijing.ts';
import { shiftViewSchema } from '../../../shared/contract/shift.ts';
import {
  SHEETS_KEPT_MAX,
  SHEETS_LISTED_MAX,
  shiftSheetCommands,
  shiftSheetSchema,
  type ShiftSheet,
} from '../../../shared/contract/shift-sheet.ts';
import type { CommandName } from '../../../shared/ipc.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { fillJournal } from '../../support/orders/big-journal.ts';
import { write, type MadeOrder } from '../../support/orders/made-orders.ts';
import { openPracticeTerminal } from '../../support/terminal/practice-terminal.ts';
import { ownFolder } from '../../support/terminal/staff.ts';

const MANAGER: Caller = { who: 'screen', role: 'manager' };
const HOUR_MS = 3_600_000;
const EVENING = dayStartMs('2026-11-23') + 22 * HOUR_MS;
const PAGE = { paper: '58mm', heightMm: 100 } as const;

let folder: string;
let clock: FakeClock;
let services: Services;
let staff: StaffService;
let context: DispatchContext;
let stop: () => Promise<void>;
let host: { prints: boolean; save: string | null };

async function start(): Promise<void> {
  host = { prints: true, save: null };
  const hostPort: HostPort = {
    files: { toSave: () => Promise.resolve(host.save), toOpen: () => Promise.resolve(null) },
    printer: {
      print: () => Promise.resolve(host.prints ? ok(null) : fail('not-printed')),
      pdf: () => Promise.resolve(Buffer.from('%PDF')),
    },
  };
  ({ services, staff, context, stop } = await openPracticeTerminal(folder, clock, () => undefined, hostPort));
}

beforeEach(async () => {
  folder = ownFolder();
  clock = new FakeClock(EVENING);
  await start();
});
afterEach(() => stop());

const as = (caller: Caller, name: CommandName, input: unknown = {}): ReturnType<typeof dispatch> =>
  dispatch(context, caller, name, input);
const call = (name: CommandName, input: unknown = {}): ReturnType<typeof dispatch> => as(staff.caller(), name, input);

async function value(reply: ReturnType<typeof dispatch>): Promise<unknown> {
  const answer = await reply;
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
}

async function seen(): Promise<{ orderId: string; version: number }[]> {
  const { orders } = shiftViewSchema.parse(await value(call('shift.state')));
  return orders.map(({ orderId, version }) => ({ orderId, version }));
}

async function begins(name: string): Promise<void> {
  await value(call('shift.sign-on', { name, seen: await seen() }));
}

/** Hands over; returns the number of the sheet. */
async function handsOver(caller = staff.caller()): Promise<number> {
  const view = shiftViewSchema.parse(await value(as(caller, 'shift.sign-off', { seen: await seen() })));
  const id = view.left?.sheetId ?? null;
  if (id === null) throw new Error('no sheet');
  return id;
}

const sheetOf = async (id: number, caller: Caller = MANAGER): Promise<ShiftSheet> =>
  shiftSheetSchema.parse(await value(as(caller, 'shift.sheet', { id })));

let made = 0;
function order(more: Partial<MadeOrder> = {}, who = staff.caller().who): string {
  made += 1;
  const orderId = `order-${String(made)}`;
  const takenBy = { who, role: 'cashier' } as const;
  const createdAtMs = clock.read().wallMs;
  write(services.journal, { orderId, amountFen: 1_000, createdAtMs, phase: { name: 'paid' }, takenBy, ...more });
  return orderId;
}

const none = { count: 0, fen: 0 };
const counted = (count: number, fen: number): object => ({ count, fen });

describe('the sheet of a shift', () => {
  it('says from when to when, what was taken, cancelled and refunded, by cashier, and what was left open', async () => {
    for (const name of ['王芳', '李强']) await value(as(MANAGER, 'cashier.add', { name }));
    await begins('王芳');
    order();
    order({ amountFen: 250 });
    order({ amountFen: 99 }, 'screen');
    order({ phase: { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' } });
    order({ phase: { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' } });
    order({ phase: { name: 'settled', reason: 'in the platform' } });
    order({ phase: { name: 'failed', cause: 'NOTENOUGH' } });
    const stuck = order({ amountFen: 777, phase: { name: 'attention', cause: 'expired', errCode: null } });
    await clock.advance(HOUR_MS);
    const id = await handsOver();
    expect(await sheetOf(id, staff.caller())).toEqual({
      id,
      by: '王芳',
      handedOverAs: 'cashier',
      fromMs: EVENING,
      toMs: EVENING + HOUR_MS,
      open: { count: 1, fen: 777, orders: [{ number: stuck, amountFen: 777 }] },
      figures: {
        paid: counted(3, 1_349),
        cancelled: counted(1, 1_000),
        refunded: counted(1, 1_000),
        settled: counted(1, 1_000),
        people: [
          {
            who: 'cashier:王芳',
            paid: counted(2, 1_250),
            cancelled: counted(1, 1_000),
            refunded: counted(1, 1_000),
            settled: counted(1, 1_000),
          },
          { who: 'screen', paid: counted(1, 99), cancelled: none, refunded: none, settled: none },
        ],
      },
      environment: 'practice',
      storeName: services.terminal.storeName,
      deviceId: services.terminal.deviceId,
      kept: true,
    });
  });

  it('of a shift over midnight holds the orders of both days, and none of the shift before or after', async () => {
    order();
    await clock.advance(1);
    await handsOver();
    await nobodyBegins();
    order();
    await clock.advance(4 * HOUR_MS);
    order({ amountFen: 2_000 });
    await clock.advance(1);
    const id = await handsOver();
    order({ amountFen: 5_000 });
    expect(await sheetOf(id)).toMatchObject({
      fromMs: EVENING + 1,
      toMs: EVENING + 4 * HOUR_MS + 2,
      figures: { paid: counted(2, 3_000) },
    });
  });

  it('of a shift without orders says so', async () => {
    await handsOver();
    await nobodyBegins();
    await clock.advance(HOUR_MS);
    expect(await sheetOf(await handsOver())).toMatchObject({
      figures: { paid: none, cancelled: none, refunded: none, settled: none, people: [] },
      open: { ...none, orders: [] },
    });
  });

  it('of 20,000 orders is counted whole, and the hand-over itself does not wait for it', async () => {
    await stop();
    fillJournal(profileIn(folder).journal('practice'), 20_000, EVENING, 20_000);
    await start();
    await clock.advance(1);
    const id = await handsOver();
    const kept: unknown = JSON.parse(readFileSync(profileIn(folder).shiftSheets('practice'), 'utf8'));
    expect(kept).toMatchObject({ sheets: [{ id, figures: null }] });
    const { figures } = await sheetOf(id);
    expect(figures.paid.count + figures.cancelled.count + figures.refunded.count).toBe(18_000);
  });

  it('is counted after a restart too: nothing that was begun is lost', async () => {
    order();
    await clock.advance(1);
    const id = await handsOver();
    await stop();
    await start();
    expect(await sheetOf(id)).toMatchObject({ figures: { paid: counted(1, 1_000) }, kept: true });
  });

  it('keeps its figures: what happens to an order later does not change it', async () => {
    const orderId = order();
    await clock.advance(1);
    const id = await handsOver();
    const before = await sheetOf(id);
    const stored = services.journal.load(orderId);
    if (stored === null) throw new Error(orderId);
    const entry = { atMs: clock.read().wallMs, actor: MANAGER, event: { type: 'timer' }, effects: [] } as const;
    const phase = { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' } as const;
    services.journal.commit(stored, { ...stored.order, phase }, [entry]);
    expect(await sheetOf(id)).toEqual(before);
  });

  it('of a clock that was set back has no time in it, and ends no shift before it began', async () => {
    await handsOver();
    await nobodyBegins();
    clock.jumpWall(-HOUR_MS);
    const { fromMs, toMs } = await sheetOf(await handsOver());
    expect([fromMs, toMs]).toEqual([EVENING - HOUR_MS, EVENING - HOUR_MS]);
  });

  it('is there for a signed-in manager who hands over for somebody', async () => {
    expect(await sheetOf(await handsOver(MANAGER))).toMatchObject({ handedOverAs: 'manager' });
  });

  it('of an earlier shift is refused to a cashier, and a sheet that does not exist to everybody', async () => {
    const first = await handsOver();
    await nobodyBegins();
    const refused = { ok: false, code: 'sheet-not-found', field: null };
    expect(await call('shift.sheet', { id: first })).toEqual(refused);
    expect(await call('shift.print', { id: first, page: PAGE })).toEqual(refused);
    const second = await handsOver();
    expect(await call('shift.sheet', { id: first })).toEqual(refused);
    expect(await call('shift.sheet', { id: second })).toMatchObject({ ok: true });
    expect(await as(MANAGER, 'shift.sheet', { id: first })).toMatchObject({ ok: true });
    expect(await as(MANAGER, 'shift.sheet', { id: 99 })).toEqual(refused);
  });

  it('is printed and saved, and both are recorded without a path', async () => {
    const id = await handsOver();
    host.save = `${folder}/sheet.pdf`;
    expect(await call('shift.print', { id, page: PAGE })).toMatchObject({ ok: true });
    expect(await as(MANAGER, 'shift.save', { id, page: PAGE })).toMatchObject({ value: { fileName: 'sheet.pdf' } });
    expect(readFileSync(host.save, 'utf8')).toBe('%PDF');
    host.prints = false;
    expect(await call('shift.print', { id, page: PAGE })).toMatchObject({ ok: false, code: 'not-printed' });
  });
});

/** Somebody without a name begins. */
async function nobodyBegins(): Promise<void> {
  await value(call('shift.sign-on', { name: null, seen: await seen() }));
}

describe('the sheets that are kept', () => {
  it('are listed for a manager, newest first, page by page', async () => {
    for (let n = 0; n <= SHEETS_LISTED_MAX; n += 1) {
      await handsOver();
      await nobodyBegins();
    }
    const output = shiftSheetCommands['shift.sheets'].output;
    const first = output.parse(await value(as(MANAGER, 'shift.sheets', { before: null })));
    expect([first.sheets.length, first.sheets[0]?.id, first.more]).toEqual([SHEETS_LISTED_MAX, 31, true]);
    const rest = output.parse(await value(as(MANAGER, 'shift.sheets', { before: 2 })));
    expect([rest.sheets.map(({ id }) => id), rest.more]).toEqual([[1], false]);
  });

  it('never grow beyond their limit, and no number comes twice', async () => {
    const path = profileIn(folder).shiftSheets('practice');
    const sheet = {
      by: null,
      handedOverAs: 'cashier',
      fromMs: 1,
      toMs: 2,
      open: { ...none, orders: [] },
      figures: null,
    };
    const sheets = Array.from({ length: SHEETS_KEPT_MAX }, (_, index) => ({ id: index + 1, ...sheet }));
    writeFileSync(path, JSON.stringify({ v: 1, nextId: SHEETS_KEPT_MAX + 1, sheets }));
    expect(await handsOver()).toBe(SHEETS_KEPT_MAX + 1);
    expect(await as(MANAGER, 'shift.sheet', { id: 1 })).toMatchObject({ ok: false });
    expect(await as(MANAGER, 'shift.sheet', { id: 2 })).toMatchObject({ ok: true });
  });

  it.each([
    [
      'a moment beyond all dates',
      '{"v":1,"nextId":2,"sheets":[{"id":1,"by":null,"handedOverAs":"cashier","fromMs":null,"toMs":1e300,"open":{"count":0,"fen":0,"orders":[]},"figures":null}]}',
    ],
    ['half of a file', '{"v":1,"nex'],
  ])('with %s are set aside, and the next hand-over keeps its own', async (_what, text) => {
    const path = profileIn(folder).shiftSheets('practice');
    writeFileSync(path, text);
    expect(await sheetOf(await handsOver())).toMatchObject({ id: 1, kept: true });
    expect(existsSync(`${path}.damaged-${String(EVENING)}`)).toBe(true);
  });

  it('that the disk does not take say so, and never hold a hand-over up', async () => {
    const path = profileIn(folder).shiftSheets('practice');
    mkdirSync(path);
    const id = await handsOver();
    expect(await sheetOf(id)).toMatchObject({ id, kept: false });
  });

  it('are asked for by numbers alone: dates, fractions and numbers beyond all counting are refused', async () => {
    for (const id of [0, -1, 1.5, Number.MAX_VALUE, '2026-11-23', null])
      expect(await as(MANAGER, 'shift.sheet', { id })).toMatchObject({ ok: false, code: 'bad-input' });
    expect(await as(MANAGER, 'shift.sheets', { before: 1e300 })).toMatchObject({ ok: false, code: 'bad-input' });
  });
});
