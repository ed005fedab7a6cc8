/** Unattended set-up: every wrong field is named, and nothing is stored before all fields are right. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { profileIn } from '../../electron/app/settings/profile.ts';
import { settingsStore } from '../../electron/app/settings/settings-store.ts';
import { secretsUnder } from '../support/secrets/canaries.ts';
import { facepayHere } from '../support/command-here.ts';
import { facepay, temporaryFolder, type Ended } from '../support/command.ts';
import { LEGACY_P12, OpensslCa, p12, type Issued } from '../support/secrets/openssl.ts';

const MCH_ID = '1900000109';
const API_KEY = 'Aq8Zr2Xw7Nc4Vb6Mk1Lj9Hg3Fd5Sp0Ty';

let folder: string;
let own: Issued;
let stranger: Issued;
let expired: Issued;
let legacyP12: string;
let modernP12: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  const ca = new OpensslCa(folder);
  own = ca.issue(`/O=Some Shop/CN=${MCH_ID}`);
  stranger = ca.issue('/CN=1900000110');
  expired = ca.issue(`/CN=${MCH_ID}`, { from: '20240101000000Z', until: '20250101000000Z' });
  legacyP12 = p12(folder, own, MCH_ID, LEGACY_P12);
  modernP12 = p12(folder, own, 'chosen by the merchant');
  writeFileSync(join(folder, 'api.key'), `${API_KEY}\n`);
  writeFileSync(join(folder, 'short.key'), 'short\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const REAL = { primary: 'https://api.mch.weixin.qq.com' };
const pair = ({ certFile, keyFile }: Issued): object => ({ certFile, keyFile });
const good = (): Record<string, unknown> => ({
  appid: 'wx8888888888888888',
  mchId: MCH_ID,
  apiKey: API_KEY,
  certificate: pair(own),
});

/**
 * Writes merchant.json beside the keys, so that its paths may be relative, and runs init: as a process, or in this
 * process.
 */
async function init(content: unknown, run = facepay): Promise<{ profile: string; ended: Ended }> {
  const file = join(folder, `merchant-${String(Math.random()).slice(2)}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  const profile = join(temporaryFolder(), 'profile');
  return { profile, ended: await run('init', '--from', file, '--profile', profile) };
}

describe('init', () => {
  it.each<[string, () => object]>([
    ['a pair of PEM files', () => pair(own)],
    ['a p12 as WeChat’s old tool made it (RC2-40), under the merchant number', () => ({ p12File: legacyP12 })],
    [
      'a modern p12 (AES) under a passphrase of the merchant’s',
      () => ({ p12File: modernP12, passphrase: 'chosen by the merchant' }),
    ],
  ])('takes %s', async (_what, certificate) => {
    const { ended, profile } = await init({ ...good(), certificate: certificate() });
    expect(ended.last).toMatchObject({ type: 'set-up', mchId: MCH_ID, environment: 'live', family: 'facepay' });
    expect(ended.exitCode).toBe(0);
    expect(JSON.parse(readFileSync(join(profile, 'settings.json'), 'utf8'))).toMatchObject({
      merchant: { mchId: MCH_ID, signType: 'HMAC-SHA256', gateway: { primary: 'https://api.mch.weixin.qq.com' } },
    });
  });

  it.each<[string, (text: string) => Buffer]>([
    ['UTF-8 with a byte order mark and CRLF', (text) => Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}\r\n `)],
    ['UTF-16 (little end first)', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 (big end first)', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('takes merchant.json and all its files as an editor on Windows saves them: %s', async (_what, saved) => {
    const at = (name: string, text: string): string => {
      const file = join(folder, name);
      writeFileSync(file, saved(text));
      return file;
    };
    const { apiKey, ...rest } = good();
    const file = at(
      'windows.json',
      JSON.stringify(
        {
          ...rest,
          apiKeyFile: at('windows.key', `${String(apiKey)}\n`),
          certificate: { certFile: at('windows-cert.pem', own.certPem), keyFile: at('windows-key.pem', own.keyPem) },
        },
        null,
        2,
      ),
    );
    const profile = join(temporaryFolder(), 'profile');
    const ended = await facepayHere('init', '--from', file, '--profile', profile);
    expect(ended.last).toMatchObject({ type: 'set-up', mchId: MCH_ID });
    const settings = join(profile, 'settings.json');
    writeFileSync(settings, saved(readFileSync(settings, 'utf8')));
    rmSync(`${settings}.kept`);
    expect((await facepayHere('orders', '--profile', profile)).exitCode).toBe(0);
  });

  it('says where merchant.json stops being JSON, and what stands in a field of the wrong kind, but no secret', async () => {
    const broken = await init('{\n  "appid": "wx8888888888888888",\n  "mchId": 1900000109,\n}', facepayHere);
    expect(broken.ended.last).toMatchObject({
      field: 'file',
      code: 'not-json',
      message: expect.stringMatching(/line 4, column 1: "}" stands there/),
    });
    const cutOff = await init('{ "appid": "wx', facepayHere);
    expect(cutOff.ended.last).toMatchObject({ message: expect.stringMatching(/line 1, column 12/) });
    const number = await init({ ...good(), mchId: 1_900_000_109 }, facepayHere);
    expect(number.ended.last).toMatchObject({ message: expect.stringMatching(/must be text.*it is 1900000109/) });
    const secret = await init({ ...good(), apiKey: 12_345_678 }, facepayHere);
    expect(secret.ended.last).toMatchObject({ code: 'must-be-text' });
    expect(JSON.stringify(secret.ended)).not.toContain('12345678');
    for (const wrong of [
      { gateway: 'http://till:12345678@proxy.shop' },
      { gateway: [{ proxy: { password: '12345678' } }] },
      { gateway: { ...REAL, proxy: 'http://till:12345678@proxy.shop' } },
      { gateway: { ...REAL, proxy: { url: 'http://till:12345678@proxy.shop' } } },
      { gateway: { ...REAL, proxy: { url: 'http://proxy.shop', user: 'till', password: 12_345_678 } } },
    ]) {
      const { ended } = await init({ ...good(), ...wrong }, facepayHere);
      expect(ended.exitCode).toBe(2);
      expect(JSON.stringify(ended)).not.toContain('12345678');
    }
  });

  it('takes a shop’s proxy, and its password goes into no file in the clear', async () => {
    const proxy = {
      url: 'http://proxy.shop:8080',
      user: 'till',
      password: 'canary of the proxy',
      noProxy: ['shop.test'],
    };
    const { ended, profile } = await init({ ...good(), gateway: { ...REAL, proxy } }, facepayHere);
    expect(ended.exitCode).toBe(0);
    const { password, ...open } = proxy;
    expect(JSON.parse(readFileSync(join(profile, 'settings.json'), 'utf8'))).toMatchObject({
      merchant: { gateway: { proxy: open } },
    });
    expect(await settingsStore(profileIn(profile), '').credentials()).toMatchObject({
      value: { proxyPassword: password },
    });
    expect(secretsUnder(profile, { 'proxy password': password })).toEqual([]);
    expect(JSON.stringify(ended)).not.toContain(password);
  });

  it('takes the API key from a file, with the line end that editors leave, and paths relative to merchant.json', async () => {
    const { apiKey: _none, ...rest } = good();
    const { ended } = await init({ ...rest, apiKeyFile: 'api.key' });
    expect(ended.exitCode).toBe(0);
  });

  it('takes a device for payment codes, and with it micropay', async () => {
    const { ended, profile } = await init({ ...good(), device: 'code' }, facepayHere);
    expect(ended.exitCode).toBe(0);
    const stored: unknown = JSON.parse(readFileSync(profileIn(profile).settings, 'utf8'));
    expect(stored).toMatchObject({ merchant: { device: 'code', family: 'micropay' } });
  });

  it('takes a serial port for payment codes, with what is usual where it says nothing', async () => {
    const { ended, profile } = await init(
      { ...good(), device: 'code', codePort: { path: '/dev/ttyACM0' } },
      facepayHere,
    );
    expect(ended.exitCode).toBe(0);
    const stored: unknown = JSON.parse(readFileSync(profileIn(profile).settings, 'utf8'));
    expect(stored).toMatchObject({
      merchant: { codePort: { path: '/dev/ttyACM0', baudRate: 9_600, terminator: 'cr' } },
    });
  });

  const wrongFiles: readonly { what: string; content: () => unknown; problems: [string, string][] }[] = [
    {
      what: 'a device for payment codes beside facepay',
      content: () => ({ ...good(), device: 'code', family: 'facepay' }),
      problems: [['device', 'code-needs-micropay']],
    },
    {
      what: 'the face SDK without its helper',
      content: () => ({ ...good(), device: 'sdk-bridge' }),
      problems: [['faceHelper', 'bridge-needs-helper']],
    },
    {
      what: 'a helper without the face SDK',
      content: () => ({ ...good(), device: 'none', faceHelper: { program: '/opt/helper', library: '/opt/sdk.so' } }),
      problems: [['faceHelper', 'bridge-needs-helper']],
    },
    {
      what: 'a helper whose path is not full',
      content: () => ({ ...good(), device: 'sdk-bridge', faceHelper: { program: 'helper', library: '/opt/sdk.so' } }),
      problems: [['faceHelper.program', 'not-a-full-path']],
    },
    {
      what: 'a helper that is not there',
      content: () => ({
        ...good(),
        device: 'sdk-bridge',
        faceHelper: { program: '/no/such/helper', library: '/no/such/sdk.so' },
      }),
      problems: [['faceHelper.program', 'helper-missing']],
    },
    {
      what: 'a serial port without a device for payment codes',
      content: () => ({ ...good(), codePort: { path: 'COM3' } }),
      problems: [['codePort', 'code-port-needs-code']],
    },
    {
      what: 'a serial port, a baud rate and a terminator that are none',
      content: () => ({
        ...good(),
        device: 'code',
        codePort: { path: '3', baudRate: 9_601, terminator: 'enter', parity: 'none' },
      }),
      problems: [
        ['codePort.path', 'not-a-serial-port'],
        ['codePort.baudRate', 'not-a-baud-rate'],
        ['codePort.terminator', 'not-one-of'],
        ['codePort.parity', 'unknown-field'],
      ],
    },
    {
      what: 'an API key of 31 characters',
      content: () => ({ ...good(), apiKey: API_KEY.slice(1) }),
      problems: [['apiKey', 'api-key-shape']],
    },
    {
      what: 'an API key with a blank',
      content: () => ({ ...good(), apiKey: ` ${API_KEY.slice(1)}` }),
      problems: [['apiKey', 'api-key-shape']],
    },
    {
      what: 'a key file that holds no key',
      content: () => ({ ...good(), apiKey: undefined, apiKeyFile: 'short.key' }),
      problems: [['apiKeyFile', 'api-key-shape']],
    },
    {
      what: 'a key file that is not there',
      content: () => ({ ...good(), apiKey: undefined, apiKeyFile: 'none.key' }),
      problems: [['apiKeyFile', 'file-not-found']],
    },
    {
      what: 'a key file that is a folder',
      content: () => ({ ...good(), apiKey: undefined, apiKeyFile: '.' }),
      problems: [['apiKeyFile', 'file-unreadable']],
    },
    {
      what: 'both ways to give the key',
      content: () => ({ ...good(), apiKeyFile: 'api.key' }),
      problems: [['apiKey', 'one-of-apiKey-apiKeyFile']],
    },
    {
      what: 'no key at all',
      content: () => ({ ...good(), apiKey: undefined }),
      problems: [['apiKey', 'one-of-apiKey-apiKeyFile']],
    },
    {
      what: 'a proxy’s account without its password',
      content: () => ({ ...good(), gateway: { ...REAL, proxy: { url: 'http://proxy.shop:8080', user: 'till' } } }),
      problems: [['gateway.proxy', 'proxy-half-account']],
    },
    {
      what: 'an account for the proxy of the environment',
      content: () => ({ ...good(), gateway: { ...REAL, proxy: { url: 'HTTPS_PROXY', user: 'till', password: 'p' } } }),
      problems: [['gateway.proxy', 'proxy-account-of-environment']],
    },
    {
      what: 'a proxy of another kind, and a port where a name is asked for',
      content: () => ({
        ...good(),
        gateway: { ...REAL, proxy: { url: 'socks5://proxy.shop:1080', noProxy: ['shop.test:443'] } },
      }),
      problems: [
        ['gateway.proxy.url', 'not-an-http-proxy'],
        ['gateway.proxy.noProxy.0', 'bad-characters'],
      ],
    },
    {
      what: 'a p12 under another passphrase',
      content: () => ({ ...good(), certificate: { p12File: modernP12, passphrase: 'wrong' } }),
      problems: [['certificate.p12File', 'p12-passphrase']],
    },
    {
      what: 'a p12 that is not there',
      content: () => ({ ...good(), certificate: { p12File: 'none.p12' } }),
      problems: [['certificate.p12File', 'file-not-found']],
    },
    {
      what: 'a p12 that is none',
      content: () => ({ ...good(), certificate: { p12File: 'api.key' } }),
      problems: [['certificate.p12File', 'p12-unreadable']],
    },
    {
      what: 'a key that does not belong to the certificate',
      content: () => ({ ...good(), certificate: { certFile: own.certFile, keyFile: stranger.keyFile } }),
      problems: [['certificate', 'key-mismatch']],
    },
    {
      what: 'another merchant’s certificate',
      content: () => ({ ...good(), certificate: pair(stranger) }),
      problems: [['certificate', 'cert-of-other-merchant']],
    },
    {
      what: 'a certificate that has expired',
      content: () => ({ ...good(), certificate: pair(expired) }),
      problems: [['certificate', 'cert-expired']],
    },
    {
      what: 'a certificate file that is not there',
      content: () => ({ ...good(), certificate: { ...pair(own), certFile: 'none.pem' } }),
      problems: [['certificate.certFile', 'file-not-found']],
    },
    {
      what: 'a p12 as certFile',
      content: () => ({ ...good(), certificate: { certFile: legacyP12, keyFile: own.keyFile } }),
      problems: [['certificate.certFile', 'not-pem-but-p12']],
    },
    {
      what: 'a PEM certificate as p12File',
      content: () => ({ ...good(), certificate: { p12File: own.certFile } }),
      problems: [['certificate.p12File', 'not-p12-but-pem']],
    },
    {
      what: 'neither form of certificate',
      content: () => ({ ...good(), certificate: {} }),
      problems: [['certificate', 'certificate-shape']],
    },
    {
      what: 'no certificate',
      content: () => ({ ...good(), certificate: undefined }),
      problems: [['certificate', 'certificate-shape']],
    },
    {
      what: 'a merchant number that is a number',
      content: () => ({ ...good(), mchId: 1_900_000_109 }),
      problems: [['mchId', 'must-be-text']],
    },
    {
      what: 'a merchant number with letters',
      content: () => ({ ...good(), mchId: 'wx1900000109' }),
      problems: [['mchId', 'digits-only']],
    },
    { what: 'no appid', content: () => ({ ...good(), appid: undefined }), problems: [['appid', 'missing']] },
    {
      what: 'an algorithm that WeChat does not know',
      content: () => ({ ...good(), signType: 'SHA256' }),
      problems: [['signType', 'not-one-of']],
    },
    {
      what: 'a gateway over plain http',
      content: () => ({ ...good(), gateway: { primary: 'http://api.mch.weixin.qq.com' } }),
      problems: [['gateway.primary', 'not-an-https-origin']],
    },
    {
      what: 'a gateway with a path',
      content: () => ({ ...good(), gateway: { primary: 'https://api.mch.weixin.qq.com/pay' } }),
      problems: [['gateway.primary', 'not-an-https-origin']],
    },
    {
      what: 'a CA file that is no certificate',
      content: () => ({ ...good(), gateway: { primary: 'https://localhost:1', caFile: 'api.key' } }),
      problems: [['gateway.caFile', 'cert-unreadable']],
    },
    {
      what: 'a misspelled field',
      content: () => ({ ...good(), sub_mch_id: '1' }),
      problems: [['sub_mch_id', 'unknown-field']],
    },
    {
      what: 'a limit that is a text',
      content: () => ({ ...good(), callTimeoutMs: '1000' }),
      problems: [['callTimeoutMs', 'wrong-type']],
    },
    {
      what: 'a limit that is none',
      content: () => ({ ...good(), callTimeoutMs: 0 }),
      problems: [['callTimeoutMs', 'out-of-range']],
    },
    {
      what: 'several things at once',
      content: () => ({ ...good(), appid: 'wx 1', mchId: '', apiKey: 'x' }),
      problems: [
        ['appid', 'bad-characters'],
        ['mchId', 'digits-only'],
        ['apiKey', 'api-key-shape'],
      ],
    },
    { what: 'a file that is no JSON', content: () => '{"appid": ', problems: [['file', 'not-json']] },
    { what: 'a file that is JSON and no object', content: () => [], problems: [['file', 'wrong-type']] },
  ];

  it.each(wrongFiles)('refuses $what, by field and code', async ({ content, problems }) => {
    const { ended, profile } = await init(content(), facepayHere);
    expect(ended.lines.map(({ type, field, code }) => [type, field, code])).toEqual(
      problems.map((problem) => ['error', ...problem]),
    );
    // The words for a code without words of its own.
    expect(ended.said).not.toContain('is not accepted');
    expect(ended.exitCode).toBe(2);
    expect(existsSync(profile), 'nothing is stored').toBe(false);
    expect(ended.said).not.toContain(API_KEY);
  });

  it('refuses a file that is not there', async () => {
    const { exitCode, lines } = await facepay(
      'init',
      '--from',
      join(folder, 'none.json'),
      '--profile',
      join(temporaryFolder(), 'p'),
    );
    expect(lines).toMatchObject([{ type: 'error', field: 'file', code: 'file-not-found' }]);
    expect(exitCode).toBe(2);
  });

  it('leaves a terminal as it was where the new file is wrong', async () => {
    const { profile } = await init(good());
    const kept = (): string[] =>
      readdirSync(profile, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => `${name} ${readFileSync(join(profile, name), 'hex')}`)
        .sort();
    const before = kept();
    expect(before.map((line) => line.split(/[-. ]/)[0])).toEqual(['credentials', 'device', 'settings', 'settings']);
    const wrong = join(folder, 'wrong.json');
    writeFileSync(wrong, JSON.stringify({ ...good(), certificate: pair(stranger) }));
    expect((await facepay('init', '--from', wrong, '--profile', profile)).exitCode).toBe(2);
    expect(kept()).toEqual(before);
  });

  it('does not replace a merchant that still has unsettled orders of real money', async () => {
    const away = { primary: 'https://gateway.invalid' };
    const { profile } = await init({
      ...good(),
      gateway: away,
      faceGateway: 'https://gateway.invalid',
      connectTimeoutMs: 500,
      callTimeoutMs: 1_000,
    });
    expect((await facepay('cancel', 'pos-1', '--wait', '0', '--profile', profile)).exitCode).toBe(3);
    const again = async (changes: object): Promise<[number | null, unknown]> => {
      const file = join(folder, 'again.json');
      writeFileSync(file, JSON.stringify({ ...good(), gateway: away, ...changes }));
      const ended = await facepay('init', '--from', file, '--profile', profile);
      return [ended.exitCode, ended.last?.['code'] ?? 'set up'];
    };
    expect(await again({ mchId: '1900000110', certificate: pair(stranger) })).toEqual([2, 'orders-unsettled']);
    expect(
      await again({ gateway: { primary: 'https://localhost:1' }, faceGateway: 'https://localhost:1' }),
      'practice is another world',
    ).toEqual([2, 'orders-unsettled']);
    expect(await again({}), 'the same merchant may renew its certificate').toEqual([0, 'set up']);
  });
});
