import { describe, expect, it } from 'vitest';
import { environmentOf, merchantSchema, RETURN_SECONDS_AT_FIRST, terminalSchema } from '../../shared/settings.ts';

const merchant = (more: object = {}): ReturnType<typeof merchantSchema.safeParse> =>
  merchantSchema.safeParse({ appid: 'wx8888888888888888', mchId: '1900000109', ...more });

describe('the environment', () => {
  const LIVE = 'https://api.mch.weixin.qq.com';
  it.each<[string, string, string | undefined, string, 'practice' | 'live']>([
    ['all three on loopback', 'https://127.0.0.1:1', 'https://localhost:2', 'https://[::1]:3', 'practice'],
    ['no backup, the others on loopback', 'https://127.1.2.3', undefined, 'https://127.0.0.1', 'practice'],
    ['all three real', LIVE, 'https://api2.mch.weixin.qq.com', 'https://payapp.weixin.qq.com', 'live'],
    ['a real primary', LIVE, 'https://127.0.0.1:2', 'https://127.0.0.1:3', 'live'],
    ['a real backup', 'https://127.0.0.1:1', LIVE, 'https://127.0.0.1:3', 'live'],
    ['a real face gateway', 'https://127.0.0.1:1', 'https://127.0.0.1:2', 'https://payapp.weixin.qq.com', 'live'],
    ['a host that only begins like loopback', 'https://127.0.0.1.evil.example', undefined, 'https://127.0.0.1', 'live'],
    ['a host that only ends like loopback', 'https://not-localhost', undefined, 'https://127.0.0.1', 'live'],
    ['another machine of the shop', 'https://192.168.0.1', undefined, 'https://192.168.0.1', 'live'],
  ])('of %s', (_what, primary, backup, faceGateway, environment) => {
    expect(environmentOf({ gateway: backup === undefined ? { primary } : { primary, backup }, faceGateway })).toBe(
      environment,
    );
  });

  it('of a merchant that says nothing of gateways is live, on WeChat Pay’s own hosts', () => {
    const parsed = merchantSchema.parse({ appid: 'wx1', mchId: '1' });
    expect(parsed).toMatchObject({
      signType: 'HMAC-SHA256',
      family: 'facepay',
      connectTimeoutMs: 6_000,
      callTimeoutMs: 10_000,
    });
    expect(environmentOf(parsed)).toBe('live');
  });
});

describe('a merchant', () => {
  it.each([
    'https://api.mch.weixin.qq.com',
    'https://localhost:8443',
    'https://[::1]:8443',
    'https://a',
    'https://127.0.0.1:1',
  ])('may call %s', (primary) => {
    expect(merchant({ gateway: { primary } }).success).toBe(true);
  });

  it.each([
    'http://a',
    'https://a/',
    'https://a/pay',
    'https://a?x',
    'https://a#x',
    'https://user@a',
    'https://',
    'a',
    'https://a:999999',
    'https://a b',
    'https://a.',
    ' https://a',
    'https://a\n',
    'ftp://a',
  ])('may not call %j', (primary) => {
    expect(merchant({ gateway: { primary } }).error?.issues[0]).toMatchObject({
      path: ['gateway', 'primary'],
      message: 'not-an-https-origin',
    });
  });

  it.each<[object, string]>([
    [{ mchId: 'x' }, 'mchId'],
    [{ subMchId: '1 2' }, 'subMchId'],
    [{ appid: 'wx 1' }, 'appid'],
    [{ subAppid: '' }, 'subAppid'],
    [{ family: 'refund' }, 'family'],
    [{ connectTimeoutMs: 1.5 }, 'connectTimeoutMs'],
    [{ callTimeoutMs: 60_001 }, 'callTimeoutMs'],
    [{ device: 'sdk-bridge' }, 'faceHelper'],
    [{ device: 'none', faceHelper: { program: '/opt/helper', library: '/opt/sdk.so' } }, 'faceHelper'],
    [{ device: 'serial' }, 'device'],
    [{ device: 'code' }, 'device'],
    [{ device: 'code', family: 'facepay' }, 'device'],
    [{ apiKey: 'x' }, ''],
  ])('with %j is refused by field', (more, field) => {
    expect(merchant(more).error?.issues[0]?.path.join('.')).toBe(field);
  });
});

describe('a device for payment codes', () => {
  it('goes with micropay, and no device with either', () => {
    for (const more of [
      { device: 'code', family: 'micropay' },
      { device: 'none' },
      { device: 'none', family: 'micropay' },
    ])
      expect(merchant(more).success).toBe(true);
    expect(merchant({ device: 'code' }).error?.issues[0]?.message).toBe('code-needs-micropay');
  });
});

describe("the vendor's face SDK", () => {
  const through = (program: string): ReturnType<typeof merchant> =>
    merchant({ device: 'sdk-bridge', faceHelper: { program, library: 'C:\\Program Files\\WxpayFaceSDK.dll' } });

  it('goes with either family, through a helper with a full path', () => {
    for (const path of [
      'C:\\Program Files\\Face\\face-helper.exe',
      'd:/face/helper.exe',
      '/opt/face/..helper',
      '/opt/人脸/h',
    ])
      expect(through(path).success, path).toBe(true);
    const micropay = { device: 'sdk-bridge', family: 'micropay', faceHelper: { program: '/a', library: '/b' } };
    expect(merchant(micropay).success).toBe(true);
  });

  it.each([
    '',
    'helper.exe',
    './helper',
    'C:helper.exe',
    '\\\\server\\share\\h.exe',
    '/opt/../tmp/h',
    'C:\\a\\..\\h',
    '/a\n',
    '/a"b',
  ])('is not started as %j', (path) => {
    expect(through(path).error?.issues[0]?.message).toBe('not-a-full-path');
  });
});

describe('a serial port for payment codes', () => {
  const withPort = (codePort: unknown, device = 'code'): ReturnType<typeof merchant> =>
    merchant({ device, family: 'micropay', codePort });

  it('is complete with its path alone', () => {
    expect(withPort({ path: 'COM12' }).data?.codePort).toEqual({ path: 'COM12', baudRate: 9_600, terminator: 'cr' });
    for (const path of ['com3', '/dev/ttyACM0', '/dev/serial/by-id/usb-Newland_FM430-if00', '/dev/pts/3'])
      expect(withPort({ path }).success).toBe(true);
    expect(withPort({ path: 'COM3', baudRate: 115_200, terminator: 'none', usb: '1EAB:1D06:FM430' }).success).toBe(
      true,
    );
  });

  it.each([
    [{ path: 'COM0' }, 'not-a-serial-port'],
    [{ path: '3' }, 'not-a-serial-port'],
    [{ path: '/etc/passwd' }, 'not-a-serial-port'],
    [{ path: '/dev/tty ACM0' }, 'not-a-serial-port'],
    [{}, 'missing'],
    [{ path: 'COM3', baudRate: 9_601 }, 'not-a-baud-rate'],
    [{ path: 'COM3', usb: 'Newland' }, 'bad-characters'],
  ])('%o is refused with %s', (codePort, code) => {
    expect(withPort(codePort).error?.issues[0]?.message).toBe(code);
  });

  it('needs a device for payment codes', () => {
    for (const more of [{ device: 'none' }, {}])
      expect(merchant({ ...more, family: 'micropay', codePort: { path: 'COM3' } }).error?.issues[0]).toMatchObject({
        message: 'code-port-needs-code',
        path: ['codePort'],
      });
  });
});

describe('a terminal', () => {
  it('knows itself by defaults, and takes no control characters into what customers read', () => {
    expect(terminalSchema.parse({})).toEqual({
      idleSignOutSeconds: 180,
      storeId: 'store-1',
      storeName: 'FacePay Kiosk',
      deviceId: 'kiosk-1',
      language: 'zh-CN',
      sound: { muted: false, volume: 'middle' },
    });
    expect(terminalSchema.parse({ storeName: '江边便利店 😀' }).storeName).toBe('江边便利店 😀');
    expect(terminalSchema.safeParse({ storeName: 'a\r\nb' }).error?.issues[0]?.message).toBe('bad-characters');
    for (const field of ['storeId', 'deviceId'] as const) {
      expect(terminalSchema.parse({ [field]: '3 号店 #2 😀' })[field], field).toBe('3 号店 #2 😀');
      expect(
        ['a\nb', 'a\u0000', '\u0007', 'a\u0085b'].map(
          (text) => terminalSchema.safeParse({ [field]: text }).error?.issues[0]?.message,
        ),
        field,
      ).toEqual(Array(4).fill('bad-characters'));
    }
    expect(terminalSchema.safeParse({ storeName: 'x'.repeat(129) }).success).toBe(false);
  });

  it('returns to the keypad after 3 to 60 whole seconds, or, with 0, never by itself', () => {
    const taken = [0, 3, 5, 60].map((returnSeconds) => terminalSchema.safeParse({ returnSeconds }).success);
    expect(taken).toEqual([true, true, true, true]);
    for (const returnSeconds of [-1, 1, 2, 2.9, 4.5, 61, '5', null, Number.NaN])
      expect(terminalSchema.safeParse({ returnSeconds }).success, String(returnSeconds)).toBe(false);
    expect(RETURN_SECONDS_AT_FIRST).toBe(5);
  });
});
