/**
 * Set-up with the screen's commands, over real services and practice gateways: all of it or nothing, and no secret
 * comes back.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../electron/base/clock.ts';
import { startPracticeGateway, type PracticeGateway } from '../../../electron/practice/gateway-server.ts';
import { newPracticeMerchant } from '../../../electron/practice/practice-merchant.ts';
import type { SetupFields, SetupOutcome, SetupProblem } from '../../../shared/contract/setup.ts';
import { temporaryFolder } from '../../support/command.ts';
import { ShopProxy } from '../../support/gateway/shop-proxy.ts';
import { FakeKeyStore } from '../../support/secrets/fake-key-store.ts';
import { fieldsFor, HELPER_SHA256, setupWorld, type SetupWorld } from '../../support/terminal/setup-world.ts';

const cashier = { who: 'screen', role: 'cashier' } as const;

let one: PracticeGateway;
let two: PracticeGateway;
beforeAll(async () => {
  const clock = systemClock();
  one = await startPracticeGateway({ clock, merchant: newPracticeMerchant() });
  two = await startPracticeGateway({
    clock,
    merchant: { ...newPracticeMerchant(), appid: 'wx2222222222222222', mchId: '1900000222', subMchId: '1900000333' },
  });
});
afterAll(async () => {
  await Promise.all([one.close(), two.close()]);
});

let world: SetupWorld;
beforeEach(() => {
  world = setupWorld();
  world.pins.kept = { technician: '825731' };
});

/** Files of a gateway's merchant, as a person picks them. */
function filesOf(gateway: PracticeGateway): { cert: string; key: string; ca: string; apiKey: string } {
  const folder = temporaryFolder();
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const { clientCertPem, clientKeyPem, caPem, merchant } = gateway;
  return {
    cert: write('cert.pem', clientCertPem),
    key: write('key.pem', clientKeyPem),
    ca: write('ca.pem', caPem),
    apiKey: write('api.txt', `${merchant.apiKey}\r\n`),
  };
}

async function begun(in_ = world): Promise<string> {
  const draft = await in_.call('setup.begin', {});
  if (!draft.ok) throw new Error(draft.code);
  return draft.value.draftId;
}

/** A complete draft, with files picked as a person would. */
async function draftFor(gateway: PracticeGateway, in_ = world): Promise<string> {
  const draftId = await begun(in_);
  const { cert, key, ca, apiKey } = filesOf(gateway);
  in_.picks.push([cert, key], [apiKey], [ca]);
  await in_.call('setup.pick-certificate', { draftId, mchId: gateway.merchant.mchId });
  await in_.call('setup.pick-key-file', { draftId });
  await in_.call('setup.pick-authority', { draftId });
  return draftId;
}

async function applied(
  gateway: PracticeGateway,
  changes: Partial<SetupFields> = {},
  in_ = world,
): Promise<SetupOutcome | string> {
  const reply = await in_.call('setup.apply', {
    draftId: await draftFor(gateway, in_),
    fields: fieldsFor(gateway, changes),
  });
  return reply.ok ? reply.value : reply.code;
}

const problemsOf = (outcome: SetupOutcome | string): SetupProblem[] | string =>
  typeof outcome === 'string' || outcome.outcome !== 'refused' ? JSON.stringify(outcome) : outcome.problems;

describe('a new terminal', () => {
  it('shows its present state, and fills the form with the usual values', async () => {
    world.pins.kept = {};
    const state = await world.call('setup.state', {}, cashier);
    expect(state).toMatchObject({
      ok: true,
      value: {
        environment: 'practice',
        fresh: true,
        technicianPin: false,
        merchantSet: false,
        fields: {
          mode: 'merchant',
          appid: '',
          mchId: '',
          primary: 'https://api.mch.weixin.qq.com',
          backup: 'https://api2.mch.weixin.qq.com',
          signType: 'HMAC-SHA256',
          protection: 'device',
        },
        secrets: 'none',
        apiKeyStored: false,
        certificate: null,
        previous: null,
        protection: { now: null, offered: ['device'], recommended: 'device', keyStore: 'none', facepay: 'opens' },
        faceDevice: 'simulated',
        notOpened: null,
      },
    });
  });

  it('is set up by any person, after a technician’s PIN is set; from then on only by a technician', async () => {
    world.pins.kept = {};
    const draft = await world.call('setup.begin', {}, cashier);
    if (!draft.ok) throw new Error(draft.code);
    const input = { draftId: draft.value.draftId, fields: fieldsFor(one) };
    expect(await world.call('setup.apply', input, cashier)).toMatchObject({ ok: false, code: 'pin-first' });
    world.pins.kept = { technician: '825731' };
    for (const role of ['cashier', 'manager'] as const) {
      expect(await world.call('setup.apply', input, { who: 'screen', role })).toMatchObject({
        ok: false,
        code: 'forbidden',
      });
    }
    expect(await applied(one)).toMatchObject({ outcome: 'applied' });
    world.pins.kept = {};
    expect(await world.call('setup.state', {}, cashier), 'without a PIN it is still nobody’s').toMatchObject({
      ok: false,
      code: 'forbidden',
    });
  });

  it('that is set up takes payments at once, without being started again', async () => {
    const before = await world.services();
    const outcome = await applied(one);
    expect(outcome).toMatchObject({
      outcome: 'applied',
      probe: 'answered',
      file: null,
      state: {
        merchantSet: true,
        secrets: 'stored',
        apiKeyStored: true,
        fields: { mchId: one.merchant.mchId, storeName: '江边便利店' },
        protection: { now: 'device' },
        notOpened: null,
      },
    });
    const after = await world.services();
    expect(after).not.toBe(before);
    expect([after.merchant.gateway.primary, after.practice, after.terminal.deviceId]).toEqual([
      one.primary,
      null,
      'till-7',
    ]);
    const { answer } = await after.gateway.query({
      family: 'facepay',
      outTradeNo: 'nobody-has-it',
      transactionId: null,
    });
    expect(answer).toEqual({ kind: 'not-found' });
    expect(world.noted().filter((note) => note.includes('set-up'))).toEqual([
      `screen set-up ok: merchant ${one.merchant.mchId}, protection device`,
    ]);
  });
});

describe('a draft', () => {
  it('takes the key as it is typed, from a file, or pasted with blanks around', async () => {
    const draftId = await begun();
    const set = async (apiKey: string): Promise<string> => {
      const reply = await world.call('setup.set-api-key', { draftId, apiKey });
      return reply.ok ? reply.value.apiKey : reply.code;
    };
    expect([await set('too short'), await set(` ${one.merchant.apiKey}\n`), await set('')]).toEqual([
      'api-key-shape',
      'given',
      'api-key-shape',
    ]);
    world.picks.push([filesOf(one).apiKey]);
    expect(await world.call('setup.pick-key-file', { draftId })).toMatchObject({
      ok: true,
      value: { apiKey: 'given' },
    });
  });

  it('is as it was where the dialog is cancelled', async () => {
    const draftId = await draftFor(one);
    const before = await world.call('setup.set-support-passphrase', { draftId, passphrase: 'short' });
    expect(before).toMatchObject({
      ok: true,
      value: { certificate: { state: 'ready' }, apiKey: 'given', authority: 'given', supportPassphrase: 'too-short' },
    });
    expect(await world.call('setup.pick-certificate', { draftId, mchId: '1' })).toEqual(before);
  });

  it('is forgotten when another is begun, when it is discarded, and when it has been applied', async () => {
    const first = await draftFor(one);
    const second = await draftFor(one);
    const code = async (draftId: string): Promise<string> => {
      const reply = await world.call('setup.check', { draftId, fields: fieldsFor(one) });
      return reply.ok ? 'there' : reply.code;
    };
    expect([await code(first), await code(second)]).toEqual(['draft-not-found', 'there']);
    await world.call('setup.discard', {});
    expect(await code(second)).toBe('draft-not-found');
    const third = await draftFor(one);
    await world.call('setup.apply', { draftId: third, fields: fieldsFor(one) });
    expect(await code(third)).toBe('draft-not-found');
  });
});

/** Of the face SDK; both files are there and protected. */
const SDK = { device: 'sdk-bridge', faceProgram: '/opt/helper', faceLibrary: '/opt/sdk.dll' } as const;

it('the helper of the face SDK is stored with its hash, and the audit trail names it, also when it is put back', async () => {
  const fields = fieldsFor(one, SDK);
  expect(await world.call('setup.apply', { draftId: await draftFor(one), fields })).toMatchObject({
    ok: true,
    value: { outcome: 'applied', state: { faceDevice: 'sdk-bridge', fields: SDK } },
  });
  const settings = world.store.settings();
  expect(settings.ok && settings.value.merchant?.faceHelper).toEqual({
    program: '/opt/helper',
    library: '/opt/sdk.dll',
    sha256: HELPER_SHA256,
  });
  const named = `face helper /opt/helper (SHA-256 ${HELPER_SHA256.slice(0, 16)}...), face library /opt/sdk.dll`;
  expect(world.noted().at(-1)).toContain(named);
  expect((await world.services()).paySource.now()).toBe('face');
});

describe('a check', () => {
  const check = async (draftId: string, changes: Partial<SetupFields>): Promise<SetupProblem[]> => {
    const reply = await world.call('setup.check', { draftId, fields: fieldsFor(one, changes) });
    if (!reply.ok) throw new Error(reply.code);
    return reply.value.problems;
  };

  const table: readonly [Partial<SetupFields>, SetupProblem[]][] = [
    [{}, []],
    [{ appid: ' wx8888888888888888\n', mchId: ' 1900000109 ' }, []],
    [{ appid: '' }, [{ field: 'appid', code: 'missing' }]],
    [{ appid: 'wx 1' }, [{ field: 'appid', code: 'bad-characters' }]],
    [
      { mchId: 'x' },
      [
        { field: 'mchId', code: 'digits-only' },
        { field: 'certificate', code: 'cert-of-other-merchant' },
      ],
    ],
    [{ mchId: '1900000110' }, [{ field: 'certificate', code: 'cert-of-other-merchant' }]],
    [{ mode: 'partner' }, [{ field: 'subMchId', code: 'missing' }]],
    [{ mode: 'partner', subMchId: '1900000333' }, []],
    [
      { subMchId: '1900000333', subAppid: 'wx7' },
      [
        { field: 'subAppid', code: 'must-be-empty' },
        { field: 'subMchId', code: 'must-be-empty' },
      ],
    ],
    [{ primary: 'http://127.0.0.1' }, [{ field: 'primary', code: 'not-an-https-origin' }]],
    [{ primary: '' }, [{ field: 'primary', code: 'missing' }]],
    [{ backup: '' }, []],
    [{ device: 'code', family: 'micropay' }, []],
    [{ device: 'code' }, [{ field: 'device', code: 'code-needs-micropay' }]],
    [
      { device: 'sdk-bridge' },
      [
        { field: 'faceProgram', code: 'missing' },
        { field: 'faceLibrary', code: 'missing' },
      ],
    ],
    [
      { device: 'sdk-bridge', faceProgram: 'helper', faceLibrary: '/opt/../open/sdk.dll' },
      [
        { field: 'faceProgram', code: 'not-a-full-path' },
        { field: 'faceLibrary', code: 'not-a-full-path' },
      ],
    ],
    [{ ...SDK, faceProgram: '/opt/none' }, [{ field: 'faceProgram', code: 'helper-missing' }]],
    [{ ...SDK, faceProgram: '/open/helper' }, [{ field: 'faceProgram', code: 'helper-unprotected' }]],
    [{ ...SDK, faceLibrary: '/opt/none' }, [{ field: 'faceLibrary', code: 'library-missing' }]],
    [{ ...SDK, faceLibrary: '/open/sdk.dll' }, [{ field: 'faceLibrary', code: 'library-unprotected' }]],
    [SDK, []],
    [{ ...SDK, family: 'micropay' }, []],
    [{ ...SDK, device: 'none' }, []],
    [{ device: 'code', family: 'micropay', codePort: ' COM3 ' }, []],
    [{ device: 'code', family: 'micropay', codePort: 'third' }, [{ field: 'codePort', code: 'not-a-serial-port' }]],
    // Of a choice that was left again.
    [{ device: 'none', family: 'micropay', codePort: 'third' }, []],
    [{ backup: 'https://a/b' }, [{ field: 'backup', code: 'not-an-https-origin' }]],
    [{ faceGateway: 'x' }, [{ field: 'faceGateway', code: 'not-an-https-origin' }]],
    [{ storeName: '' }, [{ field: 'storeName', code: 'missing' }]],
    [{ storeName: 'a\tb' }, [{ field: 'storeName', code: 'bad-characters' }]],
    [
      { storeName: 'x'.repeat(129), deviceId: 'x'.repeat(33) },
      [
        { field: 'storeName', code: 'too-long' },
        { field: 'deviceId', code: 'too-long' },
      ],
    ],
    [{ protection: 'key-store' }, [{ field: 'protection', code: 'not-offered' }]],
    [{ primary: 'https://api.mch.weixin.qq.com' }, [{ field: 'acceptWeakProtection', code: 'weak-protection' }]],
    [{ primary: 'https://api.mch.weixin.qq.com', acceptWeakProtection: true }, []],
  ];

  it('names every field that is wrong, and nothing else', async () => {
    const draftId = await draftFor(one);
    for (const [changes, problems] of table)
      expect(await check(draftId, changes), JSON.stringify(changes)).toEqual(problems);
  });

  it('names what is missing of the secrets', async () => {
    expect(await check(await begun(), {})).toEqual([
      { field: 'certificate', code: 'missing' },
      { field: 'apiKey', code: 'missing' },
    ]);
    const draftId = await begun();
    world.picks.push([filesOf(one).cert]);
    await world.call('setup.pick-certificate', { draftId, mchId: one.merchant.mchId });
    await world.call('setup.set-api-key', { draftId, apiKey: 'x' });
    await world.call('setup.set-support-passphrase', { draftId, passphrase: 'short' });
    expect(await check(draftId, {})).toEqual([
      { field: 'certificate', code: 'key-unreadable' },
      { field: 'apiKey', code: 'api-key-shape' },
      { field: 'supportPassphrase', code: 'too-short' },
    ]);
  });

  it('uses the stored secrets for those left out, and says which of them cannot be opened', async () => {
    await applied(one);
    expect(await check(await begun(), { storeName: 'New name' })).toEqual([]);
    expect(await check(await begun(), { mchId: '1900000110' })).toEqual([
      { field: 'certificate', code: 'cert-of-other-merchant' },
    ]);
    writeFileSync(world.profile.deviceSecret, Buffer.alloc(32, 7));
    expect(await check(await begun(), {})).toEqual([
      { field: 'certificate', code: 'stored-unreadable' },
      { field: 'apiKey', code: 'stored-unreadable' },
    ]);
  });
});

describe('a set-up that WeChat does not take', () => {
  it.each<[string, (draftId: string) => Promise<unknown>, Partial<SetupFields>, SetupProblem]>([
    [
      'with another API key',
      (draftId) => world.call('setup.set-api-key', { draftId, apiKey: 'f'.repeat(32) }),
      {},
      { field: 'apiKey', code: 'sign-refused' },
    ],
    [
      'with a certificate of another authority',
      (draftId) => {
        const { cert, key } = filesOf(otherAuthority);
        world.picks.push([cert, key]);
        return world.call('setup.pick-certificate', { draftId, mchId: one.merchant.mchId });
      },
      {},
      { field: 'certificate', code: 'certificate-refused' },
    ],
    [
      'with another appid',
      () => Promise.resolve(),
      { appid: 'wx9999999999999999' },
      { field: 'mchId', code: 'merchant-refused' },
    ],
  ])('%s is refused, by field, and nothing is stored', async (_what, spoil, changes, problem) => {
    const draftId = await draftFor(one);
    await spoil(draftId);
    const before = await world.services();
    const reply = await world.call('setup.apply', { draftId, fields: fieldsFor(one, changes) });
    expect(problemsOf(reply.ok ? reply.value : reply.code)).toEqual([problem]);
    expect(await world.services(), 'and the terminal was not even closed').toBe(before);
    expect(world.store.settings()).toMatchObject({ ok: true, value: { merchant: null } });
    expect(world.noted().at(-1)).toContain(`set-up ${problem.field}:${problem.code}`);
  });

  let otherAuthority: PracticeGateway;
  beforeAll(async () => {
    otherAuthority = await startPracticeGateway({ clock: systemClock(), merchant: one.merchant });
  });
  afterAll(() => otherAuthority.close());

  it('because the gateway is not who it should be is refused too', async () => {
    const draftId = await draftFor(one);
    world.picks.push([filesOf(two).ca]);
    await world.call('setup.pick-authority', { draftId });
    const reply = await world.call('setup.apply', { draftId, fields: fieldsFor(one) });
    expect(problemsOf(reply.ok ? reply.value : reply.code)).toEqual([{ field: 'primary', code: 'server-not-trusted' }]);
  });

  it('cannot be told where nobody answers: it is stored, and that is said', async () => {
    const outcome = await applied(one, {
      primary: 'https://127.0.0.1:9',
      backup: '',
      faceGateway: 'https://127.0.0.1:9',
    });
    expect(outcome).toMatchObject({ outcome: 'applied', probe: 'unreachable' });
  });
});

describe('another merchant', () => {
  it('takes the place of the first at once; the first is kept until the second has been seen to work', async () => {
    await applied(one);
    const outcome = await applied(two, { mode: 'partner', subMchId: '1900000333' });
    expect(outcome).toMatchObject({
      outcome: 'applied',
      state: {
        fields: { mchId: '1900000222', mode: 'partner', subMchId: '1900000333' },
        previous: { mchId: one.merchant.mchId },
      },
    });
    const { gateway } = await world.services();
    expect(
      (await gateway.query({ family: 'facepay', outTradeNo: 'nobody-has-it', transactionId: null })).answer.kind,
    ).toBe('not-found');
    expect(await world.call('setup.state', {})).toMatchObject({ ok: true, value: { previous: null } });
    expect(await world.call('setup.go-back', {})).toMatchObject({ ok: false, code: 'no-previous' });
    expect(readdirSync(world.profile.folder).filter((name) => name.includes('sealed'))).toHaveLength(1);
  });

  it('can be gone back from before that', async () => {
    await applied(one);
    await applied(two, { mode: 'partner', subMchId: '1900000333' });
    expect(await world.call('setup.go-back', {})).toMatchObject({
      ok: true,
      value: { outcome: 'applied', state: { fields: { mchId: one.merchant.mchId }, previous: null } },
    });
    const { merchant, gateway } = await world.services();
    expect(merchant.mchId).toBe(one.merchant.mchId);
    expect(
      (await gateway.query({ family: 'facepay', outTradeNo: 'nobody-has-it', transactionId: null })).answer.kind,
    ).toBe('not-found');
    expect(world.noted().at(-1)).toBe(`screen set-up ok: back to merchant ${one.merchant.mchId}`);
  });

  it('with which the terminal does not open is put away again, and the first is back and open', async () => {
    await applied(one);
    world.failOpening = { part: 'journal', code: 'io' };
    const outcome = await applied(two, { mode: 'partner', subMchId: '1900000333' });
    expect(outcome).toEqual({ outcome: 'put-back', part: 'journal', code: 'io' });
    const { merchant, terminal } = await world.services();
    expect([merchant.mchId, terminal.storeName]).toEqual([one.merchant.mchId, '江边便利店']);
    expect(await world.store.credentials()).toMatchObject({ ok: true, value: { apiKey: one.merchant.apiKey } });
    expect(world.noted().at(-1)).toMatch(/^screen set-up put-back:journal:io: merchant 1900000222/);
  });

  it('must wait while a payment is before the camera, and nothing is closed', async () => {
    const services = await world.services();
    services.till.take(100);
    expect(await applied(one)).toBe('busy');
    expect(await world.services()).toBe(services);
    services.till.stop();
  });

  it('must wait while orders of real money are not settled; the same merchant’s new certificate need not', async () => {
    // A merchant whose gateway counts as real for the terminal, and cannot be reached.
    const live = {
      primary: 'https://gateway.invalid',
      backup: '',
      faceGateway: 'https://gateway.invalid',
      acceptWeakProtection: true,
    };
    expect(await applied(one, live)).toMatchObject({
      outcome: 'applied',
      probe: 'unreachable',
      state: { environment: 'live' },
    });
    expect(world.noted().at(-1)).toBe(
      `screen set-up ok: merchant ${one.merchant.mchId}, protection device, weak protection accepted`,
    );
    const found = await world.call('order.find', { number: 'pos-1' }, cashier);
    expect(found.ok).toBe(true);
    await world.call('order.cancel', { orderId: 'pos-1' }, cashier);
    expect(await applied(two, { ...live, mode: 'partner', subMchId: '1900000333' })).toBe('orders-unsettled');
    expect(await applied(one), 'practice is another world, in which nobody would finish them').toBe('orders-unsettled');
    expect(await applied(one, { ...live, storeName: 'Renamed' })).toMatchObject({ outcome: 'applied' });
    expect((await world.services()).journal.open().orders.map(({ order }) => order.orderId)).toEqual(['pos-1']);
  });
});

describe('a protection', () => {
  it('by the key store is offered where there is a real one, and keeps facepay out unless it has its passphrase', async () => {
    const box = new FakeKeyStore();
    const in_ = setupWorld({ box });
    in_.pins.kept = { technician: '825731' };
    const offered = await in_.call('setup.state', {});
    expect(offered).toMatchObject({
      ok: true,
      value: {
        protection: { offered: ['device', 'key-store'], recommended: 'key-store', keyStore: 'real' },
        fields: { protection: 'key-store' },
      },
    });
    expect(await applied(one, { protection: 'key-store' }, in_)).toMatchObject({
      outcome: 'applied',
      state: { protection: { now: 'key-store', facepay: 'cannot' } },
    });
    const draftId = await draftFor(one, in_);
    await in_.call('setup.set-support-passphrase', { draftId, passphrase: 'river, stone and a boat' });
    const again = await in_.call('setup.apply', { draftId, fields: fieldsFor(one, { protection: 'key-store' }) });
    expect(again).toMatchObject({
      ok: true,
      value: { outcome: 'applied', state: { protection: { facepay: 'with-passphrase' } } },
    });
    box.worth = 'public-key';
    expect(await in_.call('setup.state', {})).toMatchObject({
      ok: true,
      value: { protection: { offered: ['device'], keyStore: 'public-key' } },
    });
  });

  it('by a passphrase is offered where the app was started with one', async () => {
    const in_ = setupWorld({ passphrase: 'started with it', box: new FakeKeyStore() });
    in_.pins.kept = { technician: '825731' };
    expect(await applied(one, { protection: 'both' }, in_)).toMatchObject({
      outcome: 'applied',
      state: { protection: { offered: ['device', 'passphrase', 'key-store', 'both'], now: 'both', facepay: 'cannot' } },
    });
  });
});

/** A proxy that says this to whoever asks for a connection; nothing leaves this machine. */
async function shopProxy(answer: string): Promise<string> {
  const proxy = await ShopProxy.start(9);
  proxy.answer = () => answer;
  onTestFinished(() => proxy.close());
  return `http://127.0.0.1:${String(proxy.port)}`;
}

describe('the shop’s proxy', () => {
  // Real addresses, for the terminal's own machine is never reached through a proxy.
  const real = {
    primary: 'https://api.mch.weixin.qq.com',
    backup: '',
    faceGateway: 'https://payapp.weixin.qq.com',
    acceptWeakProtection: true,
  };
  const withPassword = async (changes: Partial<SetupFields>, password: string): Promise<SetupOutcome | string> => {
    const draftId = await draftFor(one);
    await world.call('setup.set-proxy-password', { draftId, password });
    const reply = await world.call('setup.apply', { draftId, fields: fieldsFor(one, { ...real, ...changes }) });
    return reply.ok ? reply.value : reply.code;
  };

  it.each<[string, SetupProblem]>([
    ['HTTP/1.1 407 Who\r\n\r\n', { field: 'proxyUser', code: 'proxy-account' }],
    ['HTTP/1.1 403 No\r\n\r\n', { field: 'proxy', code: 'proxy-refused' }],
    ['hello\r\n\r\n', { field: 'proxy', code: 'no-proxy-there' }],
  ])('that answers %j: nothing is changed, and it is said what is wrong', async (answer, problem) => {
    const outcome = await applied(one, { ...real, proxy: await shopProxy(answer) });
    expect(problemsOf(outcome)).toEqual([problem]);
    expect(world.store.settings()).toMatchObject({ ok: true, value: { merchant: null } });
  });

  it.each<[Partial<SetupFields>, SetupProblem[]]>([
    [{ proxy: 'proxy.shop:8080' }, [{ field: 'proxy', code: 'not-an-http-proxy' }]],
    [{ proxy: 'https://proxy.shop:8080' }, [{ field: 'proxy', code: 'not-an-http-proxy' }]],
    [{ proxy: 'http://me:secret@proxy.shop:8080' }, [{ field: 'proxy', code: 'not-an-http-proxy' }]],
    [{ proxy: 'http://proxy.shop:8080', noProxy: 'a.test, b c/d' }, [{ field: 'noProxy', code: 'bad-characters' }]],
    [{ proxyUser: 'till' }, [{ field: 'proxyUser', code: 'must-be-empty' }]],
    [{ noProxy: 'shop.test' }, [{ field: 'noProxy', code: 'must-be-empty' }]],
    [{ proxy: 'http://proxy.shop:8080', proxyUser: 'till' }, [{ field: 'proxyPassword', code: 'missing' }]],
  ])('as %j is refused by its field', async (changes, problems) => {
    expect(problemsOf(await applied(one, { ...real, ...changes }))).toEqual(problems);
  });

  it('is stored with its account, whose password nobody sees again and which stays for this proxy and account alone', async () => {
    const closed = await ShopProxy.start(9);
    const proxy = `http://127.0.0.1:${String(closed.port)}`;
    await closed.close();
    const account = { proxy: `${proxy}/`, proxyUser: '门店', noProxy: 'shop.test，.intranet' };
    expect(await withPassword(account, 'proxy password canary')).toMatchObject({
      outcome: 'applied',
      probe: 'unreachable',
      state: {
        fields: { proxy, proxyUser: '门店', noProxy: 'shop.test, .intranet' },
        proxyPasswordStored: true,
      },
    });
    expect(await applied(one, { ...real, ...account, storeName: 'Renamed' })).toMatchObject({ outcome: 'applied' });
    expect(await world.store.credentials()).toMatchObject({
      ok: true,
      value: { proxyPassword: 'proxy password canary' },
    });
    const others = await applied(one, { ...real, ...account, proxyUser: 'somebody else' });
    expect(problemsOf(others)).toEqual([{ field: 'proxyPassword', code: 'missing' }]);
    expect(await applied(one, real)).toMatchObject({ outcome: 'applied', state: { proxyPasswordStored: false } });
    const files = readdirSync(world.profile.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect([world.said(), ...world.noted(), ...files].join('\n')).not.toContain('proxy password canary');
  });
});

describe('secrets', () => {
  it('are in no reply, no log line, no audit entry and no file in the clear', async () => {
    await applied(one);
    await applied(two, { mode: 'partner', subMchId: '1900000333' });
    const draftId = await draftFor(one);
    await world.call('setup.set-passphrase', { draftId, passphrase: 'p12 passphrase canary' });
    await world.call('setup.set-support-passphrase', { draftId, passphrase: 'support passphrase canary' });
    await world.call('setup.set-api-key', { draftId, apiKey: 'f'.repeat(32) });
    await world.call('setup.apply', { draftId, fields: fieldsFor(one) });
    await world.call('setup.go-back', {});
    await world.call('app.snapshot', {});
    const keyBody = (pem: string): string => pem.replace(/-----[A-Z ]+-----|\s/g, '').slice(40, 100);
    const canaries = [
      one.merchant.apiKey,
      two.merchant.apiKey,
      keyBody(one.clientKeyPem),
      keyBody(two.clientKeyPem),
      'p12 passphrase canary',
      'support passphrase canary',
      'f'.repeat(32),
    ];
    const files = readdirSync(world.profile.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    const everything = [world.said(), ...world.noted(), ...files].join('\n').replaceAll('\\n', '');
    expect(world.said()).toContain(one.merchant.mchId);
    expect(canaries.filter((canary) => everything.includes(canary))).toEqual([]);
    expect(world.said()).not.toContain('PRIVATE KEY');
    expect(world.said(), 'nor where the files came from').not.toContain('key.pem');
  });
});
