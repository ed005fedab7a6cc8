import { describe, expect, it } from 'vitest';
import type { PaymentStage } from '../../../shared/ipc.ts';
import { fail, ok } from '../../../shared/result.ts';
import { codePortSchema } from '../../../shared/settings.ts';
import { faceDeviceCheck } from '../../../electron/app/self-test/face-device-check.ts';
import { listenForCodes } from '../../../electron/app/scanner/till-scanner.ts';
import { createScanners } from '../../../electron/scanner/scanners.ts';
import { merchantSchema, terminalSchema } from '../../../shared/settings.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeSerialPorts } from '../../support/terminal/fake-serial.ts';

const CODE = '134567890123456789';
const SECOND = '101112131415161718';
const port = codePortSchema.parse({ path: 'COM3' });

async function scanned(stage: PaymentStage['name'], ...texts: readonly string[]): Promise<object> {
  const ports = new FakeSerialPorts();
  ports.plugged = [{ path: 'COM3', name: 'COM3', usb: null }];
  const clock = new FakeClock();
  const ignore = (): void => undefined;
  const scanners = createScanners({ ports, clock, log: { info: ignore, warn: ignore, error: ignore } });
  let now = stage;
  const paid: string[] = [];
  const said: string[] = [];
  const noticed: string[] = [];
  listenForCodes(scanners, port, {
    till: {
      // Only the name counts here.
      stage: () =>
        now === 'order' ? { name: 'order', amountFen: 1, orderId: 'o' } : { name: now as 'code', amountFen: 1 },
      showCode: (code) => {
        if (now !== 'code' || paid.length > 0) return fail('no-code-wanted');
        // The order comes a moment later.
        queueMicrotask(() => (now = 'order'));
        paid.push(code);
        return ok(null);
      },
    },
    onSaid: (what) => said.push(what),
    onNotice: ({ code, on, detail }) => noticed.push(`${code} ${String(on)} ${String(detail)}`),
  });
  await clock.advance(0);
  for (const text of texts) ports.scan('COM3', `${text}\r`);
  ports.unplug('COM3');
  expect(noticed).toEqual(['scanner-not-connected false connected', 'scanner-not-connected true gone']);
  return { paid, said };
}

describe('a scan over the serial port', () => {
  it('pays for the payment that waits for a code, once, whoever’s code comes next', async () => {
    expect(await scanned('code', CODE, CODE, SECOND)).toEqual({ paid: [CODE], said: ['second-code', 'second-code'] });
  });

  it('is named where it is no code of WeChat Pay, and the payment goes on waiting', async () => {
    expect(
      await scanned('code', '281234567890123456', '6222021234567890123', '20261123150007', CODE.slice(1), CODE),
    ).toEqual({ paid: [CODE], said: ['alipay', 'unionpay', 'other-scan', 'other-scan'] });
  });

  it('is dropped with a word where no payment waits for a code', async () => {
    for (const stage of ['none', 'stopped', 'look'] as const)
      expect(await scanned(stage, CODE, '281234567890123456', '20261123150007')).toEqual({
        paid: [],
        said: ['no-payment', 'no-payment', 'only-codes'],
      });
  });
});

describe('the self-test', () => {
  const merchant = merchantSchema.parse({
    appid: 'wx1',
    mchId: '1900000109',
    family: 'micropay',
    device: 'code',
    codePort: { path: '/dev/ttyACM0' },
  });
  const settings = ok({ merchant, terminal: terminalSchema.parse({}) });
  const sdk = (): Promise<never> => Promise.reject(new Error('asked without need'));
  it.each([
    ['connected', 'port-connected', 'ok'],
    ['gone', 'port-gone', 'warn'],
    ['held', 'port-held', 'warn'],
    ['denied', 'port-denied', 'warn'],
    ['failed', 'port-failed', 'warn'],
    ['opening', 'port-unread', 'skipped'],
    [null, 'port-unread', 'skipped'],
  ] as const)('says of a scanner that is %s: %s, %s', async (state, code, verdict) => {
    expect(await faceDeviceCheck({ settings }, sdk, state)).toMatchObject({
      code,
      verdict,
      figures: { port: '/dev/ttyACM0' },
    });
  });
});
