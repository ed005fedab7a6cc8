/** Provisioning files: found, checked as a whole, applied once, then wiped; a file that fails is left untouched. */
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  fleetKeyIn,
  listFolder,
  provisionSources,
  PROVISION_NAME,
  removableRoots,
  type ProvisionSource,
} from '../../../electron/app/setup/provision-sources.ts';
import type { ProvisionPayloadInput } from '../../../electron/app/setup/provision-payload.ts';
import { systemClock } from '../../../electron/base/clock.ts';
import { updatePaths } from '../../../electron/updates/update-paths.ts';
import { DEFAULT_UPDATE_SETTINGS, readUpdateSettings } from '../../../electron/updates/update-settings.ts';
import { startPracticeGateway, type PracticeGateway } from '../../../electron/practice/gateway-server.ts';
import { newPracticeMerchant } from '../../../electron/practice/practice-merchant.ts';
import { makeProvisionFile, type ProvisionProtection } from '../../../electron/vault/provision-file.ts';
import type { SetupOutcome } from '../../../shared/contract/setup.ts';
import { merchantSchema } from '../../../shared/settings.ts';
import { PROVISION_LOOK_MS } from '../../../shared/timing.ts';
import { secretsUnder } from '../../support/secrets/canaries.ts';
import { temporaryFolder } from '../../support/command.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { setupWorld, technician, type SetupWorld, type WorldOptions } from '../../support/terminal/setup-world.ts';

const PASSPHRASE = 'river, stone and a boat';
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const fleetKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const bySignature: ProvisionProtection = {
  by: 'signature',
  privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const byPassphrase: ProvisionProtection = { by: 'passphrase', passphrase: PASSPHRASE };
const TECHNICIAN_PIN = '825731';

let gateway: PracticeGateway;
let other: PracticeGateway;
beforeAll(async () => {
  gateway = await startPracticeGateway({ clock: systemClock(), merchant: newPracticeMerchant() });
  other = await startPracticeGateway({
    clock: systemClock(),
    merchant: { ...newPracticeMerchant(), mchId: '1900000222' },
  });
});
afterAll(async () => {
  await Promise.all([gateway.close(), other.close()]);
});

let stick: string;
let file: string;
let world: SetupWorld;
beforeEach(() => {
  stick = temporaryFolder();
  file = join(stick, PROVISION_NAME);
  world = worldWith({ shut: true });
});

const worldWith = (options: WorldOptions): SetupWorld =>
  setupWorld({
    sources: (drives) => Promise.resolve(drives ? [{ place: 'removable', folder: stick }] : []),
    fleetKeyPem,
    ...options,
  });

const payloadFor = (
  { merchant, primary, backup, caPem, clientCertPem, clientKeyPem }: PracticeGateway,
  changes: Partial<ProvisionPayloadInput> = {},
): ProvisionPayloadInput => ({
  merchant: merchantSchema.parse({
    appid: merchant.appid,
    mchId: merchant.mchId,
    gateway: { primary, backup },
    faceGateway: primary,
  }),
  terminal: { storeName: '江边便利店', deviceId: 'till-7' },
  secrets: { apiKey: merchant.apiKey, certPem: clientCertPem, keyPem: clientKeyPem, caPem },
  pins: { technician: TECHNICIAN_PIN },
  environment: 'practice',
  ...changes,
});

function put(
  protection: ProvisionProtection,
  payload: object = payloadFor(gateway),
  deviceId: string | null = null,
): string {
  const text = makeProvisionFile(JSON.stringify(payload), deviceId, protection);
  if (!text.ok) throw new Error(text.error);
  writeFileSync(file, text.value);
  return text.value;
}

const apply = async (passphrase = '', acceptWeakProtection = false, in_ = world): Promise<SetupOutcome | string> => {
  const applied = await in_.provision.applyFile(file, passphrase, acceptWeakProtection, technician);
  return applied.ok ? applied.value : applied.error;
};
const isSetUp = (in_ = world): boolean => {
  const settings = in_.store.settings();
  return settings.ok && settings.value.merchant !== null;
};

describe('a provisioning file', () => {
  it.each([
    ['under a passphrase', byPassphrase, PASSPHRASE],
    ['signed by the fleet', bySignature, ''],
  ])('%s sets a terminal up, PINs and all, and is gone afterwards', async (_what, protection, passphrase) => {
    put(protection);
    expect(await apply(passphrase)).toMatchObject({
      outcome: 'applied',
      probe: 'answered',
      file: 'wiped',
      state: {
        fields: { mchId: gateway.merchant.mchId, storeName: '江边便利店', deviceId: 'till-7', storeId: 'store-1' },
        technicianPin: true,
        certificate: { subject: 'CN=1900000109' },
      },
    });
    expect(existsSync(file)).toBe(false);
    expect(world.pins.kept).toEqual({ technician: TECHNICIAN_PIN });
    expect((await world.services()).merchant.gateway.primary).toBe(gateway.primary);
    const { provisioned } = JSON.parse(readFileSync(world.profile.settings, 'utf8')) as { provisioned: string[] };
    expect(world.noted().filter((note) => /set-up|provision-/.test(note))).toEqual([
      `screen set-up ok: merchant ${gateway.merchant.mchId}, protection device, provisioning file ${String(provisioned[0])}`,
      `screen provision-file wiped: ${String(provisioned[0])}`,
    ]);
    for (const canary of [gateway.merchant.apiKey, TECHNICIAN_PIN, PASSPHRASE, 'PRIVATE KEY'])
      expect(world.said() + world.noted().join()).not.toContain(canary);
  });

  it('brings a shop’s proxy along, whose password is sealed and said nowhere; one half of an account is refused', async () => {
    const proxyPassword = 'canary of the proxy';
    const plain = payloadFor(gateway);
    const merchant = merchantSchema.parse({
      ...plain.merchant,
      gateway: { ...plain.merchant.gateway, proxy: { url: 'http://proxy.shop:8080', user: 'till' } },
    });
    put(byPassphrase, { ...plain, merchant });
    expect(await apply(PASSPHRASE)).toEqual({
      outcome: 'refused',
      problems: [{ field: 'proxyPassword', code: 'provision-fields' }],
    });
    put(byPassphrase, { ...plain, merchant, secrets: { ...plain.secrets, proxyPassword } });
    expect(await apply(PASSPHRASE)).toMatchObject({
      outcome: 'applied',
      state: { fields: { proxy: 'http://proxy.shop:8080', proxyUser: 'till' }, proxyPasswordStored: true },
    });
    expect(await world.store.credentials()).toMatchObject({ ok: true, value: { proxyPassword } });
    expect(secretsUnder(world.profile.folder, { 'proxy password': proxyPassword })).toEqual([]);
    expect(world.said() + world.noted().join()).not.toContain(proxyPassword);
  });

  it('brings the scanner’s serial port along', async () => {
    const plain = payloadFor(gateway);
    const codePort = { path: '/dev/ttyACM0', baudRate: 115_200, terminator: 'cr', usb: '1eab:1a03:SN-7' } as const;
    const merchant = merchantSchema.parse({ ...plain.merchant, device: 'code', family: 'micropay', codePort });
    put(byPassphrase, { ...plain, merchant });
    expect(await apply(PASSPHRASE)).toMatchObject({
      outcome: 'applied',
      state: { fields: { device: 'code', codePort: '/dev/ttyACM0', codeBaudRate: 115_200, codeTerminator: 'cr' } },
    });
    expect((await world.services()).merchant.codePort).toEqual(codePort);
  });

  const key = (payload: ProvisionPayloadInput): ProvisionPayloadInput['secrets'] => payload.secrets;
  it.each<[string, () => void, string, object]>([
    [
      'with a wrong passphrase',
      () => put(byPassphrase),
      'wrong',
      { field: 'passphrase', code: 'provision-passphrase' },
    ],
    [
      'signed by somebody else',
      () =>
        put({
          by: 'signature',
          privateKeyPem: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        }),
      '',
      { field: 'file', code: 'provision-signature' },
    ],
    ['that was damaged', () => { writeFileSync(file, put(bySignature).replace(/"sha256": "../, '"sha256": "00')); }, '', { field: 'file', code: 'provision-damaged' }], // prettier-ignore
    ['that is none', () => { writeFileSync(file, '{"appid":"wx1"}'); }, '', { field: 'file', code: 'not-provision-file' }], // prettier-ignore
    ['that is a folder', () => { mkdirSync(file); }, '', { field: 'file', code: 'file-unreadable' }], // prettier-ignore
    ['that is not there', () => undefined, '', { field: 'file', code: 'file-not-found' }],
    ['that is far too large', () => { writeFileSync(file, 'x'.repeat(300_000)); }, '', { field: 'file', code: 'file-unreadable' }], // prettier-ignore
    [
      'for another device',
      () => put(bySignature, payloadFor(gateway), 'till-8'),
      '',
      { field: 'deviceId', code: 'provision-other-device' },
    ],
    [
      'of another shape inside',
      () => put(bySignature, { merchant: {} }),
      '',
      { field: 'file', code: 'provision-fields' },
    ],
    [
      'with a device for payment codes beside facepay',
      () => put(bySignature, payloadFor(gateway, { merchant: { ...payloadFor(gateway).merchant, device: 'code' } })),
      '',
      { field: 'device', code: 'code-needs-micropay' },
    ],
    [
      'with another helper of the face SDK than this machine’s',
      () =>
        put(
          bySignature,
          payloadFor(gateway, {
            merchant: {
              ...payloadFor(gateway).merchant,
              device: 'sdk-bridge',
              faceHelper: { program: '/opt/helper', library: '/opt/sdk.dll', sha256: '0'.repeat(64) },
            },
          }),
        ),
      '',
      { field: 'faceProgram', code: 'helper-changed' },
    ],
    [
      'for the other mode than its gateway’s',
      () => put(bySignature, payloadFor(gateway, { environment: 'live' })),
      '',
      { field: 'primary', code: 'provision-fields' },
    ],
    [
      'with another merchant’s certificate',
      () => put(bySignature, payloadFor(gateway, { secrets: { ...key(payloadFor(other)) } })),
      '',
      { field: 'certificate', code: 'cert-of-other-merchant' },
    ],
    [
      'with half a certificate',
      () => put(bySignature, payloadFor(gateway, { secrets: { ...key(payloadFor(gateway)), certPem: '' } })),
      '',
      { field: 'certificate', code: 'cert-unreadable' },
    ],
    [
      'with an authority that is none',
      () => put(bySignature, payloadFor(gateway, { secrets: { ...key(payloadFor(gateway)), caPem: 'none' } })),
      '',
      { field: 'authority', code: 'cert-unreadable' },
    ],
    [
      'with a PIN that anybody guesses',
      () => put(bySignature, payloadFor(gateway, { pins: { technician: '111111' } })),
      '',
      { field: 'pins', code: 'pin-trivial' },
    ],
    [
      'with a protection that this machine has not',
      () => put(bySignature, payloadFor(gateway, { protection: 'key-store' })),
      '',
      { field: 'protection', code: 'not-offered' },
    ],
    [
      'whose API key WeChat refuses',
      () => put(bySignature, payloadFor(gateway, { secrets: { ...key(payloadFor(gateway)), apiKey: 'f'.repeat(32) } })),
      '',
      { field: 'apiKey', code: 'sign-refused' },
    ],
  ])('%s sets nothing up, says why, and stays as it is', async (_what, prepare, passphrase, problem) => {
    prepare();
    const before = existsSync(file) && _what !== 'that is a folder' ? readFileSync(file, 'utf8') : null;
    expect(await apply(passphrase)).toEqual({ outcome: 'refused', problems: [problem] });
    expect([isSetUp(), world.pins.kept]).toEqual([false, {}]);
    if (before !== null) expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('sets its settings for updates, keeps the others, and refuses an invalid key or authority', async () => {
    const publicKeyPem = fleetKeyPem;
    put(
      bySignature,
      payloadFor(gateway, { updates: { url: 'https://updates.example.cn/kiosk', fromMinute: 60, publicKeyPem } }),
    );
    expect(await apply()).toMatchObject({ outcome: 'applied' });
    const { settings } = updatePaths(world.profile.updates);
    expect(readUpdateSettings(settings)).toEqual({
      ...DEFAULT_UPDATE_SETTINGS,
      url: 'https://updates.example.cn/kiosk',
      fromMinute: 60,
      publicKeyPem,
    });
    for (const updates of [
      { publicKeyPem: 'no key' },
      { caPem: 'no authority' },
      { url: 'http://updates.example.cn' },
    ]) {
      put(bySignature, payloadFor(gateway, { updates }));
      expect(await apply()).toMatchObject({
        outcome: 'refused',
        problems: [{ field: 'file', code: 'provision-fields' }],
      });
    }
    expect(readUpdateSettings(settings).url).toBe('https://updates.example.cn/kiosk');
  });

  it('that does not open the terminal leaves updates as they were', async () => {
    world.failOpening = { part: 'journal', code: 'io' };
    put(bySignature, payloadFor(gateway, { updates: { url: 'https://updates.example.cn/kiosk' } }));
    expect(await apply()).toMatchObject({ outcome: 'put-back' });
    expect(readUpdateSettings(updatePaths(world.profile.updates).settings).url).toBeNull();
  });

  it('that is signed is of no use where the terminal has no key to check it with', async () => {
    put(bySignature);
    expect(await apply('', false, worldWith({ fleetKeyPem: null }))).toEqual({
      outcome: 'refused',
      problems: [{ field: 'file', code: 'provision-no-fleet-key' }],
    });
  });

  it('for real money under the weakest protection takes somebody’s word: in the file, or now', async () => {
    const merchant = merchantSchema.parse({
      appid: 'wx1',
      mchId: gateway.merchant.mchId,
      gateway: { primary: 'https://gateway.invalid' },
      faceGateway: 'https://gateway.invalid',
      connectTimeoutMs: 500,
    });
    put(bySignature, payloadFor(gateway, { merchant, environment: 'live' }));
    expect(await apply()).toEqual({
      outcome: 'refused',
      problems: [{ field: 'acceptWeakProtection', code: 'weak-protection' }],
    });
    expect(await apply('', true)).toMatchObject({ outcome: 'applied', state: { environment: 'live' } });
    expect(world.noted().join('\n')).toContain('weak protection accepted');
  });

  it('without a technician’s PIN is refused where there is none yet', async () => {
    put(bySignature, payloadFor(gateway, { pins: {} }));
    expect(await apply()).toBe('pin-first');
    world.pins.kept = { technician: TECHNICIAN_PIN };
    expect(await apply()).toMatchObject({ outcome: 'applied' });
  });

  it('whose PINs cannot be kept, or whose terminal does not open, changes nothing and stays', async () => {
    const text = put(bySignature);
    world.pins.failing = true;
    expect(await apply()).toBe('not-saved');
    world.pins.failing = false;
    world.failOpening = { part: 'journal', code: 'io' };
    expect(await apply()).toEqual({ outcome: 'put-back', part: 'journal', code: 'io' });
    expect([isSetUp(), world.pins.kept, readFileSync(file, 'utf8') === text]).toEqual([false, {}, true]);
    expect((await world.services()).practice).not.toBeNull();
  });

  it('bound to a device is taken there, by the machine’s name or the terminal’s', async () => {
    put(bySignature, payloadFor(gateway), 'TILL-7');
    expect(await apply()).toMatchObject({ outcome: 'applied' });
    put(bySignature, payloadFor(gateway), 'till-7');
    const elsewhere = worldWith({ hostName: 'till-9' });
    expect(await apply('', false, elsewhere)).toMatchObject({ outcome: 'refused' });
  });

  it.skipIf(process.getuid?.() === 0)(
    'on a stick that cannot be written is used once, and said to be left',
    async () => {
      put(bySignature);
      chmodSync(file, 0o400);
      chmodSync(stick, 0o500);
      expect(await apply()).toMatchObject({ outcome: 'applied', file: 'left' });
      chmodSync(stick, 0o700);
    },
  );
});

describe('the screen', () => {
  it('is shown what there is, and applies it by its number', async () => {
    put(byPassphrase);
    const found = await world.call('setup.find-provision', {});
    if (!found.ok || found.value[0] === undefined) throw new Error('nothing was found');
    const { fileId } = found.value[0];
    expect(found.value).toEqual([
      { fileId, name: PROVISION_NAME, place: 'removable', sealed: 'passphrase', problem: null },
    ]);
    expect(JSON.stringify(found)).not.toContain(stick);
    const again = await world.call('setup.find-provision', {});
    expect(again.ok && again.value[0]?.fileId).toBe(fileId);
    const wrong = await world.call('setup.apply-provision', {
      fileId,
      passphrase: 'wrong',
      acceptWeakProtection: false,
    });
    expect(wrong).toMatchObject({ ok: true, value: { outcome: 'refused' } });
    expect(
      await world.call('setup.apply-provision', { fileId, passphrase: PASSPHRASE, acceptWeakProtection: false }),
    ).toMatchObject({ ok: true, value: { outcome: 'applied', file: 'wiped' } });
    expect(
      await world.call('setup.apply-provision', { fileId, passphrase: PASSPHRASE, acceptWeakProtection: false }),
    ).toMatchObject({ ok: false, code: 'provision-not-found' });
    expect(await world.call('setup.find-provision', {})).toEqual({ ok: true, value: [] });
  });

  it('shows what is wrong with a file before anybody types a passphrase', async () => {
    const problem = async (): Promise<unknown> => {
      const found = await world.call('setup.find-provision', {});
      return found.ok ? found.value.map((row) => [row.sealed, row.problem]) : found.code;
    };
    put(byPassphrase, payloadFor(gateway), 'till-8');
    expect(await problem()).toEqual([['passphrase', { field: 'deviceId', code: 'provision-other-device' }]]);
    put(bySignature, payloadFor(gateway, { environment: 'live' }));
    expect(await problem()).toEqual([['signature', { field: 'primary', code: 'provision-fields' }]]);
    writeFileSync(file, 'nothing');
    expect(await problem()).toEqual([[null, { field: 'file', code: 'not-provision-file' }]]);
  });

  it('picks one by hand, or cancels', async () => {
    put(bySignature);
    expect(await world.call('setup.pick-provision', {})).toEqual({ ok: true, value: null });
    world.picks.push([file]);
    const picked = await world.call('setup.pick-provision', {});
    expect(picked).toMatchObject({ ok: true, value: { place: 'picked', sealed: 'signature', problem: null } });
    expect(JSON.stringify(picked)).not.toContain(stick);
  });

  it('of a fresh terminal may do so without signing in', async () => {
    put(bySignature);
    const cashier = { who: 'screen', role: 'cashier' } as const;
    const found = await world.call('setup.find-provision', {}, cashier);
    const fileId = (found.ok ? found.value[0]?.fileId : undefined) ?? '';
    expect(
      await world.call('setup.apply-provision', { fileId, passphrase: '', acceptWeakProtection: false }, cashier),
    ).toMatchObject({ ok: true, value: { outcome: 'applied' } });
    expect(await world.call('setup.find-provision', {}, cashier)).toMatchObject({ ok: false, code: 'forbidden' });
  });
});

describe('the app’s start', () => {
  it('applies a signed file where nothing is set up, by the app’s own hand', async () => {
    put(bySignature);
    await world.provision.atStart();
    expect([isSetUp(), existsSync(file)]).toEqual([true, false]);
    expect(
      world
        .noted()
        .filter((note) => /set-up|provision-/.test(note))
        .map((note) => note.split(':')[0]),
    ).toEqual(['app set-up ok', 'app provision-file wiped']);
  });

  it('leaves alone what waits for a passphrase, and what has gone wrong, and says why', async () => {
    world = worldWith({});
    const text = put(byPassphrase);
    await world.provision.atStart();
    expect([isSetUp(), readFileSync(file, 'utf8')]).toEqual([false, text]);
    put(bySignature, payloadFor(gateway), 'till-8');
    await world.services();
    await world.provision.atStart();
    expect([isSetUp(), existsSync(file)]).toEqual([false, true]);
    expect(world.noted().at(-1)).toBe(`app provision-refused deviceId:provision-other-device: ${PROVISION_NAME}`);
  });

  it('waits for no drive that does not answer', async () => {
    const hung = new Promise<never>(() => undefined);
    const clock = new FakeClock();
    world = worldWith({ shut: true, sources: () => hung, clock });
    let over = false;
    const starting = world.provision.atStart().then(() => (over = true));
    await clock.advance(PROVISION_LOOK_MS - 1);
    expect(over).toBe(false);
    await clock.advance(1);
    await starting;
  });

  it('looks at no drive of a terminal that is set up', async () => {
    const asked: boolean[] = [];
    const sources = (drives: boolean): Promise<ProvisionSource[]> => {
      asked.push(drives);
      return Promise.resolve([]);
    };
    world = worldWith({ shut: true, sources });
    await world.provision.atStart();
    put(bySignature);
    await apply();
    expect(isSetUp()).toBe(true);
    await world.provision.atStart();
    expect(asked).toEqual([true, false]);
  });

  it('replaces nobody’s set-up, and wipes a used file that was left in a place of its own', async () => {
    world = worldWith({ shut: true, sources: () => Promise.resolve([{ place: 'profile', folder: stick }]) });
    const text = put(bySignature);
    await world.provision.atStart();
    // As after a power cut between storing and wiping, or with a stick that was write-protected then.
    writeFileSync(file, text);
    await world.provision.atStart();
    expect(existsSync(file)).toBe(false);
    const theirs = put(bySignature, payloadFor(other));
    await world.provision.atStart();
    expect(readFileSync(file, 'utf8')).toBe(theirs);
    expect((await world.services()).merchant.mchId).toBe(gateway.merchant.mchId);
  });
});

describe('sources', () => {
  it('are the app’s folder, the profile and whatever is plugged in', () => {
    expect(provisionSources('/opt/facepay', '/home/till/.facepay-kiosk', ['/media/till/USB'])).toEqual([
      { place: 'beside-app', folder: '/opt/facepay' },
      { place: 'profile', folder: '/home/till/.facepay-kiosk' },
      { place: 'removable', folder: '/media/till/USB' },
    ]);
    expect(provisionSources(null, '/p', [])).toEqual([{ place: 'profile', folder: '/p' }]);
  });

  it('that are removable differ by system', async () => {
    const folders: Readonly<Record<string, readonly string[]>> = {
      '/media': ['till'],
      '/media/till': ['USB'],
      '/run/media': ['till'],
      '/run/media/till': ['STICK'],
      '/mnt': ['disk'],
      '/Volumes': ['USB'],
    };
    const list = (folder: string): Promise<readonly string[]> => Promise.resolve(folders[folder] ?? []);
    expect(await removableRoots('linux', list)).toEqual([
      '/media/till',
      '/run/media/till',
      '/media/till/USB',
      '/run/media/till/STICK',
      '/mnt/disk',
    ]);
    expect(await removableRoots('darwin', list)).toEqual(['/Volumes/USB']);
    expect(await removableRoots('win32', list)).toContain('E:\\');
    expect(await removableRoots('win32', list)).not.toContain('C:\\');
    expect(await listFolder(join(temporaryFolder(), 'none'))).toEqual([]);
  });

  it('have the fleet’s key where the installer put it', () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    expect(fleetKeyIn([first, second])).toBeNull();
    writeFileSync(join(second, 'facepay-fleet.pub'), fleetKeyPem);
    expect(fleetKeyIn([first, second])).toBe(fleetKeyPem);
  });
});
