/**
 * The commands of the order search page, through dispatch: who may use them, what they return, and what a refused act
 * records.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dispatch, type DispatchContext } from '../../../electron/app/dispatch.ts';
import { createHandlers } from '../../../electron/app/command-table.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { openServices } from '../../../electron/app/open-services.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import { beijingDay, dayToIso } from '../../../shared/beijing-day.ts';
import { EVERYTHING } from '../../../shared/contract/history.ts';
import type { Role } from '../../../shared/role.ts';
import { ok } from '../../../shared/result.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { idleSelfTest } from '../../support/terminal/idle-self-test.ts';
import { noExports } from '../../support/terminal/no-host.ts';
import { idleStaff } from '../../support/terminal/staff.ts';

const app = { version: '1.2.3', build: null, host: { kind: 'stand-in', electron: '45.4.1' } } as const;

let folder: string;
let services: Services;
let context: DispatchContext;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  const profile = profileIn(folder);
  const quiet = { onChange: () => undefined, onStage: () => undefined, onNotice: () => undefined };
  const opened = await openServices({
    profile,
    store: settingsStore(profile, ''),
    clock: new FakeClock(),
    log: silentLog,
    ...quiet,
  });
  if (!opened.ok) throw new Error(opened.error.code);
  services = opened.value;
  context = {
    handlers: createHandlers({
      app,
      notices: () => [],
      staff: idleStaff,
      selfTest: idleSelfTest,
      exports: noExports(),
    }),
    opening: Promise.resolve(ok(services)),
    log: silentLog,
  };
  await as('cashier', 'order.find', { number: 'pos-1' });
  await as('cashier', 'order.cancel', { orderId: 'pos-1' });
  await as('cashier', 'order.keep', { orderId: 'pos-1' });
  await as('cashier', 'order.find', { number: '4200000272201902213633768503', kind: 'wechat-pay-number' });
});
afterAll(async () => {
  // The clock stands still, so calls that are out are not waited for.
  const closing = services.close(0);
  if (services.clock instanceof FakeClock) await services.clock.advance(0);
  await closing;
  rmSync(folder, { recursive: true, force: true });
});

const as = (role: Role, name: string, input: unknown = {}): ReturnType<typeof dispatch> =>
  dispatch(context, { who: 'screen', role }, name, input);
const page = (filter: object, more: object = {}): ReturnType<typeof dispatch> =>
  as('manager', 'history.page', { filter: { ...EVERYTHING, ...filter }, upTo: null, offset: 0, limit: 10, ...more });

describe('a page of the history', () => {
  it('has the newest order first, by either number, and says how many there are', async () => {
    expect(await page({})).toMatchObject({
      ok: true,
      value: {
        upTo: 2,
        total: 2,
        counted: true,
        newer: 0,
        rows: [
          {
            place: 2,
            outTradeNo: null,
            transactionId: '4200000272201902213633768503',
            state: 'paying',
            cashier: 'screen',
          },
          { place: 1, orderId: 'pos-1', outTradeNo: 'pos-1', state: 'armed', amountFen: null },
        ],
      },
    });
    expect(await page({ text: '363376' })).toMatchObject({ value: { total: 1, rows: [{ place: 2 }] } });
    expect(await page({ text: 'OS-' })).toMatchObject({ value: { total: 1, rows: [{ place: 1 }] } });
  });

  it('is of days in Beijing', async () => {
    const today = dayToIso(beijingDay(services.clock.read().wallMs));
    expect(await page({ fromDay: today, toDay: today })).toMatchObject({ value: { total: 2 } });
    expect(await page({ toDay: '2000-01-01' })).toMatchObject({ value: { total: 0, rows: [] } });
  });

  it.each([
    [{ text: 'a b' }, {}, 'filter.text'],
    [{ text: '' }, {}, 'filter.text'],
    [{ text: '"' }, {}, 'filter.text'],
    [{ fromDay: '2026-02-30' }, {}, 'filter.fromDay'],
    [{ states: ['lost'] }, {}, 'filter.states.0'],
    [{ amountFen: { min: 1, max: 0.5 } }, {}, 'filter.amountFen.max'],
    [{}, { limit: 201 }, 'limit'],
    [{}, { offset: -1 }, 'offset'],
    [{}, { upTo: 'all' }, 'upTo'],
  ])('with bad input names the field: %j %j', async (filter, more, field) => {
    expect(await page(filter, more)).toEqual({ ok: false, code: 'bad-input', field });
  });

  it('beyond the end of the list is the last page, or none', async () => {
    expect(await page({}, { offset: 1 })).toMatchObject({ value: { total: 2, rows: [{ place: 1 }] } });
    expect(await page({}, { upTo: Number.MAX_SAFE_INTEGER, offset: Number.MAX_SAFE_INTEGER })).toMatchObject({
      value: { upTo: 2, rows: [] },
    });
    expect(await page({}, { upTo: 1 })).toMatchObject({ value: { total: 1, newer: 1, rows: [{ place: 1 }] } });
  });
});

describe('an order’s whole story', () => {
  it('has what happened, and who did what, refused acts included', async () => {
    const details = await as('technician', 'history.order', { orderId: 'pos-1' });
    expect(details).toMatchObject({
      ok: true,
      value: {
        row: { orderId: 'pos-1', state: 'armed' },
        view: { phase: { name: 'armed' } },
        timeline: [{ what: 'registered' }, { what: 'cancel-armed' }],
        audit: [
          { who: 'screen', role: 'cashier', act: 'registered', refused: false },
          { who: 'screen', role: 'cashier', act: 'cancel-tapped', outcome: 'armed', refused: false },
          { who: 'screen', role: 'cashier', act: 'keep-chosen', outcome: 'nothing-to-choose', refused: true },
        ],
        unreadableEntries: 0,
      },
    });
  });

  it('is shown as far as it can still be read', async () => {
    const db = new DatabaseSync(profileIn(folder).journal('practice'));
    db.exec(`UPDATE orders SET state = '{' WHERE order_id = 'wx-4200000272201902213633768503';
      INSERT INTO entries (order_id, at, actor, event, effects, phase) VALUES ('wx-4200000272201902213633768503', 1, 'x', '{', '[]', 'null')`);
    db.close();
    expect(await as('manager', 'history.order', { orderId: 'wx-4200000272201902213633768503' })).toMatchObject({
      ok: true,
      value: { row: { state: 'unreadable' }, view: null, timeline: [{ what: 'registered' }], unreadableEntries: 1 },
    });
  });

  it('of an order that is not here is refused', async () => {
    expect(await as('manager', 'history.order', { orderId: 'nowhere' })).toEqual({
      ok: false,
      code: 'order-not-found',
      field: null,
    });
  });
});

describe('the rest', () => {
  it('adds up what was found, and names the cashiers', async () => {
    expect(await as('manager', 'history.totals', { filter: EVERYTHING, upTo: 2 })).toEqual({
      ok: true,
      value: { total: 2, capped: false, paidFen: 0, refundedFen: 0 },
    });
    expect(await as('manager', 'history.cashiers')).toEqual({ ok: true, value: ['screen'] });
  });

  it('is not for cashiers', async () => {
    expect(await as('cashier', 'history.order', { orderId: 'pos-1' })).toMatchObject({ ok: false, code: 'forbidden' });
  });
});
