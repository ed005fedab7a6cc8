/**
 * Messages as a hijacked page could send them, a hundred thousand in a long run: nothing breaks, nothing is granted, no
 * secret comes back.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dispatch, type DispatchContext } from '../../electron/app/dispatch.ts';
import { createHandlers } from '../../electron/app/command-table.ts';
import { profileIn, type Profile } from '../../electron/app/settings/profile.ts';
import { createProvisionService } from '../../electron/app/setup/provision-service.ts';
import type { RunningTerminal } from '../../electron/app/core/running-terminal.ts';
import { settingsStore } from '../../electron/app/settings/settings-store.ts';
import { createSetupService } from '../../electron/app/setup/setup-service.ts';
import type { SetupService } from '../../electron/app/setup/setup-handlers.ts';
import { silentLog } from '../../electron/base/log.ts';
import { openServices } from '../../electron/app/open-services.ts';
import type { Services } from '../../electron/app/core/services.ts';
import type { Gateway } from '../../electron/wechat/gateway.ts';
import { commands } from '../../shared/contract/all.ts';
import { commonCodes } from '../../shared/ipc.ts';
import type { CommandName } from '../../shared/ipc.ts';
import { fail, ok } from '../../shared/result.ts';
import { merchantSchema } from '../../shared/settings.ts';
import { mayGive } from '../../shared/contract/spec.ts';
import { roleSchema, type Role } from '../../shared/role.ts';
import { scenarioSchema } from '../../shared/practice/scenarios.ts';
import { secretsIn, type Canaries } from '../support/secrets/canaries.ts';
import { drawn, LONG, partWords } from '../support/slice.ts';
import { noSecretBox } from '../../electron/vault/secret-box.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakePins } from '../support/terminal/setup-world.ts';
import { noExports } from '../support/terminal/no-host.ts';
import { idleSelfTest } from '../support/terminal/idle-self-test.ts';
import { quietUpdates } from '../support/terminal/quiet-updates.ts';
import { staffIn } from '../support/terminal/staff.ts';
import { plausible } from './plausible-input.ts';

const MESSAGES = LONG ? 100_000 : 4_000;
let folder: string;
let services: Services;
let context: DispatchContext;
let canaries: Canaries;
const bugs: object[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-fuzz-'));
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
  // The clock stands still, and so does the practice gateway: a command that calls it is answered at once.
  const query: Gateway['query'] = () =>
    Promise.resolve({ answer: { kind: 'no-answer', why: 'timeout', text: null }, host: 'nowhere', latencyMs: 0 });
  services = { ...opened.value, gateway: { ...opened.value.gateway, query } };
  if (services.practice === null) throw new Error('there is no practice gateway to take the secrets from');
  const { merchant, clientKeyPem, clientCertPem, caPem } = services.practice;
  // What a technician stored meanwhile, with an account at the shop's proxy: the set-up page works on it.
  const stored = await services.store.setMerchant(
    merchantSchema.parse({
      appid: merchant.appid,
      mchId: merchant.mchId,
      gateway: { primary: services.practice.primary, proxy: { url: 'http://proxy.invalid', user: 'till' } },
      faceGateway: services.practice.primary,
    }),
    {
      apiKey: merchant.apiKey,
      certPem: clientCertPem,
      keyPem: clientKeyPem,
      caPem,
      proxyPassword: 'canary of the shop’s proxy',
    },
  );
  expect(stored.ok).toBe(true);
  canaries = {
    'proxy password': 'canary of the shop’s proxy',
    'API key': merchant.apiKey,
    'private key': clientKeyPem.split('\n')[5] ?? '',
    'face secret': Buffer.from(services.practice.faceSecret).toString('hex'),
  };
  context = {
    handlers: createHandlers({
      app: { version: '1.2.3', build: null, host: { kind: 'stand-in', electron: '45.4.1' } },
      notices: () => [],
      staff: staffIn(folder),
      selfTest: idleSelfTest,
      exports: noExports(),
      setup: setupOver(profile, services),
      updates: quietUpdates(profile.updates),
    }),
    opening: Promise.resolve(ok(services)),
    log: { ...silentLog, error: (fields) => bugs.push(fields) },
  };
  for (const number of NUMBERS)
    await dispatch(context, { who: 'screen', role: 'cashier' }, 'order.find', { number, kind: 'wechat-pay-number' });
});
afterAll(async () => {
  const closing = services.close(0);
  if (services.clock instanceof FakeClock) await services.clock.advance(0);
  await closing;
  rmSync(folder, { recursive: true, force: true });
});

/** A set-up service whose terminal is never closed, and whose file dialog is always cancelled. */
function setupOver(profile: Profile, open: Services): SetupService {
  const { store, clock, log } = open;
  const running: RunningTerminal = {
    opening: Promise.resolve(ok(open)),
    reopen: () => Promise.resolve(fail('busy')),
    close: () => Promise.resolve(),
  };
  const parts = { profile, store, clock, log, box: noSecretBox, passphraseGiven: false, running, pins: new FakePins() };
  const provision = createProvisionService({
    ...parts,
    sources: () => Promise.resolve([]),
    fleetKeyPem: () => null,
    hostName: 'till-7',
  });
  return createSetupService(parts, () => Promise.resolve(ok([])), provision);
}

const NUMBERS = ['pos-1', 'pos-2', '4200000272201902213633768503'];
const MEANINGFUL = [
  ...NUMBERS,
  'wx-4200000272201902213633768503',
  'zh-CN',
  'en',
  'manager',
  '123456',
  ...scenarioSchema.options,
  1,
  100,
  null,
];

interface Message {
  readonly role: Role;
  readonly name: unknown;
  readonly input: unknown;
}

const isKnown = (name: unknown): name is CommandName => typeof name === 'string' && Object.hasOwn(commands, name);
const commandNames = Object.keys(commands).filter(isKnown);

const known = (name: CommandName): fc.Arbitrary<Message> =>
  fc.record({
    role: fc.constantFrom(...roleSchema.options),
    name: fc.constant(name),
    input: plausible(commands[name].input, MEANINGFUL),
  });
const unknown: fc.Arbitrary<Message> = fc.record({
  role: fc.constantFrom(...roleSchema.options),
  name: fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'toString', 'app', 'order.', 'ORDER.CANCEL'),
    fc.string(),
    fc.anything(),
  ),
  input: fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }),
});
const message = fc.oneof(
  { weight: 1, arbitrary: unknown },
  ...commandNames.map((name) => ({ weight: 1, arbitrary: known(name) })),
);

it(`${String(MESSAGES)} fuzzed messages break nothing and are granted nothing (${partWords})`, async () => {
  const answers = new Map<string, number>();
  let granted = 0;
  await fc.assert(
    fc.asyncProperty(message, async ({ role, name, input }) => {
      const reply = await dispatch(context, { who: 'screen', role }, name, input);
      const answer = reply.ok ? 'ok' : reply.code;
      expect(secretsIn(Buffer.from(JSON.stringify(reply)), canaries)).toEqual([]);
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
      if (!isKnown(name)) expect(reply).toEqual({ ok: false, code: 'bad-input', field: 'name' });
      else if (!mayGive(role, commands[name])) expect(answer).toBe('forbidden');
      else if (reply.ok) {
        granted += 1;
        expect(commands[name].input.safeParse(input).success).toBe(true);
      } else expect([...commands[name].codes, ...commonCodes].filter((code) => code !== 'bug')).toContain(reply.code);
    }),
    { numRuns: MESSAGES, endOnFailure: true, seed: drawn('messages', 2 ** 31) },
  );
  expect(bugs).toEqual([]);
  // Often enough the fuzz gets through the schemas to the code behind them, and often enough it is refused.
  expect(granted).toBeGreaterThan(MESSAGES / 100);
  expect(answers.get('bad-input')).toBeGreaterThan(MESSAGES / 10);
});
