/** What lets customers pay, by what is set up. */
import { expect, test } from 'vitest';
import { faceDeviceKind } from '../../../electron/app/core/face-device-kind.ts';
import { paySourceOf } from '../../../electron/app/core/pay-source.ts';
import { faceDeviceCheck } from '../../../electron/app/self-test/face-device-check.ts';
import { merchantSchema, terminalSchema, type Merchant } from '../../../shared/settings.ts';
import { ok } from '../../../shared/result.ts';

const LOOPBACK = 'https://127.0.0.1:8443';
const practice = { gateway: { primary: LOOPBACK }, faceGateway: LOOPBACK };
const merchant = (more: object): Merchant => merchantSchema.parse({ appid: 'wx1', mchId: '1', ...more });

test.each<[string, Merchant | null, string, string, string]>([
  ['nothing is set up', null, 'simulated', 'face', 'ok'],
  ['a practice gateway', merchant(practice), 'simulated', 'face', 'ok'],
  ['a practice gateway and no device', merchant({ ...practice, device: 'none' }), 'simulated', 'face', 'ok'],
  ['a practice gateway and codes', merchant({ ...practice, device: 'code', family: 'micropay' }), 'code', 'code', 'ok'],
  ['real money', merchant({}), 'absent', 'none', 'warn'],
  ['real money and no device', merchant({ device: 'none' }), 'absent', 'none', 'warn'],
  ['real money and codes', merchant({ device: 'code', family: 'micropay' }), 'code', 'code', 'ok'],
])('%s', (_what, own, kind, source, verdict) => {
  expect(faceDeviceKind(own)).toBe(kind);
  expect(paySourceOf(own).now()).toBe(source);
  const settings = ok({ merchant: own, terminal: terminalSchema.parse({}) });
  expect(faceDeviceCheck({ settings })).toMatchObject({ code: kind, verdict });
});
