/** What lets customers pay, by what is set up. */
import { describe, expect, test } from 'vitest';
import { faceDeviceKind } from '../../../electron/app/core/face-device-kind.ts';
import { paySourceOf } from '../../../electron/app/core/pay-source.ts';
import { faceDeviceCheck, type FaceSdkNow } from '../../../electron/app/self-test/face-device-check.ts';
import { merchantSchema, terminalSchema, type Merchant } from '../../../shared/settings.ts';
import { fail, ok } from '../../../shared/result.ts';

const LOOPBACK = 'https://127.0.0.1:8443';
const practice = { gateway: { primary: LOOPBACK }, faceGateway: LOOPBACK };
const merchant = (more: object): Merchant => merchantSchema.parse({ appid: 'wx1', mchId: '1', ...more });

const SDK = { device: 'sdk-bridge', faceHelper: { program: '/opt/helper', library: '/opt/sdk.so' } };

test.each<[string, Merchant | null, string, string, string]>([
  ['nothing is set up', null, 'simulated', 'face', 'ok'],
  ['a practice gateway', merchant(practice), 'simulated', 'face', 'ok'],
  ['a practice gateway and no device', merchant({ ...practice, device: 'none' }), 'simulated', 'face', 'ok'],
  ['a practice gateway and codes', merchant({ ...practice, device: 'code', family: 'micropay' }), 'code', 'code', 'ok'],
  ['a practice gateway and the face SDK', merchant({ ...practice, ...SDK }), 'sdk-bridge', 'face', 'ok'],
  ['real money and the face SDK', merchant(SDK), 'sdk-bridge', 'face', 'ok'],
  ['the face SDK with payment codes', merchant({ ...SDK, family: 'micropay' }), 'sdk-bridge', 'face', 'ok'],
  ['real money', merchant({}), 'absent', 'none', 'warn'],
  ['real money and no device', merchant({ device: 'none' }), 'absent', 'none', 'warn'],
  ['real money and codes', merchant({ device: 'code', family: 'micropay' }), 'code', 'code', 'ok'],
])('%s', async (_what, own, kind, source, verdict) => {
  expect(faceDeviceKind(own)).toBe(kind);
  expect(paySourceOf(own).now()).toBe(source);
  const settings = ok({ merchant: own, terminal: terminalSchema.parse({}) });
  const sdk = (): Promise<FaceSdkNow> => Promise.resolve({ helper: ok(64), seen: null });
  expect(await faceDeviceCheck({ settings }, sdk, null)).toMatchObject({ code: kind, verdict });
});

describe('the self-test of the face SDK', () => {
  const settings = ok({ merchant: merchant(SDK), terminal: terminalSchema.parse({}) });
  const found = (now: FaceSdkNow): Promise<unknown> => faceDeviceCheck({ settings }, () => Promise.resolve(now), null);
  const words = { code: 'ERROR 7', message: 'AuthInfo License Error' };

  test.each<[string, FaceSdkNow, object]>([
    [
      'a helper that starts',
      { helper: ok(32), seen: null },
      { code: 'sdk-bridge', verdict: 'ok', figures: { bits: 32 } },
    ],
    [
      'a helper that was replaced',
      { helper: fail('helper-changed'), seen: null },
      { code: 'helper-changed', verdict: 'fail' },
    ],
    ['no answer', { helper: fail('helper-silent'), seen: null }, { code: 'helper-fails', verdict: 'fail' }],
    [
      'what the SDK said at the last payment',
      { helper: ok(64), seen: { trouble: 'sdk-licence', words } },
      { code: 'sdk-licence', verdict: 'fail', figures: words },
    ],
    [
      'a helper that does not start, before what the SDK said',
      { helper: fail('library-not-loaded'), seen: { trouble: 'sdk-clock', words } },
      { code: 'library-not-loaded', verdict: 'fail' },
    ],
    [
      'a helper that died at the last payment',
      { helper: ok(64), seen: { trouble: 'helper-died', words: null } },
      { code: 'helper-fails', verdict: 'fail', figures: { code: '-', message: '-' } },
    ],
  ])('names %s', async (_what, now, line) => {
    expect(await found(now)).toMatchObject(line);
  });
});
