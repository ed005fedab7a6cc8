/** Signing in at the screen, through the only entry for commands, over a real practice terminal. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noterApart } from '../../../electron/app/audit/audit-trail.ts';
import { dispatch, noteOnceOpen, type DispatchContext } from '../../../electron/app/dispatch.ts';
import { createHandlers } from '../../../electron/app/command-table.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import type { StaffService } from '../../../electron/app/staff/staff-service.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { THE_APP } from '../../../electron/orders/machine/actor.ts';
import { openServices } from '../../../electron/app/open-services.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import type { StaffView } from '../../../shared/contract/staff.ts';
import type { CommandName } from '../../../shared/ipc.ts';
import { snapshotSchema } from '../../../shared/ipc.ts';
import { terminalSchema } from '../../../shared/settings.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { noExports } from '../../support/terminal/no-host.ts';
import { ownFolder, staffIn } from '../../support/terminal/staff.ts';
import { idleSelfTest } from '../../support/terminal/idle-self-test.ts';

const MANAGER_PIN = '482615';
const TECHNICIAN_PIN = '739264';

let folder: string;
let clock: FakeClock;
let services: Services | null;
let staff: StaffService;
let context: DispatchContext;
const changes: StaffView[] = [];

async function start(): Promise<void> {
  const profile = profileIn(folder);
  const store = settingsStore(profile, '');
  const quiet = { onChange: () => undefined, onStage: () => undefined, onNotice: () => undefined };
  const opening = openServices({ profile, store, clock, log: silentLog, ...quiet });
  staff = staffIn(folder, {
    clock,
    note: (...act) => {
      noteOnceOpen({ opening, log: silentLog }, ...act);
    },
    onChange: (view) => changes.push(view),
  });
  const handlers = createHandlers({
    app: { version: '1', build: null, host: { kind: 'stand-in', electron: '1' } },
    notices: () => [],
    staff,
    selfTest: idleSelfTest,
    exports: noExports(),
  });
  context = { handlers, opening, log: silentLog };
  const opened = await opening;
  services = opened.ok ? opened.value : null;
}

async function stop(): Promise<void> {
  const closing = services?.close(0);
  await clock.advance(0);
  await closing;
}

beforeEach(async () => {
  folder = ownFolder();
  clock = new FakeClock();
  changes.length = 0;
  await start();
});
afterEach(stop);

const call = (name: CommandName, input: unknown = {}): ReturnType<typeof dispatch> =>
  dispatch(context, staff.caller(), name, input);
const signIn = (role: 'manager' | 'technician', pin: string): ReturnType<typeof dispatch> =>
  call('staff.sign-in', { role, pin });

/** WeChat says that an order is paid. */
function paid(orderId: string): void {
  const before = services?.journal.load(orderId);
  if (services === null || before === null || before === undefined) throw new Error('no such order');
  const entry = { atMs: clock.read().wallMs, actor: THE_APP, event: { type: 'timer' }, effects: [] } as const;
  const committed = services.journal.commit(before, { ...before.order, phase: { name: 'paid' }, knownPaid: true }, [
    entry,
  ]);
  expect(committed).toMatchObject({ ok: true });
}

/** The journal's audit entries about staff: [role, act, outcome, about]. */
async function auditEntries(): Promise<unknown[]> {
  await clock.advance(0);
  const journal = new DatabaseSync(profileIn(folder).journal('practice'), { readOnly: true });
  const rows = journal.prepare('SELECT role, event FROM entries ORDER BY seq').all();
  journal.close();
  return rows.flatMap(({ role, event }) => {
    const { type, act, outcome, about } = JSON.parse(String(event)) as Record<string, unknown>;
    return type === 'noted' ? [[role, act, outcome, about]] : [];
  });
}

describe('signing in', () => {
  beforeEach(async () => {
    expect(await call('staff.set-pin', { role: 'manager', pin: MANAGER_PIN })).toMatchObject({ ok: true });
    expect(await call('staff.set-pin', { role: 'technician', pin: TECHNICIAN_PIN })).toMatchObject({ ok: true });
  });

  it('gives the role, tells the screen, and is written down, as is signing out', async () => {
    expect(await signIn('manager', MANAGER_PIN)).toMatchObject({
      ok: true,
      value: { who: 'screen', role: 'manager', idle: { endsInMs: 180_000, warnsInMs: 158_000 } },
    });
    expect(changes.at(-1)).toMatchObject({ role: 'manager' });
    expect(await call('app.snapshot')).toMatchObject({ ok: true, value: { role: 'manager' } });
    expect(await call('staff.sign-out')).toMatchObject({ ok: true, value: { role: 'cashier', idle: null } });
    expect(changes.at(-1)).toMatchObject({ role: 'cashier' });
    expect(await auditEntries()).toEqual([
      ['cashier', 'pin-set', 'ok', 'manager'],
      ['cashier', 'pin-set', 'ok', 'technician'],
      ['manager', 'signed-in', 'ok', 'manager'],
      ['manager', 'signed-out', 'ok', 'manager'],
    ]);
  });

  it('shows orders with the role’s own acts, also those that are done', async () => {
    await call('order.find', { number: 'pos-1' });
    paid('pos-1');
    const actions = async (): Promise<unknown> => {
      const snapshot = await call('app.snapshot', { also: ['pos-1', 'nowhere'] });
      return snapshot.ok && snapshotSchema.parse(snapshot.value).orders.map((order) => order.actions);
    };
    expect(await actions()).toEqual([['ask']]);
    await signIn('technician', TECHNICIAN_PIN);
    expect(await actions()).toEqual([['ask']]);
    expect(await call('order.cancel', { orderId: 'pos-1' })).toEqual({
      ok: false,
      code: 'paid-needs-manager',
      field: null,
    });
    await signIn('manager', MANAGER_PIN);
    expect(await actions()).toEqual([['ask', 'cancel']]);
    expect(await call('order.cancel', { orderId: 'pos-1' })).toEqual({ ok: false, code: 'reason-needed', field: null });
  });

  it('counts tries, locks, and tells both the screen and the trail', async () => {
    for (let left = 4; left >= 1; left -= 1) {
      expect(await signIn('manager', '905183')).toEqual({ ok: false, code: 'pin-wrong', field: null });
      expect(changes.at(-1)?.pins.manager).toMatchObject({ triesLeft: left, lockedForMs: 0 });
    }
    expect(await signIn('manager', '905183')).toEqual({ ok: false, code: 'pin-wrong', field: null });
    expect(changes.at(-1)?.pins.manager.lockedForMs).toBe(60_000);
    expect(await signIn('manager', MANAGER_PIN)).toEqual({ ok: false, code: 'pin-locked', field: null });
    expect((await auditEntries()).slice(-3)).toEqual([
      ['cashier', 'signed-in', 'pin-wrong', 'manager'],
      ['cashier', 'pin-locked', 'ok', 'manager, 1 min'],
      ['cashier', 'signed-in', 'pin-locked', 'manager'],
    ]);
    await clock.advance(60_000);
    expect(await signIn('manager', MANAGER_PIN)).toMatchObject({ ok: true });
  });

  it('ends when nobody touches the screen, as long after as the settings say', async () => {
    const store = settingsStore(profileIn(folder), '');
    expect(store.setTerminal(terminalSchema.parse({ idleSignOutSeconds: 60 }))).toMatchObject({ ok: true });
    await signIn('manager', MANAGER_PIN);
    await clock.advance(50_000);
    expect(await call('staff.touch')).toMatchObject({ value: { idle: { endsInMs: 60_000, warnsInMs: 38_000 } } });
    await clock.advance(59_999);
    expect(staff.caller().role).toBe('manager');
    await clock.advance(1);
    expect(staff.caller().role).toBe('cashier');
    expect(changes.at(-1)).toMatchObject({ role: 'cashier', idle: null });
    expect((await auditEntries()).at(-1)).toEqual(['manager', 'signed-out', 'idle', 'manager']);
  });

  it('in another role takes the place of the one before', async () => {
    await signIn('manager', MANAGER_PIN);
    await signIn('technician', TECHNICIAN_PIN);
    expect(staff.caller()).toEqual({ who: 'screen', role: 'technician' });
    expect((await auditEntries()).slice(-2)).toEqual([
      ['manager', 'signed-out', 'replaced', 'manager'],
      ['technician', 'signed-in', 'ok', 'technician'],
    ]);
  });

  it('does not outlive a restart; the PINs do', async () => {
    await signIn('manager', MANAGER_PIN);
    await stop();
    clock.restart(1_000);
    await start();
    expect(staff.caller().role).toBe('cashier');
    expect(await signIn('manager', MANAGER_PIN)).toMatchObject({ ok: true });
  });

  it('leaves no PIN anywhere in the profile', async () => {
    await signIn('manager', MANAGER_PIN);
    await signIn('manager', TECHNICIAN_PIN);
    await call('staff.set-pin', { role: 'manager', pin: '905183', currentPin: MANAGER_PIN });
    await stop();
    services = null;
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    const kept = files.map((file) => readFileSync(join(file.parentPath, file.name)).toString('latin1')).join('\n');
    for (const pin of [MANAGER_PIN, TECHNICIAN_PIN, '905183']) expect(kept.includes(pin), pin).toBe(false);
    expect(kept.length).toBeGreaterThan(1_000);
  });

  it('works on a terminal that could not be opened', async () => {
    context = { ...context, opening: Promise.resolve({ ok: false, error: { part: 'journal', code: 'io' } }) };
    expect(await signIn('technician', TECHNICIAN_PIN)).toMatchObject({ ok: true, value: { role: 'technician' } });
    expect(await call('app.snapshot')).toEqual({ ok: false, code: 'not-started', field: 'journal:io' });
  });

  it('is written down on a terminal whose key is damaged, too; the log has it where no journal can be written', async () => {
    await stop();
    const profile = profileIn(folder);
    const store = settingsStore(profile, '');
    const logged: object[] = [];
    const closed = {
      opening: Promise.resolve({ ok: false, error: { part: 'credentials', code: 'damaged' } } as const),
      log: { ...silentLog, warn: (fields: object) => logged.push(fields) },
      noteApart: noterApart(profile, store, clock),
    };
    const act = [{ who: 'screen', role: 'cashier' }, 'signed-in', 'pin-wrong', 'technician'] as const;
    noteOnceOpen(closed, ...act);
    expect((await auditEntries()).at(-1)).toEqual(['cashier', 'signed-in', 'pin-wrong', 'technician']);
    writeFileSync(profile.settings, '{');
    noteOnceOpen(closed, ...act);
    await clock.advance(0);
    expect(logged).toEqual([{ actor: act[0], act: act[1], outcome: act[2], about: act[3] }]);
    services = null;
  });

  it('with something that is no PIN is a wrong try or bad input, and never breaks', async () => {
    for (const pin of ['', 'x'.repeat(64), '１２３４５６', '\u0000'])
      expect(await signIn('manager', pin)).toMatchObject({ ok: false });
    expect(await call('staff.sign-in', { role: 'cashier', pin: MANAGER_PIN })).toEqual({
      ok: false,
      code: 'bad-input',
      field: 'role',
    });
    expect(await call('staff.sign-in', { role: 'manager', pin: 'x'.repeat(65) })).toEqual({
      ok: false,
      code: 'bad-input',
      field: 'pin',
    });
    expect(await call('staff.sign-in', { role: 'manager', pin: 482_615 })).toEqual({
      ok: false,
      code: 'bad-input',
      field: 'pin',
    });
  });
});

describe('a wrong PIN', () => {
  const NEW_PIN = '628517';
  const WRONG = '905183';
  const change = (pin: string, currentPin: string): ReturnType<typeof dispatch> =>
    call('staff.set-pin', { role: 'manager', pin, currentPin });

  it('is in the trail and one try of the same five, whatever it was typed for, and whatever the new PIN was to be', async () => {
    await call('staff.set-pin', { role: 'manager', pin: MANAGER_PIN });
    await signIn('manager', MANAGER_PIN);
    const triesLeft = (): number => staff.view().pins.manager.triesLeft;
    const left: number[] = [];
    for (const wrong of [
      () => change(NEW_PIN, WRONG),
      () => change('123456', WRONG),
      () => change(WRONG, WRONG),
      () => signIn('manager', WRONG),
    ]) {
      expect(await wrong()).toEqual({ ok: false, code: 'pin-wrong', field: null });
      left.push(triesLeft());
    }
    expect(left).toEqual([4, 3, 2, 1]);
    await call('staff.sign-out');
    await signIn('manager', WRONG);
    expect(await signIn('manager', MANAGER_PIN)).toMatchObject({ code: 'pin-locked' });
    expect((await auditEntries()).slice(2)).toEqual([
      ['manager', 'pin-set', 'pin-wrong', 'manager'],
      ['manager', 'pin-set', 'pin-wrong', 'manager'],
      ['manager', 'pin-set', 'pin-wrong', 'manager'],
      ['manager', 'signed-in', 'pin-wrong', 'manager'],
      ['manager', 'signed-out', 'ok', 'manager'],
      ['cashier', 'signed-in', 'pin-wrong', 'manager'],
      ['cashier', 'pin-locked', 'ok', 'manager, 1 min'],
      ['cashier', 'signed-in', 'pin-locked', 'manager'],
    ]);
  });

  it('for one that a technician gave is so, too; giving one needs no PIN of the manager’s and ends the lock', async () => {
    await call('staff.set-pin', { role: 'technician', pin: TECHNICIAN_PIN });
    await signIn('technician', TECHNICIAN_PIN);
    await call('staff.set-pin', { role: 'manager', pin: MANAGER_PIN });
    await call('staff.sign-out');
    for (let tried = 0; tried < 5; tried += 1) await change(NEW_PIN, WRONG);
    expect(await change(NEW_PIN, MANAGER_PIN)).toMatchObject({ code: 'pin-locked' });
    await signIn('technician', TECHNICIAN_PIN);
    expect(await call('staff.set-pin', { role: 'manager', pin: NEW_PIN })).toMatchObject({ ok: true });
    expect((await auditEntries()).slice(-5)).toEqual([
      ['cashier', 'pin-set', 'pin-wrong', 'manager'],
      ['cashier', 'pin-locked', 'ok', 'manager, 1 min'],
      ['cashier', 'pin-set', 'pin-locked', 'manager'],
      ['technician', 'signed-in', 'ok', 'technician'],
      ['technician', 'pin-set', 'ok', 'manager'],
    ]);
  });
});

describe('a PIN that is set', () => {
  it('is noted with its refusals, and never itself', async () => {
    await call('staff.set-pin', { role: 'manager', pin: '123456' });
    await call('staff.set-pin', { role: 'manager', pin: MANAGER_PIN });
    await call('staff.set-pin', { role: 'manager', pin: TECHNICIAN_PIN });
    expect(await auditEntries()).toEqual([
      ['cashier', 'pin-set', 'pin-trivial', 'manager'],
      ['cashier', 'pin-set', 'ok', 'manager'],
      ['cashier', 'pin-set', 'pin-not-yours', 'manager'],
    ]);
  });

  it('is nobody’s to set where the settings cannot be read, as if the money were real', async () => {
    writeFileSync(profileIn(folder).settings, '{');
    expect(await call('staff.set-pin', { role: 'technician', pin: TECHNICIAN_PIN })).toEqual({
      ok: false,
      code: 'pin-not-yours',
      field: null,
    });
    expect(existsSync(profileIn(folder).pins)).toBe(false);
  });
});
