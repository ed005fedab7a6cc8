/** The only entry for every command, over real services: a practice terminal in a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { dispatch, type DispatchContext } from '../../electron/app/dispatch.ts';
import { createHandlers } from '../../electron/app/command-table.ts';
import { profileIn } from '../../electron/app/settings/profile.ts';
import { settingsStore } from '../../electron/app/settings/settings-store.ts';
import { silentLog } from '../../electron/base/log.ts';
import { openServices } from '../../electron/app/open-services.ts';
import type { Services } from '../../electron/app/core/services.ts';
import { snapshotSchema } from '../../shared/ipc.ts';
import type { OrderView } from '../../shared/order/order.ts';
import { ok } from '../../shared/result.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { write } from '../support/orders/made-orders.ts';
import { noExports } from '../support/terminal/no-host.ts';
import { idleStaff } from '../support/terminal/staff.ts';
import { idleSelfTest } from '../support/terminal/idle-self-test.ts';

const atScreen = { who: 'screen', role: 'cashier' } as const;
const app = {
  version: '1.2.3',
  build: { commit: 'abc1234', clean: true },
  host: { kind: 'stand-in', electron: '45.4.1' },
} as const;

let folder: string;
let services: Services;
let context: DispatchContext;
const logged: [object, string][] = [];

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
});
afterAll(async () => {
  // The clock stands still, so calls that are out are not waited for.
  const closing = services.close(0);
  if (services.clock instanceof FakeClock) await services.clock.advance(0);
  await closing;
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  logged.length = 0;
  context = {
    handlers: createHandlers({
      app,
      notices: () => [],
      staff: idleStaff,
      selfTest: idleSelfTest,
      exports: noExports(),
    }),
    opening: Promise.resolve(ok(services)),
    log: { ...silentLog, error: (fields, message) => logged.push([fields, message]) },
  };
});

const call = (name: unknown, input: unknown = {}): ReturnType<typeof dispatch> =>
  dispatch(context, atScreen, name, input);
const refusal = (code: string, field: string | null = null): object => ({ ok: false, code, field });

describe('a command', () => {
  it('is run, and its result has the shape of the contract', async () => {
    const snapshot = await call('app.snapshot');
    expect(snapshot).toMatchObject({
      ok: true,
      value: {
        environment: 'practice',
        deviceId: 'kiosk-1',
        ...app,
        role: 'cashier',
        orders: [],
        stage: { name: 'none' },
      },
    });
    expect(snapshot.ok && snapshotSchema.parse(snapshot.value)).toEqual(snapshot.ok && snapshot.value);
    expect(await call('order.find', { number: ' pos-1 ' })).toMatchObject({
      ok: true,
      value: { outTradeNo: 'pos-1', phase: { name: 'paying' }, actions: ['cancel', 'ask'] },
    });
    expect(await call('order.cancel', { orderId: 'pos-1' })).toMatchObject({
      ok: true,
      value: { phase: { name: 'armed' }, actions: ['withdraw'] },
    });
    expect(await call('order.timeline', { orderId: 'pos-1' })).toMatchObject({
      ok: true,
      value: [{ what: 'registered' }, { what: 'cancel-armed' }],
    });
    expect(await call('app.set-language', { language: 'en' })).toEqual({ ok: true, value: null });
    expect(await call('app.snapshot')).toMatchObject({ value: { language: 'en', orders: [{ orderId: 'pos-1' }] } });
  });

  it.each(['order.delete', '', 'toString', '__proto__', 'constructor', null, undefined, 7, {}, ['app.snapshot']])(
    'that does not exist is refused: %j',
    async (name) => {
      expect(await call(name)).toEqual(refusal('bad-input', 'name'));
    },
  );

  it.each<[string, unknown, string]>([
    ['payment.take', { amountFen: -1 }, 'amountFen'],
    ['payment.take', { amountFen: 0.5 }, 'amountFen'],
    ['payment.take', { amountFen: '100' }, 'amountFen'],
    ['payment.take', {}, 'amountFen'],
    ['order.cancel', { orderId: '' }, 'orderId'],
    ['order.cancel', { orderId: 'x'.repeat(65) }, 'orderId'],
    ['order.find', { number: 'x'.repeat(65) }, 'number'],
    ['app.set-language', { language: 'fr' }, 'language'],
    ['practice.set-scenario', { scenario: 'rain' }, 'scenario'],
    ['app.snapshot', { extra: 1 }, ''],
    ['app.snapshot', null, ''],
    ['order.cancel', 'pos-1', ''],
  ])('with bad input names the field: %s %j', async (name, input, field) => {
    expect(await call(name, input)).toEqual(refusal('bad-input', field));
    expect(logged).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['order.cancel', { orderId: 'nowhere' }, 'order-not-found'],
    ['order.timeline', { orderId: 'nowhere' }, 'order-not-found'],
    ['order.find', { number: 'a/b' }, 'bad-characters'],
    ['order.find', { number: '  ' }, 'missing'],
    ['order.find', { number: '9'.repeat(33) }, 'too-long'],
    ['order.find', { number: '4200000272201902213633768503' }, 'which-number'],
    ['order.find', { number: '134567890123456789' }, 'payment-code'],
    ['order.find', { number: ' 2812 3456 7890 1234 56' }, 'payment-code'],
    ['order.keep', { orderId: 'pos-1' }, 'nothing-to-choose'],
  ])('that is refused says why, by a code: %s %j', async (name, input, code) => {
    expect(await call(name, input)).toEqual(refusal(code));
  });

  it('that looks up a number of two meanings asks once, and writes down what the person said', async () => {
    const number = '4200000272201902213633768504';
    const code = '134567890123456780';
    expect(await call('order.find', { number: code })).toEqual(refusal('payment-code'));
    expect(await call('order.find', { number })).toEqual(refusal('which-number'));
    expect([services.journal.find(number), services.journal.find(code)]).toEqual([null, null]);
    expect(await call('order.find', { number, kind: 'order-number' })).toMatchObject({
      ok: true,
      value: { outTradeNo: number, transactionId: null },
    });
    expect(await call('order.find', { number })).toMatchObject({ ok: true, value: { outTradeNo: number } });
    expect(await call('order.find', { number: `${number.slice(0, -1)}5`, kind: 'wechat-pay-number' })).toMatchObject({
      ok: true,
      value: { outTradeNo: null, transactionId: `${number.slice(0, -1)}5` },
    });
    expect(await call('order.find', { number: code, kind: 'order-number' })).toMatchObject({
      ok: true,
      value: { outTradeNo: code },
    });
  });

  it('that breaks becomes "bug": logged once, with its name, and told to nobody', async () => {
    const broken = new Error('secret inside');
    context = { ...context, handlers: { ...context.handlers, 'order.ask': () => { throw broken; } } }; // prettier-ignore
    expect(await call('order.ask', { orderId: 'pos-1' })).toEqual(refusal('bug'));
    context = { ...context, handlers: { ...context.handlers, 'order.ask': () => Promise.reject(broken) } };
    expect(await call('order.ask', { orderId: 'pos-1' })).toEqual(refusal('bug'));
    expect(logged).toEqual(
      Array.from({ length: 2 }, () => [{ command: 'order.ask', error: broken }, 'a command broke']),
    );
  });

  it('lets nothing out that the contract does not name, and nothing of the wrong shape', async () => {
    const found = await call('order.find', { number: 'pos-1' });
    const { handlers } = context;
    if (!found.ok) throw new Error(found.code);
    const withSecret = Object.assign({}, found.value, { apiKey: 'secret' }) as OrderView;
    context = { ...context, handlers: { ...handlers, 'order.find': () => ok(withSecret) } };
    expect(await call('order.find', { number: 'pos-1' })).toEqual(found);
    context = { ...context, handlers: { ...handlers, 'app.snapshot': () => ok(JSON.parse('{}')) } };
    expect(await call('app.snapshot')).toEqual(refusal('bug'));
  });
});

describe('a terminal that could not be opened', () => {
  it('says which part and why, but only to who asked properly', async () => {
    context = { ...context, opening: Promise.resolve({ ok: false, error: { part: 'journal', code: 'disk-full' } }) };
    expect(await call('app.snapshot')).toEqual(refusal('not-started', 'journal:disk-full'));
    expect(await call('app.snapshot', { extra: 1 })).toEqual(refusal('bad-input', ''));
  });

  it('breaks no command where opening itself broke', async () => {
    context = { ...context, opening: Promise.reject(new Error('bug')) };
    expect(await call('app.snapshot')).toEqual(refusal('bug'));
  });

  it('keeps commands waiting until it is open', async () => {
    let open: (() => void) | undefined;
    const opening: DispatchContext['opening'] = new Promise((resolve) => {
      open = () => {
        resolve(ok(services));
      };
    });
    context = { ...context, opening };
    const waiting = call('app.snapshot');
    expect(await Promise.race([waiting, Promise.resolve('waiting')])).toBe('waiting');
    open?.();
    expect(await waiting).toMatchObject({ ok: true });
  });
});

test('a page that comes after a cancel has ended is told of it for as long as it stays in the tray; of a sale it is not', async () => {
  const { wallMs } = services.clock.read();
  const cancelled = { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' } as const;
  const minutesAgo = (minutes: number): number => wallMs - minutes * 60_000;
  const told = async (): Promise<unknown> => {
    const snapshot = await call('app.snapshot');
    return snapshot.ok && snapshotSchema.parse(snapshot.value).orders.map(({ orderId }) => orderId);
  };
  const before = await told();
  write(services.journal, { orderId: 'cancelled-long-ago', createdAtMs: minutesAgo(11), phase: cancelled });
  write(services.journal, { orderId: 'just-cancelled', createdAtMs: minutesAgo(3), phase: cancelled });
  expect(await told()).toEqual([before, 'just-cancelled'].flat());
  write(services.journal, { orderId: 'cancelled-last', createdAtMs: minutesAgo(2), phase: cancelled });
  expect(await told()).toEqual([before, 'just-cancelled', 'cancelled-last'].flat());
  write(services.journal, { orderId: 'just-paid', createdAtMs: minutesAgo(1), phase: { name: 'paid' } });
  expect(await told()).toEqual([before, 'just-cancelled', 'cancelled-last'].flat());
});
